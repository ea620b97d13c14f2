package bring

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"fanal/modules"
	"fanal/modules/quiz"
)

// WriteGIFT gives the questions of a module's edition as a GIFT file: a category for each lesson and each form of the test.
// What GIFT has no words for stands in comments, which [GIFT] understands. Notes say what other programs will not see. It
// returns the *modules.Problem of what cannot be read.
func WriteGIFT(m *modules.Module, lang string) (file []byte, notes []Note, err error) {
	man, err := m.Manifest()
	if err != nil {
		return nil, nil, err
	}
	idx, err := m.Index(lang)
	if err != nil {
		return nil, nil, err
	}
	e := &exporter{}
	e.head(man, idx)
	for _, id := range man.Lessons {
		l, err := m.Lesson(lang, id)
		if err != nil {
			return nil, nil, err
		}
		e.lesson(idx.Title, l)
	}
	for _, form := range []string{"a", "b"} {
		l, err := m.Test(lang, form)
		if errors.Is(err, fs.ErrNotExist) && man.Kind != modules.Course {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		l.Title = l.ID
		e.lesson(idx.Title, l)
	}
	for _, r := range []Reason{{Code: TextStays, N: e.unwritten}, {Code: InComments, N: e.aside}} {
		if r.N > 0 {
			e.notes = slices.Insert(e.notes, 0, Note{Why: []Reason{r}})
		}
	}
	return []byte(e.String()), e.notes, nil
}

// An exporter writes GIFT.
type exporter struct {
	strings.Builder
	notes     []Note
	aside     int // questions with parts that stand in a comment only
	unwritten int // lessons whose text is not written
	why       reasons
}

func (e *exporter) head(man *modules.Manifest, idx *modules.Index) {
	a := moduleAside{Title: idx.Title, Summary: idx.Summary, Kind: string(man.Kind), License: man.License, Authors: man.Authors, Tags: man.Tags}
	for _, o := range man.Objectives {
		a.Objectives = append(a.Objectives, objectiveAside{ID: o.ID, Sentence: idx.Objectives[o.ID], Competences: o.Competences})
	}
	fmt.Fprintf(e, "// %s %s (%s)\n", man.ID, man.Version, idx.Lang)
	e.comment(aside{Module: &a})
	e.WriteString("\n")
}

// comment writes an aside.
func (e *exporter) comment(a aside) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(a) // texts and lists of texts: nothing that could fail
	e.WriteString(asidePrefix + b.String())
}

// lesson writes the questions of a lesson. What there is to read between them goes along where it is no more than that; a
// text that has steps of its own is a lesson's, and stays.
func (e *exporter) lesson(module string, l *modules.Lesson) {
	reads := func(s modules.Step) bool { return s.Question == nil }
	whole := slices.ContainsFunc(l.Steps, func(s modules.Step) bool { return reads(s) && s.Heading != "" })
	if whole {
		e.unwritten++
	}
	if len(l.Questions()) == 0 && (whole || !slices.ContainsFunc(l.Steps, reads)) {
		return
	}
	e.comment(aside{Lesson: l.ID})
	within := func(name string) string { return strings.ReplaceAll(modules.CleanLine(name), "/", "//") }
	fmt.Fprintf(e, "%s $course$/top/%s/%s\n\n", categoryMark, within(module), within(l.Title))
	said := map[string]bool{"": true}
	for _, s := range l.Steps {
		q := s.Question
		if q == nil && !whole {
			e.WriteString(written(markdownOf(s.Blocks)) + "\n\n")
		}
		if q == nil {
			continue
		}
		if scene, ok := l.Scenes[q.Scene]; ok && !said[q.Scene] {
			said[q.Scene] = true
			e.comment(aside{Scene: scene.ID})
			e.WriteString("::" + scene.ID + "::" + written(markdownOf(scene.Text)) + "\n\n")
		}
		e.question(l.ID, q)
	}
}

// markdownOf gives a text's Markdown as its author could have written it.
func markdownOf(blocks []modules.Block) string {
	var parts []string
	for _, b := range blocks {
		md := b.Markdown
		if b.Callout != "" {
			md = indent("[!"+strings.ToUpper(b.Callout)+"]\n"+md, "> ", "> ")
		}
		parts = append(parts, md)
	}
	return strings.Join(parts, "\n\n")
}

// escapes are GIFT's. A carriage return is in no clean text.
var escapes = strings.NewReplacer(`\`, `\\`, "#", `\#`, "=", `\=`, "~", `\~`, "{", `\{`, "}", `\}`, ":", `\:`, "\n", `\n`)

// written gives a Markdown text as a question states it.
func written(md string) string { return "[markdown]" + escapes.Replace(md) }

// pair writes a left side and a right one. An arrow within them would part them elsewhere, and what stands to the right has
// no format in Moodle.
func (e *exporter) pair(left, right string) string {
	if strings.Contains(left+" "+right, "->") {
		e.why.add(Arrow, left+" "+right)
		left, right = strings.ReplaceAll(left, "->", "→"), strings.ReplaceAll(right, "->", "→")
	}
	if left != "" {
		left = part(left)
	}
	return "=" + left + " -> " + escapes.Replace(right)
}

// part writes a text within the braces, in the format of the question.
func part(md string) string {
	s := escapes.Replace(md)
	if strings.HasPrefix(s, "[") || strings.HasPrefix(s, "%") { // would be a format, or a weight
		return "[markdown]" + s
	}
	return s
}

// question writes a question: the comments, its name, what is asked, the answers.
func (e *exporter) question(lesson string, q *quiz.Question) {
	e.why = nil
	a := aside{Objective: q.Objective, Scene: q.Scene, Hint: q.Hint}
	prompt := q.Prompt
	var answers string
	switch q.Type {
	case quiz.Choice:
		answers = choice(q, &a)
	case quiz.TrueFalse:
		answers = strings.ToUpper(strconv.FormatBool(q.Truth))
		if q.Feedback != "" {
			answers += "#" + part(q.Feedback)
		}
	case quiz.FillIn:
		answers, prompt = e.fillIn(q, &a, strings.ReplaceAll(prompt, quiz.Gap, "_____"))
	case quiz.Numeric:
		answers = numeric(q, &a)
	case quiz.Matching:
		answers = e.matching(q, &a)
	case quiz.Sequencing:
		answers = e.sequencing(q, &a)
	case quiz.Likert:
		answers = e.likert(q, &a)
	case quiz.LongFillIn:
		a.Explanation, a.Criteria = q.Explanation, q.Criteria
		answers = "####" + part(q.Model)
	}
	if q.Explanation != "" && q.Type != quiz.LongFillIn {
		answers += "####" + part(q.Explanation)
	}
	if needsAside(a) {
		e.aside++
	}
	fmt.Fprintf(e, "// [id:%s]", q.ID)
	if q.Objective != "" {
		fmt.Fprintf(e, " [tag:%s]", q.Objective)
	}
	e.WriteString("\n")
	e.comment(a)
	fmt.Fprintf(e, "::%s::%s{%s}\n\n", q.ID, written(prompt), answers)
	if len(e.why) > 0 {
		e.notes = append(e.notes, Note{File: lesson, Name: q.ID, Why: e.why})
	}
}

// needsAside says whether something that a learner sees stands in the comment alone.
func needsAside(a aside) bool {
	return a.Hint != "" || a.Explanation != "" || a.Feedback != "" || a.Unit != "" || len(a.Bank) > 0 || len(a.Criteria) > 0 ||
		a.NotApplicable != "" || a.Exact || a.Fixed
}

// onLines writes answers, each on a line of its own.
func onLines(answers []string) string { return "\n\t" + strings.Join(answers, "\n\t") + "\n" }

func choice(q *quiz.Question, a *aside) string {
	var answers []string
	for _, o := range q.Options {
		s := "~"
		switch {
		case q.Pick == 1 && o.Correct:
			s = "="
		case q.Pick > 1 && o.Correct:
			s = "~%" + share(q.Pick) + "%"
		case q.Pick > 1:
			s = "~%-" + share(q.Pick) + "%"
		}
		s += part(o.Text)
		if o.Feedback != "" {
			s += "#" + part(o.Feedback)
		}
		answers = append(answers, s)
		a.IDs = append(a.IDs, o.ID)
	}
	a.Fixed = !q.Shuffle
	return onLines(answers)
}

// share gives the percentage that one of several right options is worth, as Moodle lists it: with five decimals.
func share(n int) string {
	s := strconv.FormatFloat(100/float64(n), 'f', 5, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

func (e *exporter) fillIn(q *quiz.Question, a *aside, prompt string) (answers, asked string) {
	a.Bank, a.Exact = q.Bank, q.Exact
	gaps := strings.Count(q.Prompt, quiz.Gap)
	if gaps > 1 {
		return e.gaps(q, a, prompt)
	}
	a.NoGap = gaps == 0 && blankRun.MatchString(q.Prompt)
	if runs := blankRun.FindAllString(prompt, -1); gaps == 1 && (len(runs) != 1 || runs[0] != "_____") {
		a.Prompt = q.Prompt // which blank is the gap cannot be told
	}
	var list []string
	for _, text := range q.Accept[0] {
		text = escapes.Replace(strings.ReplaceAll(text, "*", `\*`)) // a star would be any text
		if strings.Contains(text, "->") {
			e.why.add(Arrow, text)
			a.Answers = q.Accept
			text = strings.ReplaceAll(text, "->", "→")
		}
		if strings.HasPrefix(text, "%") || slices.Contains([]string{"T", "F", "TRUE", "FALSE"}, text) {
			text = "%100%" + text
		}
		list = append(list, "="+text)
	}
	if q.Feedback != "" {
		said := q.Feedback
		if strings.Contains(said, "->") {
			e.why.add(Arrow, said)
			a.Feedback, said = said, strings.ReplaceAll(said, "->", "→")
		}
		list = append(list, "=%0%*#"+part(said))
	}
	return onLines(list), prompt
}

// gaps writes a text with several gaps as pairs of a number and a word.
func (e *exporter) gaps(q *quiz.Question, a *aside, prompt string) (answers, asked string) {
	e.why.add(AsMatching, "")
	a.Type, a.Prompt, a.Answers, a.Feedback = q.Type, q.Prompt, q.Accept, q.Feedback
	var list []string
	words := map[string]bool{}
	for i, texts := range q.Accept {
		prompt = strings.Replace(prompt, "_____", "("+itoa(i+1)+")", 1)
		list = append(list, e.pair(itoa(i+1), fromPlain(texts[0])))
		for _, text := range texts {
			words[text] = true
		}
	}
	for _, word := range q.Bank {
		if !words[word] {
			list = append(list, e.pair("", fromPlain(word)))
		}
	}
	return onLines(list), prompt
}

func numeric(q *quiz.Question, a *aside) string {
	a.Unit = q.Unit
	number := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	s := number(q.Number)
	if q.Tolerance != 0 {
		s += ":" + number(q.Tolerance)
	}
	if q.Feedback == "" {
		return "#" + s
	}
	return "#" + onLines([]string{"=" + s, "~#" + part(q.Feedback)})
}

func (e *exporter) matching(q *quiz.Question, a *aside) string {
	a.Feedback = q.Feedback
	var list []string
	for _, p := range q.Pairs {
		list = append(list, e.pair(p.Left, p.Right))
		a.IDs = append(a.IDs, p.ID)
	}
	for _, d := range q.Distractors {
		list = append(list, e.pair("", d))
	}
	return onLines(list)
}

// sequencing writes steps in order as pairs of a number and a step.
func (e *exporter) sequencing(q *quiz.Question, a *aside) string {
	e.why.add(AsMatching, "")
	a.Type, a.Feedback = q.Type, q.Feedback
	var list []string
	for i, s := range q.Steps {
		list = append(list, e.pair(itoa(i+1), s.Text))
		a.IDs = append(a.IDs, s.ID)
	}
	return onLines(list)
}

// likert writes a scale as a choice in which every answer is right.
func (e *exporter) likert(q *quiz.Question, a *aside) string {
	e.why.add(AsEither, "")
	a.Type, a.NotApplicable = q.Type, q.NotApplicable
	var list []string
	for i, text := range q.Scale {
		mark := "~%100%"
		if i == 0 {
			mark = "="
		}
		list = append(list, mark+part(text))
	}
	return onLines(list)
}

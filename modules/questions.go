package modules

import (
	"slices"
	"strconv"
	"strings"

	"fanal/modules/quiz"
)

// mostParts is how many options, right items, steps or places on a scale a question may have: as many as there are letters
// to answer with.
const mostParts = 26

var questionTypes = []string{
	string(quiz.Choice), string(quiz.TrueFalse), string(quiz.FillIn), string(quiz.Numeric), string(quiz.Matching),
	string(quiz.Sequencing), string(quiz.LongFillIn), string(quiz.Likert),
}

// oneID checks that what a key names exists.
func (t *table) oneID(key string, known []string) string {
	id := t.line(key)
	if id != "" && !slices.Contains(known, id) {
		t.report(key, Problem{Code: UnknownID, Value: quoted(id), Want: nearest(id, known)})
	}
	return id
}

// idList checks the same for a list.
func (t *table) idList(key string, known []string) []string {
	ids := t.lines(key)
	for i, id := range ids {
		if !slices.Contains(known, id) {
			t.report(item(key, i), Problem{Code: UnknownID, Key: key, Value: quoted(id), Want: nearest(id, known)})
		}
	}
	return ids
}

// readQuestions reads the questions of a lesson or a test. objectives and scenes are the ids that they may name.
func readQuestions(root *table, objectives, scenes []string) []*quiz.Question {
	var questions []*quiz.Question
	seen := map[string]bool{}
	for _, t := range root.list(string(ThingQuestion)) {
		id := t.about(ThingQuestion)
		t.once(seen)
		questions = append(questions, readQuestion(t, id, objectives, scenes))
	}
	return questions
}

func readQuestion(t *table, id string, objectives, scenes []string) *quiz.Question {
	q := &quiz.Question{
		ID: id, Type: quiz.Type(t.one("type", questionTypes...)), Objective: t.oneID("objective", objectives), Scene: t.oneID("scene", scenes),
		Prompt: t.prose("prompt"), Hint: t.prose("hint"), Explanation: t.prose("explanation"),
	}
	if !t.require("type", "prompt") || !slices.Contains(questionTypes, string(q.Type)) {
		return q // what else it may hold depends on its type
	}
	if q.Type != quiz.Likert && q.Type != quiz.LongFillIn { // these may ask for an opinion on the workshop
		t.require("objective")
	}
	switch q.Type {
	case quiz.Choice:
		readChoice(t, q)
	case quiz.TrueFalse:
		t.require("answer")
		q.Truth = t.yes("answer", false)
	case quiz.FillIn:
		readFillIn(t, q)
	case quiz.Numeric:
		t.require("answer")
		q.Number, q.Tolerance, q.Unit = t.number("answer", -biggest, biggest), t.number("tolerance", 0, biggest), t.line("unit")
	case quiz.Matching:
		readMatching(t, q)
	case quiz.Sequencing:
		readSequencing(t, q)
	case quiz.LongFillIn:
		t.require("model")
		q.Model, q.Criteria = t.prose("model"), t.lines("criteria")
	case quiz.Likert:
		q.Scale, q.NotApplicable = t.lines("scale"), t.line("not_applicable")
		t.amount("scale", len(q.Scale), 2)
	}
	if q.Type != quiz.Choice && q.Type != quiz.Likert && q.Type != quiz.LongFillIn {
		q.Feedback = t.prose("feedback")
	}
	t.close()
	return q
}

func readChoice(t *table, q *quiz.Question) {
	q.Pick, q.Shuffle = t.whole("pick", 1, mostParts, 1), t.yes("shuffle", true)
	correct := 0
	eachPart(t, "option", ThingOption, func(o *table, id string) string {
		option := quiz.Option{ID: id, Text: o.line("text"), Correct: o.yes("correct", false), Feedback: o.prose("feedback")}
		o.require("text")
		correct += boolToInt(option.Correct)
		q.Options = append(q.Options, option)
		return option.Text
	})
	switch {
	case len(q.Options) == 0: // said already
	case correct == 0:
		t.report("", Problem{Code: NoCorrect})
	case correct != q.Pick:
		t.report("pick", Problem{Code: WrongPick, Value: strconv.Itoa(q.Pick), Want: strconv.Itoa(correct)})
	}
}

func readFillIn(t *table, q *quiz.Question) {
	q.Accept = readAccept(t)
	q.Bank, q.Exact = t.lines("bank"), t.yes("exact", false)
	if gaps := max(strings.Count(q.Prompt, quiz.Gap), 1); len(q.Accept) > 0 && len(q.Accept) != gaps {
		t.report("answers", Problem{Code: WrongGaps, Value: strconv.Itoa(len(q.Accept)), Want: strconv.Itoa(gaps)})
	}
	t.apart("bank", q.Bank)
	if len(q.Bank) == 0 {
		return
	}
	t.amount("bank", len(q.Bank), 2)
	for i := range q.Accept {
		offers := func(word string) bool {
			a := make(quiz.Answer, i+1)
			a[i] = word
			return quiz.Grade(q, a).Parts[i]
		}
		if !slices.ContainsFunc(q.Bank, offers) {
			t.report("bank", Problem{Code: NotInBank, Value: strconv.Itoa(i + 1)})
		}
	}
}

// readAccept reads the accepted texts: one list, or one list per gap.
func readAccept(t *table) [][]string {
	if !t.require("answers") {
		return nil
	}
	v := t.ask("answers")
	list, _ := v.([]any)
	var accept [][]string
	if flat, ok := texts(v); ok {
		accept = [][]string{flat}
	} else {
		for _, it := range list {
			texts, ok := texts(it)
			if !ok {
				accept = nil
				break
			}
			accept = append(accept, texts)
		}
	}
	if accept == nil {
		t.wrong("answers", v, "list of texts")
	}
	for i, texts := range accept {
		if len(texts) == 0 || slices.Contains(texts, "") {
			t.report(item("answers", i), Problem{Code: MissingKey, Key: "answers"})
		}
	}
	return accept
}

func readMatching(t *table, q *quiz.Question) {
	right := map[string]bool{}
	eachPart(t, "pair", ThingPair, func(p *table, id string) string {
		pair := quiz.Pair{ID: id, Left: p.line("left"), Right: p.line("right")}
		p.require("left", "right")
		if strings.HasPrefix(id, "distractor-") { // taken: answers name distractors so
			p.bad("id", id, "pair-…")
		}
		right[pair.Right] = true
		q.Pairs = append(q.Pairs, pair)
		return pair.Left
	})
	q.Distractors = t.lines("distractors")
	for i, d := range q.Distractors {
		if right[d] {
			t.report(item("distractors", i), Problem{Code: SameText, Value: quoted(d)})
		}
		right[d] = true
	}
	t.amount("distractors", len(q.Pairs)+len(q.Distractors), 0)
}

func readSequencing(t *table, q *quiz.Question) {
	eachPart(t, "step", ThingStep, func(s *table, id string) string {
		step := quiz.Item{ID: id, Text: s.line("text")}
		s.require("text")
		q.Steps = append(q.Steps, step)
		return step.Text
	})
}

// eachPart reads the options, pairs or steps of a question. read gives the text by which a learner tells a part from the
// others.
func eachPart(t *table, key string, thing Thing, read func(t *table, id string) string) {
	parts := t.list(key)
	t.amount(key, len(parts), 2)
	ids, seen := map[string]bool{}, map[string]bool{}
	for _, p := range parts {
		id := p.about(thing)
		p.once(ids)
		if text := read(p, id); text != "" && seen[text] {
			p.report("", Problem{Code: SameText, Value: quoted(text)})
		} else {
			seen[text] = true
		}
		p.close()
	}
}

// amount reports too few or too many parts of a question.
func (t *table) amount(key string, n, least int) {
	switch {
	case n < least:
		t.report(key, Problem{Code: TooFew, Key: key, Want: strconv.Itoa(least)})
	case n > mostParts:
		t.report(key, Problem{Code: TooMany, Key: key, Value: strconv.Itoa(n), Want: strconv.Itoa(mostParts)})
	}
}

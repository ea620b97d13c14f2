package bring

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"fanal/modules"
	"fanal/modules/quiz"
)

// GIFT makes a module of Moodle's question files, read by Moodle's own rules. Categories become lessons; a file's questions
// before its first category become a lesson with the file's name.
func GIFT(files []File, o Options) *Result {
	d := newDraft(o)
	for _, f := range files {
		text, ok := d.text(f)
		if !ok {
			continue
		}
		before := len(d.items)
		lesson := d.lesson("", []string{stem(f.Name)})
		for _, b := range blocks(text) {
			if b.aside != nil && b.aside.Module != nil {
				d.told = append(d.told, b.aside.Module)
				b.aside = nil
			}
			switch {
			case strings.HasPrefix(b.text, categoryMark):
				lesson = d.lesson(b.lessonID(), category(b.text))
				if lesson.title == "" {
					lesson.title = stem(f.Name)
				}
			case b.text != "" || b.bad:
				d.add(lesson, f.Name, readBlock(b))
			}
		}
		if !slices.ContainsFunc(d.items[before:], func(it *item) bool { return it.q != nil || it.out }) {
			d.note(f.Name, 0, Reason{Code: Empty})
		}
	}
	return d.finish(files)
}

// stem is a file's name without its folders and its ending.
func stem(name string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimSuffix(base, path.Ext(base))
}

// lessonID is the id that a category's own comment gives its lesson.
func (b *block) lessonID() string {
	if b.aside == nil {
		return ""
	}
	return b.aside.Lesson
}

// A reader reads one block.
type reader struct {
	item
	aside  aside
	format format // of its parts that say none
	name   string // between double colons; "" when there is none
	prompt string // Markdown, with the sign of a blank where the answers stood in a sentence
	rest   string // what stands in the braces, without general feedback
	why    reasons
}

// readBlock makes a question, or a text, of a block.
func readBlock(b block) *item {
	r := &reader{item: item{line: b.line, wanted: modules.Slug(b.id), tags: b.tags}}
	if modules.IsID(b.id) {
		r.wanted = b.id
	}
	if b.aside != nil {
		r.aside, r.item.ours = *b.aside, true
	}
	if b.bad {
		r.why.add(BadComment, "")
	}
	text := r.named(hide.Replace(b.text))
	open, end := strings.Index(text, "{"), strings.Index(text, "}")
	switch {
	case open < 0 && end < 0:
		r.description(text)
	case open < 0 || end < open:
		r.leave(Braces, "")
		r.item.title = cmp.Or(r.item.title, quote(show.Replace(text)))
	default:
		r.stem(text, open, end)
		r.question()
	}
	r.item.why = r.why
	return &r.item
}

// named takes the question's name off a text.
func (r *reader) named(text string) string {
	after, ok := strings.CutPrefix(text, "::")
	if !ok {
		return text
	}
	name, rest, ok := strings.Cut(after, "::")
	if !ok {
		return after
	}
	r.name = squeeze(modules.CleanLine(show.Replace(strings.ReplaceAll(name, newline, " "))))
	r.item.title = quote(r.name)
	return strings.TrimSpace(rest)
}

// leave notes that the question is left out.
func (r *reader) leave(code Code, value string) {
	r.item.out = true
	r.why = nil
	r.why.add(code, value)
}

func (r *reader) media(what string) { r.why.add(Media, what) }

// text makes Markdown of one part of the question.
func (r *reader) text(s string) string {
	f, s := formatted(s, r.format)
	return f.markdown(s, r.media)
}

// description takes a block without braces: a text to read, unless it looks like answers that lost their question.
func (r *reader) description(text string) {
	if strings.HasPrefix(text, "=") || strings.HasPrefix(text, "~") {
		r.item.title = quote(show.Replace(text))
		r.leave(Stray, "")
		return
	}
	if text == "" {
		r.leave(BadComment, "")
		return
	}
	r.format = asMoodle
	r.item.text, r.item.scene = r.text(text), r.aside.Scene
	if r.item.scene == "" && titled(r.item.text) {
		r.item.text = reset(r.item.text, r.media)
	}
	r.item.title = cmp.Or(r.item.title, quote(r.item.text))
}

var (
	blankRun  = regexp.MustCompile(`_{3,}`)
	otherText = regexp.MustCompile(`\S`)
)

// stem takes apart what is asked and what stands in the first braces. Where a sentence goes on behind them, they leave a
// blank.
func (r *reader) stem(text string, open, end int) {
	after := text[end+1:]
	asked := text[:open] + after
	if otherText.MatchString(after) {
		asked = text[:open] + blank + after
	}
	if strings.Contains(after, "{") && strings.Contains(after, "}") {
		r.why.add(SecondBraces, "")
	}
	answers := text[open+1 : end]
	general := ""
	if at := strings.LastIndex(answers, "####"); at >= 0 {
		answers, general = answers[:at], answers[at+4:]
	}
	r.rest = strings.TrimSpace(answers)
	if runs := blankRun.FindAllStringIndex(asked, -1); len(runs) == 1 && !strings.Contains(asked, blank) && !r.aside.NoGap && r.kind() == quiz.FillIn {
		asked = asked[:runs[0][0]] + blank + asked[runs[0][1]:]
	}
	r.format, asked = formatted(asked, asMoodle)
	r.prompt = r.format.markdown(asked, r.media)
	if strings.Trim(r.prompt, "_"+blank+" .") == "" && r.name != "" && !r.item.ours {
		r.prompt = fromPlain(r.name) // somebody asked in the name
	}
	r.item.title = cmp.Or(r.item.title, quote(strings.ReplaceAll(r.prompt, blank, "_____")))
	r.q = &quiz.Question{Prompt: r.prompt, Explanation: r.text(general), Shuffle: true}
}

var trueFalse = map[string]bool{"T": true, "TRUE": true, "F": false, "FALSE": false}

// kind tells what kind of question the braces hold.
func (r *reader) kind() quiz.Type {
	before, _, _ := strings.Cut(r.rest, "#")
	word := strings.TrimSpace(before)
	if len(word) > 1 {
		word = strings.ToUpper(word)
	}
	_, isTrueFalse := trueFalse[word]
	switch {
	case r.rest == "":
		return quiz.LongFillIn
	case r.rest[0] == '#':
		return quiz.Numeric
	case strings.Contains(r.rest, "~"):
		return quiz.Choice
	case strings.Contains(r.rest, "=") && strings.Contains(r.rest, "->") && arrows(r.rest):
		return quiz.Matching
	case isTrueFalse:
		return quiz.TrueFalse
	}
	return quiz.FillIn
}

// arrows says whether an arrow stands in an answer, not in what is said about one.
func arrows(rest string) bool {
	for part := range strings.SplitSeq(rest, "=") {
		if answer, _, _ := strings.Cut(part, "#"); strings.Contains(answer, "->") {
			return true
		}
	}
	return false
}

// question makes the question of what stands in the braces.
func (r *reader) question() {
	r.q.Type = r.kind()
	switch r.q.Type {
	case quiz.Choice:
		r.choice()
	case quiz.TrueFalse:
		r.trueFalse()
	case quiz.FillIn:
		r.fillIn()
	case quiz.Numeric:
		r.numeric()
	case quiz.Matching:
		r.matching()
	case quiz.LongFillIn:
		r.essay()
	}
	if r.item.out {
		return
	}
	r.adopt()
	if strings.Trim(r.q.Prompt, " .") == "" {
		r.item.title = cmp.Or(r.item.title, quote("{"+show.Replace(r.rest)+"}"))
		r.leave(NoPrompt, "")
		return
	}
	if r.q.Type == quiz.FillIn {
		r.q.Prompt = strings.ReplaceAll(r.q.Prompt, blank, quiz.Gap)
	} else {
		r.q.Prompt = strings.ReplaceAll(r.q.Prompt, blank, "_____")
	}
}

// essay takes a question to answer freely: what is said to everybody is what to compare with.
func (r *reader) essay() {
	r.q.Model, r.q.Explanation = r.q.Explanation, ""
	if r.q.Model == "" {
		r.q.Model = "…"
		r.why.add(NoModel, "")
	}
}

// trueFalse takes {T#said when wrong#said when right}.
func (r *reader) trueFalse() {
	parts := strings.SplitN(r.rest, "#", 3)
	word := strings.ToUpper(strings.TrimSpace(parts[0]))
	r.q.Truth = trueFalse[word]
	if len(parts) > 1 {
		r.q.Feedback = r.text(parts[1])
	}
	if len(parts) > 2 {
		r.explain(r.text(parts[2]))
	}
}

// explain adds what was said about a right answer to the explanation.
func (r *reader) explain(said string) {
	r.q.Explanation = paragraphs(said, r.q.Explanation)
}

// feed adds to what is said after a wrong answer; of a certain one, after its words.
func (r *reader) feed(answer, said string) {
	if answer != "" && said != "" {
		said = fromPlain(answer) + " – " + said
	}
	r.q.Feedback = paragraphs(r.q.Feedback, said)
}

// paragraphs puts two texts one after the other, each of them once.
func paragraphs(a, b string) string {
	switch {
	case a == "" || b == a || strings.HasSuffix(b, "\n\n"+a):
		return b
	case b == "" || strings.HasSuffix(a, "\n\n"+b):
		return a
	}
	return a + "\n\n" + b
}

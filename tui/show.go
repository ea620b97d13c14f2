package tui

import (
	"slices"
	"strconv"
	"strings"

	"fanal/locale"
	"fanal/modules"
	"fanal/modules/quiz"

	"github.com/charmbracelet/x/ansi"
)

// RenderLesson sets a whole lesson for a pipe or a printer: the text as on the screen, solutions unfolded, questions with
// what can be answered but not the answers. Options stand in the order of the file, pairs and steps in a fixed other one.
// Without styled no style sequence is written. The text is at most width columns wide.
func RenderLesson(l *modules.Lesson, words *locale.Printer, width int, styled bool) string {
	return renderLesson(l, words, width, styled, false)
}

// RenderAnswers is [RenderLesson] for those who correct on paper: behind each question stand the right answer and why.
func RenderAnswers(l *modules.Lesson, words *locale.Printer, width int, styled bool) string {
	return renderLesson(l, words, width, styled, true)
}

func renderLesson(l *modules.Lesson, words *locale.Printer, width int, styled, answers bool) string {
	a := &app{words: words, theme: newTheme(nil), set: newTypesetter(), width: width}
	width = max(width, 20)
	lines := append(heading(a.theme.title, l.Title, width), strings.Repeat("=", min(ansi.StringWidth(l.Title), width)))
	scene := ""
	for i := range l.Steps {
		st := &l.Steps[i]
		lines = append(lines, "")
		if st.Question == nil {
			if st.Heading != "" {
				lines = append(append(lines, heading(a.theme.title, st.Heading, width)...), "")
			}
			lines = append(lines, a.setNow(st.Blocks, width)...)
			continue
		}
		if s, ok := l.Scenes[st.Question.Scene]; ok && s.ID != scene {
			lines = append(append(lines, a.setNow(s.Text, width)...), "")
			scene = s.ID
		}
		lines = append(lines, a.printed(st.Question, l.ID, width)...)
		if answers {
			lines = append(lines, a.answered(st.Question, l.ID, width)...)
		}
	}
	out := safe(strings.Join(lines, "\n") + "\n")
	if !styled {
		out = ansi.Strip(out)
	}
	return out
}

// setNow renders blocks without waiting for a command.
func (a *app) setNow(blocks []modules.Block, width int) []string {
	a.set.keep(a.set.all(blockPieces(blocks, width)))
	lines, _ := a.blockLines(blocks, width, true)
	return lines
}

// printed sets a question for paper.
func (a *app) printed(q *quiz.Question, lesson string, width int) []string {
	var lines []string
	for _, l := range typeset(promptShown(q), width-2) {
		lines = append(lines, "? "+l)
	}
	for i := 1; i < len(lines); i++ {
		lines[i] = " " + lines[i][1:]
	}
	layout := onPaper(q, lesson)
	item := func(label, text string) { lines = append(lines, hanging("  "+label+"  ", inline(text), width)...) }
	switch q.Type {
	case quiz.Choice:
		for i, o := range q.Options {
			item(letter(i), o.Text)
		}
	case quiz.TrueFalse:
		item("a", a.words.T("word-true"))
		item("b", a.words.T("word-false"))
	case quiz.Likert:
		for i, s := range q.Scale {
			item(letter(i), s)
		}
		if q.NotApplicable != "" {
			item(letter(len(q.Scale)), q.NotApplicable)
		}
	case quiz.FillIn, quiz.Numeric:
		if len(q.Bank) > 0 {
			lines = append(lines, hanging("  ", a.words.T("word-bank", "Words", inline(strings.Join(q.Bank, " / "))), width)...)
		}
		if !strings.Contains(q.Prompt, quiz.Gap) {
			lines = append(lines, "  ________ "+q.Unit)
		}
	case quiz.Matching:
		for i, p := range q.Pairs {
			item(strconv.Itoa(i+1)+" [ _ ]", p.Left)
		}
		for at, right := range layout.Right {
			_, text := q.RightItem(right)
			item(letter(at), text)
		}
	case quiz.Sequencing:
		for at, i := range layout.Left {
			item(letter(at)+" [ _ ]", q.Steps[i].Text)
		}
	case quiz.LongFillIn:
		lines = append(lines, "  ____________________", "  ____________________")
	}
	return lines
}

// onPaper is the order of what a question offers on paper: any fixed one but the author's will do.
func onPaper(q *quiz.Question, lesson string) quiz.Layout {
	return quiz.Arrange(q, uint64(len(lesson)))
}

// answered says, below a question as it is printed, what is right and why. A scale has no right answer.
func (a *app) answered(q *quiz.Question, lesson string, width int) []string {
	layout := onPaper(q, lesson)
	var right []string
	switch q.Type {
	case quiz.Choice:
		for i, o := range q.Options {
			if o.Correct {
				right = append(right, letter(i))
			}
		}
	case quiz.TrueFalse:
		right = []string{a.words.T("word-false")}
		if q.Truth {
			right = []string{a.words.T("word-true")}
		}
	case quiz.Numeric:
		right = []string{strings.TrimSpace(a.words.Decimal(q.Number, 6) + " " + q.Unit)}
	case quiz.Matching:
		for i := range q.Pairs {
			right = append(right, strconv.Itoa(i+1)+" "+letter(slices.Index(layout.Right, i)))
		}
	case quiz.Sequencing:
		for i := range q.Steps {
			right = append(right, letter(slices.Index(layout.Left, i)))
		}
	case quiz.FillIn:
		right = quiz.CorrectAnswer(q)
	case quiz.LongFillIn:
		lines := append([]string{"  " + a.words.T("model-answer")}, indented(typeset(q.Model, width-2))...)
		for _, c := range q.Criteria {
			lines = append(lines, hanging("  • ", inline(c), width)...)
		}
		return append(lines, indented(typeset(q.Explanation, width-2))...)
	}
	if len(right) == 0 {
		return nil
	}
	lines := hanging("= ", inline(strings.Join(right, ", ")), width)
	return append(lines, indented(typeset(q.Explanation, width-2))...)
}

func indented(lines []string) []string {
	var in []string
	for _, l := range lines {
		in = append(in, "  "+l)
	}
	return in
}

package tui

import (
	"slices"
	"strconv"

	"fanal/modules/quiz"
	"fanal/study"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// ordering puts lettered steps in order: each letter, or Space on the step under the cursor, gives the next number.
type ordering struct {
	app    *app
	ask    *study.Ask
	order  []int // indices on screen, in the order given
	cursor int
}

func newOrdering(a *app, ask *study.Ask) *ordering { return &ordering{app: a, ask: ask} }

func (s *ordering) translate(ask *study.Ask) { s.ask = ask }
func (s *ordering) typing() bool             { return false }
func (s *ordering) letters() int             { return len(s.ask.Layout.Left) }

func (s *ordering) keys() []key.Binding {
	w := s.app.words
	return []key.Binding{
		bind("a-"+letter(len(s.ask.Layout.Left)-1), w.T("key-number"), "a"),
		bind(w.T("name-enter"), w.T("key-answer"), "enter"),
		bind(w.T("name-backspace"), w.T("key-undo"), "backspace"),
	}
}

func (s *ordering) key(msg tea.KeyPressMsg) (done, handled bool) {
	if i := letterIndex(msg, len(s.ask.Layout.Left)); i >= 0 {
		s.cursor = i
		s.number(i)
		return false, true
	}
	switch {
	case is(msg, "down", "j"):
		s.cursor = min(s.cursor+1, len(s.ask.Layout.Left)-1)
	case is(msg, "up", "k"):
		s.cursor = max(s.cursor-1, 0)
	case is(msg, "backspace", "delete"):
		s.order = s.order[:max(len(s.order)-1, 0)]
	case is(msg, "space"):
		s.number(s.cursor)
	case is(msg, "enter"):
		return true, true
	default:
		return false, false
	}
	return false, true
}

// number gives a step the next number, or takes its number away.
func (s *ordering) number(i int) {
	if at := slices.Index(s.order, i); at >= 0 {
		s.order = slices.Delete(s.order, at, at+1)
		return
	}
	s.order = append(s.order, i)
}

func (s *ordering) answer() (quiz.Answer, string) {
	steps := s.ask.Question.Steps
	if len(s.order) != len(steps) {
		return nil, s.app.words.T("order-all")
	}
	var given quiz.Answer
	for _, i := range s.order {
		given = append(given, steps[s.ask.Layout.Left[i]].ID)
	}
	return given, ""
}

func (s *ordering) lines(width int, out *study.Outcome) ([]string, span) {
	q, t := s.ask.Question, s.app.theme
	if out != nil && !out.Skipped { // as it was put in order
		var lines []string
		for n, id := range out.Answer {
			for _, st := range q.Steps {
				if st.ID == id {
					lines = append(lines, hanging("  "+strconv.Itoa(n+1)+"  ", inline(st.Text), width)...)
				}
			}
		}
		return lines, span{}
	}
	var lines []string
	var focus span
	for i, step := range s.ask.Layout.Left {
		mark, slot := "  ", "_"
		if at := slices.Index(s.order, i); at >= 0 {
			slot = strconv.Itoa(at + 1)
		}
		at := len(lines)
		if i == s.cursor && out == nil {
			mark = t.cursor + " "
		}
		for _, l := range hanging(mark+letter(i)+" [ "+slot+" ]  ", inline(q.Steps[step].Text), width) {
			if mark != "  " {
				l = t.focus.Render(l)
			}
			lines = append(lines, l)
		}
		if i == s.cursor {
			focus = span{at, len(lines)}
		}
	}
	return lines, focus
}

func (s *ordering) reveal(width int) []string {
	var lines []string
	for n, st := range s.ask.Question.Steps {
		lines = append(lines, hanging(strconv.Itoa(n+1)+"  ", inline(st.Text), width)...)
	}
	return lines
}

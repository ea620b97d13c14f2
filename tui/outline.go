package tui

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// outline lists the steps of a run and lets the learner go to any of them.
type outline struct {
	app    *app
	lesson *lesson
	list   list
}

func newOutline(a *app, l *lesson) *outline {
	s := &outline{app: a, lesson: l}
	s.fill()
	s.list.cursor = l.run.At()
	return s
}

func (s *outline) fill() {
	w, run := s.app.words, s.lesson.run
	var rows []row
	for i := range run.Len() {
		st := run.StepAt(i)
		r := row{left: fmt.Sprintf("%2d  %s", i+1, st.Heading)}
		if st.Question != nil {
			r.left = fmt.Sprintf("%2d  ? ", i+1) + inline(promptLine(st.Question.Prompt))
			if a := run.AskAt(i); a != nil && a.Outcome != nil {
				switch {
				case a.Outcome.Right, !a.Outcome.Judged:
					r.right = w.T("outline-answered")
				default:
					r.right = w.T("outline-again")
				}
			}
		} else if st.Heading == "" {
			r.left += run.Lesson().Title
		}
		r.do = func() (move, tea.Cmd) {
			run.Go(i)
			return move{pop: true}, nil
		}
		rows = append(rows, r)
	}
	s.list.set(rows)
}

func (s *outline) Init() tea.Cmd { return nil }
func (s *outline) Typing() bool  { return false }
func (s *outline) Title() (string, string) {
	l := s.lesson.run.Lesson()
	return l.Title, s.app.words.Minutes(l.Minutes())
}

func (s *outline) Keys() []key.Binding {
	return append(s.list.keys(s.app, "key-go"), escTo(s.app, "key-back"))
}

func (s *outline) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case openedMsg:
		if msg.of == s.lesson {
			s.fill()
		}
	case tea.KeyPressMsg:
		if m, cmd, ok := s.list.key(msg); ok {
			return m, cmd
		}
		if is(msg, "esc", "left", "o", "backspace") {
			return move{pop: true}, nil
		}
	}
	return move{}, nil
}

func (s *outline) View(width, height int) string {
	return s.list.view(s.app.theme, width, height)
}

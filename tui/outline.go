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
	run := s.lesson.run
	far := s.far()
	var rows []row
	for i := range run.Len() {
		st := run.StepAt(i)
		r := row{left: fmt.Sprintf("%2d  %s", i+1, st.Heading), right: s.word(i, far)}
		if st.Question != nil {
			r.left = fmt.Sprintf("%2d  ? ", i+1) + inline(promptLine(st.Question.Prompt))
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

// far is how far the learner has come: to the step on screen, or to the last question that is answered.
func (s *outline) far() int {
	run := s.lesson.run
	far := run.At()
	for i := range run.Len() {
		if a := run.AskAt(i); a != nil && a.Outcome != nil {
			far = max(far, i)
		}
	}
	return far
}

// word says what has been done with a step, "" for nothing yet. In a test nothing is said right or wrong.
func (s *outline) word(i, far int) string {
	w, run := s.app.words, s.lesson.run
	if run.StepAt(i).Question == nil {
		if i < far {
			return w.T("outline-read")
		}
		return ""
	}
	switch a := run.AskAt(i); {
	case a == nil || a.Outcome == nil:
		return ""
	case a.Outcome.Right, !a.Outcome.Judged, run.Context.IsTest():
		return w.T("outline-answered")
	}
	return w.T("outline-again")
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

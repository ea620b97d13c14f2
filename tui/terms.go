package tui

import (
	"fanal/modules"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// terms shows the words of a lesson with what they mean.
type terms struct {
	app    *app
	lesson *lesson
	found  []modules.Term
	ready  bool
	pager  pager
}

type termsMsg struct {
	of    *terms
	found []modules.Term
}

func newTerms(a *app, l *lesson) *terms { return &terms{app: a, lesson: l} }

func (s *terms) Init() tea.Cmd {
	l, m := s.lesson.run.Lesson(), s.lesson.run.Module()
	return func() tea.Msg {
		all, err := m.Glossary(l.Lang)
		if err != nil {
			return trouble(err)
		}
		byID := map[string]modules.Term{}
		for _, t := range all {
			byID[t.ID] = t
		}
		var found []modules.Term
		for _, id := range l.Terms {
			if t, ok := byID[id]; ok {
				found = append(found, t)
			}
		}
		return termsMsg{s, found}
	}
}

func (s *terms) Title() (string, string) {
	return s.lesson.run.Lesson().Title, s.app.words.T("terms-title")
}
func (s *terms) Typing() bool { return false }

func (s *terms) Keys() []key.Binding {
	return scrollKeys(s.app, &s.pager, escTo(s.app, "key-back"))
}

func (s *terms) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case termsMsg:
		if msg.of == s {
			s.found, s.ready = msg.found, true
		}
	case openedMsg:
		if msg.of == s.lesson {
			return move{}, s.Init()
		}
	case tea.KeyPressMsg:
		if is(msg, "esc", "left", "backspace", "enter", "g") {
			return move{pop: true}, nil
		}
		scrollKey(&s.pager, msg)
	}
	return move{}, nil
}

func (s *terms) View(width, height int) string {
	if !s.ready {
		return ""
	}
	margin, text := column(width)
	lines := []string{""}
	if len(s.found) == 0 {
		lines = append(lines, hanging("", s.app.words.T("terms-none"), text)...)
	}
	for _, t := range s.found {
		lines = append(lines, heading(s.app.theme.strong, inline(t.Term), text)...)
		lines = append(append(lines, hanging("  ", inline(t.Definition), text)...), "")
	}
	return s.app.page(&s.pager, lines, margin, height)
}

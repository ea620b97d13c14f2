package tui

import (
	"fanal/locale"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// tongue lets the language be changed on the spot: what lies under it stays where it is, in the other language.
type tongue struct {
	app  *app
	list list
}

// A spokeMsg tells every screen that the language has changed.
type spokeMsg struct{ lang string }

func newTongue(a *app) *tongue {
	s := &tongue{app: a}
	var rows []row
	for i, l := range locale.Languages {
		rows = append(rows, row{left: locale.Autonym(l), do: func() (move, tea.Cmd) { return move{pop: true}, s.app.changeTo(l) }})
		if l == a.words.Lang {
			s.list.cursor = i
		}
	}
	s.list.set(rows)
	return s
}

// changeTo speaks another language from now on and keeps it with the learner.
func (a *app) changeTo(lang string) tea.Cmd {
	a.speak(lang)
	told := func() tea.Msg { return spokeMsg{lang} }
	if a.desk == nil {
		return told
	}
	return tea.Batch(told, keeping(a.desk.Speak(lang)))
}

func (s *tongue) Init() tea.Cmd           { return nil }
func (s *tongue) Typing() bool            { return false }
func (s *tongue) Title() (string, string) { return s.app.words.T("tongue-title"), "" }

func (s *tongue) Keys() []key.Binding {
	return append(s.list.keys(s.app, "key-confirm"), escTo(s.app, "key-back"))
}

func (s *tongue) Update(msg tea.Msg) (move, tea.Cmd) {
	if msg, ok := msg.(tea.KeyPressMsg); ok {
		if m, cmd, ok := s.list.key(msg); ok {
			return m, cmd
		}
		if is(msg, "esc", "q", "left", "l") {
			return move{pop: true}, nil
		}
	}
	return move{}, nil
}

func (s *tongue) View(width, height int) string {
	return "\n" + s.list.view(s.app.theme, width, height-1)
}

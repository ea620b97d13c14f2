package tui

import (
	"fanal/progress"
	"fanal/progress/people"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// mediator is where who looks after the laptop helps the others: a forgotten PIN, somebody who wants to be erased, the end
// of the loan.
type mediator struct {
	app   *app
	known []progress.Learner
	of    *progress.Learner // the one to be helped, or nil: who is there
	list  list
}

type mediatorMsg struct {
	of    *mediator
	known []progress.Learner
}

func newMediator(a *app) *mediator { return &mediator{app: a} }

func (s *mediator) Init() tea.Cmd {
	store := s.app.Store
	return func() tea.Msg {
		known, err := store.Learners()
		if err != nil {
			return trouble(err)
		}
		return mediatorMsg{s, known}
	}
}

func (s *mediator) Title() (string, string) {
	if s.of != nil {
		return s.app.words.T("mediator-title"), s.of.Name
	}
	return s.app.words.T("mediator-title"), ""
}
func (s *mediator) Typing() bool { return false }

func (s *mediator) Keys() []key.Binding {
	return append(s.list.keys(s.app, "key-open"), escTo(s.app, "key-back"))
}

func (s *mediator) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case mediatorMsg:
		if msg.of == s {
			s.known = msg.known
			s.fill()
		}
	case spokeMsg:
		s.fill()
	case tea.KeyPressMsg:
		if m, cmd, ok := s.list.key(msg); ok {
			return m, cmd
		}
		if is(msg, "esc", "backspace", "left") {
			if s.of == nil {
				return move{pop: true}, nil
			}
			s.of = nil
			s.fill()
		}
	}
	return move{}, nil
}

func (s *mediator) fill() {
	if s.of != nil {
		s.list.set(s.helpRows(*s.of))
		return
	}
	w := s.app.words
	rows := []row{{left: w.T("mediator-who")}}
	for _, l := range s.known {
		right := ""
		switch {
		case people.IsMediator(l):
			right = w.T("mediator-mark")
		case l.PIN != "":
			right = w.T("pin-mark")
		}
		rows = append(rows, row{left: "  " + l.Name, right: right, do: func() (move, tea.Cmd) {
			s.of, s.list.cursor = &l, 0
			s.fill()
			return move{}, nil
		}})
	}
	rows = append(rows, row{}, row{left: w.T("wipe-row"), do: func() (move, tea.Cmd) { return move{push: s.wipe()}, nil }})
	s.list.set(rows)
}

// helpRows are what can be done for somebody.
func (s *mediator) helpRows(l progress.Learner) []row {
	w := s.app.words
	rows := []row{{left: w.T("mediator-for", "Name", l.Name)}}
	store, gate, again := s.app.Store, s.app.gate, s.Init()
	switch {
	case l.PIN == "":
		rows = append(rows, row{left: "  " + w.T("mediator-no-pin")})
	case l.Role == people.Mediator:
		rows = append(rows, row{left: "  " + w.T("mediator-is")})
	default:
		rows = append(rows, row{left: "  " + w.T("mediator-reset"), do: func() (move, tea.Cmd) {
			s.of = nil
			done := say(w.T("mediator-reset-done", "Name", l.Name))
			return move{}, func() tea.Msg {
				if err := people.RemovePIN(store, gate, l.ID); err != nil {
					return trouble(err)
				}
				return tea.BatchMsg{again, done}
			}
		}})
	}
	if l.ID != s.app.desk.Learner.ID { // oneself in "My data"
		rows = append(rows, row{left: "  " + w.T("mediator-erase"), do: func() (move, tea.Cmd) { return move{push: s.erase(l)}, nil }})
	}
	return rows
}

func (s *mediator) erase(l progress.Learner) screen {
	a := s.app
	return newConfirm(a, "erase-title", func() string {
		return a.words.T("erase-other", "Name", l.Name, "Word", a.words.T("erase-word"))
	}, func() (func() (move, tea.Cmd), error) {
		r, err := people.Erase(a.Store, a.gate, a.Data, l.ID)
		return func() (move, tea.Cmd) {
			s.of = nil
			return move{replace: newPaper(a, "receipt-title", func(width int) []string { return a.receipt(r, width) })}, s.Init()
		}, err
	})
}

// wipe asks for a word, and then ends the loan. The program ends with it: its store is closed.
func (s *mediator) wipe() screen {
	a := s.app
	return newConfirm(a, "wipe-title", func() string {
		return a.words.N("wipe-what", len(s.known), "Word", a.words.T("erase-word"))
	}, func() (func() (move, tea.Cmd), error) {
		r, err := people.Wipe(a.Store, a.gate, a.Data)
		return func() (move, tea.Cmd) {
			a.desk = nil
			p := newPaper(a, "receipt-title", func(width int) []string { return a.receipt(r, width) })
			p.leave = func() (move, tea.Cmd) { return move{quit: true}, nil }
			return move{reset: []screen{p}}, nil
		}, err
	})
}

func (s *mediator) View(width, height int) string {
	return "\n" + s.list.view(s.app.theme, width, height-1)
}

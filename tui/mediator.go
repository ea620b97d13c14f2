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
	done  []int             // how many events each of them has
	of    *progress.Learner // the one to be helped, or nil: who is there
	twin  bool              // who else of those there is the same person
	list  list
}

type mediatorMsg struct {
	of    *mediator
	known []progress.Learner
	done  []int
}

func newMediator(a *app) *mediator { return &mediator{app: a} }

func (s *mediator) Init() tea.Cmd {
	store := s.app.Store
	return func() tea.Msg {
		known, err := store.Learners()
		if err != nil {
			return trouble(err)
		}
		done := make([]int, len(known))
		for i, l := range known {
			sum, err := store.Summary(l.ID)
			if err != nil {
				return trouble(err)
			}
			done[i] = int(sum.Events)
		}
		return mediatorMsg{s, known, done}
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
			s.known, s.done = msg.known, msg.done
			s.fill()
		}
	case spokeMsg:
		s.fill()
	case tea.KeyPressMsg:
		if m, cmd, ok := s.list.key(msg); ok {
			return m, cmd
		}
		if is(msg, "esc", "backspace", "left") {
			switch {
			case s.of == nil:
				return move{pop: true}, nil
			case s.twin:
				s.twin = false
			default:
				s.of = nil
			}
			s.fill()
		}
	}
	return move{}, nil
}

func (s *mediator) fill() {
	switch {
	case s.twin:
		s.list.set(s.twinRows(*s.of))
		return
	case s.of != nil:
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
	if len(s.known) > 1 {
		rows = append(rows, row{left: "  " + w.T("unite-row"), do: func() (move, tea.Cmd) {
			s.twin, s.list.cursor = true, 0
			s.fill()
			return move{}, nil
		}})
	}
	return rows
}

// twinRows are those who may be the same person as somebody, with how much each has done: names alone would not tell
// those apart who bear the same.
func (s *mediator) twinRows(l progress.Learner) []row {
	w := s.app.words
	rows := []row{{left: w.T("unite-who", "Name", l.Name)}}
	for i, other := range s.known {
		if other.ID == l.ID {
			continue
		}
		rows = append(rows, row{left: "  " + other.Name, right: w.N("unite-done", s.done[i]), do: func() (move, tea.Cmd) {
			return move{push: s.unite(l, other)}, nil
		}})
	}
	return rows
}

// unite asks for a word, and then makes one person of two. Who sits here keeps their name.
func (s *mediator) unite(into, from progress.Learner) screen {
	a := s.app
	if from.ID == a.desk.Learner.ID {
		into, from = from, into
	}
	return newConfirm(a, "unite", "unite-title", func() string {
		return a.words.T("unite-what", "Name", into.Name, "Other", from.Name, "Word", a.words.T("unite-word"))
	}, func() (func() (move, tea.Cmd), error) {
		err := people.Unite(a.Store, into.ID, from.ID)
		return func() (move, tea.Cmd) {
			s.of, s.twin = nil, false
			return move{pop: true}, tea.Batch(s.Init(), say(a.words.T("unite-was", "Name", into.Name)))
		}, err
	})
}

func (s *mediator) erase(l progress.Learner) screen {
	a := s.app
	return newConfirm(a, "erase", "erase-title", func() string {
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
	return newConfirm(a, "erase", "wipe-title", func() string {
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

package tui

import (
	"context"
	"strings"
	"time"

	"fanal/progress"
	"fanal/progress/people"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// admit seats a learner, after their PIN where they have one and are not seated already.
func (a *app) admit(l progress.Learner) (move, tea.Cmd) {
	enter := func() (move, tea.Cmd) {
		a.seat(a.Store, l, a.Options.Guest)
		return move{reset: a.opening()}, nil
	}
	if l.PIN == "" || a.desk != nil && a.desk.Learner.ID == l.ID {
		return enter()
	}
	return move{push: newPinAsk(a, asksFor(a, l), []progress.Learner{l}, enter)}, nil
}

// locked are the screens of a start for a learner with a PIN: who is there, and the question for it. What the start was
// asked to open is opened behind it.
func locked(a *app, l progress.Learner) []screen {
	known, _ := a.Store.Learners() // the list asks again, and says what is wrong
	if a.lang == "" {
		a.speak(l.Lang)
	}
	return []screen{newLearners(a, known), newPinAsk(a, asksFor(a, l), []progress.Learner{l}, func() (move, tea.Cmd) {
		a.seat(a.Store, l, a.Guest)
		return move{reset: a.opening()}, nil
	})}
}

func asksFor(a *app, l progress.Learner) func() string {
	return func() string { return a.words.T("pin-ask", "Name", l.Name) }
}

// pinAsk asks for the PIN of one of several people, and goes on when it is right.
type pinAsk struct {
	app   *app
	what  func() string
	whose []progress.Learner
	then  func() (move, tea.Cmd)
	field textinput.Model
	busy  bool
	said  string
}

// A pinMsg says whether a PIN was right.
type pinMsg struct {
	of    *pinAsk
	right bool
}

func newPinAsk(a *app, what func() string, whose []progress.Learner, then func() (move, tea.Cmd)) *pinAsk {
	return &pinAsk{app: a, what: what, whose: whose, then: then, field: newSecret()}
}

// newSecret makes a field that does not show what is typed.
func newSecret() textinput.Model {
	f := newField("")
	f.EchoMode = textinput.EchoPassword
	f.EchoCharacter = '*'
	return f
}

func (s *pinAsk) Init() tea.Cmd           { return nil }
func (s *pinAsk) Typing() bool            { return true }
func (s *pinAsk) Title() (string, string) { return s.app.words.T("pin-title"), "" }
func (s *pinAsk) Keys() []key.Binding     { return confirmKeys(s.app) }

// confirmKeys are the keys of a field alone.
func confirmKeys(a *app) []key.Binding {
	w := a.words
	return []key.Binding{bind(w.T("name-enter"), w.T("key-confirm"), "enter"), escTo(a, "key-back")}
}

func (s *pinAsk) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case pinMsg:
		if msg.of != s {
			return move{}, nil
		}
		s.busy = false
		if msg.right {
			return s.then()
		}
		s.said = s.app.words.T("pin-wrong")
		s.field.SetValue("")
	case tea.PasteMsg:
		if !s.busy {
			s.field, _ = s.field.Update(msg)
		}
	case tea.KeyPressMsg:
		switch {
		case is(msg, "esc"):
			return move{pop: true}, nil
		case s.busy:
		case is(msg, "enter"):
			return move{}, s.try()
		default:
			s.field, _ = s.field.Update(msg)
		}
	}
	return move{}, nil
}

// try has what was typed looked at, and says how long that takes.
func (s *pinAsk) try() tea.Cmd {
	typed := s.field.Value()
	if strings.TrimSpace(typed) == "" {
		return nil
	}
	var wait time.Duration
	for _, l := range s.whose {
		wait = max(wait, s.app.gate.Wait(l.ID))
	}
	s.busy, s.said = true, ""
	if wait > 0 {
		s.said = s.app.words.N("pin-wait", int(wait/time.Second))
	}
	gate, whose := s.app.gate, s.whose
	return func() tea.Msg {
		right, err := gate.TryAny(context.Background(), whose, typed)
		if err != nil {
			return trouble(err)
		}
		return pinMsg{s, right}
	}
}

func (s *pinAsk) View(width, height int) string {
	margin, text := column(width)
	s.field.SetWidth(min(text-4, 40))
	lines := append([]string{""}, hanging("", s.what(), text)...)
	lines = append(lines, "", "  > "+s.field.View())
	if s.said != "" {
		lines = append(append(lines, ""), hanging("", s.said, text)...)
	}
	if height > len(lines)+3 {
		lines = append(append(lines, ""), hanging("", s.app.words.T("pin-forgotten"), text)...)
	}
	return strings.Join(indentLines(lines, margin), "\n")
}

// pinSet takes a new PIN, twice.
type pinSet struct {
	app     *app
	field   textinput.Model
	first   string // what was typed the first time
	offered string // three words to learn, "" for none
	busy    bool
	said    string
	then    func() (move, tea.Cmd)
}

// A pinSetMsg says that the PIN was kept, or why not.
type pinSetMsg struct {
	of  *pinSet
	err error
}

func newPinSet(a *app, then func() (move, tea.Cmd)) *pinSet {
	return &pinSet{app: a, field: newSecret(), then: then}
}

func (s *pinSet) Init() tea.Cmd           { return nil }
func (s *pinSet) Typing() bool            { return true }
func (s *pinSet) Title() (string, string) { return s.app.words.T("pin-set-title"), "" }

func (s *pinSet) Keys() []key.Binding {
	return append(confirmKeys(s.app), bind("Tab", s.app.words.T("key-three-words"), "tab"))
}

func (s *pinSet) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case pinSetMsg:
		if msg.of != s {
			return move{}, nil
		}
		s.busy = false
		if msg.err != nil {
			s.first = ""
			s.said = s.app.words.Error(msg.err)
			return move{}, nil
		}
		return s.then()
	case tea.PasteMsg:
		if !s.busy {
			s.field, _ = s.field.Update(msg)
		}
	case tea.KeyPressMsg:
		switch {
		case is(msg, "esc"):
			return move{pop: true}, nil
		case s.busy:
		case is(msg, "tab"):
			s.offered, s.first, s.said = people.Suggest(s.app.words.Lang), "", ""
			s.field.SetValue("")
		case is(msg, "enter"):
			return move{}, s.enter()
		default:
			s.field, _ = s.field.Update(msg)
		}
	}
	return move{}, nil
}

// enter takes what was typed: the first time to be typed again, the second time to be kept.
func (s *pinSet) enter() tea.Cmd {
	w, typed := s.app.words, s.field.Value()
	s.field.SetValue("")
	if err := people.Check(typed); err != nil {
		s.first, s.said = "", w.Error(err)
		return nil
	}
	if s.first == "" {
		s.first, s.said = typed, ""
		return nil
	}
	if !people.Same(s.first, typed) {
		s.first, s.said = "", w.T("pin-not-same")
		return nil
	}
	s.busy, s.said = true, ""
	store, gate, id := s.app.Store, s.app.gate, s.app.desk.Learner.ID
	return func() tea.Msg { return pinSetMsg{s, people.SetPIN(store, gate, id, typed)} }
}

func (s *pinSet) View(width, height int) string {
	w := s.app.words
	margin, text := column(width)
	s.field.SetWidth(min(text-4, 40))
	var lines []string
	if height > 12 {
		lines = append(append(lines, ""), hanging("", w.T("pin-honest"), text)...)
	}
	lines = append(lines, "")
	if s.first == "" {
		lines = append(lines, hanging("", w.T("pin-choose", "Digits", people.MinDigits), text)...)
	} else {
		lines = append(lines, hanging("", w.T("pin-again"), text)...)
	}
	if s.offered != "" {
		lines = append(lines, hanging("  ", s.app.theme.strong.Render(s.offered), text)...)
	}
	lines = append(lines, "  > "+s.field.View())
	if s.said != "" {
		lines = append(append(lines, ""), hanging("", s.said, text)...)
	}
	return strings.Join(indentLines(lines, margin), "\n")
}

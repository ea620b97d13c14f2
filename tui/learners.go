package tui

import (
	"strings"

	"fanal/locale"
	"fanal/progress"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// learners lists who studies on this laptop: choose, add, rename, or be a guest.
type learners struct {
	app    *app
	known  []progress.Learner
	list   list
	naming *naming // a name is being typed, or nil
}

// naming is a field for a name: of somebody new, or another name for the one who studies.
type naming struct {
	field  textinput.Model
	rename bool
}

func newLearners(a *app, known []progress.Learner) *learners {
	s := &learners{app: a, known: known}
	if len(known) > 0 {
		s.fill()
	}
	return s
}

// A learnersMsg says who there is.
type learnersMsg struct{ known []progress.Learner }

func (s *learners) Init() tea.Cmd {
	store := s.app.Store
	return func() tea.Msg {
		known, err := store.Learners()
		if err != nil {
			return trouble(err)
		}
		return learnersMsg{known}
	}
}

func (s *learners) fill() {
	w := s.app.words
	var rows []row
	for i, l := range s.known {
		right := locale.Autonym(l.Lang)
		if s.app.desk != nil && s.app.desk.Learner.ID == l.ID {
			right = w.T("learner-here")
			s.list.cursor = i
		}
		rows = append(rows, row{left: l.Name, right: right, do: func() (move, tea.Cmd) { return s.app.admit(l) }})
	}
	rows = append(rows, row{},
		row{left: w.T("learner-new"), do: func() (move, tea.Cmd) {
			s.naming = &naming{field: newField("")}
			return move{}, nil
		}},
		row{left: w.T("learner-guest"), do: func() (move, tea.Cmd) { return move{}, s.app.beGuest() }})
	s.list.set(rows)
}

// home goes to the learner's home: it replaces whatever stood before, since another person sits here now.
func (s *learners) home() move { return move{reset: s.app.opening()} }

func (s *learners) Title() (string, string) { return "fanal · " + s.app.words.T("learners-title"), "" }
func (s *learners) Typing() bool            { return s.naming != nil }

func (s *learners) Keys() []key.Binding {
	w := s.app.words
	if s.naming != nil {
		return confirmKeys(s.app)
	}
	keys := s.list.keys(s.app, "key-open")
	if s.app.desk != nil {
		keys = append(keys, escTo(s.app, "key-back"))
	} else {
		keys = append(keys, bind("q", w.T("key-quit"), "q"))
	}
	keys = append(keys, bind("n", w.T("key-new"), "n"))
	if s.renames() {
		keys = append(keys, bind("r", w.T("key-rename"), "r"))
	}
	return append(keys, bind("l", w.T("key-language"), "l"))
}

// renames tells whether there is somebody here who can have another name.
func (s *learners) renames() bool { return s.app.desk != nil && !s.app.desk.Guest }

func (s *learners) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case learnersMsg:
		s.known = msg.known
		s.fill()
	case spokeMsg:
		s.fill()
	case seatedMsg:
		s.app.seat(msg.store, msg.learner, msg.guest)
		return s.home(), nil
	case tea.PasteMsg:
		if s.naming != nil {
			s.naming.field, _ = s.naming.field.Update(msg)
		}
	case tea.KeyPressMsg:
		if s.naming != nil {
			return s.name(msg)
		}
		if m, cmd, ok := s.list.key(msg); ok {
			return m, cmd
		}
		switch {
		case is(msg, "n"):
			s.naming = &naming{field: newField("")}
		case is(msg, "r") && s.renames():
			s.naming = &naming{field: newField(s.app.desk.Learner.Name), rename: true}
		case is(msg, "esc") && s.app.desk != nil:
			return move{pop: true}, nil
		case is(msg, "q", "esc") && s.app.desk == nil:
			return move{quit: true}, nil
		}
	}
	return move{}, nil
}

// name takes a key while a name is typed.
func (s *learners) name(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case is(msg, "esc"):
		s.naming = nil
		return move{}, nil
	case is(msg, "enter"):
		n := s.naming
		s.naming = nil
		name := strings.TrimSpace(n.field.Value())
		for _, l := range s.known { // two people of one name could not be told apart in the list
			if strings.EqualFold(l.Name, name) && (!n.rename || l.ID != s.app.desk.Learner.ID) {
				return move{}, say(s.app.words.T("learner-known", "Name", l.Name))
			}
		}
		if !n.rename {
			return move{}, s.app.register(name)
		}
		if name == "" {
			return move{}, nil
		}
		kept, again := s.app.desk.Rename(name), s.Init()
		return move{}, func() tea.Msg {
			if err := kept(); err != nil {
				return trouble(err)
			}
			return again()
		}
	}
	var cmd tea.Cmd
	s.naming.field, cmd = s.naming.field.Update(msg)
	return move{}, cmd
}

func (s *learners) View(width, height int) string {
	if s.naming == nil {
		return "\n" + s.list.view(s.app.theme, width, height-1)
	}
	margin, text := column(width)
	s.naming.field.SetWidth(min(text-4, 40))
	lines := append([]string{""}, hanging("", s.app.words.T("welcome-name"), text)...)
	lines = append(lines, "  > "+s.naming.field.View())
	return strings.Join(indentLines(lines, margin), "\n")
}

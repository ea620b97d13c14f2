package tui

import (
	"strings"

	"fanal/locale"
	"fanal/progress"
	"fanal/study"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// arrival returns the first screens when no learner was named: straight home where only one person studies here and has
// no PIN, the list of learners where there are several, a welcome where there is nobody yet.
func arrival(a *app) []screen {
	known, err := a.Store.Learners()
	switch {
	case err == nil && len(known) == 1 && known[0].PIN == "":
		a.seat(a.Store, known[0], a.Guest)
		return a.opening()
	case err == nil && len(known) > 0:
		return []screen{newLearners(a, known)}
	}
	return []screen{newWelcome(a)}
}

// welcome asks for a language and a name on one screen, so that someone new is two keys away from the first lesson.
type welcome struct {
	app  *app
	name textinput.Model
}

func newWelcome(a *app) *welcome { return &welcome{app: a, name: newField("")} }

// newField makes a text field that does not blink.
func newField(value string) textinput.Model {
	f := textinput.New()
	f.Prompt = ""
	f.CharLimit = 400
	var st textinput.Styles // none of the widget's own colours, nothing that blinks
	f.SetStyles(st)
	f.SetValue(value)
	f.Focus()
	return f
}

func (s *welcome) Init() tea.Cmd { return nil }

func (s *welcome) Title() (string, string) { return "fanal", s.app.Version }

func (s *welcome) Typing() bool { return true }

func (s *welcome) Keys() []key.Binding {
	w := s.app.words
	return []key.Binding{
		bind(w.T("name-enter"), w.T("key-begin"), "enter"),
		bind("↑↓", w.T("key-language"), "up", "down"),
		escTo(s.app, "key-quit"),
		bind("Tab", w.T("key-guest"), "tab"),
	}
}

func (s *welcome) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case is(msg, "esc"):
			return move{quit: true}, nil
		case is(msg, "up"), is(msg, "down"):
			s.turn(msg.String())
			return move{}, nil
		case is(msg, "enter"):
			return move{}, s.app.register(s.name.Value())
		case is(msg, "tab"):
			return move{}, s.app.beGuest()
		}
		var cmd tea.Cmd
		s.name, cmd = s.name.Update(msg)
		return move{}, cmd
	case tea.PasteMsg:
		s.name, _ = s.name.Update(msg)
	case seatedMsg:
		s.app.seat(msg.store, msg.learner, msg.guest)
		return move{reset: s.app.opening()}, nil
	}
	return move{}, nil
}

// turn goes to the language before or after.
func (s *welcome) turn(dir string) {
	n := len(locale.Languages)
	for i, l := range locale.Languages {
		if l == s.app.words.Lang {
			if dir == "down" {
				i++
			} else {
				i += n - 1
			}
			s.app.speak(locale.Languages[i%n])
			return
		}
	}
}

func (s *welcome) View(width, height int) string {
	w, t := s.app.words, s.app.theme
	margin, text := column(width)
	lines := []string{t.strong.Render(w.T("welcome-title"))}
	if height > 14 {
		lines = append([]string{""}, append(lines, hanging("", w.T("welcome-what"), text)...)...)
		lines = append(lines, "")
	}
	if height <= 14 { // a low window: the languages on one line
		var names []string
		for _, l := range locale.Languages {
			if l == w.Lang {
				names = append(names, t.focus.Render(t.cursor+locale.Autonym(l)))
			} else {
				names = append(names, locale.Autonym(l))
			}
		}
		lines = append(lines, strings.Join(names, " "))
	} else {
		for _, l := range locale.Languages {
			if l == w.Lang {
				lines = append(lines, t.focus.Render("  "+t.cursor+" "+locale.Autonym(l)))
			} else {
				lines = append(lines, "    "+locale.Autonym(l))
			}
		}
	}
	lines = append(lines, "")
	lines = append(lines, hanging("", w.T("welcome-name"), text)...)
	s.name.SetWidth(min(text-4, 40))
	lines = append(lines, "  > "+s.name.View(), "")
	lines = append(lines, hanging("", w.T("welcome-guest"), text)...)
	return strings.Join(indentLines(lines, margin), "\n")
}

// A seatedMsg says that a learner is known and can begin.
type seatedMsg struct {
	store   *progress.Store
	learner progress.Learner
	guest   bool
}

// register makes a learner of that name. Without a name they are called by the word for that, and may be renamed.
func (a *app) register(name string) tea.Cmd {
	name = strings.TrimSpace(name)
	if name == "" {
		name = a.words.T("nameless")
	}
	lang, store := a.words.Lang, a.Store
	return func() tea.Msg {
		l, err := study.Register(store, name, lang)
		if err != nil {
			return trouble(err)
		}
		return seatedMsg{store, l, a.Guest}
	}
}

// beGuest seats somebody who leaves no trace: their progress is kept in memory and forgotten at the end.
func (a *app) beGuest() tea.Cmd {
	name, lang := a.words.T("guest-name"), a.words.Lang
	return func() tea.Msg {
		store := progress.OpenMemory()
		l, err := study.Register(store, name, lang)
		if err != nil {
			return trouble(err)
		}
		return seatedMsg{store, l, true}
	}
}

package tui

import (
	"path/filepath"
	"strings"

	"fanal/progress/people"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// paper is a text to read, made anew for every width and language.
type paper struct {
	app   *app
	title string // message id
	text  func(width int) []string
	leave func() (move, tea.Cmd) // where Esc and Enter lead; nil: back
	pager pager
}

func newPaper(a *app, title string, text func(width int) []string) *paper {
	return &paper{app: a, title: title, text: text}
}

func (s *paper) Init() tea.Cmd           { return nil }
func (s *paper) Typing() bool            { return false }
func (s *paper) Title() (string, string) { return s.app.words.T(s.title), "" }

func (s *paper) Keys() []key.Binding {
	return scrollKeys(s.app, &s.pager, escTo(s.app, "key-back"))
}

func (s *paper) Update(msg tea.Msg) (move, tea.Cmd) {
	if msg, ok := msg.(tea.KeyPressMsg); ok {
		if is(msg, "esc", "left", "backspace", "enter", "q") {
			if s.leave != nil {
				return s.leave()
			}
			return move{pop: true}, nil
		}
		scrollKey(&s.pager, msg)
	}
	return move{}, nil
}

func (s *paper) View(width, height int) string {
	margin, text := column(width)
	return s.app.page(&s.pager, append([]string{""}, s.text(text)...), margin, height)
}

// typed is a word or a path to be typed, under what it is for.
type typed struct {
	app   *app
	title string // message id
	what  func() string
	field textinput.Model
	enter func(text string) (said string, m move, cmd tea.Cmd)
	busy  bool
	said  string

	beside func(path string) error // writes what belongs beside a file that was saved; may be nil
	next   func() screen           // what to save after it; nil for nothing
}

// A typedMsg ends the wait of a typed screen: with where to go, or with what went wrong.
type typedMsg struct {
	of   *typed
	err  error
	then func() (move, tea.Cmd)
}

// newConfirm asks for a word to be typed before something is done that cannot be undone: "erase" or "unite". Do does it,
// beside the keys, and returns where to go.
func newConfirm(a *app, word, title string, what func() string, do func() (func() (move, tea.Cmd), error)) *typed {
	s := &typed{app: a, title: title, what: what, field: newField("")}
	s.enter = func(text string) (string, move, tea.Cmd) {
		if w := a.words.T(word + "-word"); !people.Same(text, w) {
			return a.words.T(word+"-not-typed", "Word", w), move{}, nil
		}
		s.busy = true
		return "", move{}, func() tea.Msg {
			then, err := do()
			return typedMsg{s, err, then}
		}
	}
	return s
}

// newSaveAs asks where a file should go, and has it written there.
func newSaveAs(a *app, name, ext string, write func() ([]byte, error)) *typed {
	s := &typed{app: a, title: "saving-title", what: func() string { return a.words.T("saving-what") }}
	s.field = newField(people.Free(people.Folder(), name, ext))
	s.field.CursorEnd()
	s.enter = func(path string) (string, move, tea.Cmd) {
		path = strings.TrimSpace(path)
		if path == "" {
			return "", move{}, nil
		}
		if abs, err := filepath.Abs(path); err == nil {
			path = abs
		}
		s.busy = true
		return "", move{}, func() tea.Msg {
			text, err := write()
			if err == nil {
				err = people.SaveNew(path, text)
			}
			if err == nil && s.beside != nil {
				err = s.beside(path)
			}
			return typedMsg{s, err, func() (move, tea.Cmd) {
				after := move{pop: true}
				if s.next != nil {
					after = move{replace: s.next()}
				}
				return after, say(a.words.T("saving-done", "Path", path))
			}}
		}
	}
	return s
}

func (s *typed) Init() tea.Cmd           { return nil }
func (s *typed) Typing() bool            { return true }
func (s *typed) Title() (string, string) { return s.app.words.T(s.title), "" }
func (s *typed) Keys() []key.Binding     { return confirmKeys(s.app) }

func (s *typed) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case typedMsg:
		if msg.of != s {
			return move{}, nil
		}
		s.busy = false
		if msg.err != nil {
			s.said = s.app.words.Error(msg.err)
			return move{}, nil
		}
		return msg.then()
	case tea.PasteMsg:
		if !s.busy {
			s.field, _ = s.field.Update(msg)
		}
	case tea.KeyPressMsg:
		switch {
		case s.busy:
		case is(msg, "esc"):
			return move{pop: true}, nil
		case is(msg, "enter"):
			var m move
			var cmd tea.Cmd
			s.said, m, cmd = s.enter(s.field.Value())
			return m, cmd
		default:
			s.field, _ = s.field.Update(msg)
		}
	}
	return move{}, nil
}

func (s *typed) View(width, height int) string {
	margin, text := column(width)
	s.field.SetWidth(text - 4)
	lines := append([]string{""}, hanging("", s.what(), text)...)
	lines = append(lines, "", "  > "+s.field.View())
	if s.said != "" {
		lines = append(append(lines, ""), hanging("", s.said, text)...)
	}
	return strings.Join(indentLines(lines, margin), "\n")
}

package tui

import (
	"strconv"
	"strings"

	"fanal/modules/find"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// seek looks for words in the lesson that is open, and goes to the step where they stand.
type seek struct {
	app    *app
	lesson *lesson
	field  textinput.Model
	pages  []find.Page
	found  []find.Match
	list   list
}

func newSeek(a *app, l *lesson) *seek {
	s := &seek{app: a, lesson: l, field: newField(l.sought)}
	s.turn()
	return s
}

// turn takes the steps of the lesson as they are now.
func (s *seek) turn() {
	run := s.lesson.run
	s.pages = nil
	for i := range run.Len() {
		s.pages = append(s.pages, find.Page{Step: run.StepAt(i), Scene: run.SceneAt(i)})
	}
	s.look()
}

// look finds the steps, and puts the cursor on the next one from where the learner is: looking again goes on.
func (s *seek) look() {
	run, w := s.lesson.run, s.app.words
	_, room := column(s.app.width)
	s.lesson.sought = s.field.Value()
	s.found = find.InPages(s.pages, run.Lesson().Lang, s.field.Value())
	var rows []row
	next := 0
	for i, m := range s.found {
		if m.Page <= run.At() {
			next = (i + 1) % len(s.found)
		}
		at := w.T("search-step", "Step", m.Page+1)
		rows = append(rows, row{
			left: s.app.sentence(m.Snippet, m.Marks, room-ansi.StringWidth(at)-3), right: at,
			do: func() (move, tea.Cmd) {
				run.Go(m.Page)
				return move{pop: true}, nil
			},
		})
	}
	s.list.cursor, s.list.top = next, 0
	s.list.set(rows)
}

func (s *seek) Init() tea.Cmd { return nil }

func (s *seek) Title() (string, string) {
	right := s.app.words.T("search-here-title")
	if len(s.found) > 0 {
		right = strconv.Itoa(s.list.cursor+1) + "/" + strconv.Itoa(len(s.found))
	}
	return s.lesson.run.Lesson().Title, right
}

func (s *seek) Typing() bool { return true }

func (s *seek) Keys() []key.Binding {
	return append(s.list.keys(s.app, "key-go"), escTo(s.app, "key-back"))
}

func (s *seek) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case openedMsg:
		if msg.of == s.lesson {
			s.turn()
		}
	case tea.WindowSizeMsg:
		s.look()
	case tea.PasteMsg:
		s.field, _ = s.field.Update(msg)
		s.look()
	case tea.KeyPressMsg:
		switch {
		case is(msg, "esc"):
			return move{pop: true}, nil
		case is(msg, "up", "down", "pgup", "pgdown", "enter"):
			m, cmd, _ := s.list.key(msg)
			return m, cmd
		}
		s.field, _ = s.field.Update(msg)
		s.look()
	}
	return move{}, nil
}

func (s *seek) View(width, height int) string {
	lines := s.app.fieldLines(&s.field, width)
	margin, room := column(width)
	switch {
	case len(s.list.rows) > 0:
		lines = append(lines, s.list.view(s.app.theme, width, height-len(lines)))
	case strings.TrimSpace(s.field.Value()) == "":
		lines = append(lines, indentLines(hanging("", s.app.words.T("search-what"), room), margin)...)
	default:
		lines = append(lines, indentLines(hanging("", s.app.words.T("search-none", "Query", s.field.Value()), room), margin)...)
	}
	return strings.Join(lines, "\n")
}

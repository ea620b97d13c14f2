package tui

import (
	"strings"
	"time"

	"fanal/progress"
	"fanal/study"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// left is what the learner left on the step under their eyes.
type leftMsg struct {
	of   *lesson
	step string
	mark progress.Mark
}

// lookLeft asks what was left on the current step.
func (s *lesson) lookLeft() tea.Cmd {
	run, step := s.run, s.run.Step().ID
	look := run.Left
	return func() tea.Msg {
		mk, err := look()
		if err != nil {
			return nil // the step shows without it; the list of notes says what is wrong
		}
		return leftMsg{s, step, mk}
	}
}

// leftLines show the note and the marks under a step.
func (s *lesson) leftLines(width int) []string {
	w, t := s.app.words, s.app.theme
	var lines []string
	if s.left.Bookmark {
		lines = append(lines, t.muted.Render(w.T("mark-bookmark")))
	}
	if s.left.Unclear {
		lines = append(lines, t.muted.Render(w.T("mark-unclear")))
	}
	if s.left.Note != "" {
		lines = append(lines, t.muted.Render(w.T("mark-note")))
		for l := range strings.SplitSeq(s.left.Note, "\n") {
			lines = append(lines, hanging("  ", l, width)...)
		}
	}
	if len(lines) > 0 {
		lines = append([]string{""}, lines...)
	}
	return lines
}

// keyLeft takes the keys that leave something on a step.
func (s *lesson) keyLeft(msg tea.KeyPressMsg) (m move, cmd tea.Cmd, handled bool) {
	switch {
	case is(msg, "n"):
		return move{push: newNote(s.app, s)}, nil, true
	case is(msg, "m"):
		s.left.Bookmark, s.toEnd = !s.left.Bookmark, true
		return move{}, keeping(s.run.Bookmark(s.left.Bookmark)), true
	case is(msg, "u"):
		s.left.Unclear, s.toEnd = !s.left.Unclear, true
		return move{}, keeping(s.run.Unclear(s.left.Unclear)), true
	}
	return move{}, nil, false
}

// note is where a note on a step is written. It is kept as it is written: every few seconds, and when it is left.
type note struct {
	app    *app
	lesson *lesson
	area   textarea.Model
	kept   string // what the disk says
	lost   string // what it did not take when it was left: left once more, it is given up
	busy   bool   // it is left when it has been kept
}

// noteEvery is how long a note waits at most before it is kept.
const noteEvery = 3 * time.Second

type noteTick struct{ of *note }

// A noteMsg says that a note has been kept, or why it could not be.
type noteMsg struct {
	of   *note
	text string
	err  error
}

func newNote(a *app, l *lesson) *note {
	s := &note{app: a, lesson: l, area: newArea(a), kept: l.left.Note}
	s.area.SetValue(l.left.Note)
	return s
}

// newArea makes a plain field for several lines.
func newArea(a *app) textarea.Model {
	area := textarea.New()
	area.ShowLineNumbers = false
	area.Prompt = a.theme.bar + " "
	area.CharLimit = 8000
	var st textarea.Styles // none of the widget's own colours, nothing that blinks
	area.SetStyles(st)
	area.Focus()
	return area
}

func (s *note) Init() tea.Cmd { return s.tick() }

func (s *note) tick() tea.Cmd {
	return s.app.later(noteEvery, noteTick{s})
}

func (s *note) text() string { return strings.TrimSpace(s.area.Value()) }

// keep keeps what is written, if it has changed.
func (s *note) keep() tea.Cmd {
	text := s.text()
	if text == s.kept {
		return nil
	}
	keep := s.lesson.run.Note(text)
	return func() tea.Msg { return noteMsg{s, text, keep()} }
}

// done takes what came of keeping.
func (s *note) done(msg noteMsg) (move, tea.Cmd) {
	leaves := s.busy
	s.busy = false
	if msg.err != nil {
		if leaves {
			s.lost = msg.text
		}
		return move{}, func() tea.Msg { return trouble(msg.err) }
	}
	s.kept, s.lesson.left.Note = msg.text, msg.text
	return move{pop: leaves}, nil
}

// leave goes back to the lesson once the note is kept, or when it cannot be and the learner insists.
func (s *note) leave() (move, tea.Cmd) {
	s.lesson.toEnd = true // where the note stands
	cmd := s.keep()
	if cmd == nil || s.lost != "" && s.lost == s.text() {
		return move{pop: true}, nil
	}
	s.busy = true
	return move{}, cmd
}

func (s *note) Title() (string, string) {
	st := s.lesson.run.Step()
	if st.Question != nil {
		return s.app.words.T("note-title"), ansi.Truncate(inline(promptLine(st.Question.Prompt)), s.app.width/2, "…")
	}
	return s.app.words.T("note-title"), st.Heading
}

func (s *note) Typing() bool { return true }

func (s *note) Keys() []key.Binding {
	return []key.Binding{escTo(s.app, "key-keep-back")}
}

func (s *note) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case noteTick:
		if msg.of == s {
			return move{}, tea.Batch(s.keep(), s.tick())
		}
	case noteMsg:
		if msg.of == s {
			return s.done(msg)
		}
	case tea.PasteMsg:
		s.area, _ = s.area.Update(msg)
	case tea.KeyPressMsg:
		if is(msg, "esc") {
			return s.leave()
		}
		var cmd tea.Cmd
		s.area, cmd = s.area.Update(msg)
		return move{}, cmd
	}
	return move{}, nil
}

func (s *note) View(width, height int) string {
	margin, text := column(width)
	s.area.SetWidth(text)
	lines := append([]string{""}, hanging("", s.app.words.T("note-what"), text)...)
	s.area.SetHeight(max(height-len(lines)-1, 3))
	lines = append(append(lines, ""), strings.Split(s.area.View(), "\n")...)
	return strings.Join(indentLines(lines, margin), "\n")
}

// notes lists what the learner left anywhere, and opens it at the place.
type notes struct {
	app   *app
	found []study.Note
	ready bool
	list  list
}

type notesMsg struct {
	asked
	found []study.Note
}

func newNotes(a *app) *notes { return &notes{app: a} }

func (s *notes) Init() tea.Cmd {
	desk, ask := s.app.desk.Apart(), s.app.ask(s)
	return func() tea.Msg {
		found, err := desk.Notes()
		if err != nil {
			return trouble(err)
		}
		return notesMsg{ask, found}
	}
}

func (s *notes) fill() {
	w := s.app.words
	var rows []row
	for _, n := range s.found {
		what := n.Note
		switch {
		case what != "":
		case n.Unclear:
			what = w.T("mark-unclear")
		case n.Bookmark:
			what = w.T("mark-bookmark")
		default:
			continue
		}
		rows = append(rows,
			row{left: inline(what), do: func() (move, tea.Cmd) {
				return move{push: newLessonAt(s.app, n.Module, n.Lesson, n.Step)}, nil
			}},
			row{left: "    " + n.ModuleTitle + " › " + n.LessonTitle + " › " + inline(promptLine(n.Heading))})
	}
	s.list.set(rows)
}

func (s *notes) Title() (string, string) { return s.app.words.T("home-notes"), "" }
func (s *notes) Typing() bool            { return false }

func (s *notes) Keys() []key.Binding {
	return append(s.list.keys(s.app, "key-go"), escTo(s.app, "key-back"))
}

func (s *notes) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case notesMsg:
		if s.app.wants(s, msg.asked) {
			s.found, s.ready = msg.found, true
			s.fill()
		}
	case spokeMsg:
		return move{}, s.Init()
	case tea.KeyPressMsg:
		if m, cmd, ok := s.list.key(msg); ok {
			return m, cmd
		}
		if is(msg, "esc", "left", "backspace") {
			return move{pop: true}, nil
		}
	}
	return move{}, nil
}

func (s *notes) View(width, height int) string {
	margin, text := column(width)
	if s.ready && len(s.list.rows) == 0 {
		return strings.Join(indentLines(append([]string{""}, hanging("", s.app.words.T("notes-none"), text)...), margin), "\n")
	}
	return "\n" + s.list.view(s.app.theme, width, height-1)
}

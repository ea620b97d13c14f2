package tui

import (
	"strings"
	"time"

	"fanal/modules/find"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// finder returns the index of everything installed. Making it costs nothing: it is opened when it is first used.
func (a *app) finder() *find.Index {
	if a.index == nil {
		a.index = find.Open(a.Data)
	}
	return a.index
}

// closeIndex ends with the index, if it was used.
func (a *app) closeIndex() {
	if a.index != nil {
		_ = a.index.Close() // what could not be kept of it is made again
	}
}

// readPiece is how long a piece of reading for the index takes at most: in between, what is read already can be found.
const readPiece = 200 * time.Millisecond

// A readMsg says that a piece has been read for the index, and how many modules are left.
type readMsg struct {
	of   screen
	left int
	err  error
}

// read has the index read a piece of what is new.
func (a *app) read(of screen) tea.Cmd {
	x, lib, lang := a.finder(), a.Library, a.desk.Lang
	return func() tea.Msg {
		left, err := x.Update(lib, lang, readPiece)
		return readMsg{of, left, err}
	}
}

// shownHits is how many places a search shows.
const shownHits = 50

// search looks for words in everything installed, as they are typed.
type search struct {
	app   *app
	field textinput.Model
	list  list
	res   find.Results
	busy  bool // a search is under way: what is typed meanwhile is looked for when it is back
	left  int  // modules to be read yet
	width int  // for which the rows are set
}

// A hitsMsg brings what a query found.
type hitsMsg struct {
	asked
	res find.Results
	err error
}

func newSearch(a *app) *search { return &search{app: a, field: newField("")} }

func (s *search) Init() tea.Cmd { return tea.Batch(s.app.read(s), s.look()) }

// look looks for what is typed, one query at a time, so that fast fingers do not queue up searches.
func (s *search) look() tea.Cmd {
	query := s.field.Value()
	if s.busy {
		return nil
	}
	if strings.TrimSpace(query) == "" {
		s.res = find.Results{}
		s.fill()
		return nil
	}
	s.busy = true
	x, lib, ask := s.app.finder(), s.app.Library, s.app.ask(s)
	return func() tea.Msg {
		res, err := x.Search(lib, ask.lang, query, shownHits)
		return hitsMsg{ask, res, err}
	}
}

// fill makes the rows: a sentence, and under it where it stands.
func (s *search) fill() {
	_, room := column(s.app.width)
	s.width = s.app.width
	var rows []row
	for _, h := range s.res.Hits {
		id, data := h.Place()
		rows = append(rows,
			row{left: s.app.sentence(h.Snippet, h.Marks, room), do: func() (move, tea.Cmd) { return s.app.openHit(h) }},
			row{left: s.app.theme.muted.Render("  " + ansi.Truncate(s.app.words.T(id, data...), room-2, "…"))})
	}
	s.list.set(rows)
}

// openHit opens the place of a hit.
func (a *app) openHit(h find.Hit) (move, tea.Cmd) {
	m := a.Library.Module(h.Module)
	switch {
	case m == nil:
		return move{}, nil
	case h.Kind == find.InGlossary:
		return move{push: newTermPage(a, h.Module, h.Term)}, nil
	case h.Kind == find.InLesson:
		return move{push: newLessonAt(a, h.Module, h.Lesson, "")}, nil
	case h.Lesson == "":
		return move{push: newModule(a, m)}, nil
	}
	return move{push: newLessonAt(a, h.Module, h.Lesson, h.Step)}, nil
}

// sentence sets a sentence in one line of at most width columns, its marked words strong and the first of them in sight.
func (a *app) sentence(text string, marks []find.Span, width int) string {
	cut := 0
	if len(marks) > 0 && ansi.StringWidth(text[:marks[0].End]) > width-2 {
		for cut < marks[0].Start && ansi.StringWidth(text[cut:marks[0].End]) > 2*width/3 {
			n := strings.IndexByte(text[cut:marks[0].Start], ' ')
			if n < 0 {
				cut = marks[0].Start
				break
			}
			cut += n + 1
		}
	}
	var b strings.Builder
	at := cut
	if cut > 0 {
		b.WriteString("… ")
	}
	for _, m := range marks {
		if m.Start < at {
			continue
		}
		b.WriteString(inline(text[at:m.Start]) + a.theme.strong.Render(text[m.Start:m.End]))
		at = m.End
	}
	b.WriteString(inline(text[at:]))
	return ansi.Truncate(b.String(), width, "…")
}

func (s *search) Title() (string, string) {
	w := s.app.words
	switch {
	case s.left > 0:
		return w.T("search-title"), w.N("search-reading", s.left)
	case s.res.Query != "":
		return w.T("search-title"), w.N("search-found", s.res.Found)
	}
	return w.T("search-title"), ""
}

func (s *search) Typing() bool { return true }

func (s *search) Keys() []key.Binding {
	return append(s.list.keys(s.app, "key-go"), escTo(s.app, "key-back"))
}

func (s *search) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case readMsg:
		return move{}, s.hasRead(msg)
	case hitsMsg:
		if msg.of != screen(s) {
			return move{}, nil
		}
		s.busy = false
		if msg.err != nil {
			return move{}, func() tea.Msg { return trouble(msg.err) }
		}
		if msg.res.Query != s.field.Value() || !s.app.wants(s, msg.asked) { // typed on meanwhile, or in another language
			return move{}, s.look()
		}
		s.res = msg.res
		s.fill()
	case spokeMsg:
		return move{}, s.Init()
	case tea.PasteMsg:
		s.field, _ = s.field.Update(msg)
		return move{}, s.look()
	case tea.KeyPressMsg:
		return s.key(msg)
	}
	return move{}, nil
}

// hasRead goes on reading, and looks again in what has come.
func (s *search) hasRead(msg readMsg) tea.Cmd {
	if msg.of != screen(s) {
		return nil
	}
	s.left = msg.left
	if msg.err != nil {
		return func() tea.Msg { return trouble(msg.err) }
	}
	if msg.left == 0 {
		return s.look()
	}
	return tea.Batch(s.app.read(s), s.look())
}

func (s *search) key(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case is(msg, "esc"):
		return move{pop: true}, nil
	case is(msg, "up", "down", "pgup", "pgdown", "enter"):
		m, cmd, _ := s.list.key(msg)
		return m, cmd
	}
	before := s.field.Value()
	s.field, _ = s.field.Update(msg)
	if s.field.Value() == before {
		return move{}, nil
	}
	s.list.cursor, s.list.top = 0, 0
	return move{}, s.look()
}

func (s *search) View(width, height int) string {
	if s.width != s.app.width {
		s.fill()
	}
	lines := s.app.fieldLines(&s.field, width)
	_, room := column(width)
	margin, _ := column(width)
	switch {
	case strings.TrimSpace(s.field.Value()) == "":
		lines = append(lines, indentLines(hanging("", s.app.words.T("search-what"), room), margin)...)
	case len(s.list.rows) > 0:
		lines = append(lines, s.list.view(s.app.theme, width, height-len(lines)))
	case s.res.Query == s.field.Value() && s.left == 0:
		lines = append(lines, indentLines(hanging("", s.app.words.T("search-none", "Query", s.res.Query), room), margin)...)
	}
	return strings.Join(lines, "\n")
}

// fieldLines draws a field at the top of a screen, with an empty line above it where there is room for one.
func (a *app) fieldLines(f *textinput.Model, width int) []string {
	margin, text := column(width)
	f.SetWidth(text - 4)
	lines := indentLines([]string{"> " + f.View(), ""}, margin)
	if a.ruled() {
		lines = append([]string{""}, lines...)
	}
	return lines
}

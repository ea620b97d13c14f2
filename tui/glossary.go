package tui

import (
	"strings"

	"fanal/locale"
	"fanal/modules"
	"fanal/modules/find"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// glossary lists the terms of all modules, from A to Z, and those that begin as what is typed.
type glossary struct {
	app   *app
	field textinput.Model
	terms []find.Term
	left  int // modules to be read yet
	ready bool
	list  list
}

// A glossaryMsg brings the terms.
type glossaryMsg struct {
	asked
	terms []find.Term
	err   error
}

func newGlossary(a *app) *glossary { return &glossary{app: a, field: newField("")} }

func (s *glossary) Init() tea.Cmd { return tea.Batch(s.app.read(s), s.app.terms(s)) }

// terms asks the index for the terms of all modules.
func (a *app) terms(of screen) tea.Cmd {
	x, lib, ask := a.finder(), a.Library, a.ask(of)
	return func() tea.Msg {
		terms, _, err := x.Terms(lib, ask.lang)
		return glossaryMsg{ask, terms, err}
	}
}

func (s *glossary) fill() {
	room := rowRoom(s.app.width)
	var rows []row
	for i, t := range find.Filter(s.terms, s.field.Value()) {
		if i > 0 && rows[len(rows)-1].left == inline(t.Term) { // explained by several modules: one page shows them all
			rows[len(rows)-1].right = ""
			continue
		}
		rows = append(rows, row{
			left: inline(t.Term), right: s.app.theme.muted.Render(ansi.Truncate(t.ModuleTitle, room/3, "…")),
			do: func() (move, tea.Cmd) { return move{push: newTermPage(s.app, t.Module, t.ID)}, nil },
		})
	}
	s.list.set(rows)
}

func (s *glossary) Title() (string, string) {
	w := s.app.words
	switch {
	case s.left > 0:
		return w.T("glossary-title"), w.N("search-reading", s.left)
	case len(s.list.rows) > 0:
		return w.T("glossary-title"), w.N("glossary-words", len(s.list.rows))
	}
	return w.T("glossary-title"), ""
}

func (s *glossary) Typing() bool { return true }

func (s *glossary) Keys() []key.Binding {
	return append(s.list.keys(s.app, "key-open"), escTo(s.app, "key-back"), bind("a-z", s.app.words.T("key-filter")))
}

func (s *glossary) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case readMsg:
		if msg.of != screen(s) {
			return move{}, nil
		}
		before := s.left
		s.left = msg.left
		switch {
		case msg.err != nil:
			return move{}, func() tea.Msg { return trouble(msg.err) }
		case msg.left > 0:
			return move{}, tea.Batch(s.app.read(s), s.app.terms(s))
		case before > 0 || !s.ready:
			s.ready = true
			return move{}, s.app.terms(s)
		}
	case glossaryMsg:
		if s.app.wants(s, msg.asked) && msg.err == nil {
			s.terms = msg.terms
			s.fill()
		}
	case spokeMsg:
		s.ready = false
		return move{}, s.Init()
	case tea.WindowSizeMsg:
		s.fill()
	case tea.PasteMsg:
		s.field, _ = s.field.Update(msg)
		s.fill()
	case tea.KeyPressMsg:
		switch {
		case is(msg, "esc"):
			return move{pop: true}, nil
		case is(msg, "up", "down", "pgup", "pgdown", "enter"):
			m, cmd, _ := s.list.key(msg)
			return m, cmd
		}
		before := s.field.Value()
		if s.field, _ = s.field.Update(msg); s.field.Value() != before {
			s.list.cursor, s.list.top = 0, 0
			s.fill()
		}
	}
	return move{}, nil
}

func (s *glossary) View(width, height int) string {
	lines := s.app.fieldLines(&s.field, width)
	margin, room := column(width)
	id := ""
	switch {
	case len(s.list.rows) > 0:
		lines = append(lines, s.list.view(s.app.theme, width, height-len(lines)))
	case len(s.terms) > 0:
		id = "glossary-no-such"
	case s.ready:
		id = "glossary-none"
	}
	if id != "" {
		lines = append(lines, indentLines(hanging("", s.app.words.T(id), room), margin)...)
	}
	return strings.Join(lines, "\n")
}

// termPage shows a term: what it means, in each module that explains it, how the other languages call it, and the lessons
// that use it.
type termPage struct {
	app        *app
	module, id string
	senses     []sense
	list       list
}

// A sense is a term as one module explains it.
type sense struct {
	find.Term
	elsewhere map[string]string // in the other languages
}

// A sensesMsg brings them.
type sensesMsg struct {
	asked
	senses []sense
	err    error
}

func newTermPage(a *app, module, id string) *termPage {
	return &termPage{app: a, module: module, id: id}
}

func (s *termPage) Init() tea.Cmd {
	x, lib, ask := s.app.finder(), s.app.Library, s.app.ask(s)
	return func() tea.Msg {
		all, _, err := x.Terms(lib, ask.lang)
		return sensesMsg{ask, sensesOf(all, s.module, s.id, lib, ask.lang), err}
	}
}

// sensesOf picks a term and those that are written alike in other modules, its own module first.
func sensesOf(all []find.Term, module, id string, lib *modules.Library, lang string) []sense {
	name := ""
	for _, t := range all {
		if t.Module == module && t.ID == id {
			name = t.Term
		}
	}
	var others []string
	for _, l := range locale.Languages {
		if l != lang {
			others = append(others, l)
		}
	}
	var senses []sense
	for _, t := range all {
		m := lib.Module(t.Module)
		if name == "" || t.Term != name || m == nil {
			continue
		}
		it := sense{t, find.Equivalents(m, t.ID, others)}
		if t.Module == module {
			senses = append([]sense{it}, senses...)
		} else {
			senses = append(senses, it)
		}
	}
	return senses
}

func (s *termPage) fill() {
	w, t := s.app.words, s.app.theme
	margin, _ := column(s.app.width)
	room := min(TextWidth, s.app.width-margin-3)
	var rows []row
	text := func(lines ...string) {
		for _, l := range lines {
			rows = append(rows, row{left: l})
		}
	}
	for i, it := range s.senses {
		if i > 0 {
			text("", "")
		}
		text(t.muted.Render(it.ModuleTitle))
		text(hanging("", inline(it.Definition), room)...)
		if len(it.elsewhere) > 0 {
			text("", t.strong.Render(w.T("glossary-elsewhere")))
		}
		for _, l := range locale.Languages {
			if name := it.elsewhere[l]; name != "" {
				text(hanging("  ", w.T("glossary-same", "Language", locale.Autonym(l), "Term", inline(name)), room)...)
			}
		}
		if len(it.Uses) > 0 {
			text("", t.strong.Render(w.T("glossary-uses")))
		}
		for _, u := range it.Uses {
			rows = append(rows, row{left: "  " + u.Title, right: w.T("search-step", "Step", u.Number), do: func() (move, tea.Cmd) {
				return move{push: newLessonAt(s.app, it.Module, u.Lesson, u.Step)}, nil
			}})
		}
	}
	s.list.set(rows)
	s.list.loose = true // it is read from its beginning
}

func (s *termPage) Title() (string, string) {
	left := s.app.words.T("glossary-title")
	if len(s.senses) > 0 {
		left += " › " + inline(s.senses[0].Term.Term)
	}
	return left, ""
}

func (s *termPage) Typing() bool { return false }

func (s *termPage) Keys() []key.Binding {
	return append(s.list.keys(s.app, "key-open"), escTo(s.app, "key-back"), bind("l", s.app.words.T("key-language"), "l"))
}

func (s *termPage) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case sensesMsg:
		if !s.app.wants(s, msg.asked) || msg.err != nil {
			return move{}, nil
		}
		s.senses = msg.senses
		s.fill()
	case readMsg: // in a language that has just been read
		if msg.of == screen(s) {
			if msg.left > 0 {
				return move{}, s.app.read(s)
			}
			return move{}, s.Init()
		}
	case spokeMsg:
		return move{}, s.app.read(s)
	case tea.WindowSizeMsg:
		s.fill()
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

func (s *termPage) View(width, height int) string {
	return "\n" + s.list.view(s.app.theme, width, height-1)
}

package tui

import (
	"fmt"
	"slices"

	"fanal/locale"
	"fanal/modules"
	"fanal/progress/people"
	"fanal/study"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// home is where a sitting begins: what to go on with, the modules and how far they are.
type home struct {
	app     *app
	list    list
	due     int // questions to review today
	place   study.Place
	resumes bool
	step    stepMsg                  // where in the lesson of that place, once it was counted
	views   map[string]*study.Glance // by module id, those that have been on screen
	left    map[string]int           // minutes left, those that have been counted
	failed  map[string]bool
	all     []*modules.Module // in the order of their rows
}

func newHome(a *app) *home {
	s := &home{app: a, views: map[string]*study.Glance{}, left: map[string]int{}, failed: map[string]bool{}}
	s.look()
	s.fill()
	s.sight()
	return s
}

// A homeMsg brings what was counted in the background.
type homeMsg struct {
	desk   *study.Desk
	module string
	left   int
}

// A stepMsg says which step of how many a place is.
type stepMsg struct {
	place  study.Place
	at, of int
}

// look reads where the learner is: a handful of records, whatever the length of the history.
func (s *home) look() {
	s.due = s.app.desk.DueCount()
	s.place, s.resumes = s.app.desk.Continue()
}

// sight reads the modules whose rows are in sight and not read yet: of a thousand modules only those are ever opened.
func (s *home) sight() {
	all, from := s.all, s.modulesFrom()
	lo, hi := s.list.window(s.app.bodyHeight())
	for i := max(lo, from); i < min(hi, from+len(all)); i++ {
		s.overview(all[i-from])
	}
}

// overview returns what is known of a module, nil when it cannot be read.
func (s *home) overview(m *modules.Module) *study.Glance {
	id := m.ID()
	if o, ok := s.views[id]; ok || s.failed[id] {
		return o
	}
	o, err := s.app.desk.Glance(m)
	if err != nil {
		s.failed[id] = true
		return nil
	}
	s.views[id] = o
	return o
}

// Init is also called when home comes back on top: something may have been learnt meanwhile.
func (s *home) Init() tea.Cmd {
	clear(s.views)
	clear(s.left)
	s.look()
	s.fill()
	return tea.Batch(s.count(), s.countSteps())
}

// countSteps has the steps of the lesson to go on with counted in the background: for that it must be read, and home opens
// without reading any.
func (s *home) countSteps() tea.Cmd {
	m, place, lang := s.app.Library.Module(s.place.Module), s.place, s.app.desk.Lang
	if !s.resumes || m == nil || place.Step == "" || s.step.place == place {
		return nil
	}
	return func() tea.Msg {
		l, err := m.Lesson(lang, place.Lesson)
		if err != nil {
			return nil // opening it says what is wrong
		}
		at := slices.IndexFunc(l.Steps, func(st modules.Step) bool { return st.ID == place.Step })
		if at < 0 {
			return nil
		}
		return stepMsg{place, at + 1, len(l.Steps)}
	}
}

// count has the minutes left of the modules in sight counted in the background.
func (s *home) count() tea.Cmd {
	s.sight()
	var cmds []tea.Cmd
	desk := s.app.desk
	for id, o := range s.views {
		if _, ok := s.left[id]; ok {
			continue
		}
		s.left[id] = -1 // being counted
		cmds = append(cmds, func() tea.Msg {
			n, err := o.MinutesLeft()
			if err != nil {
				return nil
			}
			return homeMsg{desk, id, n}
		})
	}
	return tea.Batch(cmds...)
}

// fill makes the rows. A module's row is drawn by moduleRow when it comes in sight.
func (s *home) fill() {
	w := s.app.words
	var rows []row
	if s.resumes {
		rows = append(rows, s.continueRow(), row{})
	}
	rows = append(rows, row{left: w.T("home-modules")})
	s.all = s.app.Library.All()
	for _, m := range s.all {
		rows = append(rows, row{left: m.ID(), do: func() (move, tea.Cmd) { return move{push: newModule(s.app, m)}, nil }})
	}
	s.list.set(append(rows, s.placeRows()...))
}

// placeRows are the rows under the modules: what can be done with what was learnt.
func (s *home) placeRows() []row {
	w := s.app.words
	to := func(open func() screen) func() (move, tea.Cmd) {
		return func() (move, tea.Cmd) { return move{push: open()}, nil }
	}
	review := row{left: w.T("home-review"), right: w.T("home-nothing-due"), do: func() (move, tea.Cmd) { return s.beginReview() }}
	if n := s.due; n > 0 {
		review.right = w.N("home-due", n)
	}
	rows := []row{
		{},
		review,
		{left: w.T("home-search"), right: "/", do: to(func() screen { return newSearch(s.app) })},
		{left: w.T("home-glossary"), do: to(func() screen { return newGlossary(s.app) })},
		{left: w.T("home-notes"), do: to(func() screen { return newNotes(s.app) })},
		{left: w.T("home-record"), do: to(func() screen { return newRecord(s.app) })},
	}
	if s.app.Shelf != nil {
		rows = append(rows, row{left: w.T("home-add"), do: to(func() screen { return newAddModules(s.app) })})
	}
	rows = append(rows, row{left: w.T("home-mine"), do: to(func() screen { return newMydata(s.app) })})
	if !s.app.desk.Guest {
		rows = append(rows, row{left: w.T("home-carry"), do: to(func() screen { return newCarrying(s.app) })})
	}
	if people.IsMediator(s.app.desk.Learner) {
		rows = append(rows, row{left: w.T("home-group"), do: to(func() screen { return newGroup(s.app) })})
	}
	return rows
}

// modulesFrom is the row of the first module.
func (s *home) modulesFrom() int {
	if s.resumes {
		return 3
	}
	return 1
}

func (s *home) continueRow() row {
	m := s.app.Library.Module(s.place.Module)
	if m == nil || s.overview(m) == nil {
		return row{}
	}
	right := ""
	if s.step.place == s.place && s.step.of > 0 && s.app.width >= 60 {
		right = s.app.words.T("step-of", "At", s.step.at, "Of", s.step.of)
	}
	return row{
		left:  continueWords(s.app.desk, s.app.words, s.place),
		right: right,
		do: func() (move, tea.Cmd) {
			return move{push: newModule(s.app, m), then: newLesson(s.app, s.place.Module, s.place.Lesson)}, nil
		},
	}
}

// continueWords say with which lesson to go on or to begin. They read a module's manifest and two titles.
func continueWords(desk *study.Desk, w *locale.Printer, p study.Place) string {
	m := desk.Library.Module(p.Module)
	module, lesson, number := p.Module, p.Lesson, 0
	if t, err := m.Title(desk.Lang); err == nil {
		module = t
	}
	if t, err := m.LessonTitle(desk.Lang, p.Lesson); err == nil {
		lesson = t
	}
	if man, err := m.Manifest(); err == nil {
		number = slices.Index(man.Lessons, p.Lesson) + 1
	}
	id := "home-continue"
	if p.Step == "" {
		id = "home-begin"
	}
	return w.T(id, "Module", module, "Number", number, "Lesson", lesson)
}

func (s *home) Title() (string, string) {
	w := s.app.words
	right := ""
	if n := s.due; n > 0 {
		right = w.N("home-due", n)
	}
	return "fanal · " + s.app.desk.Learner.Name, right
}

func (s *home) Typing() bool { return false }

func (s *home) Keys() []key.Binding {
	w := s.app.words
	return append(s.list.keys(s.app, "key-open"),
		bind("p", w.T("key-learners"), "p"),
		bind("l", w.T("key-language"), "l"),
		bind("q", w.T("key-quit"), "q"),
		bind("/", w.T("key-search"), "/"),
	)
}

func (s *home) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case homeMsg:
		if msg.desk == s.app.desk {
			s.left[msg.module] = msg.left
		}
	case stepMsg:
		if msg.place == s.place {
			s.step = msg
			s.fill()
		}
	case roundMsg:
		switch {
		case msg.of != s:
		case msg.run == nil:
			return move{}, say(s.app.words.T("home-nothing-due-now"))
		default:
			return move{push: newRound(s.app, msg.run)}, nil
		}
	case spokeMsg:
		return move{}, s.Init()
	case tea.WindowSizeMsg:
		s.fill()
		return move{}, s.count()
	case tea.KeyPressMsg:
		if m, cmd, ok := s.list.key(msg); ok {
			return m, tea.Batch(cmd, s.count())
		}
		switch {
		case is(msg, "q"):
			return move{quit: true}, nil
		case is(msg, "/"):
			return move{push: newSearch(s.app)}, nil
		case is(msg, "p"):
			return move{push: newLearners(s.app, nil)}, nil
		}
	}
	return move{}, nil
}

func (s *home) View(width, height int) string {
	from, all := s.modulesFrom(), s.all
	lo, hi := s.list.window(height)
	for i := max(lo, from); i < min(hi, from+len(all)); i++ {
		r := &s.list.rows[i]
		r.left, r.right = s.moduleRow(all[i-from], rowRoom(width))
	}
	return s.list.view(s.app.theme, width, height)
}

// moduleRow says what a module is and how far it is, in as many words as fit.
func (s *home) moduleRow(m *modules.Module, width int) (left, right string) {
	w := s.app.words
	o := s.views[m.ID()]
	switch {
	case o == nil && s.failed[m.ID()]:
		return "  " + m.ID(), w.T("module-unreadable")
	case o == nil:
		return "  " + m.ID(), ""
	}
	total, done := len(o.Lessons), o.Count(study.Done)
	right = fmt.Sprintf("%d/%d", done, total)
	if width < 60 {
		return o.Title, right
	}
	share := 0.0
	if total > 0 {
		share = float64(done) / float64(total)
	}
	right = fmt.Sprintf("%s  %5s", s.app.theme.gauge(share, 14), right)
	return "  " + o.Title, fmt.Sprintf("%s  %14s", right, s.timeWord(o))
}

// timeWord says how much of a module is left.
func (s *home) timeWord(o *study.Glance) string {
	w, total, done := s.app.words, len(o.Lessons), o.Count(study.Done)
	left := s.left[o.Manifest.ID]
	switch {
	case total > 0 && o.Count(study.Mastered) == total:
		return w.T("module-mastered")
	case total > 0 && done == total:
		return w.T("module-done")
	case left <= 0:
		return "" // not counted yet
	case done > 0:
		return w.T("minutes-left", "Minutes", w.Minutes(left))
	}
	return w.Minutes(left)
}

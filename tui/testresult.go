package tui

import (
	"slices"
	"strconv"

	"fanal/modules"
	"fanal/study"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// testResult says what a module's tests say: what is known, objective by objective, where to start, and after the second
// one what was gained. No mark, no rank.
type testResult struct {
	app    *app
	run    *study.Run // that has just ended, or nil when the results are looked at again
	view   *study.Overview
	scores []study.ObjectiveScore
	known  map[string]bool
	titles map[string]string
	ready  bool
	pager  pager
}

// A testMsg brings the results, after the end of the test has been kept.
type testMsg struct {
	asked
	view   *study.Overview
	scores []study.ObjectiveScore
	known  map[string]bool
	titles map[string]string
}

func newTestResult(a *app, run *study.Run) *testResult { return &testResult{app: a, run: run} }

// newTestResults shows the results of tests taken before.
func newTestResults(a *app, o *study.Overview) *testResult { return &testResult{app: a, view: o} }

func (s *testResult) Init() tea.Cmd {
	if s.ready {
		return nil
	}
	return s.fetch()
}

func (s *testResult) fetch() tea.Cmd {
	desk, run, view, ask := s.app.desk.Apart(), s.run, s.view, s.app.ask(s)
	finish := func() error { return nil }
	if run != nil && !s.ready {
		finish = run.Finish()
	}
	return func() tea.Msg {
		if err := finish(); err != nil {
			return trouble(err)
		}
		m := moduleOf(view, run)
		o, err := desk.Overview(m)
		if err != nil {
			return trouble(err)
		}
		msg := testMsg{asked: ask, view: o, titles: map[string]string{}}
		if msg.scores, err = desk.TestScores(o); err != nil {
			return trouble(err)
		}
		if msg.known, err = desk.KnownLessons(o); err != nil {
			return trouble(err)
		}
		outlines, err := m.Outline(desk.Lang)
		if err != nil {
			return trouble(err)
		}
		for _, l := range outlines {
			msg.titles[l.ID] = l.Title
		}
		return msg
	}
}

func (s *testResult) Title() (string, string) {
	if s.view == nil {
		return "fanal", ""
	}
	return s.view.Index.Title, s.app.words.T("test-result-title")
}

func (s *testResult) Typing() bool { return false }

func (s *testResult) Keys() []key.Binding {
	w := s.app.words
	keys := []key.Binding{escTo(s.app, "key-module")}
	if s.first() >= 0 {
		keys = append([]key.Binding{bind(w.T("name-enter"), w.T("key-begin"), "enter")}, keys...)
	}
	return append(keys, scrollKeys(s.app, &s.pager)...)
}

func (s *testResult) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case testMsg:
		if s.app.wants(s, msg.asked) {
			s.view, s.scores, s.known, s.titles, s.ready = msg.view, msg.scores, msg.known, msg.titles, true
		}
	case spokeMsg:
		return move{}, s.fetch()
	case tea.KeyPressMsg:
		if i := s.first(); i >= 0 && is(msg, "enter") {
			return move{replace: newLesson(s.app, s.view.Manifest.ID, s.view.Lessons[i].ID)}, nil
		}
		if is(msg, "esc", "enter", "left", "backspace") {
			return move{pop: true}, nil
		}
		scrollKey(&s.pager, msg)
	}
	return move{}, nil
}

func (s *testResult) View(width, height int) string {
	if !s.ready {
		return ""
	}
	margin, text := column(width)
	return s.app.page(&s.pager, append([]string{""}, s.lines(text)...), margin, height)
}

func (s *testResult) lines(width int) []string {
	w, t := s.app.words, s.app.theme
	var lines []string
	part := func(id string, keep func(study.ObjectiveScore) bool) {
		var some []string
		for _, sc := range s.scores {
			if keep(sc) {
				some = append(some, hanging("• ", inline(sc.Sentence), width)...)
			}
		}
		if len(some) > 0 {
			lines = append(append(append(lines, heading(t.strong, w.T(id), width)...), some...), "")
		}
	}
	before := func(sc study.ObjectiveScore) bool { return sc.Before.Known() }
	after := func(sc study.ObjectiveScore) bool { return sc.After.Known() }
	if !s.both() {
		part("test-known", before)
		part("test-ahead", func(sc study.ObjectiveScore) bool { return !before(sc) })
		return append(lines, s.start(width)...)
	}
	part("test-gained", func(sc study.ObjectiveScore) bool { return after(sc) && sc.Before.Asked > 0 && !before(sc) })
	part("test-kept", func(sc study.ObjectiveScore) bool { return after(sc) && (sc.Before.Asked == 0 || before(sc)) })
	part("test-reread", func(sc study.ObjectiveScore) bool { return sc.After.Asked > 0 && !after(sc) })
	return lines
}

// both tells whether both tests have been taken.
func (s *testResult) both() bool {
	return slices.ContainsFunc(s.scores, func(sc study.ObjectiveScore) bool { return sc.After.Asked > 0 })
}

// first is the lesson to begin with after the first test, or -1.
func (s *testResult) first() int {
	if !s.ready || s.both() {
		return -1
	}
	return slices.IndexFunc(s.view.Lessons, func(l study.LessonView) bool { return !s.known[l.ID] })
}

// start says with which lesson to begin.
func (s *testResult) start(width int) []string {
	w, i := s.app.words, s.first()
	if i < 0 {
		return hanging("", w.T("test-all-known"), width)
	}
	return hanging("", w.T("test-start", "Lesson", strconv.Itoa(i+1)+" "+s.titles[s.view.Lessons[i].ID]), width)
}

func moduleOf(view *study.Overview, run *study.Run) *modules.Module {
	if run != nil {
		return run.Module()
	}
	return view.Module
}

// beginTest opens a test, then shows it.
func (s *module) beginTest(form study.Context) (move, tea.Cmd) {
	desk, m := s.app.desk.Apart(), s.mod
	return move{}, func() tea.Msg {
		run, err := desk.OpenTest(m, form)
		if err != nil {
			return trouble(err)
		}
		return roundMsg{of: s, run: run}
	}
}

// A roundMsg brings a run that a screen asked for and wants to push. No run: there is nothing to go through.
type roundMsg struct {
	of  screen
	run *study.Run
}

// testRows are the rows of the tests on the module's screen: the first one before the lessons, the second one after.
func (s *module) testRows() (before, after []row) {
	w := s.app.words
	first, second, ok := s.app.desk.Tests(s.view)
	if !ok {
		return nil, nil
	}
	open := func(form study.Context) func() (move, tea.Cmd) {
		return func() (move, tea.Cmd) { return s.beginTest(form) }
	}
	switch {
	case first.Begun:
		before = append(before, row{left: w.T("test-resume"), right: w.T("state-begun"), do: open(first.Form)})
	case first.Offered:
		right := w.T("test-optional")
		if s.app.width >= 60 {
			right = w.N("test-questions", s.detail.asks[first.Form]) + ", " + right
		}
		before = append(before, row{left: w.T("test-before"), right: right, do: open(first.Form)})
	}
	switch {
	case second.Begun:
		after = append(after, row{left: w.T("test-resume"), right: w.T("state-begun"), do: open(second.Form)})
	case second.Offered:
		after = append(after, row{left: w.T("test-after"), right: w.N("test-questions", s.detail.asks[second.Form]), do: open(second.Form)})
	}
	if first.Taken || second.Taken {
		after = append(after, row{left: w.T("test-results"), do: func() (move, tea.Cmd) {
			return move{push: newTestResults(s.app, s.view)}, nil
		}})
	}
	return before, after
}

// whyTest says why the first test is offered, where there is room for it.
func (s *module) whyTest(width int) []string {
	if first, _, ok := s.app.desk.Tests(s.view); !ok || !first.Offered {
		return nil
	}
	return hanging("", s.app.words.T("test-why"), width)
}

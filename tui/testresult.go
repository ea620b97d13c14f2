package tui

import (
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
	of     *testResult
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
	desk, run, view := s.app.desk, s.run, s.view
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
		msg := testMsg{of: s, view: o, titles: map[string]string{}}
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
	return scrollKeys(s.app, &s.pager, bind(w.T("name-enter"), w.T("key-module"), "enter"), escTo(s.app, "key-module"))
}

func (s *testResult) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case testMsg:
		if msg.of == s {
			s.view, s.scores, s.known, s.titles, s.ready = msg.view, msg.scores, msg.known, msg.titles, true
		}
	case spokeMsg:
		return move{}, s.fetch()
	case tea.KeyPressMsg:
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
			lines = append(append(append(lines, t.strong.Render(w.T(id))), some...), "")
		}
	}
	before := func(sc study.ObjectiveScore) bool { return sc.Before.Known() }
	after := func(sc study.ObjectiveScore) bool { return sc.After.Known() }
	both := false
	for _, sc := range s.scores {
		both = both || sc.After.Asked > 0
	}
	if !both {
		part("test-known", before)
		part("test-ahead", func(sc study.ObjectiveScore) bool { return !before(sc) })
		return append(lines, s.start(width)...)
	}
	part("test-gained", func(sc study.ObjectiveScore) bool { return after(sc) && sc.Before.Asked > 0 && !before(sc) })
	part("test-kept", func(sc study.ObjectiveScore) bool { return after(sc) && (sc.Before.Asked == 0 || before(sc)) })
	part("test-reread", func(sc study.ObjectiveScore) bool { return sc.After.Asked > 0 && !after(sc) })
	return lines
}

// start says with which lesson to begin, and which ones seem known already.
func (s *testResult) start(width int) []string {
	w := s.app.words
	for i, l := range s.view.Lessons {
		if !s.known[l.ID] {
			return hanging("", w.T("test-start", "Lesson", strconv.Itoa(i+1)+" "+s.titles[l.ID]), width)
		}
	}
	return hanging("", w.T("test-all-known"), width)
}

func moduleOf(view *study.Overview, run *study.Run) *modules.Module {
	if run != nil {
		return run.Module()
	}
	return view.Module
}

// beginTest opens a test, then shows it.
func (s *module) beginTest(form study.Context) (move, tea.Cmd) {
	desk, m := s.app.desk, s.mod
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
		before = append(before, row{left: w.T("test-before"), right: w.T("test-optional"), do: open(first.Form)})
	}
	switch {
	case second.Begun:
		after = append(after, row{left: w.T("test-resume"), right: w.T("state-begun"), do: open(second.Form)})
	case second.Offered:
		after = append(after, row{left: w.T("test-after"), right: w.T("state-new"), do: open(second.Form)})
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

package tui

import (
	"strconv"

	"fanal/modules"
	"fanal/progress"
	"fanal/study"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// lesson goes through a run, a step at a time: a piece of text, or a question.
type lesson struct {
	app        *app
	module, id string     // what to open
	step       string     // and where; "": where the learner left it
	away       bool       // opened from another place than its module, to which Esc leads back
	made       *study.Run // a run that is open already, or nil
	run        *study.Run // nil until opened
	busy       bool       // a command works on the run: keys wait
	pager      pager
	at         int           // the step that is on screen
	asked      *study.Ask    // and its question
	toEnd      bool          // bring the end into sight: something was added there
	open       bool          // the solution is unfolded
	fresh      bool          // just opened, or put into another language: says in which one it is
	q          *asking       // the question of the step, nil for a text
	about      string        // the module's title
	left       progress.Mark // what the learner left on the step
	sought     string        // what was looked for in the lesson last
}

// An openedMsg brings a run that was opened, or its texts in another language.
type openedMsg struct {
	of    *lesson
	run   *study.Run
	apply func() // shows the run in the other language; nil for a run that was opened
	about string
	err   error
}

// opened makes the message of a run that was opened. A lesson without a title of its module is still a lesson.
func opened(of *lesson, run *study.Run, err error) openedMsg {
	msg := openedMsg{of: of, run: run, err: err}
	if run != nil {
		msg.about, _ = run.Module().Title(run.Lang())
	}
	return msg
}

// translate has the run put into the language that is spoken now. Keys wait for it.
func (s *lesson) translate() tea.Cmd {
	s.busy = true
	run, mod, lang := s.run, s.run.Module(), s.app.desk.Lang
	load := run.Translation(lang)
	return func() tea.Msg {
		apply, err := load()
		msg := openedMsg{of: s, run: run, apply: apply, err: err}
		msg.about, _ = mod.Title(lang)
		return msg
	}
}

// show takes a run that was opened, or its texts in another language.
func (s *lesson) show(msg openedMsg) (move, tea.Cmd) {
	if s.run != nil && msg.err == nil && msg.apply == nil {
		return move{}, nil // opened a second time, after a look at another screen meanwhile
	}
	s.busy = false
	if msg.err != nil {
		return move{pop: s.run == nil}, func() tea.Msg { return trouble(msg.err) }
	}
	s.about = msg.about
	if s.run != nil {
		msg.apply()
		if s.q != nil {
			s.q.refresh()
		}
		s.fresh = true
		return move{}, tea.Batch(s.render(), s.catchUp())
	}
	s.run = msg.run
	if s.run.Context == study.InLesson {
		s.app.studied = study.Place{Module: s.run.Lesson().Module, Lesson: s.run.Lesson().ID}
	}
	cmd := s.arrive()
	s.fresh = true
	return move{}, tea.Batch(cmd, s.catchUp())
}

// catchUp speaks once more where the language has changed meanwhile.
func (s *lesson) catchUp() tea.Cmd {
	if s.run.Lang() == s.app.desk.Lang {
		return nil
	}
	return s.translate()
}

// newLesson opens a lesson where the learner left it.
func newLesson(a *app, module, id string) *lesson {
	return &lesson{app: a, module: module, id: id, busy: true}
}

// newLessonAt opens a lesson at a step, "" where the learner left it, from a place where it was found.
func newLessonAt(a *app, module, id, step string) *lesson {
	return &lesson{app: a, module: module, id: id, step: step, away: true, busy: true}
}

// newRound goes through a run that is made already: a second round, a review.
func newRound(a *app, run *study.Run) *lesson { return &lesson{app: a, made: run, busy: true} }

func (s *lesson) Init() tea.Cmd {
	switch {
	case s.run != nil && s.at == s.run.At() && s.asked == s.run.Ask(): // seen again after help or a note: as it was
		return tea.Batch(s.render(), s.lookLeft())
	case s.run != nil:
		return s.arrive()
	}
	if made := s.made; made != nil {
		return func() tea.Msg { return opened(s, made, nil) }
	}
	desk := s.app.desk.Apart()
	return func() tea.Msg {
		if s.step != "" {
			run, err := desk.OpenLessonAt(s.module, s.id, s.step)
			return opened(s, run, err)
		}
		run, err := desk.OpenLesson(s.module, s.id)
		return opened(s, run, err)
	}
}

// arrive prepares the step the run stands on: its question if it is one, its text rendered, the place kept.
func (s *lesson) arrive() tea.Cmd {
	s.pager = pager{}
	s.open, s.fresh = false, false
	s.q, s.left = nil, progress.Mark{}
	var begin tea.Cmd
	s.at, s.asked = s.run.At(), s.run.Ask()
	if a := s.asked; a != nil {
		s.q = newAsking(s.app, s.run, a)
		begin = s.q.begin()
	}
	return tea.Batch(begin, s.render(), keeping(s.run.Mark()), s.lookLeft())
}

// render has what is on screen rendered, and beside it the next step.
func (s *lesson) render() tea.Cmd {
	if s.run == nil {
		return nil
	}
	cmds := []tea.Cmd{s.app.set.want(s.stepPieces(s.run.At()))}
	if n := s.run.At() + 1; n < s.run.Len() {
		cmds = append(cmds, s.app.set.want(s.stepPieces(n)))
	}
	return tea.Batch(cmds...)
}

func (s *lesson) stepPieces(i int) []pieceKey {
	_, text := s.app.column()
	st := s.run.StepAt(i)
	if st.Question == nil {
		return blockPieces(st.Blocks, text)
	}
	return questionPieces(st.Question, s.run.SceneAt(i), text)
}

func (s *lesson) Title() (string, string) {
	if s.run == nil {
		return "fanal", ""
	}
	w := s.app.words
	right := w.T("step-of", "At", s.run.At()+1, "Of", s.run.Len())
	switch s.run.Context {
	case study.Again:
		return w.T("round-title"), right
	case study.Review:
		return w.T("review-title"), right
	case study.TestA, study.TestB:
		return w.T("test-title"), right
	}
	l := s.run.Lesson()
	number := 0
	left := l.Title
	if man, err := s.run.Module().Manifest(); err == nil {
		for i, id := range man.Lessons {
			if id == l.ID {
				number = i + 1
			}
		}
	}
	if number > 0 {
		left = strconv.Itoa(number) + " " + left
	}
	if s.about != "" && s.app.width >= 60 {
		left = s.about + " › " + left
	}
	return left, right
}

func (s *lesson) Typing() bool { return s.q != nil && s.q.typing() }

func (s *lesson) Keys() []key.Binding {
	w := s.app.words
	if s.run == nil {
		return []key.Binding{escTo(s.app, "key-back")}
	}
	if s.q != nil {
		return append(s.q.keys(s.pager.more(), s.escKey()), s.leaveKeys()...)
	}
	keys := []key.Binding{onKey(s.app, s.pager.more()), s.escKey(), bind("←", w.T("key-previous"), "left")}
	if s.hasSolution() {
		what := "key-solution"
		if s.open {
			what = "key-fold"
		}
		keys = append(keys, bind("v", w.T(what), "v"))
	}
	if len(s.filesHere()) > 0 {
		keys = append(keys, bind("d", w.T("key-data"), "d"))
	}
	return append(keys, s.leaveKeys()...)
}

// leaveKeys are the keys of every step, while no letter is text: what helps with it, and what can be left on it.
func (s *lesson) leaveKeys() []key.Binding {
	if s.Typing() {
		return nil
	}
	w := s.app.words
	keys := []key.Binding{bind("o", w.T("key-outline"), "o"), bind("g", w.T("key-terms"), "g")}
	if s.leavable() {
		keys = append(keys, bind("n", w.T("key-note"), "n"), bind("u", w.T("key-unclear"), "u"), bind("m", w.T("key-bookmark"), "m"))
	}
	keys = append(keys, bind("/", w.T("key-search"), "/"), bind("w", w.T("key-wide"), "w"))
	if s.run.Context == study.InLesson {
		keys = append(keys, bind("e", w.T("key-save"), "e"))
	}
	return append(keys, bind("l", w.T("key-language"), "l"))
}

// leavable tells whether a note or a mark can be left on the step. A test is no place to come back to.
func (s *lesson) leavable() bool { return !s.run.Context.IsTest() }

// onKey is the key that goes on: further down the text, or to the next step.
func onKey(a *app, more bool) key.Binding {
	what := "key-continue"
	if more {
		what = "key-more"
	}
	return bind(a.words.T("name-space"), a.words.T(what), "space")
}

// escKey says where Esc leads.
func (s *lesson) escKey() key.Binding {
	if s.away || s.run.Context == study.Review {
		return escTo(s.app, "key-back")
	}
	return escTo(s.app, "key-module")
}

func (s *lesson) hasSolution() bool {
	for _, b := range s.run.Step().Blocks {
		if b.Callout == "solution" {
			return true
		}
	}
	return false
}

func (s *lesson) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case openedMsg:
		if msg.of == s {
			return s.show(msg)
		}
	case spokeMsg:
		if s.run != nil && !s.busy {
			return move{}, s.translate()
		}
	case leftMsg:
		if msg.of == s && s.run != nil && s.run.Step().ID == msg.step {
			s.left = msg.mark
		}
	case tea.WindowSizeMsg:
		if s.q != nil {
			s.q.follow = !s.q.unread
		}
		return move{}, s.render()
	case tea.KeyPressMsg:
		if s.run == nil && is(msg, "esc", "q") {
			return move{pop: true}, nil
		}
		if s.busy || s.run == nil {
			return move{}, nil
		}
		if s.q != nil {
			if did, cmd := s.q.key(msg, &s.pager); did != passed {
				return s.after(did, cmd)
			}
		}
		return s.key(msg)
	default:
		if s.q != nil {
			return move{}, s.q.message(msg)
		}
	}
	return move{}, nil
}

// after does what a question asks of its lesson.
func (s *lesson) after(did deed, cmd tea.Cmd) (move, tea.Cmd) {
	switch did {
	case onward:
		return s.forward()
	case retried:
		return move{}, tea.Batch(cmd, s.arrive())
	}
	return move{}, cmd
}

// key takes the keys of a text, and those of a question that are the same.
func (s *lesson) key(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case is(msg, "esc"):
		return move{pop: true}, s.keep()
	case is(msg, "left", "backspace", "b"):
		return s.backward()
	case is(msg, "o"):
		return move{push: newOutline(s.app, s)}, nil
	case is(msg, "e") && s.run.Context == study.InLesson:
		return move{push: s.saveLesson()}, nil
	case is(msg, "/"):
		return move{push: newSeek(s.app, s)}, nil
	case is(msg, "g"):
		return move{push: newTerms(s.app, s)}, nil
	case is(msg, "w"):
		keep := s.app.desk.Set("wide", map[bool]string{true: "", false: wideOn}[s.app.wide()])
		return move{}, tea.Batch(keeping(keep), s.render())
	}
	if s.leavable() {
		if m, cmd, ok := s.keyLeft(msg); ok {
			return m, cmd
		}
	}
	switch {
	case s.q != nil:
	case is(msg, "space", "enter", "right", "pgdown"):
		if s.pager.more() {
			s.pager.page(1)
			return move{}, nil
		}
		return s.forward()
	case is(msg, "d") && len(s.filesHere()) > 0:
		return move{push: newSaveFiles(s.app, s.run.Module(), s.filesHere())}, nil
	case is(msg, "v") && s.hasSolution():
		s.open = !s.open
		return move{}, nil
	}
	scrollKey(&s.pager, msg)
	return move{}, nil
}

// keep keeps what is being written.
func (s *lesson) keep() tea.Cmd {
	if s.q == nil {
		return nil
	}
	return s.q.saveDraft()
}

func (s *lesson) forward() (move, tea.Cmd) {
	if s.run.Go(s.run.At() + 1) {
		return move{}, s.arrive()
	}
	if s.run.Context.IsTest() {
		return move{replace: newTestResult(s.app, s.run)}, nil
	}
	return move{replace: newResult(s.app, s.run, s.away)}, nil
}

func (s *lesson) backward() (move, tea.Cmd) {
	if s.run.Go(s.run.At() - 1) {
		return move{}, s.arrive()
	}
	return move{pop: true}, nil
}

func (s *lesson) View(width, height int) string {
	if s.run == nil {
		return ""
	}
	margin, text := s.app.column()
	lines, focus := s.lines(text, height)
	if s.q == nil && s.app.wide() {
		lines = spaced(lines)
	}
	s.pager.show(indentLines(lines, margin), height)
	if s.toEnd {
		s.pager.scroll(len(s.pager.lines))
		s.toEnd = false
	} else if s.q != nil {
		s.q.sight(&s.pager, focus)
	}
	s.app.below = s.pager.more()
	return s.pager.view()
}

// spaced puts an empty line between lines of text.
func spaced(lines []string) []string {
	var out []string
	for i, l := range lines {
		if i > 0 { // twice as much between paragraphs as between lines
			out = append(out, "")
		}
		out = append(out, l)
	}
	return out
}

// lines are the lines of the step, and those that the keys are about where it is a question.
func (s *lesson) lines(width, height int) (lines []string, focus span) {
	if height > 10 {
		lines = append(lines, "")
	}
	other := s.run.Step().Lang // one that nobody has translated yet
	if l := s.run.Lesson(); other == "" && s.fresh && l.Lang != s.app.desk.Lang {
		other = l.Lang
	}
	if other != "" {
		lines = append(lines, hanging("", s.app.words.T("other-language", "Language", other), width)...)
		lines = append(lines, "")
	}
	if s.q != nil {
		lines, focus = s.q.lines(lines, width)
		return append(lines, s.leftLines(width)...), focus
	}
	st := s.run.Step()
	if st.Heading != "" {
		lines = append(append(lines, heading(s.app.theme.title, st.Heading, width)...), "")
	}
	if text, ok := s.app.blockLines(st.Blocks, width, s.open); ok {
		lines = append(append(lines, text...), s.leftLines(width)...)
	}
	return lines, focus
}

// sceneBlocks are the blocks of a scene, or none.
func sceneBlocks(s *modules.Scene) []modules.Block {
	if s == nil {
		return nil
	}
	return s.Text
}

package tui

import (
	"strings"

	"fanal/modules"
	"fanal/modules/quiz"
	"fanal/study"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// asking is a question on screen: its input until it is answered, then the verdict and why.
type asking struct {
	app     *app
	run     *study.Run
	ask     *study.Ask
	input   input
	hint    string      // shown since it was asked for
	hinted  bool        // and brought into sight
	problem string      // why the answer cannot be taken yet
	waiting bool        // the answer is being kept
	kept    bool        // it has just been kept
	follow  bool        // bring what the keys are about into sight: they have moved it
	unread  bool        // what the keys are about is below the window: there is more to read before
	seen    bool        // the verdict has been brought into sight
	from    int         // the line to begin the window with, once: the verdict; 0 for none
	shown   bool        // the right answer was asked for
	sureAsk bool        // the learner is asked how sure they are
	given   quiz.Answer // meanwhile
}

// An input takes an answer by keyboard alone, for one kind of question.
type input interface {
	// key takes a key; done means that the learner wants to answer, handled that the key was the input's.
	key(msg tea.KeyPressMsg) (done, handled bool)
	// answer returns what was given, or the word for what is missing.
	answer() (given quiz.Answer, missing string)
	// lines draws it, and says which of them the keys are about. Out is nil until the question is answered.
	lines(width int, out *study.Outcome) (lines []string, focus span)
	// typing tells whether letters are text.
	typing() bool
	// letters is how many letters, from a, answer: they are no commands then.
	letters() int
	// keys are the input's own keys for the help line.
	keys() []key.Binding
	// translate shows another language's question, keeping what was given so far.
	translate(ask *study.Ask)
}

// A span is some lines one after the other: the first, and the one after the last.
type span struct{ from, to int }

func (s span) down(n int) span { return span{s.from + n, s.to + n} }

// newAsking makes the question of a run's step ready to be answered, or shows what was answered.
func newAsking(a *app, run *study.Run, ask *study.Ask) *asking {
	return &asking{app: a, run: run, ask: ask, input: newInput(a, ask)}
}

func newInput(a *app, ask *study.Ask) input {
	switch ask.Question.Type {
	case quiz.FillIn, quiz.Numeric:
		return newFields(a, ask)
	case quiz.Matching:
		return newPairing(a, ask)
	case quiz.Sequencing:
		return newOrdering(a, ask)
	case quiz.LongFillIn:
		return newWriting(a, ask)
	}
	return newPicking(a, ask)
}

// questionPieces are all the texts of a question, those too that are shown after the answer.
func questionPieces(q *quiz.Question, scene *modules.Scene, width int) []pieceKey {
	texts := []string{promptShown(q), q.Hint, q.Explanation, q.Feedback}
	for _, o := range q.Options {
		texts = append(texts, o.Feedback)
	}
	keys := append(blockPieces(sceneBlocks(scene), width), pieces(width, texts...)...)
	return append(keys, pieces(width-2, q.Model)...)
}

func (s *asking) answered() bool { return s.ask.Outcome != nil }

// typing tells whether no letter is a command. With so many things to choose from that l is one of them, none is.
func (s *asking) typing() bool { return !s.answered() && s.answers('l') }

// answers tells whether a letter is text or an answer, and so no command.
func (s *asking) answers(letter rune) bool {
	return s.input.typing() || int(letter-'a') < s.input.letters()
}

// keyHint and keySkip are the keys of a hint and of giving up: a letter where it does not answer, and always a function
// key. F1 is not among them, since most windows with a terminal in them keep it for their own help.
const (
	keyHint = "f2"
	keySkip = "f3"
)

// refresh takes over the question after its language has changed.
func (s *asking) refresh() {
	s.input.translate(s.ask)
	if s.hint != "" {
		s.hint = s.ask.Question.Hint
	}
}

// A deed is what a question asks of its lesson after a key.
type deed int

const (
	passed  deed = iota // the key was not the question's
	taken               // it was, and nothing more is to be done
	onward              // to the next step
	retried             // the question is asked once more
)

// A settledMsg says that an answer has been kept, or that it could not be.
type settledMsg struct {
	of      *asking
	settled study.Settled
	err     error
}

func (s *asking) key(msg tea.KeyPressMsg, p *pager) (deed, tea.Cmd) {
	if s.waiting {
		return taken, nil // the answer is on its way to the disk
	}
	if s.answered() {
		return s.keyAfter(msg, p)
	}
	s.problem = ""
	if s.sureAsk {
		return s.keySure(msg)
	}
	switch {
	case (is(msg, keyHint) || is(msg, "h") && !s.answers('h')) && !s.silent():
		if s.hint = s.run.Hint(); s.hint == "" {
			s.problem = s.app.words.T("no-hint")
		}
		s.follow = true
		return taken, nil
	case is(msg, keySkip), is(msg, "s") && !s.answers('s'):
		settled, keep := s.run.Skip()
		return taken, s.keep(settled, keep)
	case is(msg, "esc"):
		return passed, nil
	case s.unread && (is(msg, "down", "pgdown") || is(msg, "space") && !s.input.typing()):
		p.page(1) // a long scene is read to its end before anything is chosen
		return taken, nil
	}
	wrote := s.input.typing()
	done, handled := s.input.key(msg)
	if s.follow = handled; wrote && !s.input.typing() {
		p.top, s.follow = 0, false // now there is something to read
	}
	if !done {
		if handled {
			return taken, nil
		}
		return passed, nil
	}
	given, missing := s.input.answer()
	if missing != "" {
		s.problem = missing
		return taken, nil
	}
	if s.asksSure() {
		s.sureAsk, s.given = true, given
		return taken, nil
	}
	settled, keep := s.run.Answer(given, "")
	return taken, s.keep(settled, keep)
}

// message takes what is not a key: what was pasted, and what was asked for by this question.
func (s *asking) message(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		s.paste(msg)
	case settledMsg:
		if msg.of == s {
			return s.settle(msg)
		}
	case draftMsg:
		if msg.of == s {
			s.resume(msg.text)
		}
	case savedMsg:
		if w, ok := s.input.(*writing); ok && msg.of == s {
			w.saved = msg.text
		}
	case draftTick:
		if msg.of == s && !s.answered() {
			return tea.Batch(s.saveDraft(), s.app.later(draftEvery, msg))
		}
	}
	return nil
}

// paste gives what was pasted to a field, where there is one.
func (s *asking) paste(msg tea.PasteMsg) {
	if p, ok := s.input.(interface{ paste(tea.PasteMsg) }); ok && !s.answered() && !s.waiting && !s.sureAsk {
		p.paste(msg)
		s.follow = true
	}
}

// silent tells whether nothing is said right or wrong: a test is under way.
func (s *asking) silent() bool { return s.run.Context.IsTest() }

// keep has the answer kept. The verdict is shown when it has been, not before.
func (s *asking) keep(settled study.Settled, keep func() error) tea.Cmd {
	s.waiting = true
	return func() tea.Msg { return settledMsg{s, settled, keep()} }
}

func (s *asking) settle(msg settledMsg) tea.Cmd {
	s.waiting = false
	if msg.err != nil {
		s.problem = s.app.words.Error(msg.err)
		return nil
	}
	s.run.Settle(msg.settled)
	s.kept = true
	return s.saveDraft()
}

// keyAfter takes the keys once the verdict is shown. It stays until a key is pressed.
func (s *asking) keyAfter(msg tea.KeyPressMsg, p *pager) (deed, tea.Cmd) {
	switch {
	case is(msg, "space", "enter", "right"):
		if p.more() {
			p.page(1)
			return taken, nil
		}
		return onward, nil
	case is(msg, "v") && s.canShow():
		s.shown, s.seen = true, false
		return taken, nil
	case is(msg, "r") && s.canRetry():
		s.run.Retry()
		return retried, nil
	}
	return passed, nil
}

// canRetry tells whether the question can be tried again at once.
func (s *asking) canRetry() bool {
	out := s.ask.Outcome
	return !s.silent() && s.run.Context != study.Review && !(out.Judged && out.Right)
}

// canShow tells whether the right answer can be asked for: it was not given, and is not on the screen yet.
func (s *asking) canShow() bool {
	out := s.ask.Outcome
	return !s.silent() && out.Judged && !out.Right && !out.Skipped && !s.shown
}

// keys are the keys of the question; more tells whether the window ends before the text does.
func (s *asking) keys(more bool, esc key.Binding) []key.Binding {
	w := s.app.words
	if s.sureAsk {
		return []key.Binding{bind("a-c", w.T("key-choose"), "a"), escTo(s.app, "key-back")}
	}
	if s.answered() {
		keys := []key.Binding{onKey(s.app, more)}
		if s.canRetry() {
			keys = append(keys, bind("r", w.T("key-retry"), "r"))
		}
		if s.canShow() {
			keys = append(keys, bind("v", w.T("key-show-answer"), "v"))
		}
		keys = append(keys, esc, bind("←", w.T("key-previous"), "left"))
		if s.kept && !s.ask.Outcome.Skipped && !s.app.desk.Guest { // a guest reads above that nothing is
			keys = append(keys, bind("", w.T("answer-kept")))
		}
		return keys
	}
	keys := s.input.keys()
	if s.unread {
		keys = append([]key.Binding{bind("↓", w.T("key-more"), "down")}, keys...)
	}
	hint, skip := "h", "s"
	if s.answers('h') {
		hint = strings.ToUpper(keyHint)
	}
	if s.answers('s') {
		skip = strings.ToUpper(keySkip)
	}
	if s.ask.Question.Hint != "" && !s.silent() {
		keys = append(keys, bind(hint, w.T("key-hint"), hint))
	}
	return append(keys, bind(skip, w.T("key-skip"), skip), esc)
}

// sight brings into the window what must be seen now: a verdict once, or what the keys are about when they have moved it.
// The rest of the time the learner scrolls.
func (s *asking) sight(p *pager, focus span) {
	switch {
	case s.from > 0:
		p.top = min(s.from, max(len(p.lines)-p.height, 0))
	case s.follow:
		p.reveal(focus.to - 1)
		p.reveal(focus.from)
	}
	s.from, s.follow = 0, false
	s.unread = !s.answered() && focus.from > p.top && focus.to > p.top+p.height
}

// lines draws the question under what stands before it, and says which lines the keys are about.
func (s *asking) lines(lines []string, width int) ([]string, span) {
	q, t := s.ask.Question, s.app.theme
	if s.ask.Scene != nil {
		if scene, ok := s.app.blockLines(sceneBlocks(s.ask.Scene), width, true); ok {
			lines = append(append(lines, scene...), "")
		}
	}
	for _, l := range s.piece(promptShown(q), width) {
		lines = append(lines, t.strong.Render(l))
	}
	lines = append(lines, "")
	if how := s.how(); how != "" {
		lines = append(append(lines, heading(t.muted, how, width)...), "")
	}
	body, focus := s.input.lines(width, s.ask.Outcome)
	focus = focus.down(len(lines))
	lines = append(lines, body...)
	if s.answered() {
		at := len(lines) + 1
		lines = append(lines, s.verdict(width)...)
		if !s.seen { // bring the verdict into sight once, then leave scrolling to the learner
			s.seen, s.from = true, at
		}
		return lines, focus
	}
	if s.sureAsk {
		at := len(lines)
		lines = append(lines, s.sureLines(width)...)
		return lines, span{at, len(lines)}
	}
	if s.hint != "" {
		at := len(lines)
		lines = append(lines, "", t.strong.Render(s.app.words.T("hint-word")))
		lines = append(lines, s.piece(s.hint, width)...)
		if !s.hinted { // brought into sight once; then the choice is what counts again
			s.hinted = true
			focus = span{at, len(lines)}
		}
	}
	if s.problem != "" {
		focus.from = len(lines)
		lines = append(append(lines, ""), heading(t.wrong, s.problem, width)...)
		focus.to = len(lines)
	}
	return lines, focus
}

// how says in a sentence how a kind of question is answered that few people have met, where there is room for it.
func (s *asking) how() string {
	if s.answered() || !s.app.ruled() {
		return ""
	}
	w := s.app.words
	switch q := s.ask.Question; {
	case q.Type == quiz.Matching:
		return w.T("how-match")
	case q.Type == quiz.Sequencing:
		return w.T("how-order")
	case q.Type == quiz.LongFillIn && s.input.typing():
		return w.T("how-write")
	case q.Type == quiz.Choice && q.Pick > 1:
		return w.N("pick-exactly", q.Pick)
	}
	return ""
}

// verdict says right or not yet, then why.
func (s *asking) verdict(width int) []string {
	w, t, out := s.app.words, s.app.theme, s.ask.Outcome
	style, word := t.strong, "verdict-noted"
	switch {
	case s.silent():
		return append(append([]string{""}, heading(style, w.T(word), width)...), append([]string{""}, hanging("", w.T("test-silent"), width)...)...)
	case out.Skipped && !out.Judged:
		word = "verdict-passed"
	case out.Skipped:
		word = "verdict-skipped"
	case !out.Judged:
	case out.Right:
		style, word = t.right, "verdict-right"
	case out.Score > 0:
		style, word = t.wrong, "verdict-partly"
	default:
		style, word = t.wrong, "verdict-not-yet"
	}
	lines := append([]string{""}, heading(style, w.T(word), width)...)
	if out.Misled {
		lines = append(lines, hanging("", w.T("verdict-second-look"), width)...)
	}
	if s.shown {
		lines = append(append(lines, ""), heading(t.strong, w.T("linear-correct"), width)...)
	}
	if out.Skipped && out.Judged || s.shown {
		lines = append(lines, s.input.(revealer).reveal(width)...)
	}
	for _, f := range append(append([]string(nil), out.Feedback...), s.ask.Question.Explanation) {
		if f != "" {
			lines = append(append(lines, ""), s.piece(f, width)...)
		}
	}
	return lines
}

// A revealer shows the right answer of a question that was given up.
type revealer interface{ reveal(width int) []string }

// piece is a rendered text, or its plain form while the rendering is on its way.
func (s *asking) piece(md string, width int) []string {
	if l, ok := s.app.lines(md, width); ok {
		return l
	}
	return hanging("", inline(md), width)
}

// promptShown is the prompt as it is shown: gaps become lines to fill.
func promptShown(q *quiz.Question) string {
	return strings.ReplaceAll(q.Prompt, quiz.Gap, "______")
}

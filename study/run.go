package study

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"fanal/modules"
	"fanal/modules/quiz"
	"fanal/progress"
)

// ErrNoLesson is returned for a module or a lesson that the library does not have.
var ErrNoLesson = errors.New("no such lesson")

// A Context says in which course of things questions are asked. The values stand in the record.
type Context string

// The contexts.
const (
	InLesson Context = ""
	Again    Context = "again"  // what was missed, asked once more
	Review   Context = "review" // what is due, from any lesson
	TestA    Context = "test-a"
	TestB    Context = "test-b"
)

// A Run is a learner going through steps, one at a time: a lesson, a second round of what was missed, a review, a test.
// Where it stands is kept with every move; what it asks, judges and records is the same everywhere.
type Run struct {
	Context Context
	desk    *Desk
	lang    string
	items   []item
	at      int
	asks    map[string]*Ask // by key of the item
}

// An item is one step of a run and where it comes from. Lessons are shared between the items of one lesson.
type item struct {
	module  *modules.Module
	lesson  *modules.Lesson
	step    int    // in lesson.Steps
	instead string // in a review: the question that is due, when another one on the same objective is asked in its place
}

func (i item) get() *modules.Step { return &i.lesson.Steps[i.step] }
func (i item) key() string        { return i.lesson.Module + "/" + i.lesson.ID + "/" + i.get().ID }

// An Ask is a question put to the learner: how it is shown, and, once answered, what came of it.
type Ask struct {
	Question *quiz.Question
	Scene    *modules.Scene // nil without
	Seed     uint64         // the layout comes from it, and it is kept with the answer
	Layout   quiz.Layout    // the order on screen
	Attempt  int            // 1 for the first time this learner meets the question
	Hinted   bool
	Outcome  *Outcome // nil until answered
	shown    time.Time
}

func (a *Ask) lay(seed uint64) { a.Seed, a.Layout = seed, quiz.Arrange(a.Question, seed) }

// An Outcome is what came of an answer that has been kept.
type Outcome struct {
	quiz.Verdict
	Answer   quiz.Answer
	Skipped  bool
	Misled   bool        // the learner had been sure, and it was not right: worth a second look
	Feedback []string    // the feedback of what was picked, or of a wrong answer
	Correct  quiz.Answer // the right answer, nil where there is none
}

// OpenLesson opens a lesson at the step where the learner left it, or at its beginning.
func (d *Desk) OpenLesson(module, lesson string) (*Run, error) {
	m := d.Library.Module(module)
	if m == nil {
		return nil, fmt.Errorf("%s: %w", module, ErrNoLesson)
	}
	man, err := m.Manifest()
	if err != nil {
		return nil, err
	}
	if !slices.Contains(man.Lessons, lesson) {
		return nil, fmt.Errorf("%s/%s: %w", module, lesson, ErrNoLesson)
	}
	l, err := m.Lesson(d.Lang, lesson)
	if err != nil {
		return nil, err
	}
	r := &Run{desk: d.itself(), lang: d.Lang, asks: map[string]*Ask{}}
	for i := range l.Steps {
		r.items = append(r.items, item{module: m, lesson: l, step: i})
	}
	return r, r.resume(d, man.ID, l)
}

// resume puts the run where the learner left it, with the answers of the pass under way.
func (r *Run) resume(d *Desk, module string, l *modules.Lesson) error {
	state, err := d.Store.Module(d.Learner.ID, module)
	if err != nil {
		return err
	}
	mark, begun := state.Lessons[l.ID]
	if !begun {
		return nil
	}
	known, err := d.Store.Questions(d.Learner.ID, module, l.ID)
	if err != nil {
		return err
	}
	for _, it := range r.items {
		q := it.get().Question
		if q == nil {
			continue
		}
		k, ok := known[q.ID]
		if !ok || k.Pass != mark.Passes || k.Hash != quiz.Hash(q) {
			continue // another pass, or the question has changed since
		}
		a := r.ask(it)
		a.Attempt = k.Attempts
		a.lay(k.Seed) // what was picked stands where it stood
		a.Outcome = judge(q, k.Response, k.Skipped)
	}
	for i, it := range r.items {
		if it.get().ID == mark.Step {
			r.at = i
		}
	}
	return nil
}

// Lang returns the language that the run is shown in, where its lessons have it.
func (r *Run) Lang() string { return r.lang }

// Len returns how many steps the run has.
func (r *Run) Len() int { return len(r.items) }

// At returns the index of the current step, from 0.
func (r *Run) At() int { return r.at }

// Step returns the current step.
func (r *Run) Step() *modules.Step { return r.items[r.at].get() }

// StepAt returns the i-th step, from 0.
func (r *Run) StepAt(i int) *modules.Step { return r.items[i].get() }

// Lesson returns the lesson of the current step, in the language it is shown in.
func (r *Run) Lesson() *modules.Lesson { return r.items[r.at].lesson }

// Module returns the module of the current step.
func (r *Run) Module() *modules.Module { return r.items[r.at].module }

// Ask returns the question of the current step, or nil when it is a text. The first call counts as showing it.
func (r *Run) Ask() *Ask {
	it := r.items[r.at]
	if it.get().Question == nil {
		return nil
	}
	return r.ask(it)
}

// SceneAt returns the scene of the i-th step's question, or nil.
func (r *Run) SceneAt(i int) *modules.Scene {
	it := r.items[i]
	if q := it.get().Question; q != nil {
		if s, ok := it.lesson.Scenes[q.Scene]; ok {
			return &s
		}
	}
	return nil
}

// AskAt returns what is known of the i-th step's question without showing it: nil for a text or a question not yet shown.
func (r *Run) AskAt(i int) *Ask { return r.asks[r.items[i].key()] }

func (r *Run) ask(it item) *Ask {
	a := r.asks[it.key()]
	if a == nil {
		q := it.get().Question
		a = &Ask{Question: q, Attempt: 1, shown: time.Now()}
		a.lay(r.desk.seed())
		if s, ok := it.lesson.Scenes[q.Scene]; ok {
			a.Scene = &s
		}
		r.asks[it.key()] = a
	}
	return a
}

// Go moves to the i-th step. It returns false, and stays, where there is none. The move is not kept until [Run.Mark].
func (r *Run) Go(i int) bool {
	if i < 0 || i >= len(r.items) {
		return false
	}
	r.at = i
	return true
}

// Mark returns a function that keeps where the learner is. The function may run in another goroutine while the run goes on.
func (r *Run) Mark() func() error {
	if r.Context != InLesson && !r.Context.IsTest() {
		return func() error { return nil } // a round or a review begins anew
	}
	e := r.event(progress.Reached)
	store := r.desk.Store
	return func() error {
		_, err := store.Append(e)
		return err
	}
}

// Hint returns the current question's hint and notes that it was given. It is "" when there is none.
func (r *Run) Hint() string {
	a := r.Ask()
	if a == nil || a.Question.Hint == "" {
		return ""
	}
	if a.Outcome == nil {
		a.Hinted = true
	}
	return a.Question.Hint
}

// Answer judges an answer to the current question and keeps it. The function that it returns does the keeping, may run in
// another goroutine, and returns an error when the answer could not be kept; only after it has returned nil may the
// verdict be shown, and [Run.Settle] be called with it.
func (r *Run) Answer(given quiz.Answer, sure string) (Settled, func() error) {
	return r.answer(given, sure, false)
}

// Skip gives the question up: the right answer is shown, and it counts as not known.
func (r *Run) Skip() (Settled, func() error) { return r.answer(nil, "", true) }

// Settled is an answer on its way: the question that it belongs to, and what came of it.
type Settled struct {
	ask     *Ask
	Outcome *Outcome
}

func (r *Run) answer(given quiz.Answer, sure string, skip bool) (Settled, func() error) {
	a := r.Ask()
	out := judge(a.Question, given, skip)
	out.Misled = sure == "yes" && out.Judged && !out.Right
	e := r.event(progress.Answered)
	e.Question, e.Objective, e.Hash = a.Question.ID, a.Question.Objective, quiz.Hash(a.Question)
	e.Attempt, e.Seed, e.Response = a.Attempt, a.Seed, given
	e.Score, e.Right, e.Unjudged = out.Score, out.Right, !out.Judged
	e.Hinted, e.Skipped, e.Sure = a.Hinted, skip, sure
	e.Instead = r.items[r.at].instead
	e.Millis = time.Since(a.shown).Milliseconds()
	store := r.desk.Store
	return Settled{a, out}, func() error {
		_, err := store.Append(e)
		return err
	}
}

// Settle makes a kept answer part of the run: from then on the question is answered.
func (r *Run) Settle(s Settled) { s.ask.Outcome = s.Outcome }

// Retry asks the current question once more, in a new order. The answer that was given stays in the record.
func (r *Run) Retry() {
	it := r.items[r.at]
	old := r.asks[it.key()]
	delete(r.asks, it.key())
	if a := r.Ask(); a != nil && old != nil {
		a.Attempt = old.Attempt + 1
	}
}

func judge(q *quiz.Question, given quiz.Answer, skip bool) *Outcome {
	out := &Outcome{Answer: given, Skipped: skip, Correct: quiz.CorrectAnswer(q)}
	if skip {
		out.Verdict = quiz.Verdict{Judged: q.Type != quiz.Likert}
		return out
	}
	out.Verdict = quiz.Grade(q, given)
	if q.Type == quiz.Choice {
		for _, o := range q.Options {
			if slices.Contains(given, o.ID) && o.Feedback != "" {
				out.Feedback = append(out.Feedback, o.Feedback)
			}
		}
	} else if out.Judged && !out.Right && q.Feedback != "" {
		out.Feedback = []string{q.Feedback}
	}
	return out
}

func (r *Run) event(verb progress.Verb) progress.Event {
	it := r.items[r.at]
	e := r.desk.event(verb)
	e.Lang, e.Context = it.lesson.Lang, string(r.Context)
	e.Module, e.Lesson, e.Step = it.lesson.Module, it.lesson.ID, it.get().ID
	if man, err := it.module.Manifest(); err == nil {
		e.Version = man.Version
	}
	return e
}

// Speak shows the run in another language from here on: the same step, and what was answered stays answered.
func (r *Run) Speak(lang string) error {
	apply, err := r.Translation(lang)()
	if err == nil {
		apply()
	}
	return err
}

// Translation returns a function that reads the run's lessons in another language, which may run in another goroutine while
// the run goes on; and what that returns shows the run in it, and is called where the run is used.
func (r *Run) Translation(lang string) func() (apply func(), err error) {
	items := slices.Clone(r.items)
	return func() (func(), error) {
		fresh := map[*modules.Lesson]*modules.Lesson{}
		for i, it := range items {
			l, ok := fresh[it.lesson]
			if !ok {
				var err error
				if l, err = load(it.module, lang, it.lesson.ID); err != nil {
					return nil, err
				}
				fresh[it.lesson] = l
			}
			at := slices.IndexFunc(l.Steps, func(s modules.Step) bool { return s.ID == it.get().ID })
			if at < 0 {
				at = min(it.step, len(l.Steps)-1) // an edition that is cut differently: the nearest place
			}
			items[i] = item{it.module, l, at, it.instead}
		}
		return func() { r.translate(items, lang) }, nil
	}
}

// translate goes on with the items in another language.
func (r *Run) translate(items []item, lang string) {
	for i, it := range items {
		a, q := r.asks[r.items[i].key()], it.get().Question
		if a == nil || q == nil {
			continue
		}
		a.Question = q
		if s, ok := it.lesson.Scenes[q.Scene]; ok {
			a.Scene = &s
		}
		if old := a.Outcome; old != nil {
			a.Outcome = judge(q, old.Answer, old.Skipped)
			a.Outcome.Misled = old.Misled
		}
	}
	r.items, r.lang = items, lang
}

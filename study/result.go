package study

import (
	"fanal/modules"
	"fanal/progress"
)

// A Result is what a run comes to, in things to say rather than in a mark.
type Result struct {
	Open   int // questions neither answered nor given up: the lesson is not gone through while there are any
	Asked  int // questions that have a right answer
	Right  int
	Missed []Missed // not right, skipped or not answered, in the order of the run
	State  State    // of the lesson, for a run through a lesson
	Next   string   // the lesson after this one, "" after the last
}

// A Missed is a question that was not right, and where to read about it.
type Missed struct {
	Question string // id
	Prompt   string
	Heading  string // of the text step before the question, "" where there is none
	Step     string // of that text step
	Answered bool   // answered, but not right; false: skipped or left open
}

// Finish keeps that the run was gone through to its end and returns a function that does the keeping, which may run in
// another goroutine.
func (r *Run) Finish() func() error {
	if r.Context != InLesson && !r.Context.IsTest() || r.open() > 0 {
		return func() error { return nil }
	}
	e := r.event(progress.Completed)
	store := r.desk.Store
	return func() error {
		_, err := store.Append(e)
		return err
	}
}

// open counts the questions that were neither answered nor given up: whoever jumped to the end has not gone through.
func (r *Run) open() int {
	n := 0
	for _, it := range r.items {
		if it.get().Question != nil {
			if a := r.asks[it.key()]; a == nil || a.Outcome == nil {
				n++
			}
		}
	}
	return n
}

// Result says what the run comes to so far. The state of the lesson is read from the store.
func (r *Run) Result() (Result, error) {
	res := Result{Open: r.open()}
	for _, it := range r.items {
		s := it.get()
		if s.Question == nil {
			continue
		}
		heading, step := it.before()
		a := r.asks[it.key()]
		if a != nil && a.Outcome != nil && !a.Outcome.Judged {
			continue
		}
		if s.Question.Type == "likert" {
			continue
		}
		res.Asked++
		if a != nil && a.Outcome != nil && a.Outcome.Right {
			res.Right++
			continue
		}
		res.Missed = append(res.Missed, Missed{
			Question: s.Question.ID, Prompt: s.Question.Prompt, Heading: heading, Step: step,
			Answered: a != nil && a.Outcome != nil && !a.Outcome.Skipped,
		})
	}
	if r.Context != InLesson && r.Context != Again {
		return res, nil
	}
	o, err := r.desk.Overview(r.Module())
	if err != nil {
		return res, err
	}
	for i, l := range o.Lessons {
		if l.ID == r.Lesson().ID {
			res.State = l.State
			if i+1 < len(o.Lessons) {
				res.Next = o.Lessons[i+1].ID
			}
		}
	}
	return res, nil
}

// before returns the heading and the id of the text to read again for a question: the step before it. A question of the
// quiz at the lesson's end comes after the summary and the debate, which teach nothing new: for it, the step before the
// last question that the text itself asks on the same objective, or none.
func (i item) before() (heading, step string) {
	steps := i.lesson.Steps
	last := len(steps) - 1
	for last > 0 && steps[last].Question != nil {
		last--
	}
	at := i.step
	if at > last {
		for at = last; at >= 0; at-- {
			if q := steps[at].Question; q != nil && q.Objective == i.get().Question.Objective {
				break
			}
		}
	}
	for at--; at >= 0; at-- {
		if s := steps[at]; s.Question == nil {
			return s.Heading, s.ID
		}
	}
	return "", ""
}

// Again returns a run of only what was missed, or nil when nothing was. Questions of a scene keep their scene.
func (r *Run) Again() *Run {
	again := &Run{Context: Again, desk: r.desk, lang: r.lang, asks: map[string]*Ask{}}
	if r.Context != InLesson && r.Context != Again {
		again.Context = r.Context
	}
	for _, it := range r.items {
		q := it.get().Question
		if q == nil || q.Type == "likert" {
			continue
		}
		a := r.asks[it.key()]
		if a != nil && a.Outcome != nil && a.Outcome.Right {
			continue
		}
		again.items = append(again.items, it)
		if a != nil && a.Outcome != nil {
			fresh := again.ask(it)
			fresh.Attempt = a.Attempt + 1
		}
	}
	if len(again.items) == 0 {
		return nil
	}
	return again
}

// LessonTitle returns the title of another lesson of the run's module, in the run's language.
func (r *Run) LessonTitle(id string) string { return title(r.Module(), r.lang, id) }

func title(m *modules.Module, lang, id string) string {
	t, err := m.LessonTitle(lang, id)
	if err != nil {
		return id
	}
	return t
}

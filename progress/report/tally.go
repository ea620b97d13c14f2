package report

import (
	"cmp"
	"slices"
	"time"

	"fanal/modules/quiz"
	"fanal/progress"
)

// pause is the longest time between two things that somebody did that counts as work: whoever is away longer is counted
// as having left then. Minutes are the sum of the times from one event of a sitting to the next; the difference of two
// times is right even where the clock is not.
const pause = 5 * time.Minute

// A tally goes through the events once.
type tally struct {
	in    map[string]string  // learner by the code in the event; "" for who is not in the report
	work  map[[2]string]work // by learner and module
	asked map[questionKey]*asked
	last  map[[2]string]time.Time // by learner and sitting
}

type work struct {
	answers int
	time    time.Duration
}

type questionKey struct{ module, lesson, id string }

// asked is what people answered to one question.
type asked struct {
	people, first, answers int
	seen                   map[string]bool
	wrong                  map[string]int // first answers that were not right, by what was picked
}

func tallyOf(s *progress.Store, people []progress.Learner, only string) (*tally, error) {
	t := &tally{map[string]string{}, map[[2]string]work{}, map[questionKey]*asked{}, map[[2]string]time.Time{}}
	in := map[string]bool{}
	for _, l := range people {
		in[l.ID] = true
	}
	for e, err := range s.Events("") {
		if err != nil {
			return t, err
		}
		who, known := t.in[e.Learner]
		if !known {
			if l, err := s.Learner(e.Learner); err == nil && in[l.ID] { // who was merged counts as who they were merged into
				who = l.ID
			}
			t.in[e.Learner] = who
		}
		if who != "" && e.Module != "" {
			t.add(who, e, only)
		}
	}
	return t, nil
}

func (t *tally) add(who string, e progress.Event, only string) {
	spent := t.since(who, e)
	if only != "" && e.Module != only {
		return
	}
	key := [2]string{who, e.Module}
	w := t.work[key]
	w.time += spent
	if e.Verb == progress.Answered {
		w.answers++
		if !e.Unjudged {
			t.question(who, e)
		}
	}
	t.work[key] = w
}

// since returns the time from the event before in the same sitting. Where the clock was turned back, or the question is
// the first thing in the sitting, it is the time that the answer itself took.
func (t *tally) since(who string, e progress.Event) time.Duration {
	key := [2]string{who, e.Sitting}
	before, ok := t.last[key]
	t.last[key] = e.Time
	d := e.Time.Sub(before)
	if !ok || d < 0 {
		d = time.Duration(e.Millis) * time.Millisecond
	}
	return min(max(d, 0), pause)
}

func (t *tally) question(who string, e progress.Event) {
	key := questionKey{e.Module, e.Lesson, e.Question}
	a := t.asked[key]
	if a == nil {
		a = &asked{seen: map[string]bool{}, wrong: map[string]int{}}
		t.asked[key] = a
	}
	a.answers++
	if a.seen[who] {
		return
	}
	a.seen[who] = true
	a.people++
	switch {
	case e.Right && !e.Skipped:
		if !e.Hinted {
			a.first++
		}
	case !e.Skipped:
		for _, option := range e.Response {
			a.wrong[option]++
		}
	}
}

// questions returns what was tallied: the ones that most had wrong first, with their words.
func (t *tally) questions(names *Names) []Question {
	var sorted []*Question
	for key, a := range t.asked {
		q := &Question{
			Module: key.module, ModuleTitle: names.Module(key.module), Lesson: key.lesson,
			LessonTitle: names.Lesson(key.module, key.lesson), ID: key.id, Prompt: names.Question(key.module, key.lesson, key.id),
			People: a.people, First: a.first, Answers: a.answers,
		}
		q.Wrong, q.WrongText, q.WrongPeople = a.mostWrong(names.find(key.module, key.lesson, key.id))
		sorted = append(sorted, q)
	}
	slices.SortFunc(sorted, func(a, b *Question) int {
		return cmp.Or(
			cmp.Compare(a.First*b.People, b.First*a.People), cmp.Compare(b.People, a.People),
			cmp.Compare(a.Module, b.Module), cmp.Compare(a.Lesson, b.Lesson), cmp.Compare(a.ID, b.ID))
	})
	all := make([]Question, len(sorted))
	for i, q := range sorted {
		all[i] = *q
	}
	return all
}

// mostWrong returns the wrong option that most chose, its text and how many did. Only of questions with options: what was
// typed is the learner's own.
func (a *asked) mostWrong(q *quiz.Question) (id, text string, people int) {
	if q == nil {
		return "", "", 0
	}
	texts := map[string]string{}
	switch q.Type {
	case quiz.Choice:
		for _, o := range q.Options {
			if !o.Correct {
				texts[o.ID] = o.Text
			}
		}
	case quiz.TrueFalse:
		for _, said := range []string{"true", "false"} {
			if !slices.Contains(quiz.CorrectAnswer(q), said) {
				texts[said] = "" // the front ends have words for it
			}
		}
	}
	for option := range texts {
		n := a.wrong[option]
		if n > people || n == people && n > 0 && option < id {
			id, text, people = option, texts[option], n
		}
	}
	return id, text, people
}

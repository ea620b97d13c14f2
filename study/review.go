package study

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"fanal/modules"
	"fanal/modules/quiz"
	"fanal/progress"
)

// ReviewLength is how many questions a review asks at most: it ends before it tires.
const ReviewLength = 15

// DueCount returns how many questions a review would be about today.
func (d *Desk) DueCount() int {
	sum, err := d.Store.Summary(d.Learner.ID)
	if err != nil {
		return 0
	}
	if d.sitting != "" && sum.Sitting == d.sitting {
		return sum.DueNow
	}
	return sum.Due
}

// OpenReview returns a run of what is due, mixed across modules: first what the learner was sure of and had wrong, then
// what was missed most often. Where the learner has met another question on the same objective, that one is asked in
// place of the one that is due, so that the idea is recalled and not the sentence. It returns nil when nothing is due.
func (d *Desk) OpenReview() (*Run, error) {
	due, session, err := d.dueNow()
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(due, func(a, b progress.DueQuestion) int {
		if a.SureWrong != b.SureWrong {
			return cmp.Compare(boolInt(b.SureWrong), boolInt(a.SureWrong))
		}
		return cmp.Compare(b.Wrong, a.Wrong)
	})
	r := &Run{Context: Review, desk: d.itself(), lang: d.Lang, asks: map[string]*Ask{}}
	lessons := map[string]*modules.Lesson{}
	dueIDs := map[string]bool{}
	for _, q := range due {
		dueIDs[q.Module+"/"+q.Question] = true
	}
	for _, q := range due {
		if len(r.items) == ReviewLength {
			break
		}
		it, ok := d.reviewItem(q, lessons, dueIDs, session)
		if !ok {
			continue // the module is not here, or the question is gone from it
		}
		r.items = append(r.items, it)
	}
	if len(r.items) == 0 {
		return nil, nil
	}
	for _, it := range r.items {
		r.ask(it).Attempt = 0 // counted by the store; review does not number its attempts
	}
	return r, nil
}

// dueNow returns what is due in this sitting, and the number of its session, 0 before its first answer. What has been
// answered since it began has time until the next one.
func (d *Desk) dueNow() (due []progress.DueQuestion, session int, err error) {
	due, err = d.Store.Due(d.Learner.ID)
	if err != nil || d.sitting == "" {
		return due, 0, err
	}
	sum, err := d.Store.Summary(d.Learner.ID)
	if err != nil || sum.Sitting != d.sitting {
		return due, 0, err
	}
	return slices.DeleteFunc(due, func(q progress.DueQuestion) bool { return q.DueAt > sum.Sessions }), sum.Sessions, nil
}

// reviewItem finds the step to ask for a question that is due: a question on the same objective that the learner has met
// and that is neither due itself nor has been asked in this session, else the question itself.
func (d *Desk) reviewItem(q progress.DueQuestion, lessons map[string]*modules.Lesson, due map[string]bool, session int) (item, bool) {
	m := d.Library.Module(q.Module)
	if m == nil {
		return item{}, false
	}
	key := q.Module + "/" + q.Lesson
	l, ok := lessons[key]
	if !ok {
		var err error
		if l, err = m.Lesson(d.Lang, q.Lesson); err != nil {
			return item{}, false
		}
		lessons[key] = l
	}
	known, err := d.Store.Questions(d.Learner.ID, q.Module, q.Lesson)
	if err != nil {
		return item{}, false
	}
	self, siblings := -1, []int(nil)
	stands := func(id string) bool { // in for the question that is due
		sib := known[id]
		return sib.Attempts > 0 && !due[q.Module+"/"+id] && (session == 0 || sib.Session != session)
	}
	for i, s := range l.Steps {
		switch {
		case s.Question == nil || s.Question.Type == quiz.Likert:
		case s.Question.ID == q.Question:
			self = i
		case s.Question.Objective == q.Objective && stands(s.Question.ID):
			siblings = append(siblings, i)
		}
	}
	if self < 0 {
		return item{}, false
	}
	it := item{module: m, lesson: l, step: self}
	if len(siblings) > 0 {
		it.step, it.instead = siblings[rand.IntN(len(siblings))], q.Question
		due[q.Module+"/"+it.get().Question.ID] = true // each is asked once
	}
	return it, true
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

package study

import (
	"slices"
	"time"

	"fanal/progress"
)

// Begun returns the modules in which the learner has done something, as far as they are installed, in the order of the
// library.
func (d *Desk) Begun() ([]*Overview, error) {
	states, err := d.Store.Modules(d.Learner.ID)
	if err != nil {
		return nil, err
	}
	var views []*Overview
	for _, id := range d.Library.IDs() {
		if _, ok := states[id]; !ok {
			continue
		}
		o, err := d.Overview(d.Library.Module(id))
		if err != nil {
			continue // a module that cannot be read any more: its own screen says why
		}
		views = append(views, o)
	}
	return views, nil
}

// A Week is how many sittings with an answer began in a week.
type Week struct {
	Monday   time.Time
	Sessions int
}

// weeksShown is how far back the screen of progress looks.
const weeksShown = 8

// Weeks returns the learner's sittings of the last weeks, the latest first. Only times that can be believed count: not
// before the program existed, not after this machine's present. It reads the whole history, and belongs in the background.
func (d *Desk) Weeks() ([]Week, error) {
	first := map[string]time.Time{}
	for e, err := range d.Store.Events(d.Learner.ID) {
		if err != nil {
			return nil, err
		}
		if e.Verb != progress.Answered || e.Sitting == "" || !progress.Believable(e.Time) {
			continue
		}
		if t, ok := first[e.Sitting]; !ok || e.Time.Before(t) {
			first[e.Sitting] = e.Time
		}
	}
	count := map[time.Time]int{}
	for _, t := range first {
		count[monday(t)]++
	}
	var weeks []Week
	for m, n := range count {
		weeks = append(weeks, Week{m, n})
	}
	slices.SortFunc(weeks, func(a, b Week) int { return b.Monday.Compare(a.Monday) })
	return weeks[:min(len(weeks), weeksShown)], nil
}

func monday(t time.Time) time.Time {
	t = t.UTC().Truncate(24 * time.Hour)
	return t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
}

// An Aside is a question that needs more than to be asked again, and the lesson to take up for it.
type Aside struct {
	Module, Lesson, LessonTitle, Prompt string
}

// SetAside returns the questions of a module that failed so often that review no longer asks them: they need a person, not
// a repetition. It reads the lessons concerned, and belongs in the background.
func (d *Desk) SetAside(o *Overview) ([]Aside, error) {
	return d.asides(o, func(q progress.QuestionState) bool { return q.Aside })
}

// SecondLooks returns the questions of a module that the learner had wrong last and had been sure of: what they believe is
// to be cleared up. It reads the lessons concerned, and belongs in the background.
func (d *Desk) SecondLooks(o *Overview) ([]Aside, error) {
	return d.asides(o, func(q progress.QuestionState) bool { return q.SureWrong && !q.Aside })
}

func (d *Desk) asides(o *Overview, which func(progress.QuestionState) bool) ([]Aside, error) {
	var all []Aside
	for _, l := range o.Lessons {
		if l.State == New {
			continue
		}
		known, err := d.Store.Questions(d.Learner.ID, o.Manifest.ID, l.ID)
		if err != nil {
			return nil, err
		}
		some := false
		for _, q := range known {
			some = some || which(q)
		}
		if !some {
			continue
		}
		lesson, err := o.Module.Lesson(d.Lang, l.ID)
		if err != nil {
			return nil, err
		}
		for _, asked := range lesson.Questions() {
			if q, ok := known[asked.ID]; ok && which(q) {
				all = append(all, Aside{o.Manifest.ID, l.ID, lesson.Title, asked.Prompt})
			}
		}
	}
	return all, nil
}

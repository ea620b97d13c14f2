// Package report says who did what, for whoever must give an account of a workshop: per person and module the lessons, the
// objectives, the two tests and the minutes, and per question how many knew it at once and what the others chose.
//
// The numbers are those of the learner's own screens: they come from the same states, by way of package study. What was
// typed freely is in none of them.
package report

import (
	"cmp"
	"slices"
	"time"

	"fanal/modules"
	"fanal/progress"
	"fanal/study"
)

// A Filter says what a report is about. The zero Filter is everybody and everything.
type Filter struct {
	Learner string                      // id; "": everybody
	Module  string                      // id; "": every module
	Since   time.Time                   // what happened on this day or later; the zero time: ever
	Leave   func(progress.Learner) bool // true for who is not to be in it; nil: nobody
}

// A Report is what people did, at one moment. Its JSON is what "fanal report --json" writes.
type Report struct {
	Made      time.Time  `json:"made,omitzero"`  // the zero time when the clock is not to be believed
	Since     time.Time  `json:"since,omitzero"` // of the filter
	Undated   int        `json:"undated"`        // answers left out because of Since: their date is not to be believed
	Left      int        `json:"left_out"`       // people left out by the filter
	People    []Person   `json:"people"`
	Questions []Question `json:"questions"`
}

// A Person is what one learner did.
type Person struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Modules []Studied `json:"modules"` // those begun, in the order of the library
}

// Studied is what one learner did in one module. What its files say (how many lessons it has, what mastery asks for) is
// missing when the module is not on this laptop: then Here is false, and Lessons is how many were begun.
type Studied struct {
	Module     string      `json:"module"`
	Title      string      `json:"title"`
	Version    string      `json:"version"`
	Here       bool        `json:"here"`
	Lessons    int         `json:"lessons"`
	Begun      int         `json:"begun"`
	Done       int         `json:"done"`
	Mastered   int         `json:"mastered"`
	Answers    int         `json:"answers"` // all of them, skips among them
	Minutes    int         `json:"minutes"` // see [pause]
	Before     Score       `json:"first_test"`
	After      Score       `json:"second_test"`
	Objectives []Objective `json:"objectives"`
}

// A Score is how many questions of a test were right; Asked is 0 where it was not gone through.
type Score struct {
	Right int `json:"right"`
	Asked int `json:"asked"`
}

// Percent returns the share that was right, rounded, and whether there is one.
func (s Score) Percent() (percent int, ok bool) {
	if s.Asked == 0 {
		return 0, false
	}
	return (200*s.Right + s.Asked) / (2 * s.Asked), true
}

// An Objective is how far a learner is with one objective of a module.
type Objective struct {
	ID       string `json:"id"`
	Sentence string `json:"sentence"`
	Answered int    `json:"answered"` // of the last answers that mastery counts
	Right    int    `json:"right"`
	Mastered bool   `json:"mastered"`
	Before   Score  `json:"first_test"`
	After    Score  `json:"second_test"`
}

// Gain returns by how many points of a hundred the second test is above the first, and whether both were taken.
func (o Objective) Gain() (points int, ok bool) { return gain(o.Before, o.After) }

// Gain returns the same of a whole module.
func (s Studied) Gain() (points int, ok bool) { return gain(s.Before, s.After) }

func gain(before, after Score) (points int, ok bool) {
	b, first := before.Percent()
	a, second := after.Percent()
	return a - b, first && second
}

// A Question is how people fared with one question.
type Question struct {
	Module      string `json:"module"`
	ModuleTitle string `json:"module_title"`
	Lesson      string `json:"lesson"` // "test-a", "test-b": a question of a test
	LessonTitle string `json:"lesson_title"`
	ID          string `json:"id"`
	Prompt      string `json:"prompt"`
	People      int    `json:"people"`  // who were asked it
	First       int    `json:"first"`   // of them, who were right at the first answer, without a hint
	Answers     int    `json:"answers"` // in all, skips among them
	Wrong       string `json:"wrong"`   // id of the wrong option that most chose at their first answer, "" when none did
	WrongText   string `json:"wrong_text"`
	WrongPeople int    `json:"wrong_people"`
}

// Make makes a report from a store, in a language for titles, prompts and sentences. It reads the whole history, and
// belongs in the background. Errors are those of reading the store; a module that cannot be read counts as not here.
func Make(s *progress.Store, lib *modules.Library, lang string, f Filter) (Report, error) {
	r := Report{Since: f.Since, People: []Person{}, Questions: []Question{}}
	if s.ClockBelievable() {
		r.Made = time.Now().UTC().Truncate(time.Second)
	}
	if !f.Since.IsZero() {
		later, undated, err := since(s, f.Since)
		if err != nil {
			return r, err
		}
		defer later.Close()
		s, r.Undated = later, undated
	}
	all, err := s.Learners()
	if err != nil {
		return r, err
	}
	var in []progress.Learner
	for _, l := range all {
		switch {
		case f.Learner != "" && l.ID != f.Learner:
		case f.Leave != nil && f.Leave(l):
			r.Left++
		default:
			in = append(in, l)
		}
	}
	t, err := tallyOf(s, in, f.Module)
	if err != nil {
		return r, err
	}
	for _, l := range in {
		p, err := person(study.Sit(lib, s, l, lang, "report"), l, f.Module, t)
		if err != nil {
			return r, err
		}
		r.People = append(r.People, p)
	}
	r.Questions = t.questions(NamesIn(lib, lang))
	return r, nil
}

// since returns a store in memory with what happened on a day or later, and who everybody is; and how many answers have no
// date that can be believed.
func since(s *progress.Store, day time.Time) (later *progress.Store, undated int, err error) {
	var events []progress.Event
	for e, err := range s.Events("") {
		if err != nil {
			return nil, 0, err
		}
		switch {
		case e.Verb == progress.Profiled, e.Verb == progress.Merged, e.Verb == progress.Erased:
		case !progress.Believable(e.Time):
			if e.Verb == progress.Answered {
				undated++
			}
			continue
		case e.Time.Before(day):
			continue
		}
		events = append(events, e)
	}
	later = progress.OpenMemory()
	_, err = later.AddForeign(events)
	return later, undated, err
}

// person says what a learner did in each module that they began.
func person(d *study.Desk, l progress.Learner, only string, t *tally) (Person, error) {
	p := Person{ID: l.ID, Name: l.Name, Modules: []Studied{}}
	states, err := d.Store.Modules(l.ID)
	if err != nil {
		return p, err
	}
	for _, id := range inOrder(states, d.Library) {
		if only != "" && id != only {
			continue
		}
		st, err := studied(d, id, states[id])
		if err != nil {
			return p, err
		}
		w := t.work[[2]string{l.ID, id}]
		st.Answers, st.Minutes = w.answers, int((w.time+30*time.Second)/time.Minute)
		p.Modules = append(p.Modules, st)
	}
	return p, nil
}

// inOrder returns the modules of a learner in the order of the library, then those that it does not have by name.
func inOrder(states map[string]progress.ModuleState, lib *modules.Library) []string {
	place := map[string]int{}
	for i, id := range lib.IDs() {
		place[id] = i + 1
	}
	var ids []string
	for id := range states {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(place[a]), rank(place[b])), cmp.Compare(a, b))
	})
	return ids
}

func rank(place int) int {
	if place == 0 {
		return 1 << 30
	}
	return place
}

// studied says what a learner did in a module.
func studied(d *study.Desk, id string, state progress.ModuleState) (Studied, error) {
	st := Studied{Module: id, Title: id, Version: state.Version, Objectives: []Objective{}}
	m := d.Library.Module(id)
	var o *study.Overview
	if m != nil {
		o, _ = d.Overview(m)
	}
	if o == nil {
		for _, mark := range state.Lessons {
			st.Lessons, st.Begun = st.Lessons+1, st.Begun+1
			if mark.Passes > 0 {
				st.Done++
			}
		}
		return st, nil
	}
	st.Here, st.Title, st.Lessons = true, o.Index.Title, len(o.Lessons)
	st.Begun, st.Done, st.Mastered = o.Count(study.Begun), o.Count(study.Done), o.Count(study.Mastered)
	at := map[string]int{}
	for i, v := range o.Objectives() {
		at[v.ID] = i
		st.Objectives = append(st.Objectives, Objective{
			ID: v.ID, Sentence: v.Sentence, Answered: v.Answered, Right: v.Right, Mastered: v.Mastered,
		})
	}
	scores, err := d.TestScores(o)
	if err != nil {
		return st, nil // a test that cannot be read: its module's own screen says why
	}
	for _, s := range scores {
		st.Before.add(s.Before)
		st.After.add(s.After)
		if i, ok := at[s.ID]; ok {
			st.Objectives[i].Before, st.Objectives[i].After = Score(s.Before), Score(s.After)
		}
	}
	return st, nil
}

func (s *Score) add(t study.Score) { s.Right, s.Asked = s.Right+t.Right, s.Asked+t.Asked }

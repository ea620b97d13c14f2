package study

import (
	"hash/fnv"
	"slices"

	"fanal/modules"
	"fanal/modules/quiz"
)

// FirstForm returns which form of a module's test this learner takes before the first lesson; the other one comes after
// the last. It is drawn from the learner's random id, so that about half begin with each, on every laptop the same.
func (d *Desk) FirstForm(module string) Context {
	h := fnv.New32a()
	_, _ = h.Write([]byte(d.Learner.ID + "/" + module))
	if h.Sum32()%2 == 0 {
		return TestA
	}
	return TestB
}

func otherForm(c Context) Context {
	if c == TestA {
		return TestB
	}
	return TestA
}

// IsTest tells whether a run is one of the two tests: nothing is said right or wrong before its end.
func (c Context) IsTest() bool { return c == TestA || c == TestB }

// A TestView is what there is to say of one of a module's two tests.
type TestView struct {
	Form    Context
	Begun   bool // under way: it goes on where it was left
	Taken   bool // gone through
	Offered bool // it is time for it: the first one while no lesson is done, the second one when all are done
}

// Tests returns the first and the second test as this learner finds them. Only courses have tests.
func (d *Desk) Tests(o *Overview) (before, after TestView, ok bool) {
	if o.Manifest.Kind != modules.Course {
		return before, after, false
	}
	first := d.FirstForm(o.Manifest.ID)
	view := func(form Context) TestView {
		t, begun := o.state.Tests[string(form)]
		return TestView{Form: form, Begun: begun && !t.Over, Taken: t.Completed > 0}
	}
	before, after = view(first), view(otherForm(first))
	before.Offered = !before.Taken && o.Count(Done) == 0
	after.Offered = !after.Taken && len(o.Lessons) > 0 && o.Count(Done) == len(o.Lessons)
	return before, after, true
}

// TestLength returns how many questions a test asks. It reads the test, and belongs in the background.
func (d *Desk) TestLength(o *Overview, form Context) (int, error) {
	l, err := load(o.Module, d.Lang, string(form))
	if err != nil {
		return 0, err
	}
	return len(l.Questions()), nil
}

// OpenTest opens a test at the first question that is not answered yet.
func (d *Desk) OpenTest(m *modules.Module, form Context) (*Run, error) {
	man, err := m.Manifest()
	if err != nil {
		return nil, err
	}
	l, err := load(m, d.Lang, string(form))
	if err != nil {
		return nil, err
	}
	state, err := d.Store.Module(d.Learner.ID, man.ID)
	if err != nil {
		return nil, err
	}
	r := &Run{Context: form, desk: d.itself(), lang: d.Lang, asks: map[string]*Ask{}}
	mark := state.Tests[string(form)]
	r.at = -1
	for i, s := range l.Steps {
		if s.Question == nil {
			continue
		}
		it := item{module: m, lesson: l, step: i}
		r.items = append(r.items, it)
		right, answered := mark.Right[s.Question.ID]
		if answered && !mark.Over {
			r.ask(it).Outcome = &Outcome{Verdict: quiz.Verdict{Judged: true, Right: right, Score: mark.Scores[s.Question.ID]}}
		} else if r.at < 0 {
			r.at = len(r.items) - 1
		}
	}
	r.at = max(r.at, 0)
	return r, nil
}

// An ObjectiveScore is what the two tests say of one objective.
type ObjectiveScore struct {
	ID, Sentence string
	Before       Score
	After        Score
}

// A Score is how many of the questions asked were right; Asked is 0 where the test was not taken.
type Score struct{ Right, Asked int }

// Known tells whether every question was right.
func (s Score) Known() bool { return s.Asked > 0 && s.Right == s.Asked }

// TestScores returns what the tests that were gone through say, objective by objective, in the order of the module. It
// reads the two tests, and belongs in the background.
func (d *Desk) TestScores(o *Overview) ([]ObjectiveScore, error) {
	first := d.FirstForm(o.Manifest.ID)
	scores := map[string]*ObjectiveScore{}
	var order []string
	for i, form := range []Context{first, otherForm(first)} {
		mark := o.state.Tests[string(form)]
		if mark.Completed == 0 {
			continue
		}
		l, err := load(o.Module, d.Lang, string(form))
		if err != nil {
			return nil, err
		}
		for _, s := range l.Steps {
			if s.Question == nil {
				continue
			}
			id := s.Question.Objective
			sc := scores[id]
			if sc == nil {
				sc = &ObjectiveScore{ID: id, Sentence: o.Index.Objectives[id]}
				scores[id] = sc
				order = append(order, id)
			}
			side := &sc.Before
			if i == 1 {
				side = &sc.After
			}
			side.Asked++
			if mark.Right[s.Question.ID] {
				side.Right++
			}
		}
	}
	place := map[string]int{}
	for i, ob := range o.Manifest.Objectives {
		place[ob.ID] = i
	}
	slices.SortStableFunc(order, func(a, b string) int { return place[a] - place[b] })
	var out []ObjectiveScore
	for _, id := range order {
		out = append(out, *scores[id])
	}
	return out, nil
}

// KnownLessons returns the lessons of which the first test says that what it asked of them is known already. They are
// marked, not hidden. It reads every lesson, and belongs in the background.
func (d *Desk) KnownLessons(o *Overview) (map[string]bool, error) {
	scores, err := d.TestScores(o)
	if err != nil || len(scores) == 0 {
		return nil, err
	}
	asked := map[string]Score{}
	for _, s := range scores {
		asked[s.ID] = s.Before
	}
	known := map[string]bool{}
	for _, l := range o.Lessons {
		lesson, err := o.Module.Lesson(d.Lang, l.ID)
		if err != nil {
			return nil, err
		}
		all, any := true, false
		for _, ob := range lesson.Objectives {
			if s, ok := asked[ob]; ok && s.Asked > 0 {
				any = true
				all = all && s.Known()
			}
		}
		known[l.ID] = any && all
	}
	return known, nil
}

// load reads a lesson, or a test under the name of its form.
func load(m *modules.Module, lang, id string) (*modules.Lesson, error) {
	if c := Context(id); c.IsTest() {
		return m.Test(lang, id[len("test-"):])
	}
	return m.Lesson(lang, id)
}

package study

import (
	"slices"
	"strconv"

	"fanal/modules"
	"fanal/modules/quiz"
	"fanal/progress"
)

// Feedback is what the learners of a laptop have to say to the author of a module, by what they did: which steps they did
// not understand, how each question fared. It names nobody, and holds nothing that somebody wrote.
type Feedback struct {
	Module, Version string
	Learners        int // who answered a question or flagged a step
	Unclear         []*UnclearStep
	Questions       []Fared // of the lessons in their order, then of the tests
}

// An UnclearStep is a step that somebody said they did not understand.
type UnclearStep struct {
	Lesson, Step string
	Heading      string // that it stands under, or its question's prompt, in the source language
	Learners     int
}

// Fared is how a question fared. Only answers to its present text count.
type Fared struct {
	Lesson, ID, Prompt string // in the source language
	Learners           int    // who were asked
	FirstRight         int    // who were right at the first try, without a hint
	FirstHinted        int    // who took the hint at the first try
	FirstSkipped       int    // who passed at the first try
	Answers            int    // all of them, second tries and reviews among them; skips are none
	Options            []Picked
	Older              int // answers to an earlier text, not counted
}

// Picked is how often an option was picked, over all answers.
type Picked struct {
	ID, Text string
	Correct  bool
	Times    int
}

// Nobody returns the ids of the wrong options that nobody picked: they tempt nobody, and test nothing. None until somebody
// answered.
func (f *Fared) Nobody() []string {
	var ids []string
	for _, o := range f.Options {
		if f.Answers > 0 && o.Times == 0 && !o.Correct {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// GatherFeedback reads the whole history of a store for a module. It belongs in the background. Errors are those of the
// module's manifest and of the store; a lesson that cannot be read is left out.
func GatherFeedback(store *progress.Store, m *modules.Module) (*Feedback, error) {
	man, err := m.Manifest()
	if err != nil {
		return nil, err
	}
	g := &gathering{
		store: store, module: man.ID, fared: map[string]*Fared{}, hashes: map[string]map[string]bool{}, roots: map[string]string{},
		asked: map[string]bool{}, people: map[string]bool{}, headings: map[[2]string]string{},
	}
	f := &Feedback{Module: man.ID, Version: man.Version}
	ids := append(slices.Clone(man.Lessons), string(TestA), string(TestB))
	for _, id := range ids {
		g.questions(m, man, id)
	}
	for e, err := range store.Events("") {
		if err != nil {
			return nil, err
		}
		g.count(e)
	}
	if f.Unclear, err = g.unclear(ids); err != nil {
		return nil, err
	}
	f.Learners = len(g.people)
	for _, key := range g.order {
		f.Questions = append(f.Questions, *g.fared[key])
	}
	return f, nil
}

// A gathering is feedback being counted. Questions go by lesson and id.
type gathering struct {
	store    *progress.Store
	module   string
	order    []string
	fared    map[string]*Fared
	hashes   map[string]map[string]bool // of the present text, in every language
	headings map[[2]string]string       // by lesson and step
	roots    map[string]string          // who a learner's id stands for
	asked    map[string]bool            // learner and question: met already
	people   map[string]bool
}

// questions notes what there is to be counted in a lesson.
func (g *gathering) questions(m *modules.Module, man *modules.Manifest, id string) {
	source, err := load(m, man.Source, id)
	if err != nil {
		return
	}
	for _, s := range source.Steps {
		g.headings[[2]string{id, s.ID}] = headingOf(source, s.ID)
		q := s.Question
		if q == nil || q.Type == quiz.Likert { // an opinion cannot fare well or badly
			continue
		}
		key := id + "/" + q.ID
		g.order = append(g.order, key)
		g.fared[key] = &Fared{Lesson: id, ID: q.ID, Prompt: q.Prompt, Options: options(q)}
		g.hashes[key] = map[string]bool{}
	}
	for _, lang := range man.Languages {
		l, err := load(m, lang, id)
		if err != nil {
			continue
		}
		for _, q := range l.Questions() {
			if known := g.hashes[id+"/"+q.ID]; known != nil {
				known[quiz.Hash(q)] = true
			}
		}
	}
}

func options(q *quiz.Question) []Picked {
	var all []Picked
	switch q.Type {
	case quiz.Choice:
		for _, o := range q.Options {
			all = append(all, Picked{ID: o.ID, Text: o.Text, Correct: o.Correct})
		}
	case quiz.TrueFalse:
		for _, truth := range []bool{true, false} {
			all = append(all, Picked{ID: strconv.FormatBool(truth), Text: strconv.FormatBool(truth), Correct: q.Truth == truth})
		}
	}
	return all
}

// count counts one event.
func (g *gathering) count(e progress.Event) {
	if e.Verb != progress.Answered || e.Module != g.module {
		return
	}
	key := e.Lesson + "/" + e.Question
	f := g.fared[key]
	if f == nil {
		return
	}
	if !g.hashes[key][e.Hash] {
		f.Older++
		return
	}
	who := g.root(e.Learner)
	if who == "" {
		return
	}
	g.people[who] = true
	if !g.asked[who+"/"+key] {
		g.asked[who+"/"+key] = true
		f.Learners++
		switch {
		case e.Skipped:
			f.FirstSkipped++
		case e.Hinted:
			f.FirstHinted++
		case e.Right:
			f.FirstRight++
		}
	}
	if e.Skipped {
		return
	}
	f.Answers++
	for i, o := range f.Options {
		if slices.Contains(e.Response, o.ID) {
			f.Options[i].Times++
		}
	}
}

// root gives who a learner's id stands for, "" for somebody who is gone.
func (g *gathering) root(id string) string {
	who, ok := g.roots[id]
	if !ok {
		if l, err := g.store.Learner(id); err == nil {
			who = l.ID
		}
		g.roots[id] = who
	}
	return who
}

// unclear counts the steps that were flagged, in the order of the module; the most flagged of a lesson first.
func (g *gathering) unclear(lessons []string) ([]*UnclearStep, error) {
	all, err := g.store.Learners()
	if err != nil {
		return nil, err
	}
	count := map[[2]string]int{}
	for _, l := range all {
		marks, err := g.store.Marks(l.ID, g.module)
		if err != nil {
			return nil, err
		}
		for _, mk := range marks {
			if mk.Unclear {
				count[[2]string{mk.Lesson, mk.Step}]++
				g.people[l.ID] = true
			}
		}
	}
	var steps []*UnclearStep
	for at, n := range count {
		steps = append(steps, &UnclearStep{at[0], at[1], g.headings[at], n})
	}
	slices.SortFunc(steps, func(a, b *UnclearStep) int {
		if c := slices.Index(lessons, a.Lesson) - slices.Index(lessons, b.Lesson); c != 0 {
			return c
		}
		if a.Learners != b.Learners {
			return b.Learners - a.Learners
		}
		return compareSteps(a.Step, b.Step)
	})
	return steps, nil
}

func compareSteps(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b) // t9 before t10
	}
	if a < b {
		return -1
	}
	return 1
}

package study

import (
	"fanal/modules"
	"fanal/progress"
)

// A State says how far a learner is with a lesson.
type State int

// The states of a lesson, from the least to the most.
const (
	New      State = iota
	Begun          // opened, not yet gone through
	Done           // gone through to its end
	Mastered       // and enough right answers among the last ones
)

// String returns the state's name in the machine's words, as JSON output writes it.
func (s State) String() string {
	return [...]string{"new", "begun", "done", "mastered"}[s]
}

// A Glance is a module in a list: what it is called, and how far the learner is. Taking one reads the manifest, the first
// line of the index and one record of the store; no text is parsed.
type Glance struct {
	Module   *modules.Module
	Manifest *modules.Manifest
	Title    string
	Lessons  []LessonView
	Version  string // of the module when last studied, "" when never
	lang     string
	state    progress.ModuleState
}

// An Overview is a module as a learner opens it: a glance, and what its index says in their language. No lesson is read.
type Overview struct {
	Glance
	Index *modules.Index
}

// A LessonView is one lesson of a [Glance].
type LessonView struct {
	ID    string
	State State
	Step  string // last step reached, "" when new
	Mark  progress.LessonMark
}

// Glance takes a glance at a module for the learner of the desk.
func (d *Desk) Glance(m *modules.Module) (*Glance, error) {
	man, err := m.Manifest()
	if err != nil {
		return nil, err
	}
	title, err := m.Title(d.Lang)
	if err != nil {
		return nil, err
	}
	state, err := d.Store.Module(d.Learner.ID, man.ID)
	if err != nil {
		return nil, err
	}
	g := &Glance{Module: m, Manifest: man, Title: title, Version: state.Version, lang: d.Lang, state: state}
	for _, id := range man.Lessons {
		mark, begun := state.Lessons[id]
		g.Lessons = append(g.Lessons, LessonView{ID: id, State: stateOf(mark, begun, man.Mastery), Step: mark.Step, Mark: mark})
	}
	return g, nil
}

// Overview looks at a module for the learner of the desk.
func (d *Desk) Overview(m *modules.Module) (*Overview, error) {
	g, err := d.Glance(m)
	if err != nil {
		return nil, err
	}
	idx, err := m.Index(d.Lang)
	if err != nil {
		return nil, err
	}
	return &Overview{Glance: *g, Index: idx}, nil
}

// Count returns how many lessons are at least in state s.
func (o *Glance) Count(s State) int {
	n := 0
	for _, l := range o.Lessons {
		if l.State >= s {
			n++
		}
	}
	return n
}

// Next returns the lesson to go on with: the first that is begun, else the first that is new, else none.
func (o *Glance) Next() (lesson string, ok bool) {
	for _, want := range []State{Begun, New} {
		for _, l := range o.Lessons {
			if l.State == want {
				return l.ID, true
			}
		}
	}
	return "", false
}

// MinutesLeft returns the minutes of the lessons that are not done yet. It reads the lessons' words without parsing them,
// and belongs in the background.
func (o *Glance) MinutesLeft() (int, error) {
	outlines, err := o.Module.Outline(o.lang)
	if err != nil {
		return 0, err
	}
	left := 0
	for i, out := range outlines {
		if o.Lessons[i].State < Done {
			left += out.Minutes()
		}
	}
	return left, nil
}

func stateOf(mark progress.LessonMark, begun bool, rule modules.Mastery) State {
	switch {
	case !begun:
		return New
	case mark.Passes == 0:
		return Begun
	case masters(mark.Recent, mark.Judged, rule):
		return Mastered
	}
	return Done
}

// masters tells whether the last answers meet the module's rule: rule.Correct different questions right among the last
// rule.Of answers. Where there are fewer questions than that, all of them; a hinted answer is not counted as right, and
// one question alone never shows mastery.
func masters(recent []progress.Outcome, questions int, rule modules.Mastery) bool {
	need := min(rule.Correct, questions)
	if need < 2 {
		return false
	}
	if len(recent) > rule.Of {
		recent = recent[len(recent)-rule.Of:]
	}
	right := map[string]bool{}
	for _, o := range recent {
		if o.Right && !o.Hinted {
			right[o.Question] = true
		}
	}
	return len(right) >= need
}

// An ObjectiveView is how far a learner is with one objective.
type ObjectiveView struct {
	ID, Sentence string
	Answered     int // of the last answers that are kept
	Right        int
	Mastered     bool
}

// Objectives returns the module's objectives with what the last answers say of each.
func (o *Overview) Objectives() []ObjectiveView {
	var views []ObjectiveView
	for _, ob := range o.Manifest.Objectives {
		v := ObjectiveView{ID: ob.ID, Sentence: o.Index.Objectives[ob.ID]}
		recent := o.state.Objectives[ob.ID]
		distinct := map[string]bool{}
		for _, out := range recent {
			v.Answered++
			distinct[out.Question] = true
			if out.Right && !out.Hinted {
				v.Right++
			}
		}
		v.Mastered = masters(recent, len(distinct), o.Manifest.Mastery)
		views = append(views, v)
	}
	return views
}

// A Place is where a learner left: a module, a lesson and a step of it.
type Place struct{ Module, Lesson, Step string }

// Continue returns where to go on: where the learner left while that lesson is under way, else the module's next lesson;
// for someone who has not begun, the first lesson of the first course. It reads manifests, no lessons.
func (d *Desk) Continue() (Place, bool) {
	sum, err := d.Store.Summary(d.Learner.ID)
	if err != nil {
		return Place{}, false
	}
	if m := d.Library.Module(sum.Module); m != nil {
		if o, err := d.Glance(m); err == nil {
			if p, ok := o.resume(sum.Lesson); ok {
				return p, true
			}
		}
	}
	for _, m := range d.Library.All() {
		if man, err := m.Manifest(); err != nil || man.Kind != modules.Course {
			continue
		}
		o, err := d.Glance(m)
		if err != nil {
			continue
		}
		if p, ok := o.resume(""); ok {
			return p, true
		}
	}
	return Place{}, false
}

// resume returns the place to go on at in this module: in the given lesson if it is under way, else the next one.
func (o *Glance) resume(lesson string) (Place, bool) {
	for _, l := range o.Lessons {
		if l.ID == lesson && l.State == Begun {
			return Place{o.Manifest.ID, l.ID, l.Step}, true
		}
	}
	if next, ok := o.Next(); ok {
		p := Place{Module: o.Manifest.ID, Lesson: next}
		for _, l := range o.Lessons {
			if l.ID == next {
				p.Step = l.Step
			}
		}
		return p, true
	}
	return Place{}, false
}

package progress

import (
	"encoding/hex"

	"github.com/google/uuid"
)

// foldVersion changes with what the fold makes of the same events. States that another one made are made anew when the
// store is opened: they follow from the log, so that nothing has to be migrated.
const foldVersion = 4

// A learnerRecord is the one record that the list of learners and the home screen read.
type learnerRecord struct {
	Learner Learner
	First   uint64      // counter of the learner's first event: the order of the list
	Place   [3]string   // module, lesson and step where the learner was last
	Events  uint64      `json:",omitempty"`
	XOR     uuid.UUID   // of the ids of the events
	Session int         `json:",omitempty"` // how many there were
	Sitting string      `json:",omitempty"` // the last of them to begin
	Due     map[int]int `json:",omitempty"` // how many questions are due in which session
}

func (r *learnerRecord) summary() Summary {
	s := Summary{
		Events: r.Events, XOR: hex.EncodeToString(r.XOR[:]), Sessions: r.Session, Sitting: r.Sitting,
		Module: r.Place[0], Lesson: r.Place[1], Step: r.Place[2],
	}
	for session, n := range r.Due {
		if session <= r.Session {
			s.DueNow += n
		}
		if session <= r.Session+1 {
			s.Due += n
		}
	}
	return s
}

type (
	lessonQuestions map[string]*QuestionState
	lessonMarks     map[string]*Mark
)

// A fold takes events one after the other, in the order of the log, and keeps what follows from them in records. It is a
// function of the events alone: no clock, no chance, nothing of the machine.
type fold struct {
	links *links
	*records
}

// add folds one event.
func (f *fold) add(e Event) {
	who, ok := f.links.whose(e.Learner)
	if !ok {
		return
	}
	rec := f.learner(who)
	if rec.Events == 0 {
		rec.Learner.ID, rec.First = who, e.Counter
	}
	rec.Events++
	if id, err := uuid.Parse(e.ID); err == nil {
		for i := range id {
			rec.XOR[i] ^= id[i]
		}
	}
	switch e.Verb {
	case Profiled:
		if e.Learner == who && e.Profile != nil { // a merged learner brings what they did, not their name and their PIN
			profiled(&rec.Learner, e.Profile)
		}
	case Reached, Completed:
		f.passed(who, rec, e)
	case Answered:
		f.answered(who, rec, e)
	case Commented, Flagged, Marked:
		f.marked(who, e)
	}
}

func profiled(l *Learner, p *Profile) {
	for _, field := range []struct{ to, from *string }{
		{&l.Name, p.Name}, {&l.Lang, p.Lang}, {&l.PIN, p.PIN}, {&l.Role, p.Role},
	} {
		if field.from != nil {
			*field.to = *field.from
		}
	}
	for k, v := range p.Settings {
		if l.Settings == nil {
			l.Settings = map[string]string{}
		}
		l.Settings[k] = v
	}
}

// testForm returns the test that an event belongs to, "" when it belongs to a lesson.
func testForm(e Event) string {
	for _, s := range []string{e.Context, e.Lesson} {
		if s == "test-a" || s == "test-b" {
			return s
		}
	}
	return ""
}

// passed folds a step reached, or a lesson or test gone through.
func (f *fold) passed(who string, rec *learnerRecord, e Event) {
	m := f.module(who, e.Module)
	m.Version = e.Version
	if form := testForm(e); form != "" {
		rec.Place = [3]string{e.Module, form, e.Step}
		t := m.Tests[form]
		t.Step = e.Step
		if e.Verb == Completed {
			t.Completed++
			t.Over = true
		}
		put(&m.Tests, form, t)
		return
	}
	if e.Step == "" {
		e.Step = m.Lessons[e.Lesson].Step
	}
	rec.Place = [3]string{e.Module, e.Lesson, e.Step}
	mark := m.Lessons[e.Lesson]
	mark.Step = e.Step
	if e.Verb == Completed {
		mark.Passes++
		mark.Step = "" // who opens it again begins at its beginning
	}
	put(&m.Lessons, e.Lesson, mark)
}

// answered folds an answer: in a test it counts for the test and the objective, elsewhere for the lesson and the boxes too.
func (f *fold) answered(who string, rec *learnerRecord, e Event) {
	session := f.session(who, rec, e.Sitting)
	m := f.module(who, e.Module)
	m.Version = e.Version
	right := e.Right && !e.Skipped
	out := Outcome{e.Question, right, e.Hinted, e.Skipped, e.Context}
	if e.Objective != "" && !e.Unjudged {
		put(&m.Objectives, e.Objective, latest(m.Objectives[e.Objective], out))
	}
	if form := testForm(e); form != "" {
		t := m.Tests[form]
		if t.Over {
			t = TestMark{Step: t.Step, Completed: t.Completed}
		}
		if !e.Unjudged {
			put(&t.Right, e.Question, right)
			put(&t.Scores, e.Question, e.Score)
		}
		put(&m.Tests, form, t)
		return
	}
	questions := f.questions(who, e.Module, e.Lesson)
	q := (*questions)[e.Question]
	if q == nil {
		q = &QuestionState{}
		put((*map[string]*QuestionState)(questions), e.Question, q)
	}
	rec.due(*q, -1)
	*q = asked(*q, e, right, session, m.Lessons[e.Lesson].Passes)
	rec.due(*q, +1)
	if due := (*questions)[e.Instead]; e.Instead != "" && due != nil { // the answer is about the same objective: it moves too
		rec.due(*due, -1)
		*due = boxed(*due, right, e.Hinted, session)
		rec.due(*due, +1)
	}

	mark := m.Lessons[e.Lesson]
	if !e.Unjudged {
		mark.Recent = latest(mark.Recent, out)
	}
	mark.count(*questions)
	put(&m.Lessons, e.Lesson, mark)
}

// asked returns what is known of a question after an answer.
func asked(q QuestionState, e Event, right bool, session, passes int) QuestionState {
	q.Attempts++
	if e.Context == "" {
		q.Pass, q.Seed = passes, e.Seed
	}
	q.Right, q.Hinted, q.Skipped, q.Unjudged = right && !e.Unjudged, e.Hinted, e.Skipped, e.Unjudged
	q.SureWrong = !right && !e.Unjudged && e.Sure == "yes"
	q.Response, q.Hash, q.Objective = e.Response, e.Hash, e.Objective
	if e.Unjudged {
		return q
	}
	if !right {
		q.Wrong++
		q.Aside = q.Wrong >= tooOften
	}
	return boxed(q, right, e.Hinted, session)
}

// count sets the numbers of a lesson from its questions.
func (m *LessonMark) count(questions lessonQuestions) {
	m.Answered, m.Judged, m.Right = len(questions), 0, 0
	for _, q := range questions {
		if !q.Unjudged {
			m.Judged++
		}
		if q.Right {
			m.Right++
		}
	}
}

func latest(recent []Outcome, o Outcome) []Outcome {
	recent = append(recent, o)
	return recent[max(0, len(recent)-RecentKept):]
}

// due counts a question in or out of the session in which it is due.
func (r *learnerRecord) due(q QuestionState, n int) {
	if !q.inReview() {
		return
	}
	put(&r.Due, q.DueAt, r.Due[q.DueAt]+n)
	if r.Due[q.DueAt] == 0 {
		delete(r.Due, q.DueAt)
	}
}

// session returns the number of the session that a sitting is; its first answer makes it one.
func (f *fold) session(who string, rec *learnerRecord, sitting string) int {
	n := f.sitting(who, sitting)
	if *n == 0 {
		rec.Session++
		rec.Sitting = sitting
		*n = rec.Session
	}
	return *n
}

// marked folds a note, a bookmark or "I did not understand this".
func (f *fold) marked(who string, e Event) {
	marks := f.marks(who, e.Module, e.Lesson)
	mark := (*marks)[e.Step]
	if mark == nil {
		mark = &Mark{}
		put((*map[string]*Mark)(marks), e.Step, mark)
	}
	switch e.Verb {
	case Commented:
		mark.Note = e.Text
	case Flagged:
		mark.Unclear = e.Text != ""
	case Marked:
		mark.Bookmark = e.Text != ""
	}
	if *mark == (Mark{}) {
		delete(*marks, e.Step)
	}
}

func put[K comparable, V any](m *map[K]V, k K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[k] = v
}

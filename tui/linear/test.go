package linear

import (
	"fmt"

	"fanal/modules"
	"fanal/study"
)

// testEntries are the tests of a course: the first one before the lessons, the second one after them, and what they say.
func (s *session) testEntries(o *study.Overview) (before, after []entry) {
	first, second, ok := s.desk.Tests(o)
	if !ok {
		return nil, nil
	}
	open := func(form study.Context) func() error { return func() error { return s.test(o, form) } }
	switch {
	case first.Begun:
		before = append(before, entry{s.words.T("test-resume"), open(first.Form)})
	case first.Offered:
		before = append(before, entry{s.testText("test-before", o, first.Form) + ", " + s.words.T("test-optional"), open(first.Form)})
	}
	switch {
	case second.Begun:
		after = append(after, entry{s.words.T("test-resume"), open(second.Form)})
	case second.Offered:
		after = append(after, entry{s.testText("test-after", o, second.Form), open(second.Form)})
	}
	if first.Taken || second.Taken {
		after = append(after, entry{s.words.T("test-results"), func() error { return s.testScores(o.Module) }})
	}
	return before, after
}

// testText names a test and says how many questions it asks.
func (s *session) testText(id string, o *study.Overview, form study.Context) string {
	n, err := s.desk.TestLength(o, form)
	if err != nil { // said where it is opened
		return s.words.T(id)
	}
	return s.words.T(id) + ", " + s.words.N("test-questions", n)
}

func (s *session) test(o *study.Overview, form study.Context) error {
	run, err := s.desk.OpenTest(o.Module, form)
	if err != nil {
		s.trouble(err)
		return nil
	}
	if first, _, _ := s.desk.Tests(o); first.Form == form {
		s.tell("test-why")
	}
	_, err = s.walk(run)
	return s.back(err)
}

// testScores says what the tests say, objective by objective: what is known and where to begin, and after the second one
// what was gained.
func (s *session) testScores(m *modules.Module) error {
	o, err := s.desk.Overview(m)
	if err != nil {
		s.trouble(err)
		return nil
	}
	scores, err := s.desk.TestScores(o)
	if err != nil {
		s.trouble(err)
		return nil
	}
	part := func(id string, keep func(study.ObjectiveScore) bool) {
		said := false
		for _, sc := range scores {
			if !keep(sc) {
				continue
			}
			if !said {
				s.say(s.words.T(id))
				said = true
			}
			s.hang("- "+s.inline(sc.Sentence), 2)
		}
	}
	both := false
	for _, sc := range scores {
		both = both || sc.After.Asked > 0
	}
	before := func(sc study.ObjectiveScore) bool { return sc.Before.Known() }
	after := func(sc study.ObjectiveScore) bool { return sc.After.Known() }
	if both {
		part("test-gained", func(sc study.ObjectiveScore) bool { return after(sc) && sc.Before.Asked > 0 && !before(sc) })
		part("test-kept", func(sc study.ObjectiveScore) bool { return after(sc) && (sc.Before.Asked == 0 || before(sc)) })
		part("test-reread", func(sc study.ObjectiveScore) bool { return sc.After.Asked > 0 && !after(sc) })
		return s.pause()
	}
	part("test-known", before)
	part("test-ahead", func(sc study.ObjectiveScore) bool { return !before(sc) })
	return s.start(o)
}

// start says with which lesson to begin after the first test, and leads there.
func (s *session) start(o *study.Overview) error {
	known, err := s.desk.KnownLessons(o)
	if err != nil {
		s.trouble(err)
		return nil
	}
	title := titles(o.Module, o.Index.Lang)
	for i, l := range o.Lessons {
		if known[l.ID] {
			continue
		}
		s.tell("test-start", "Lesson", fmt.Sprintf("%d %s", i+1, title[l.ID]))
		return s.choose([]entry{
			{s.words.T("linear-begin", "Module", o.Index.Title, "Lesson", title[l.ID]), func() error {
				return s.lesson(o.Manifest.ID, l.ID)
			}},
			{s.words.T("linear-to-module"), func() error { return errBack }},
		}, 0)
	}
	s.tell("test-all-known")
	return s.pause()
}

package linear

import (
	"errors"
	"fmt"

	"fanal/modules"
	"fanal/study"
)

// learningEntries are what can be done at home with what was learnt: review, search, glossary, notes, progress.
func (s *session) learningEntries() []entry {
	review := s.words.T("linear-named", "Name", s.words.T("home-review"), "Value", s.words.T("home-nothing-due"))
	if n := s.desk.DueCount(); n > 0 {
		review = s.words.T("linear-named", "Name", s.words.T("home-review"), "Value", s.words.N("home-due", n))
	}
	return []entry{
		{review, s.review},
		{s.words.T("home-search"), s.search},
		{s.words.T("home-glossary"), s.glossary},
		{s.words.T("home-notes"), s.notes},
		{s.words.T("home-record"), s.record},
	}
}

// review asks what is due, mixed across modules.
func (s *session) review() error {
	run, err := s.desk.OpenReview()
	if err != nil {
		s.trouble(err)
		return nil
	}
	if run == nil {
		s.tell("home-nothing-due-now")
		return nil
	}
	_, err = s.walk(run)
	return s.back(err)
}

// confidence asks, in a review, how sure the learner is before the answer counts. It returns "yes", "no", or "" where nobody is
// to be asked.
func (s *session) confidence(run *study.Run) (string, error) {
	if run.Context != study.Review || s.desk.Setting("confidence") == "off" {
		return "", nil
	}
	ids := []string{"sure-yes", "sure-no", "sure-off"}
	i, err := s.pick(s.words.T("sure-question"), len(ids), func(i int) string { return s.words.T(ids[i]) }, 0)
	switch {
	case err != nil:
		return "", err
	case i == 2:
		s.place(s.desk.Set("confidence", "off"))
		return "", nil
	}
	return [...]string{"yes", "no"}[i], nil
}

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
		name := s.words.T("linear-named", "Name", s.words.T("test-before"), "Value", s.words.T("test-optional"))
		before = append(before, entry{name, open(first.Form)})
	}
	switch {
	case second.Begun:
		after = append(after, entry{s.words.T("test-resume"), open(second.Form)})
	case second.Offered:
		after = append(after, entry{s.words.T("test-after"), open(second.Form)})
	}
	if first.Taken || second.Taken {
		after = append(after, entry{s.words.T("test-results"), func() error { return s.testScores(o.Module) }})
	}
	return before, after
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
	s.start(o)
	return s.pause()
}

// start says with which lesson to begin after the first test.
func (s *session) start(o *study.Overview) {
	known, err := s.desk.KnownLessons(o)
	if err != nil {
		s.trouble(err)
		return
	}
	title := titles(o.Module, o.Index.Lang)
	for i, l := range o.Lessons {
		if !known[l.ID] {
			s.tell("test-start", "Lesson", fmt.Sprintf("%d %s", i+1, title[l.ID]))
			return
		}
	}
	s.tell("test-all-known")
}

// helpEntries are what a module has beside its lessons: the profile of a diagnosis, the guide for mediators.
func (s *session) helpEntries(o *study.Overview) []entry {
	var entries []entry
	if o.Manifest.Kind == modules.Diagnosis && o.Count(study.Begun) > 0 {
		entries = append(entries, entry{s.words.T("profile-read"), func() error { return s.profile(o) }})
	}
	return append(entries, entry{s.words.T("linear-guide"), func() error { return s.guide(o.Module) }})
}

// profile reads a diagnosis, theme by theme.
func (s *session) profile(o *study.Overview) error {
	areas, err := s.desk.Profile(o)
	if err != nil {
		s.trouble(err)
		return nil
	}
	s.tell("profile-what")
	for _, a := range areas {
		s.gap()
		s.say(s.inline(a.Sentence))
		if a.Answered == 0 {
			s.tell("profile-open")
			continue
		}
		s.tell("profile-answers", "Percent", s.words.Percent(a.Percent/100), "Answered", a.Answered, "Of", a.Of)
		if a.HasBefore {
			s.tell("profile-before", "Percent", s.words.Percent(a.Before/100))
		}
		if a.Advice != "" {
			s.say(s.inline(a.Advice))
		}
	}
	return s.pause()
}

// guide says what a module tells those who run a workshop with it.
func (s *session) guide(m *modules.Module) error {
	l, err := m.Facilitator(s.words.Lang)
	if err != nil {
		s.tell("guide-none")
		return nil
	}
	s.say(l.Title)
	for _, st := range l.Steps {
		s.gap()
		if st.Heading != "" {
			s.say(s.inline(st.Heading))
		}
		s.blocks(st.Blocks, true)
	}
	return s.pause()
}

// notes lists what the learner left on steps, and opens it at its place.
func (s *session) notes() error {
	for {
		all, err := s.desk.Notes()
		if err != nil {
			s.trouble(err)
			return nil
		}
		all = written(all)
		if len(all) == 0 {
			s.tell("linear-notes-none")
			return nil
		}
		i, err := s.pick(s.words.T("notes-title"), len(all), func(i int) string { return s.noteText(all[i]) }, -1)
		switch {
		case errors.Is(err, errAgain):
			continue
		case err != nil:
			return s.back(err)
		}
		run, err := s.desk.OpenLessonAt(all[i].Module, all[i].Lesson, all[i].Step)
		if err != nil {
			s.trouble(err)
			return nil
		}
		if _, err := s.walk(run); s.back(err) != nil {
			return err
		}
	}
}

// written leaves out the steps on which nothing is left any more.
func written(all []study.Note) []study.Note {
	var some []study.Note
	for _, n := range all {
		if n.Note != "" || n.Unclear || n.Bookmark {
			some = append(some, n)
		}
	}
	return some
}

func (s *session) noteText(n study.Note) string {
	what := s.inline(n.Note)
	switch {
	case what != "":
	case n.Unclear:
		what = s.words.T("mark-unclear")
	default:
		what = s.words.T("mark-bookmark")
	}
	return s.words.T("linear-note-at", "Note", what, "Module", n.ModuleTitle, "Lesson", n.LessonTitle, "Step", s.prompt(n.Heading))
}

// record says what the learner has done: lessons and objectives, sessions by week, what to take up again with somebody.
func (s *session) record() error {
	views, err := s.desk.Begun()
	if err != nil {
		s.trouble(err)
		return nil
	}
	if len(views) == 0 {
		s.tell("record-none")
		return nil
	}
	for _, o := range views {
		s.gap()
		s.say(o.Index.Title)
		s.tell("record-lessons", "Done", o.Count(study.Done), "Of", len(o.Lessons), "Mastered", o.Count(study.Mastered))
		for _, ob := range o.Objectives() {
			if ob.Answered == 0 {
				continue
			}
			id := "linear-objective-begun"
			if ob.Mastered {
				id = "linear-objective-mastered"
			}
			s.hang("- "+s.words.T(id, "Objective", ob.Sentence, "Right", ob.Right, "Answered", ob.Answered), 2)
		}
		aside, err := s.desk.SetAside(o)
		if err != nil {
			s.trouble(err)
			return nil
		}
		if len(aside) > 0 {
			s.tell("record-aside")
		}
		for _, a := range aside {
			s.hang("- "+s.words.T("linear-named", "Name", s.prompt(a.Prompt), "Value", s.words.T("record-aside-lesson", "Lesson", a.LessonTitle)), 2)
		}
	}
	weeks, err := s.desk.Weeks()
	if err != nil {
		s.trouble(err)
		return nil
	}
	if len(weeks) > 0 {
		s.gap()
		s.tell("record-weeks")
	}
	for _, wk := range weeks {
		s.hang("- "+s.words.T("linear-named", "Name", s.words.T("record-week", "Date", s.words.Date(wk.Monday)), "Value", s.words.N("record-sessions", wk.Sessions)), 2)
	}
	return s.pause()
}

// beside does what a command asks that leaves the learner where they are: the words of the lesson, a note, a mark. It is
// false for other commands.
func (s *session) beside(run *study.Run, cmd byte) (bool, error) {
	switch cmd {
	case 'g':
		s.terms(run)
	case 'n':
		return true, s.note(run)
	case 'u', 'k':
		s.mark(run, cmd)
	default:
		return false, nil
	}
	return true, nil
}

// terms says the words of the lesson and what they mean.
func (s *session) terms(run *study.Run) {
	l := run.Lesson()
	all, err := run.Module().Glossary(l.Lang)
	if err != nil {
		s.trouble(err)
		return
	}
	byID := map[string]modules.Term{}
	for _, t := range all {
		byID[t.ID] = t
	}
	said := false
	for _, id := range l.Terms {
		if t, ok := byID[id]; ok {
			s.hang("- "+s.words.T("linear-named", "Name", s.inline(t.Term), "Value", s.inline(t.Definition)), 2)
			said = true
		}
	}
	if !said {
		s.tell("terms-none")
	}
}

// note says the note on the step and takes another one, on one line.
func (s *session) note(run *study.Run) error {
	left, err := run.Left()
	if err != nil {
		s.trouble(err)
		return nil
	}
	if left.Note != "" {
		s.tell("mark-note")
		s.say(s.inline(left.Note))
	}
	s.tell("linear-note-how")
	t, err := s.hear("", true)
	switch {
	case err != nil:
		return err
	case t.text == "":
		return nil
	case t.text == "-":
		t.text = ""
	}
	s.kept(run.Note(t.text))
	return nil
}

// mark turns "I did not understand this" or a bookmark on or off.
func (s *session) mark(run *study.Run, cmd byte) {
	left, err := run.Left()
	if err != nil {
		s.trouble(err)
		return
	}
	if cmd == 'u' {
		if s.kept(run.Unclear(!left.Unclear)) && !left.Unclear {
			s.tell("mark-unclear")
		}
		return
	}
	if s.kept(run.Bookmark(!left.Bookmark)) && !left.Bookmark {
		s.tell("mark-bookmark")
	}
}

// kept keeps something that the learner left, and says so.
func (s *session) kept(keep func() error) bool {
	if err := keep(); err != nil {
		s.trouble(err)
		return false
	}
	s.tell("verdict-noted")
	return true
}

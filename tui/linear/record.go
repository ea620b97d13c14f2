package linear

import (
	"fmt"

	"fanal/study"
)

// record says what the learner has done and what to do next: lessons and objectives, what deserves a second look, what to
// take up with somebody, sessions by week.
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
	s.next()
	for _, o := range views {
		s.gap()
		s.recordOf(o)
	}
	for _, part := range []struct {
		id    string
		which func(*study.Overview) ([]study.Aside, error)
	}{{"record-second-look", s.desk.SecondLooks}, {"record-aside", s.desk.SetAside}} {
		if err := s.asides(part.id, views, part.which); err != nil {
			s.trouble(err)
			return nil
		}
	}
	if err := s.weeks(); err != nil {
		s.trouble(err)
		return nil
	}
	return s.pause()
}

// next says what to do next.
func (s *session) next() {
	var next []string
	if due := s.desk.DueCount(); due > 0 {
		next = append(next, s.words.N("home-due", due))
	}
	if p, ok := s.desk.Continue(); ok {
		next = append(next, s.continueText(p))
	}
	if len(next) > 0 {
		s.tell("record-next")
	}
	for _, text := range next {
		s.hang("- "+text, 2)
	}
}

// recordOf says how far the learner is with a module, lesson by lesson and objective by objective.
func (s *session) recordOf(o *study.Overview) {
	s.say(o.Index.Title)
	s.tell("record-lessons", "Done", o.Count(study.Done), "Of", len(o.Lessons), "Mastered", o.Count(study.Mastered))
	title := titles(o.Module, o.Index.Lang)
	for i, l := range o.Lessons {
		if l.State != study.New {
			s.hang(fmt.Sprintf("%d. %s (%s)", i+1, title[l.ID], s.words.T("state-"+l.State.String())), 3)
		}
	}
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
}

// asides says questions that need more than to be asked again, and the lessons to take up for them.
func (s *session) asides(id string, views []*study.Overview, which func(*study.Overview) ([]study.Aside, error)) error {
	said := false
	for _, o := range views {
		all, err := which(o)
		if err != nil {
			return err
		}
		for _, a := range all {
			if !said {
				s.gap()
				s.tell(id)
				said = true
			}
			s.hang("- "+s.words.T("linear-named", "Name", s.prompt(a.Prompt), "Value", s.words.T("record-aside-lesson", "Lesson", a.LessonTitle)), 2)
		}
	}
	return nil
}

// weeks says how often the learner sat down in the last weeks, where the clock could be believed.
func (s *session) weeks() error {
	all, err := s.desk.Weeks()
	if len(all) > 0 {
		s.gap()
		s.tell("record-weeks")
	}
	for _, wk := range all {
		s.hang("- "+s.words.T("linear-named", "Name", s.words.T("record-week", "Date", s.words.Date(wk.Monday)), "Value", s.words.N("record-sessions", wk.Sessions)), 2)
	}
	return err
}

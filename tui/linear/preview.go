package linear

import (
	"fanal/modules"
	"fanal/study"
)

// follow reads a previewed module again when one of its files has been saved, and says so. It tells whether it has.
func (s *session) follow() bool {
	if s.Preview == nil {
		return false
	}
	stamp := s.Preview.Stamp()
	if stamp == s.stamp {
		return false
	}
	s.stamp = stamp
	s.Library = s.Preview.Load()
	s.desk.Library = s.Library
	s.gap()
	s.tell("linear-preview-saved")
	if n := len(s.Preview.Check()); n > 0 {
		s.say(s.words.N("linear-preview-found", n))
	} else {
		s.tell("preview-clean")
	}
	return true
}

// anew gives the run of a lesson as the lesson stands now, at the same step. One that cannot be read at the moment stays as it
// was: the findings say why.
func (s *session) anew(run *study.Run) *study.Run {
	if run.Context != study.InLesson || !s.follow() {
		return run
	}
	again, err := s.desk.OpenLessonAt(run.Lesson().Module, run.Lesson().ID, run.Step().ID)
	if err != nil {
		s.trouble(err)
		return run
	}
	return again
}

// newest gives a module as it stands now.
func (s *session) newest(m *modules.Module) *modules.Module {
	if s.follow() {
		if now := s.Library.Module(m.ID()); now != nil {
			return now
		}
	}
	return m
}

// findings says what is to correct in a previewed module.
func (s *session) findings() {
	found := s.Preview.Check()
	if len(found) == 0 {
		s.tell("preview-clean")
	}
	for _, f := range found {
		s.hang("- "+f, 2)
	}
}

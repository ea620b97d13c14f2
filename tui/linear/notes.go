package linear

import (
	"bytes"
	"errors"
	"path"
	"strings"

	"fanal/modules"
	"fanal/progress/people"
	"fanal/study"
)

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
	case 'e':
		return true, s.saveLesson(run)
	case 'd':
		return true, s.saveFiles(run)
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

// saveLesson writes the lesson as it would be printed into a file.
func (s *session) saveLesson(run *study.Run) error {
	if run.Context != study.InLesson || s.Paper == nil {
		s.tell("linear-not-here", "Command", ":e")
		return nil
	}
	l := run.Lesson()
	return s.save(l.Module+"-"+l.ID+"-"+l.Lang, ".txt", func(b *bytes.Buffer) error {
		_, err := b.WriteString(s.Paper(l, s.words))
		return err
	})
}

// saveFiles writes the files that the lesson names, one after the other: what its exercises need.
func (s *session) saveFiles(run *study.Run) error {
	names := run.Lesson().Files
	if run.Context != study.InLesson || len(names) == 0 {
		s.tell("files-none")
		return nil
	}
	for _, name := range names {
		ext := path.Ext(name)
		err := s.save(people.FileName(strings.TrimSuffix(path.Base(name), ext), ""), ext, func(b *bytes.Buffer) error {
			data, err := run.Module().File(name)
			b.Write(data)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// left says what the learner left on the step, if anything.
func (s *session) left(run *study.Run) {
	left, err := run.Left()
	if err != nil {
		return // the step is said without it; the list of notes says what is wrong
	}
	if left.Bookmark {
		s.tell("mark-bookmark")
	}
	if left.Unclear {
		s.tell("mark-unclear")
	}
	if left.Note != "" {
		s.tell("mark-note")
		s.say(left.Note)
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
		s.say(left.Note)
	}
	s.tell("linear-note-how")
	t, err := s.hear("b", true)
	switch {
	case err != nil:
		return err
	case t.cmd == 'b', t.text == "":
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
	was, keep, id := left.Bookmark, run.Bookmark, "mark-bookmark"
	if cmd == 'u' {
		was, keep, id = left.Unclear, run.Unclear, "mark-unclear"
	}
	if !s.kept(keep(!was)) {
		return
	}
	if was {
		s.tell("linear-mark-gone", "Mark", s.words.T(id))
		return
	}
	s.tell(id)
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

package tui

import (
	"path"
	"slices"
	"strings"

	"fanal/modules"
	"fanal/progress/people"
	"fanal/study"
)

// saveLesson asks where the lesson should go as it would be printed, with the folder where people look for their documents
// as the first answer.
func (s *lesson) saveLesson() screen {
	l, words := s.run.Lesson(), s.app.words
	return newSaveAs(s.app, people.FileName(l.Module, l.ID+" "+l.Lang), ".txt", func() ([]byte, error) {
		return []byte(RenderLesson(l, words, TextWidth, false)), nil
	})
}

// filesHere are the files of the module that the step names: what its exercise needs.
func (s *lesson) filesHere() []string {
	if s.run.Context != study.InLesson {
		return nil
	}
	var here []string
	for _, name := range s.run.Lesson().Files {
		if slices.ContainsFunc(s.run.Step().Blocks, func(b modules.Block) bool { return strings.Contains(b.Markdown, name) }) {
			here = append(here, name)
		}
	}
	return here
}

// newSaveFiles asks where the files of a module should go, one after the other.
func newSaveFiles(a *app, m *modules.Module, names []string) *typed {
	ext := path.Ext(names[0])
	s := newSaveAs(a, people.FileName(strings.TrimSuffix(path.Base(names[0]), ext), ""), ext, func() ([]byte, error) {
		return m.File(names[0])
	})
	if len(names) > 1 {
		s.next = func() screen { return newSaveFiles(a, m, names[1:]) }
	}
	return s
}

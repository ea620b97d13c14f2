package tui

import (
	"fanal/progress/people"
)

// saveLesson asks where the lesson should go as it would be printed, with the folder where people look for their documents
// as the first answer.
func (s *lesson) saveLesson() screen {
	l, words := s.run.Lesson(), s.app.words
	return newSaveAs(s.app, people.FileName(l.Module, l.ID+" "+l.Lang), ".txt", func() ([]byte, error) {
		return []byte(RenderLesson(l, words, TextWidth, false)), nil
	})
}

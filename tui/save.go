package tui

import (
	"os"
	"path/filepath"

	"github.com/adrg/xdg"

	tea "charm.land/bubbletea/v2"
)

// saveLesson writes the lesson as it would be printed into the folder where people look for their documents, and says
// where it is.
func (s *lesson) saveLesson() tea.Cmd {
	l, words := s.run.Lesson(), s.app.words
	dir := s.app.documents()
	return func() tea.Msg {
		file := filepath.Join(dir, l.Module+"-"+l.ID+"-"+l.Lang+".txt")
		if err := os.WriteFile(file, []byte(RenderLesson(l, words, TextWidth, false)), 0o644); err != nil {
			return noticeMsg{words.T("save-failed", "Path", dir)}
		}
		return noticeMsg{words.T("saved-to", "Path", file)}
	}
}

// documents is where people look for what they saved.
func (a *app) documents() string {
	for _, dir := range []string{a.Documents, xdg.UserDirs.Documents, xdg.Home} {
		if info, err := os.Stat(dir); dir != "" && err == nil && info.IsDir() {
			return dir
		}
	}
	return "."
}

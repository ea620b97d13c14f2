package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// draftEvery is how much writing a dead battery may take.
const draftEvery = 3 * time.Second

// A draftMsg brings what had been written before; a draftTick says that it is time to keep what is written; a savedMsg that it
// has been.
type (
	savedMsg struct {
		of   *asking
		text string
	}
	draftMsg struct {
		of   *asking
		text string
	}
	draftTick struct{ of *asking }
)

// begin is what a question does when it comes on screen: a free text goes on where it was left.
func (s *asking) begin() tea.Cmd {
	if _, ok := s.input.(*writing); !ok || s.answered() {
		return nil
	}
	read := s.run.Draft()
	return tea.Batch(func() tea.Msg { return draftMsg{s, read()} }, s.app.later(draftEvery, draftTick{s}))
}

// resume goes on with what had been written before, unless something has been written since.
func (s *asking) resume(text string) {
	if w, ok := s.input.(*writing); ok && !s.answered() && w.area.Value() == "" && text != "" {
		w.area.SetValue(text)
		w.saved = text
	}
}

// saveDraft keeps what is written, if it has changed. That it cannot be kept is nothing to interrupt somebody for who
// writes: it is tried again, and the answer will say so.
func (s *asking) saveDraft() tea.Cmd {
	w, ok := s.input.(*writing)
	if !ok {
		return nil
	}
	text := strings.TrimSpace(w.area.Value())
	if s.answered() {
		text = ""
	}
	if text == w.saved {
		return nil
	}
	save := s.run.SaveDraft(text)
	return func() tea.Msg {
		if save() != nil {
			return nil
		}
		return savedMsg{s, text}
	}
}

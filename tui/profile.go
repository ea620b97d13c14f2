package tui

import (
	"strings"

	"fanal/modules"
	"fanal/study"
	"fanal/tui/linear"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// profile reads a diagnosis: theme by theme where the answers stand, as a bar and as words, what that means, and what has
// moved since the last time.
type profile struct {
	app   *app
	view  *study.Overview
	areas []study.Area
	ready bool
	pager pager
}

type profileMsg struct {
	asked
	view  *study.Overview
	areas []study.Area
}

func newProfile(a *app, o *study.Overview) *profile { return &profile{app: a, view: o} }

func (s *profile) Init() tea.Cmd {
	desk, m, ask := s.app.desk.Apart(), s.view.Module, s.app.ask(s)
	return func() tea.Msg {
		o, err := desk.Overview(m)
		if err != nil {
			return trouble(err)
		}
		areas, err := desk.Profile(o)
		if err != nil {
			return trouble(err)
		}
		return profileMsg{ask, o, areas}
	}
}

func (s *profile) Title() (string, string) { return s.view.Index.Title, s.app.words.T("profile-title") }
func (s *profile) Typing() bool            { return false }

func (s *profile) Keys() []key.Binding {
	return scrollKeys(s.app, &s.pager, bind("e", s.app.words.T("key-save"), "e"), escTo(s.app, "key-module"))
}

func (s *profile) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case profileMsg:
		if s.app.wants(s, msg.asked) {
			s.view, s.areas, s.ready = msg.view, msg.areas, true
		}
	case spokeMsg:
		return move{}, s.Init()
	case tea.KeyPressMsg:
		if is(msg, "esc", "left", "backspace", "enter") {
			return move{pop: true}, nil
		}
		if is(msg, "e") && s.ready {
			return move{push: s.saving()}, nil
		}
		scrollKey(&s.pager, msg)
	}
	return move{}, nil
}

func (s *profile) View(width, height int) string {
	if !s.ready {
		return ""
	}
	margin, text := column(width)
	return s.app.page(&s.pager, s.lines(text), margin, height)
}

// lines are the profile, text columns wide.
func (s *profile) lines(text int) []string {
	w, t := s.app.words, s.app.theme
	lines := append([]string{""}, hanging("", w.T("profile-what"), text)...)
	for _, a := range s.areas {
		lines = append(append(lines, ""), heading(t.strong, inline(a.Sentence), text)...)
		if a.Answered == 0 {
			line := w.T("profile-open")
			if a.Aside > 0 {
				line = w.T("profile-aside", "Aside", a.Aside)
			}
			lines = append(lines, hanging("  ", line, text)...)
			continue
		}
		line := w.T("profile-answers", "Percent", w.Percent(a.Percent/100), "Answered", a.Answered, "Of", a.Of)
		if a.Aside > 0 {
			line += " " + w.T("profile-aside", "Aside", a.Aside)
		}
		if a.HasBefore {
			line += " " + w.T("profile-before", "Percent", w.Percent(a.Before/100))
		}
		lines = append(lines, "  "+t.gauge(a.Percent/100, 20))
		lines = append(lines, hanging("  ", line, text)...)
		if a.Advice != "" {
			lines = append(lines, hanging("  ", inline(a.Advice), text)...)
		}
	}
	return lines
}

// saving asks where the profile should go as a text to print, and to lay beside that of another day.
func (s *profile) saving() *typed {
	w := s.app.words
	page := append(linear.ProfileHead(w, s.app.desk.Store, s.view), s.lines(TextWidth)...)
	text := safe(ansi.Strip(strings.Join(page, "\n")) + "\n")
	return newSaveAs(s.app, s.view.Manifest.ID+"-"+w.T("profile-title"), ".txt", func() ([]byte, error) { return []byte(text), nil })
}

// profileRow is the row of the profile on the screen of a diagnosis.
func (s *module) profileRow() []row {
	if s.view.Manifest.Kind != modules.Diagnosis || s.view.Count(study.Begun) == 0 {
		return nil
	}
	return []row{{left: s.app.words.T("profile-read"), do: func() (move, tea.Cmd) {
		return move{push: newProfile(s.app, s.view)}, nil
	}}}
}

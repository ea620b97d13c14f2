package tui

import (
	"fanal/modules"
	"fanal/study"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
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
	of    *profile
	view  *study.Overview
	areas []study.Area
}

func newProfile(a *app, o *study.Overview) *profile { return &profile{app: a, view: o} }

func (s *profile) Init() tea.Cmd {
	desk, m := s.app.desk, s.view.Module
	return func() tea.Msg {
		o, err := desk.Overview(m)
		if err != nil {
			return trouble(err)
		}
		areas, err := desk.Profile(o)
		if err != nil {
			return trouble(err)
		}
		return profileMsg{s, o, areas}
	}
}

func (s *profile) Title() (string, string) { return s.view.Index.Title, s.app.words.T("profile-title") }
func (s *profile) Typing() bool            { return false }

func (s *profile) Keys() []key.Binding {
	return scrollKeys(s.app, &s.pager, escTo(s.app, "key-module"))
}

func (s *profile) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case profileMsg:
		if msg.of == s {
			s.view, s.areas, s.ready = msg.view, msg.areas, true
		}
	case spokeMsg:
		return move{}, s.Init()
	case tea.KeyPressMsg:
		if is(msg, "esc", "left", "backspace", "enter") {
			return move{pop: true}, nil
		}
		scrollKey(&s.pager, msg)
	}
	return move{}, nil
}

func (s *profile) View(width, height int) string {
	if !s.ready {
		return ""
	}
	w, t := s.app.words, s.app.theme
	margin, text := column(width)
	lines := append([]string{""}, hanging("", w.T("profile-what"), text)...)
	for _, a := range s.areas {
		lines = append(lines, "", t.strong.Render(inline(a.Sentence)))
		if a.Answered == 0 {
			lines = append(lines, hanging("  ", w.T("profile-open"), text)...)
			continue
		}
		line := w.T("profile-answers", "Percent", w.Percent(a.Percent/100), "Answered", a.Answered, "Of", a.Of)
		if a.HasBefore {
			line += " " + w.T("profile-before", "Percent", w.Percent(a.Before/100))
		}
		lines = append(lines, "  "+t.gauge(a.Percent/100, 20))
		lines = append(lines, hanging("  ", line, text)...)
		if a.Advice != "" {
			lines = append(lines, hanging("  ", inline(a.Advice), text)...)
		}
	}
	return s.app.page(&s.pager, lines, margin, height)
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

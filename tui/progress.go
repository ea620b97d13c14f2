package tui

import (
	"fmt"
	"strings"

	"fanal/study"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// record shows a learner what they have done: lessons and objectives of every module begun, as bars and as words, the
// sessions of the last weeks where the clock could be believed, and what to do next. No points, no ranking.
type record struct {
	app   *app
	views []*study.Overview
	weeks []study.Week
	aside []study.Aside
	ready bool
	pager pager
}

type recordMsg struct {
	of    *record
	views []*study.Overview
	weeks []study.Week
	aside []study.Aside
}

func newRecord(a *app) *record { return &record{app: a} }

func (s *record) Init() tea.Cmd {
	desk := s.app.desk
	return func() tea.Msg {
		views, err := desk.Begun()
		if err != nil {
			return trouble(err)
		}
		weeks, err := desk.Weeks()
		if err != nil {
			return trouble(err)
		}
		var aside []study.Aside
		for _, o := range views {
			some, err := desk.SetAside(o)
			if err != nil {
				return trouble(err)
			}
			aside = append(aside, some...)
		}
		return recordMsg{s, views, weeks, aside}
	}
}

func (s *record) Title() (string, string) {
	return s.app.words.T("record-title"), s.app.desk.Learner.Name
}
func (s *record) Typing() bool { return false }

func (s *record) Keys() []key.Binding {
	return scrollKeys(s.app, &s.pager, escTo(s.app, "key-back"))
}

func (s *record) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case recordMsg:
		if msg.of == s {
			s.views, s.weeks, s.aside, s.ready = msg.views, msg.weeks, msg.aside, true
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

func (s *record) View(width, height int) string {
	if !s.ready {
		return ""
	}
	margin, text := column(width)
	return s.app.page(&s.pager, append([]string{""}, s.lines(text)...), margin, height)
}

func (s *record) lines(width int) []string {
	w, t := s.app.words, s.app.theme
	if len(s.views) == 0 {
		return hanging("", w.T("record-none"), width)
	}
	var lines []string
	if due := s.app.desk.DueCount(); due > 0 {
		lines = append(lines, hanging("", w.N("home-due", due), width)...)
		lines = append(lines, "")
	}
	for _, o := range s.views {
		lines = append(lines, t.strong.Render(o.Index.Title))
		done, total := o.Count(study.Done), len(o.Lessons)
		lines = append(lines, hanging("  ", w.T("record-lessons", "Done", done, "Of", total, "Mastered", o.Count(study.Mastered)), width)...)
		for _, ob := range o.Objectives() {
			if ob.Answered == 0 {
				continue
			}
			word := w.T("record-answers", "Right", ob.Right, "Of", ob.Answered)
			if ob.Mastered {
				word = w.T("objective-mastered")
			}
			lines = append(lines, hanging("  "+t.gauge(float64(ob.Right)/float64(ob.Answered), 6)+" ", inline(ob.Sentence)+" ("+word+")", width)...)
		}
		lines = append(lines, "")
	}
	if len(s.aside) > 0 {
		lines = append(lines, t.strong.Render(w.T("record-aside")))
		for _, a := range s.aside {
			lines = append(lines, hanging("• ", inline(promptLine(a.Prompt)), width)...)
			lines = append(lines, hanging("  ", w.T("record-aside-lesson", "Lesson", a.LessonTitle), width)...)
		}
		lines = append(lines, "")
	}
	if len(s.weeks) > 0 {
		lines = append(lines, t.strong.Render(w.T("record-weeks")))
		for _, wk := range s.weeks {
			lines = append(lines, fmt.Sprintf("  %s  %s", w.T("record-week", "Date", w.Date(wk.Monday)), strings.TrimSpace(w.N("record-sessions", wk.Sessions))))
		}
	}
	return lines
}

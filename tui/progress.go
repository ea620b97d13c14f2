package tui

import (
	"strconv"

	"fanal/study"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// record shows a learner what they have done and what to do next: lessons and objectives of every module begun, as bars and
// as words, what deserves a second look, the sessions of the last weeks where the clock could be believed. No points, no
// ranking.
type record struct {
	app   *app
	found recordMsg
	ready bool
	pager pager
}

// A recordMsg brings all that there is to show.
type recordMsg struct {
	asked
	due    int
	next   string // what to go on with, "" for nothing
	views  []*study.Overview
	titles map[string]string // of lessons begun, by module and lesson
	looks  []study.Aside     // worth a second look
	aside  []study.Aside
	weeks  []study.Week
}

func newRecord(a *app) *record { return &record{app: a} }

func (s *record) Init() tea.Cmd {
	desk, w, ask := s.app.desk.Apart(), s.app.words, s.app.ask(s)
	return func() tea.Msg {
		msg := recordMsg{asked: ask, due: desk.DueCount(), titles: map[string]string{}}
		if p, ok := desk.Continue(); ok {
			msg.next = continueWords(desk, w, p)
		}
		var err error
		if msg.views, err = desk.Begun(); err != nil {
			return trouble(err)
		}
		for _, o := range msg.views {
			if err := msg.look(desk, o); err != nil {
				return trouble(err)
			}
		}
		if msg.weeks, err = desk.Weeks(); err != nil {
			return trouble(err)
		}
		return msg
	}
}

// look adds what there is to say of one module.
func (m *recordMsg) look(desk *study.Desk, o *study.Overview) error {
	looks, err := desk.SecondLooks(o)
	if err != nil {
		return err
	}
	aside, err := desk.SetAside(o)
	if err != nil {
		return err
	}
	m.looks, m.aside = append(m.looks, looks...), append(m.aside, aside...)
	for _, l := range o.Lessons {
		if l.State == study.New {
			continue
		}
		title, err := o.Module.LessonTitle(desk.Lang, l.ID)
		if err != nil {
			return err
		}
		m.titles[o.Manifest.ID+"/"+l.ID] = title
	}
	return nil
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
		if s.app.wants(s, msg.asked) {
			s.found, s.ready = msg, true
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
	w, t, f := s.app.words, s.app.theme, s.found
	if len(f.views) == 0 {
		return hanging("", w.T("record-none"), width)
	}
	var lines []string
	part := func(title string, items ...string) {
		if len(items) > 0 {
			lines = append(append(lines, heading(t.strong, title, width)...), append(items, "")...)
		}
	}
	var next []string
	if f.due > 0 {
		next = hanging("• ", w.N("home-due", f.due), width)
	}
	if f.next != "" {
		next = append(next, hanging("• ", f.next, width)...)
	}
	part(w.T("record-next"), next...)
	for _, o := range f.views {
		part(o.Index.Title, s.moduleLines(o, width)...)
	}
	asides := func(of []study.Aside) []string {
		var items []string
		for _, a := range of {
			items = append(items, hanging("• ", inline(promptLine(a.Prompt)), width)...)
			items = append(items, hanging("  ", w.T("record-aside-lesson", "Lesson", a.LessonTitle), width)...)
		}
		return items
	}
	part(w.T("record-second-look"), asides(f.looks)...)
	part(w.T("record-aside"), asides(f.aside)...)
	var weeks []string
	for _, wk := range f.weeks {
		weeks = append(weeks, "  "+w.T("record-week", "Date", w.Date(wk.Monday))+"  "+w.N("record-sessions", wk.Sessions))
	}
	part(w.T("record-weeks"), weeks...)
	return lines
}

// moduleLines say how far the learner is with a module, lesson by lesson and objective by objective.
func (s *record) moduleLines(o *study.Overview, width int) []string {
	w, t := s.app.words, s.app.theme
	lines := hanging("  ", w.T("record-lessons", "Done", o.Count(study.Done), "Of", len(o.Lessons), "Mastered", o.Count(study.Mastered)), width)
	for i, l := range o.Lessons {
		if title := s.found.titles[o.Manifest.ID+"/"+l.ID]; title != "" {
			lines = append(lines, hanging("  "+strconv.Itoa(i+1)+" ", title+" ("+w.T("state-"+l.State.String())+")", width)...)
		}
	}
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
	return lines
}

package tui

import (
	"strings"

	"fanal/study"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// result says in words what a run came to: what is mastered, what to look at again and where.
type result struct {
	app   *app
	run   *study.Run
	res   *study.Result
	away  bool   // the run was opened from another place than its module
	due   int    // questions still to be reviewed today
	next  string // title of the next lesson
	pager pager
}

// A resultMsg brings a result, after the end of the run has been kept.
type resultMsg struct {
	of   *result
	res  study.Result
	due  int
	next string // title of the next lesson
}

// A translatedMsg brings the texts of the run in another language.
type translatedMsg struct {
	of    *result
	apply func()
}

func newResult(a *app, run *study.Run, away bool) *result {
	return &result{app: a, run: run, away: away}
}

func (s *result) Init() tea.Cmd {
	if s.res != nil {
		return nil
	}
	return s.fetch(s.run.Finish())
}

// fetch does something first, and then asks for the result.
func (s *result) fetch(first func() error) tea.Cmd {
	run, desk := s.run, s.app.desk.Apart()
	return func() tea.Msg {
		if err := first(); err != nil {
			return trouble(err)
		}
		res, err := run.Result()
		if err != nil {
			return trouble(err)
		}
		msg := resultMsg{of: s, res: res, due: desk.DueCount()}
		if res.Next != "" {
			msg.next = run.LessonTitle(res.Next)
		}
		return msg
	}
}

func (s *result) Title() (string, string) {
	if s.run.Context == study.Review {
		return s.app.words.T("review-title"), ""
	}
	return s.run.Lesson().Title, s.app.words.T("result-title")
}

func (s *result) Typing() bool { return false }

func (s *result) Keys() []key.Binding {
	w := s.app.words
	var keys []key.Binding
	if s.res != nil && len(s.res.Missed) > 0 {
		keys = append(keys, bind("r", w.T("key-again"), "r"))
	}
	back := "key-module"
	if s.away || s.run.Context == study.Review {
		back = "key-back"
	}
	on := back
	if s.res != nil && s.res.Next != "" {
		on = "key-next-lesson"
	}
	keys = append(keys, bind(w.T("name-enter"), w.T(on), "enter"))
	if s.diagnosis() {
		keys = append(keys, bind("p", w.T("profile-title"), "p"))
	}
	keys = append(keys, escTo(s.app, back), bind("←", w.T("key-previous"), "left"))
	return append(keys, scrollKeys(s.app, &s.pager)...)
}

func (s *result) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case resultMsg:
		if msg.of == s {
			s.res, s.due, s.next = &msg.res, msg.due, msg.next
		}
	case spokeMsg:
		load := s.run.Translation(msg.lang)
		return move{}, func() tea.Msg {
			apply, err := load()
			if err != nil {
				return trouble(err)
			}
			return translatedMsg{s, apply}
		}
	case translatedMsg:
		if msg.of == s {
			msg.apply()
			return move{}, s.fetch(func() error { return nil })
		}
	case viewedMsg:
		if msg.of == s {
			return move{push: newProfile(s.app, msg.view)}, nil
		}
	case tea.KeyPressMsg:
		return s.key(msg)
	}
	return move{}, nil
}

func (s *result) key(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case is(msg, "esc"):
		return move{pop: true}, nil
	case is(msg, "left", "backspace"):
		return move{replace: s.again(s.run)}, nil
	case is(msg, "p") && s.diagnosis():
		return move{}, s.toProfile()
	case is(msg, "r") && s.res != nil && len(s.res.Missed) > 0:
		return move{replace: s.again(s.run.Again())}, nil
	case is(msg, "enter") && s.res != nil && s.res.Next != "":
		next := newLesson(s.app, s.run.Lesson().Module, s.res.Next)
		next.away = s.away
		return move{replace: next}, nil
	case is(msg, "enter") && s.res != nil:
		return move{pop: true}, nil
	}
	scrollKey(&s.pager, msg)
	return move{}, nil
}

// again goes through a run from here: this one once more, or a second round.
func (s *result) again(run *study.Run) screen {
	l := newRound(s.app, run)
	l.away = s.away
	return l
}

func (s *result) View(width, height int) string {
	if s.res == nil {
		return ""
	}
	w, t := s.app.words, s.app.theme
	margin, text := column(width)
	lines := append([]string{""}, heading(t.title, s.headline(), text)...)
	if s.res.Asked > 0 {
		lines = append(lines, hanging("", w.N("result-right", s.res.Right, "Of", w.Int(s.res.Asked)), text)...)
	}
	if len(s.res.Missed) > 0 {
		lines = append(lines, "", t.strong.Render(w.T("result-missed")))
		for _, m := range s.res.Missed {
			lines = append(lines, hanging("• ", inline(promptLine(m.Prompt)), text)...)
			if m.Heading != "" {
				lines = append(lines, hanging("  ", w.T("result-reread", "Heading", m.Heading), text)...)
			}
		}
		lines = append(lines, "")
		lines = append(lines, hanging("", w.T("result-again"), text)...)
	}
	if s.run.Context == study.Review {
		next := w.T("review-next")
		if s.due > 0 {
			next = w.N("review-left", s.due)
		}
		lines = append(append(lines, ""), hanging("", next, text)...)
	}
	if s.diagnosis() {
		lines = append(append(lines, ""), hanging("", w.T("result-profile"), text)...)
	}
	if s.res.Next != "" {
		lines = append(lines, "")
		lines = append(lines, hanging("", w.T("result-next", "Lesson", s.next), text)...)
	}
	return s.app.page(&s.pager, lines, margin, height)
}

// A viewedMsg brings the module whose profile is wanted.
type viewedMsg struct {
	of   *result
	view *study.Overview
}

// diagnosis tells whether statements were answered of which the profile of the module is made.
func (s *result) diagnosis() bool { return s.run.Context == study.InLesson && s.run.Scales() }

func (s *result) toProfile() tea.Cmd {
	desk, m := s.app.desk.Apart(), s.run.Module()
	return func() tea.Msg {
		o, err := desk.Overview(m)
		if err != nil {
			return trouble(err)
		}
		return viewedMsg{s, o}
	}
}

// headline is the result in a sentence.
func (s *result) headline() string {
	w := s.app.words
	switch {
	case s.res.Open > 0 && s.run.Context == study.InLesson:
		return w.N("result-open", s.res.Open)
	case s.run.Context == study.InLesson && s.res.State == study.Mastered:
		return w.T("result-mastered")
	case s.run.Context == study.Review:
		return w.T("review-enough")
	case len(s.res.Missed) == 0 && s.res.Asked > 0:
		return w.T("result-all-right")
	}
	return w.T("result-done")
}

// promptLine is a prompt on one line, gaps as dots.
func promptLine(p string) string { return strings.ReplaceAll(p, "{{}}", "…") }

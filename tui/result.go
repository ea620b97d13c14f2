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
	pager pager
}

// A resultMsg brings a result, after the end of the run has been kept.
type resultMsg struct {
	of  *result
	res study.Result
}

func newResult(a *app, run *study.Run) *result { return &result{app: a, run: run} }

func (s *result) Init() tea.Cmd {
	if s.res != nil {
		return nil
	}
	run, finish := s.run, s.run.Finish()
	return func() tea.Msg {
		if err := finish(); err != nil {
			return trouble(err)
		}
		res, err := run.Result()
		if err != nil {
			return trouble(err)
		}
		return resultMsg{s, res}
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
	if s.res != nil && s.res.Next != "" {
		keys = append(keys, bind(w.T("name-enter"), w.T("key-next-lesson"), "enter"))
	} else {
		keys = append(keys, bind(w.T("name-enter"), w.T("key-module"), "enter"))
	}
	return append(keys, bind("←", w.T("key-previous"), "left"), escTo(s.app, "key-module"))
}

func (s *result) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case resultMsg:
		if msg.of == s {
			s.res = &msg.res
		}
	case spokeMsg:
		run := s.run
		return move{}, func() tea.Msg {
			if err := run.Speak(msg.lang); err != nil {
				return trouble(err)
			}
			res, err := run.Result()
			if err != nil {
				return trouble(err)
			}
			return resultMsg{s, res}
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
		return move{replace: newRound(s.app, s.run)}, nil
	case is(msg, "r") && s.res != nil && len(s.res.Missed) > 0:
		return move{replace: newRound(s.app, s.run.Again())}, nil
	case is(msg, "enter") && s.res != nil && s.res.Next != "":
		return move{replace: newLesson(s.app, s.run.Lesson().Module, s.res.Next)}, nil
	case is(msg, "enter") && s.res != nil:
		return move{pop: true}, nil
	}
	scrollKey(&s.pager, msg)
	return move{}, nil
}

func (s *result) View(width, height int) string {
	if s.res == nil {
		return ""
	}
	w, t := s.app.words, s.app.theme
	margin, text := column(width)
	lines := []string{"", t.title.Render(s.headline())}
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
	if s.res.Next != "" {
		lines = append(lines, "")
		lines = append(lines, hanging("", w.T("result-next", "Lesson", s.run.LessonTitle(s.res.Next)), text)...)
	}
	return s.app.page(&s.pager, lines, margin, height)
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

package tui

import (
	"errors"
	"io/fs"
	"strings"

	"fanal/modules"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// guide shows what a module tells those who run a workshop with it. It is never among the lessons.
type guide struct {
	app   *app
	mod   *modules.Module
	title string
	text  []string
	pager pager
}

type guideMsg struct {
	asked
	width int
	title string
	text  []string
}

func newGuide(a *app, m *modules.Module) *guide { return &guide{app: a, mod: m} }

func (s *guide) Init() tea.Cmd {
	m, words, ask := s.mod, s.app.words, s.app.ask(s)
	_, width := s.app.column()
	return func() tea.Msg {
		l, err := m.Facilitator(words.Lang)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return guideMsg{ask, width, "", []string{words.T("guide-none")}}
		case err != nil:
			return trouble(err)
		}
		_, text, _ := strings.Cut(RenderLesson(l, words, width, true), "=\n") // the title stands above already
		return guideMsg{ask, width, l.Title, strings.Split(text, "\n")}
	}
}

func (s *guide) Title() (string, string) { return s.title, s.app.words.T("key-guide") }
func (s *guide) Typing() bool            { return false }

func (s *guide) Keys() []key.Binding {
	return scrollKeys(s.app, &s.pager, escTo(s.app, "key-module"))
}

func (s *guide) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case guideMsg:
		if _, width := s.app.column(); s.app.wants(s, msg.asked) && msg.width == width {
			s.title, s.text = msg.title, msg.text
		}
	case spokeMsg, tea.WindowSizeMsg:
		return move{}, s.Init()
	case tea.KeyPressMsg:
		if is(msg, "esc", "left", "backspace") {
			return move{pop: true}, nil
		}
		scrollKey(&s.pager, msg)
	}
	return move{}, nil
}

func (s *guide) View(width, height int) string {
	margin, _ := column(width)
	return s.app.page(&s.pager, s.text, margin, height)
}

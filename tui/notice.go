package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// notice says one thing that must be read before anything else: what was made good at the start, what may be missing.
type notice struct {
	app   *app
	text  string
	pager pager
}

// A noticeMsg has a text shown over whatever is there, until it has been read.
type noticeMsg struct{ text string }

func newNotice(a *app, text string) *notice { return &notice{app: a, text: text} }

func (s *notice) Init() tea.Cmd           { return nil }
func (s *notice) Typing() bool            { return false }
func (s *notice) Title() (string, string) { return "fanal", "" }

func (s *notice) Keys() []key.Binding {
	return scrollKeys(s.app, &s.pager, bind(s.app.words.T("name-enter"), s.app.words.T("key-continue"), "enter"))
}

func (s *notice) Update(msg tea.Msg) (move, tea.Cmd) {
	if msg, ok := msg.(tea.KeyPressMsg); ok {
		if is(msg, "enter", "space", "esc") {
			return move{pop: true}, nil
		}
		scrollKey(&s.pager, msg)
	}
	return move{}, nil
}

func (s *notice) View(width, height int) string {
	margin, text := column(width)
	lines := []string{""}
	for sentence := range strings.SplitSeq(s.text, "\n") {
		lines = append(append(lines, hanging("", sentence, text)...), "")
	}
	return s.app.page(&s.pager, lines, margin, height)
}

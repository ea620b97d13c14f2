package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// help shows every key of the screen under it, and the ones that work everywhere.
type help struct {
	app   *app
	of    screen
	pager pager
}

func newHelp(a *app, of screen) *help { return &help{app: a, of: of} }

func (s *help) Init() tea.Cmd           { return nil }
func (s *help) Typing() bool            { return false }
func (s *help) Title() (string, string) { return s.app.words.T("help-title"), "" }

func (s *help) Keys() []key.Binding {
	return scrollKeys(s.app, &s.pager, escTo(s.app, "key-back"))
}

func (s *help) Update(msg tea.Msg) (move, tea.Cmd) {
	if msg, ok := msg.(tea.KeyPressMsg); ok {
		if is(msg, "esc", "q", "enter", "?", "f4", "f1", "left", "backspace") {
			return move{pop: true}, nil
		}
		scrollKey(&s.pager, msg)
	}
	return move{}, nil
}

func (s *help) View(width, height int) string {
	w, t := s.app.words, s.app.theme
	margin, text := column(width)
	lines := []string{"", t.strong.Render(w.T("help-here"))}
	lines = append(lines, keyLines(t, s.of.Keys(), text)...)
	lines = append(lines, "", t.strong.Render(w.T("help-everywhere")))
	lines = append(lines, keyLines(t, []key.Binding{
		bind("↑ ↓", w.T("help-arrows")), bind(w.T("name-enter"), w.T("help-enter")), bind(w.T("name-esc"), w.T("help-esc")),
		bind("l", w.T("help-language")), bind("?", w.T("help-help")), bind("Ctrl+C", w.T("help-quit")),
	}, text)...)
	lines = append(lines, "")
	lines = append(lines, hanging("", w.T("help-kept"), text)...)
	if s.app.Data != "" && (s.app.desk == nil || !s.app.desk.Guest) {
		lines = append(lines, hanging("", w.T("help-data", "Path", s.app.Data), text)...)
	}
	return s.app.page(&s.pager, lines, margin, height)
}

// keyLines lists keys, one a line.
func keyLines(t theme, keys []key.Binding, width int) []string {
	var lines []string
	for _, k := range keys {
		h := k.Help()
		if h.Key == "" {
			continue
		}
		pad := strings.Repeat(" ", max(12-ansi.StringWidth(h.Key), 1))
		lines = append(lines, hanging("  "+h.Key+pad, h.Desc, width)...)
	}
	return lines
}

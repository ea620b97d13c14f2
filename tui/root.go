package tui

import (
	"io"
	"os"
	"strings"
	"time"

	"fanal/locale"
	"fanal/progress/people"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// The smallest window in which the screens work.
const (
	minWidth  = 40
	minHeight = 12
)

// root is the only tea.Model: a stack of screens, the size, one line of trouble, and the keys that work everywhere.
type root struct {
	app     *app
	stack   []screen
	trouble string // shown in place of the keys until the next one is pressed
}

func newRoot(o Options) *root {
	a := &app{Options: o, set: newTypesetter(), gate: people.NewGate(o.Data)}
	a.later = func(d time.Duration, msg tea.Msg) tea.Cmd {
		return tea.Tick(d, func(time.Time) tea.Msg { return msg })
	}
	a.lang = o.Lang
	if a.lang == "" {
		a.speak(locale.System())
	} else {
		a.speak(a.lang)
	}
	a.theme = newTheme(o.Env)
	a.width, a.height = 80, 24
	a.preview = newPreviewing(o.Preview)
	r := &root{app: a}
	r.stack = first(a)
	if o.Notice != "" {
		r.stack = append(r.stack, newNotice(a, o.Notice))
	}
	return r
}

// first returns the screens of a start: who is asked for, or home, or the lesson that was named.
func first(a *app) []screen {
	if a.Learner == nil {
		return arrival(a)
	}
	if a.Learner.PIN != "" {
		return locked(a, *a.Learner)
	}
	a.seat(a.Store, *a.Learner, a.Guest)
	return a.opening()
}

// opening returns the screens for somebody who has just been seated: home, and over it the module and the lesson that the
// start named. They are opened once.
func (a *app) opening() []screen {
	stack := []screen{newHome(a)}
	if m := a.Library.Module(a.Module); a.Module != "" && m != nil {
		over := newModule(a, m)
		over.opened = a.Lesson
		stack = append(stack, over)
		if a.Lesson != "" {
			stack = append(stack, newLesson(a, a.Module, a.Lesson))
		}
	}
	a.Module, a.Lesson = "", ""
	return stack
}

func (r *root) top() screen { return r.stack[len(r.stack)-1] }

// Init paints the first frame at once, since Bubble Tea draws the first one a tick of its clock later, and starts the
// screens.
func (r *root) Init() tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range r.stack {
		cmds = append(cmds, s.Init())
	}
	r.firstFrame()
	return tea.Batch(append(cmds, r.app.preview.start(r.app))...)
}

func (r *root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.app.width, r.app.height = max(msg.Width, 1), max(msg.Height, 1)
	case tea.KeyPressMsg:
		return r, r.press(msg)
	case troubleMsg:
		r.trouble = r.app.words.Error(msg.err)
		return r, nil
	case noticeMsg:
		return r, r.move(move{push: newNotice(r.app, msg.text)})
	case sayMsg:
		r.trouble = msg.text
		return r, nil
	case typesetMsg:
		r.app.set.keep(msg)
	}
	if cmd, handled := r.follow(msg); handled {
		return r, cmd
	}
	return r, r.tell(msg)
}

// press gives a key to the keys that work everywhere, else to the top screen.
func (r *root) press(msg tea.KeyPressMsg) tea.Cmd {
	r.trouble = ""
	top := r.top()
	switch {
	case is(msg, "ctrl+c"):
		return tea.Quit
	case r.small():
		if is(msg, "q", "esc") {
			return tea.Quit
		}
		return nil
	case is(msg, "?") && !top.Typing():
		return r.move(move{push: newHelp(r.app, top)})
	case r.app.preview != nil && (is(msg, "f5") || is(msg, "x") && !top.Typing()):
		if _, open := top.(*findings); !open {
			return r.move(move{push: newFindings(r.app)})
		}
	case is(msg, "ctrl+l"), is(msg, "l") && !top.Typing():
		return r.move(move{push: newTongue(r.app)})
	}
	m, cmd := top.Update(msg)
	return tea.Batch(cmd, r.move(m))
}

// tell gives a message that is not a key to every screen: each takes what it asked for.
func (r *root) tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range append([]screen(nil), r.stack...) {
		m, cmd := s.Update(msg)
		cmds = append(cmds, cmd, r.move(m))
	}
	return tea.Batch(cmds...)
}

// move moves the stack, and returns the new top's first command, or what a screen that is seen again wants to refresh.
func (r *root) move(m move) tea.Cmd {
	switch {
	case m.quit:
		return tea.Quit
	case m.push != nil:
		r.stack = append(r.stack, m.push)
		if m.then != nil {
			r.stack = append(r.stack, m.then)
			return tea.Batch(m.push.Init(), m.then.Init())
		}
	case m.replace != nil:
		r.stack[len(r.stack)-1] = m.replace
	case m.reset != nil:
		r.stack = m.reset
		var cmds []tea.Cmd
		for _, s := range r.stack {
			cmds = append(cmds, s.Init())
		}
		return tea.Batch(cmds...)
	case m.pop && len(r.stack) == 1:
		return nil
	case m.pop:
		r.stack = r.stack[:len(r.stack)-1]
	default:
		return nil
	}
	return r.top().Init()
}

func (r *root) small() bool { return r.app.width < minWidth || r.app.height < minHeight }

func (r *root) View() tea.View {
	v := tea.NewView(r.paint())
	v.AltScreen = true
	return v
}

// paint draws the whole window: title, rule, body, rule, keys. A low window does without the rules.
func (r *root) paint() string {
	if r.small() {
		lines := hanging("", r.app.words.T("window-small", "Width", minWidth, "Height", minHeight), max(r.app.width-1, 10))
		return strings.Join(lines[:min(len(lines), r.app.height)], "\n")
	}
	t := r.app.theme
	left, right := r.top().Title()
	switch p := r.app.preview; {
	case p != nil:
		right = strings.TrimSpace(right + "  " + p.note(r.app.words))
	case r.app.desk != nil && r.app.desk.Guest:
		right = strings.TrimSpace(right + "  " + r.app.words.T("guest-mark"))
	}
	rows := []string{t.title.Render(spread(" "+left, right+" ", r.app.width))}
	rule := t.muted.Render(strings.Repeat(t.line, r.app.width))
	bodyHeight := r.app.bodyHeight()
	if r.app.ruled() {
		rows = append(rows, rule)
	}
	body := strings.Split(r.top().View(r.app.width, bodyHeight), "\n")
	for i := range bodyHeight {
		line := ""
		if i < len(body) {
			line = ansi.Truncate(body[i], r.app.width, "")
		}
		rows = append(rows, line)
	}
	if r.app.ruled() {
		rows = append(rows, rule)
	}
	return safe(strings.Join(append(rows, r.foot()), "\n"))
}

// foot is the last line: the trouble, or the keys of the top screen and the globals, as many as fit, and at the right what
// the screen has to say (a binding without a key), which comes before any key.
func (r *root) foot() string {
	width := r.app.width
	if r.trouble != "" {
		return r.app.theme.wrong.Render(ansi.Truncate(" "+r.trouble, width, "…"))
	}
	keys := r.top().Keys()
	if !r.top().Typing() {
		keys = append(append([]key.Binding(nil), keys...), bind("?", r.app.words.T("key-help"), "?"))
	}
	note := ""
	for _, k := range keys {
		if k.Help().Key == "" {
			note = k.Help().Desc + " "
		}
	}
	room := width - ansi.StringWidth(note)
	help := 0 // kept free for the last key, which leads to all the others
	if n := len(keys) - 1; n >= 0 {
		help = ansi.StringWidth(keys[n].Help().Key+" "+keys[n].Help().Desc) + 3
	}
	line := ""
	for i, k := range keys {
		h := k.Help()
		if h.Key == "" {
			continue
		}
		part := r.app.theme.key.Render(h.Key) + " " + r.app.theme.muted.Render(h.Desc)
		if line == "" {
			part = " " + part
		} else {
			part = "   " + part
		}
		spare := help
		if i == len(keys)-1 {
			spare = 0
		}
		if ansi.StringWidth(line)+ansi.StringWidth(part)+spare < room || line == "" {
			line += part
		}
	}
	return spread(line, note, width)
}

// spread puts one text at the left and one at the right of a line; the left one gives way.
func spread(left, right string, width int) string {
	room := width - ansi.StringWidth(right)
	if room < 10 {
		return ansi.Truncate(left, width, "…")
	}
	left = ansi.Truncate(left, room-1, "…")
	return left + strings.Repeat(" ", room-ansi.StringWidth(left)) + right
}

// A troubleMsg says that something did not work; the root shows it until the next key.
type troubleMsg struct{ err error }

// trouble makes a message of an error, or nothing of none.
func trouble(err error) tea.Msg {
	if err == nil {
		return nil
	}
	return troubleMsg{err}
}

// A sayMsg is a sentence for the last line, until the next key.
type sayMsg struct{ text string }

func say(text string) tea.Cmd { return func() tea.Msg { return sayMsg{text} } }

// keeping runs a function that keeps something, beside the keys, and shows what went wrong.
func keeping(f func() error) tea.Cmd {
	return func() tea.Msg { return trouble(f()) }
}

// firstFrame writes the first frame straight to the terminal. Bubble Tea draws the same one over it at the first tick of
// its clock, which is a thirtieth of a second later: on a start that is what a person waits for most.
func (r *root) firstFrame() {
	f, ok := r.app.Out.(*os.File)
	if !ok {
		return
	}
	if w, h, err := term.GetSize(f.Fd()); err == nil {
		r.app.width, r.app.height = max(w, 1), max(h, 1)
	}
	out := colorprofile.NewWriter(f, r.app.Env)
	if noColor(r.app.Env) {
		out.Profile = colorprofile.ASCII
	}
	_, _ = io.WriteString(out, ansi.SetModeAltScreenSaveCursor+ansi.HideCursor+ansi.CursorHomePosition+
		strings.ReplaceAll(r.paint(), "\n", "\r\n"))
}

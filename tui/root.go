package tui

import (
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"fanal/locale"
	"fanal/modules"
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
		stack = append(stack, newModule(a, m))
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
		again := r.resize(msg)
		return r, tea.Batch(again, r.tell(msg))
	case repaintMsg:
		if msg.width == r.app.width {
			return r, tea.ClearScreen
		}
		return r, nil
	case tea.KeyPressMsg:
		return r, r.press(msg)
	case tea.PasteMsg: // like a key: for whom is on top, who may be writing
		if r.small() {
			return r, nil
		}
		r.trouble = ""
		msg.Content = modules.Clean(msg.Content)
		m, cmd := r.top().Update(msg)
		return r, tea.Batch(cmd, r.move(m))
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

// A repaintMsg says that everything is to be drawn once more, if the window still has this width.
type repaintMsg struct{ width int }

// repaintAfter is how long after the window has become wider: Bubble Tea has drawn it by then.
const repaintAfter = 4 * time.Second / FramesPerSecond

// resize takes a new size of the window. When it has become wider, Bubble Tea draws everything anew, but then takes the
// columns that were added for empty, and does not wipe there what the next screen does not overwrite. Drawn once more at the
// same size it knows better.
func (r *root) resize(msg tea.WindowSizeMsg) tea.Cmd {
	wider := msg.Width > r.app.width
	r.app.width, r.app.height = max(msg.Width, 1), max(msg.Height, 1)
	if !wider {
		return nil
	}
	return r.app.later(repaintAfter, repaintMsg{r.app.width})
}

// press gives a key to the keys that work everywhere, else to the top screen.
func (r *root) press(msg tea.KeyPressMsg) tea.Cmd {
	r.trouble = ""
	top := r.top()
	switch {
	case is(msg, "ctrl+c"):
		return r.leave()
	case r.small():
		if is(msg, "q", "esc") {
			return tea.Quit
		}
		return nil
	case is(msg, "?") && !top.Typing(), is(msg, "f4", "f1"):
		if _, open := top.(*help); !open {
			return r.move(move{push: newHelp(r.app, top)})
		}
	case r.app.preview != nil && (is(msg, "f5") || is(msg, "x") && !top.Typing()):
		if _, open := top.(*findings); !open {
			return r.move(move{push: newFindings(r.app)})
		}
	case is(msg, "ctrl+l"), is(msg, "l") && !top.Typing():
		if _, open := top.(*tongue); !open {
			return r.move(move{push: newTongue(r.app)})
		}
	}
	m, cmd := top.Update(msg)
	return tea.Batch(cmd, r.move(m))
}

// tell gives a message that is not a key to every screen: each takes what it asked for.
func (r *root) tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range slices.Clone(r.stack) {
		m, cmd := s.Update(msg)
		cmds = append(cmds, cmd, r.moveOf(s, m))
	}
	return tea.Batch(cmds...)
}

// moveOf moves the stack for a screen that may lie under another one, the help say: it leaves or is replaced where it lies.
func (r *root) moveOf(s screen, m move) tea.Cmd {
	i := slices.Index(r.stack, s)
	switch {
	case i < 0 || i == len(r.stack)-1 || m.push != nil || m.reset != nil || m.quit:
		return r.move(m)
	case m.replace != nil:
		r.stack[i] = m.replace
		return m.replace.Init()
	case m.pop && i > 0:
		r.stack = slices.Delete(r.stack, i, i+1)
	}
	return nil
}

// leave keeps what is being written on any screen, and then ends the program.
func (r *root) leave() tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range r.stack {
		if w, ok := s.(interface{ keep() tea.Cmd }); ok {
			cmds = append(cmds, w.keep())
		}
	}
	return func() tea.Msg {
		for _, cmd := range cmds {
			if cmd != nil {
				cmd()
			}
		}
		return tea.Quit()
	}
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
	t, width := r.app.theme, r.app.width
	r.app.below = false
	body := strings.Split(r.top().View(width, r.app.bodyHeight()), "\n")
	left, right := r.title()
	below := ""
	switch {
	case !r.app.below:
	case r.app.ruled():
		below = " " + r.app.words.T("more-below") + " "
	default:
		right = strings.TrimSpace(right + " ↓")
	}
	rows := []string{t.title.Render(spread(" "+left, right+" ", width))}
	if r.app.ruled() {
		rows = append(rows, t.muted.Render(strings.Repeat(t.line, width)))
	}
	foot := r.foot()
	for i := range r.app.bodyHeight() + 1 - len(foot) {
		line := ""
		if i < len(body) {
			line = ansi.Truncate(body[i], width, "")
		}
		rows = append(rows, line)
	}
	if r.app.ruled() {
		end := below + strings.Repeat(t.line, 2)
		rows = append(rows, t.muted.Render(strings.Repeat(t.line, width-ansi.StringWidth(end))+end))
	}
	return safe(strings.Join(append(rows, foot...), "\n"))
}

// title is what stands at the top left and the top right: of the top screen, and what is true of all of them.
func (r *root) title() (left, right string) {
	left, right = r.top().Title()
	switch p := r.app.preview; {
	case p != nil:
		right = strings.TrimSpace(right + "  " + p.note(r.app.words))
	case r.app.desk != nil && r.app.desk.Guest:
		right = strings.TrimSpace(right + "  " + r.app.words.T("guest-mark"))
	}
	return left, right
}

// foot is the last line: the keys of the top screen and the globals, as many as fit, and at the right what the screen has to
// say (a binding without a key), which comes before any key. Trouble takes their place, and as many lines as it needs.
func (r *root) foot() []string {
	width, w := r.app.width, r.app.words
	if r.trouble != "" {
		lines := hanging(" ", r.trouble, width-1)
		for i := range lines {
			lines[i] = r.app.theme.wrong.Render(lines[i])
		}
		return lines[:min(len(lines), r.app.bodyHeight())]
	}
	help := bind("?", w.T("key-help"), "?")
	if r.top().Typing() {
		help = bind("F4", w.T("key-help"), "f4")
	}
	gap := "   "
	if width < 60 {
		gap = "  "
	}
	note, keys := "", append(slices.Clone(r.top().Keys()), help)
	for _, k := range keys {
		if k.Help().Key == "" {
			note = k.Help().Desc + " "
		}
	}
	room := width - ansi.StringWidth(note)
	spare := len(gap) + ansi.StringWidth(help.Help().Key+" "+help.Help().Desc) // for the last key, which leads to all the others
	line, full := "", false
	for i, k := range keys {
		h := k.Help()
		if h.Key == "" || full && i < len(keys)-1 && !out(k) {
			continue // past the first that does not fit, only the way out is worth a place
		}
		part := gap + r.app.theme.key.Render(h.Key) + " " + r.app.theme.muted.Render(h.Desc)
		if line == "" {
			part = part[len(gap)-1:]
		}
		if i == len(keys)-1 {
			spare = 0
		}
		if ansi.StringWidth(line)+ansi.StringWidth(part)+spare < room || line == "" {
			line += part
		} else {
			full = true
		}
	}
	return []string{spread(line, note, width)}
}

// out tells whether a key is the way out of a screen, or of the program.
func out(k key.Binding) bool {
	return slices.Contains(k.Keys(), "esc") || slices.Contains(k.Keys(), "q")
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
	debug.SetGCPercent(50) // from here on nobody waits for collecting, and old laptops have little memory
}

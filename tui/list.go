package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// A list is a column of rows of which one is chosen by arrows. Rows without an action are headings, texts or gaps: the
// cursor passes over them, and where they do not fit, the arrows scroll through them on the way.
type list struct {
	rows   []row
	cursor int
	top    int  // first line shown
	height int  // of the window it was drawn in last
	loose  bool // scrolled past the cursor, which need not be in sight
}

// A row is one line of a list: a text at the left and one at the right. A wide text is cut at the end.
type row struct {
	left, right string
	do          func() (move, tea.Cmd) // nil: cannot be chosen
}

// keys are the keys of a list: none while there is nothing in it to choose, and nothing more to read.
func (l *list) keys(a *app, enter string) []key.Binding {
	first := l.next(-1, 1)
	if first < 0 {
		return nil
	}
	w := a.words
	keys := []key.Binding{bind(w.T("name-enter"), w.T(enter), "enter")}
	arrows := func(what string) []key.Binding {
		return append([]key.Binding{bind("↑↓", w.T(what), "up", "down")}, keys...)
	}
	switch {
	case l.next(first, 1) >= 0:
		return arrows("key-choose")
	case len(l.rows) > l.height:
		return arrows("key-scroll")
	}
	return keys
}

// set replaces the rows and keeps the cursor near where it was.
func (l *list) set(rows []row) {
	l.rows = rows
	l.put(min(max(l.cursor, 0), max(len(rows)-1, 0)), 1)
}

// put moves the cursor to row i, or from there in direction d to one that can be chosen, or else back.
func (l *list) put(i, d int) {
	l.cursor, l.loose = i, false
	if i < len(l.rows) && l.rows[i].do == nil {
		if n := l.next(i, d); n >= 0 {
			l.cursor = n
		} else if n := l.next(i, -d); n >= 0 {
			l.cursor = n
		}
	}
	if l.height > 0 {
		l.window(l.height)
	}
}

// next returns the first row after i in direction d that can be chosen, or -1.
func (l *list) next(i, d int) int {
	for i += d; i >= 0 && i < len(l.rows); i += d {
		if l.rows[i].do != nil {
			return i
		}
	}
	return -1
}

// shows tells whether a row is in the window, if there has been one.
func (l *list) shows(i int) bool { return l.height == 0 || i >= l.top && i < l.top+l.height }

// step moves the cursor to the next row in direction d when it is in sight, and scrolls by a line until it is.
func (l *list) step(d int) {
	n := l.next(l.cursor, d)
	if n >= 0 && !l.shows(n) {
		l.scroll(d)
	}
	switch {
	case n >= 0 && l.shows(n):
		l.put(n, d)
	case n < 0:
		l.scroll(d)
	}
}

// scroll moves the window by n rows, whatever it leaves behind.
func (l *list) scroll(n int) {
	top := min(max(l.top+n, 0), max(len(l.rows)-l.height, 0))
	l.top, l.loose = top, l.loose || top != l.top
}

// key moves the cursor or takes the row under it; handled is false for a key that is not the list's.
func (l *list) key(msg tea.KeyPressMsg) (m move, cmd tea.Cmd, handled bool) {
	last := max(len(l.rows)-1, 0)
	switch {
	case is(msg, "down", "j"):
		l.step(1)
	case is(msg, "up", "k"):
		l.step(-1)
	case is(msg, "pgdown"):
		l.put(min(l.cursor+max(l.height-1, 1), last), 1)
	case is(msg, "pgup"):
		l.put(max(l.cursor-max(l.height-1, 1), 0), -1)
	case is(msg, "home"):
		l.put(0, 1)
	case is(msg, "end"):
		l.put(last, -1)
	case !is(msg, "enter", "right", "space"):
		return move{}, nil, false
	case !l.shows(l.cursor): // nobody chooses what they do not see
		l.loose = false
	case l.cursor < len(l.rows) && l.rows[l.cursor].do != nil:
		m, cmd = l.rows[l.cursor].do()
	}
	return m, cmd, true
}

// view draws the rows that fit, the chosen one among them.
func (l *list) view(t theme, width, height int) string {
	margin, _ := column(width)
	l.window(height)
	room := rowRoom(width)
	var out []string
	for i := l.top; i < len(l.rows) && len(out) < height; i++ {
		r := l.rows[i]
		mark := "  "
		line := r.left
		if r.right != "" {
			line = spread(r.left, r.right, room)
		} else {
			line = ansi.Truncate(line, room, "…")
		}
		if r.do != nil && i == l.cursor {
			mark = t.cursor + " "
			line = t.focus.Render(line)
		}
		out = append(out, strings.Repeat(" ", margin-1)+mark+line)
	}
	if below := len(l.rows) - l.top - len(out); below > 0 && height > 4 && l.cursor != l.top+len(out)-1 {
		out[len(out)-1] = strings.Repeat(" ", margin+1) + t.muted.Render("↓ …")
	}
	return strings.Join(out, "\n")
}

// rowRoom is how wide a row is in a window: in a wide one, what stands at its right is still near what stands at its left.
func rowRoom(width int) int {
	margin, _ := column(width)
	return min(width-margin-3, TextWidth+2)
}

// window scrolls until the chosen row is in sight, with the headings above the first one where they fit, and returns the
// first row that is in sight and the one after the last.
func (l *list) window(height int) (lo, hi int) {
	l.height = height
	if !l.loose {
		if l.cursor < height && l.next(l.cursor, -1) < 0 {
			l.top = 0
		}
		l.top = max(min(l.top, l.cursor), l.cursor-height+1)
	}
	l.top = max(min(l.top, len(l.rows)-height), 0)
	return l.top, min(l.top+height, len(l.rows))
}

// A pager shows lines of which a window's height fits.
type pager struct {
	lines  []string
	top    int
	height int
}

// show sets the lines and the window and keeps the place, in proportion when the number of lines changed.
func (p *pager) show(lines []string, height int) {
	if n := len(p.lines); n > 0 && n != len(lines) && p.top > 0 {
		p.top = p.top * len(lines) / n
	}
	p.lines, p.height = lines, height
	p.scroll(0)
}

// scroll moves the window by n lines, within the text.
func (p *pager) scroll(n int) {
	p.top = min(max(p.top+n, 0), max(len(p.lines)-p.height, 0))
}

// more tells whether lines follow the window.
func (p *pager) more() bool { return p.top+p.height < len(p.lines) }

// reveal scrolls until line i is in the window.
func (p *pager) reveal(i int) {
	if i < p.top {
		p.top = i
	}
	if i >= p.top+p.height {
		p.top = i - p.height + 1
	}
	p.scroll(0)
}

// page scrolls a window's height, keeping the last line in sight.
func (p *pager) page(d int) { p.scroll(d * max(p.height-1, 1)) }

func (p *pager) view() string {
	return strings.Join(p.lines[p.top:min(p.top+p.height, len(p.lines))], "\n")
}

// scrollKeys are the keys of a text that is only read: scrolling where it is longer than the window, then these.
func scrollKeys(a *app, p *pager, more ...key.Binding) []key.Binding {
	if len(p.lines) <= p.height {
		return more
	}
	return append([]key.Binding{bind("↑↓", a.words.T("key-scroll"), "up", "down")}, more...)
}

// escTo is the key that leads back, under the name of the place it leads to.
func escTo(a *app, what string) key.Binding {
	return bind(a.words.T("name-esc"), a.words.T(what), "esc")
}

// page draws a text in the window, at its margin, and has the frame say whether there is more of it.
func (a *app) page(p *pager, lines []string, margin, height int) string {
	p.show(indentLines(lines, margin), height)
	a.below = p.more()
	return p.view()
}

package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// A list is a column of rows of which one is chosen by arrows. Rows without an action are headings or gaps and are passed
// over.
type list struct {
	rows   []row
	cursor int
	top    int // first line shown
}

// A row is one line of a list: a text at the left and one at the right. A wide text is cut at the end.
type row struct {
	left, right string
	do          func() (move, tea.Cmd) // nil: cannot be chosen
}

// set replaces the rows and keeps the cursor near where it was.
func (l *list) set(rows []row) {
	l.rows = rows
	l.cursor = min(max(l.cursor, 0), max(len(rows)-1, 0))
	l.settle(1)
}

// settle moves the cursor in direction d until it stands on a row that can be chosen, or turns back at the end.
func (l *list) settle(d int) {
	for _, dir := range []int{d, -d} {
		for i := l.cursor; i >= 0 && i < len(l.rows); i += dir {
			if l.rows[i].do != nil {
				l.cursor = i
				return
			}
		}
	}
}

// key moves the cursor or takes the row under it; handled is false for a key that is not the list's.
func (l *list) key(msg tea.KeyPressMsg, page int) (m move, cmd tea.Cmd, handled bool) {
	step := func(n int) {
		at := l.cursor
		l.cursor = min(max(l.cursor+n, 0), max(len(l.rows)-1, 0))
		if n < 0 {
			l.settle(-1)
		} else {
			l.settle(1)
		}
		if n == 1 && l.cursor < at || n == -1 && l.cursor > at {
			l.cursor = at
		}
	}
	switch {
	case is(msg, "down", "j"):
		step(1)
	case is(msg, "up", "k"):
		step(-1)
	case is(msg, "pgdown"):
		step(max(page-1, 1))
	case is(msg, "pgup"):
		step(-max(page-1, 1))
	case is(msg, "home"):
		step(-len(l.rows))
	case is(msg, "end"):
		step(len(l.rows))
	case is(msg, "enter", "right", "space"):
		if l.cursor < len(l.rows) && l.rows[l.cursor].do != nil {
			m, cmd = l.rows[l.cursor].do()
		}
	default:
		return move{}, nil, false
	}
	return m, cmd, true
}

// view draws the rows that fit, the chosen one among them.
func (l *list) view(t theme, width, height int) string {
	margin, _ := column(width)
	l.window(height)
	room := width - margin - 3
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
	if below := len(l.rows) - l.top - len(out); below > 0 && height > 4 && l.cursor < l.top+len(out)-1 {
		out[len(out)-1] = strings.Repeat(" ", margin+1) + t.muted.Render("↓ …")
	}
	return strings.Join(out, "\n")
}

// window scrolls until the chosen row is in sight and returns the first row that is, and the one after the last.
func (l *list) window(height int) (lo, hi int) {
	if l.cursor < l.top {
		l.top = l.cursor
	}
	if l.cursor >= l.top+height {
		l.top = l.cursor - height + 1
	}
	if l.cursor <= l.firstChoice() { // headings above the first choice are worth seeing
		l.top = 0
	}
	l.top = max(min(l.top, len(l.rows)-height), 0)
	return l.top, min(l.top+height, len(l.rows))
}

func (l *list) firstChoice() int {
	for i, r := range l.rows {
		if r.do != nil {
			return i
		}
	}
	return 0
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

package cli

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// maxColumns is the widest that the linear front end sets a line.
const maxColumns = 78

// columnsOf returns the width of the terminal that f is, and false when it is none or has no size.
func columnsOf(f any) (int, bool) {
	file, ok := f.(*os.File)
	if !ok || !term.IsTerminal(file.Fd()) {
		return 0, false
	}
	width, height, err := term.GetSize(file.Fd())
	return width, err == nil && width > 0 && height > 0
}

// lineWidth is how wide the linear front end sets its lines on f: 0, not at all, where f is no terminal. One that does not
// know its size, such as a serial line, breaks words at its own edge like any other, and is taken for a common one.
func lineWidth(f any) int {
	columns, ok := columnsOf(f)
	switch {
	case ok:
		return min(columns, maxColumns)
	case isTerminal(f):
		return maxColumns
	}
	return 0
}

// isTerminal tells whether f is a terminal, of whatever size.
func isTerminal(f any) bool {
	file, ok := f.(*os.File)
	return ok && term.IsTerminal(file.Fd())
}

// canDraw tells whether the screens can be shown: a terminal on both sides that knows its size and how to move a cursor.
func (p *program) canDraw() bool {
	if os.Getenv("TERM") == "dumb" {
		return false
	}
	_, ok := columnsOf(p.Out)
	return ok && isTerminal(p.In)
}

// colored tells whether colours are wanted on the output: a terminal, and no NO_COLOR (https://no-color.org).
func (p *program) colored() bool {
	return isTerminal(p.Out) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

package linear

import "github.com/charmbracelet/x/term"

// Hush makes a terminal show nothing of what is typed, and returns what undoes it. It comes before the question: who types
// fast answers before it is on the screen. It is false where there is no such terminal.
func Hush(fd uintptr) (undo func() error, ok bool) {
	st, err := term.GetState(fd)
	if err != nil {
		return nil, false
	}
	hushed := *st
	quiet(&hushed)
	if term.SetState(fd, &hushed) != nil {
		return nil, false
	}
	return func() error { return term.SetState(fd, st) }, true
}

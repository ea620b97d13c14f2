//go:build unix

package linear

import (
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// quiet is the state of a terminal that shows nothing of what is typed.
func quiet(st *term.State) { st.Lflag &^= unix.ECHO }

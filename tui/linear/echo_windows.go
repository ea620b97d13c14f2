package linear

import (
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/windows"
)

// quiet is the state of a terminal that shows nothing of what is typed.
func quiet(st *term.State) { st.Mode &^= windows.ENABLE_ECHO_INPUT }

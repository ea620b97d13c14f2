package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// A screen is one of the things that can be on the terminal. It is a pointer that changes in place.
type screen interface {
	// Init returns what must be fetched before there is anything to show.
	Init() tea.Cmd
	// Update takes a key when the screen is on top, and every other message wherever it is.
	Update(msg tea.Msg) (move, tea.Cmd)
	// View draws the body, at most height lines of at most width columns. Title, rules and keys are the root's.
	View(width, height int) string
	// Title returns what stands at the top left and the top right.
	Title() (left, right string)
	// Keys are the keys that matter now, the most important first.
	Keys() []key.Binding
	// Typing tells whether letters are text at the moment, so that none of them is a command.
	Typing() bool
}

// A move says where to go. It is returned, never sent: the stack has moved before the next key is read.
type move struct {
	push    screen
	then    screen // pushed on top of push
	replace screen
	pop     bool
	reset   []screen // a new stack
	quit    bool
}

// bind makes a binding for the help line; its words are the learner's.
func bind(shown, what string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, what))
}

// is tells whether msg is one of the keys.
func is(msg tea.KeyPressMsg, keys ...string) bool {
	s := msg.String()
	for _, k := range keys {
		if s == k {
			return true
		}
	}
	return false
}

// Yardstick is the least program of this kind: it links glamour and shows one line through Bubble Tea, with everything at
// its default. What fanal takes beside it is what fanal costs.
package main

import (
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"
	"charm.land/glamour/v2"
)

type model struct{ line string }

func (m model) Init() tea.Cmd { return nil }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "q" {
		return m, tea.Quit
	}
	return m, nil
}

func (m model) View() tea.View {
	v := tea.NewView(m.line)
	v.AltScreen = true
	return v
}

func main() {
	if len(os.Args) > 1 { // links the renderer without using it at the start
		out, err := glamour.Render(os.Args[1], "dark")
		fmt.Println(out, err)
		return
	}
	if _, err := tea.NewProgram(model{"Yardstick"}).Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

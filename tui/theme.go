package tui

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// A theme is how things look, by what they are for. Colours are the terminal's own sixteen, so that they fit its
// background, light or dark; nothing is told by colour alone.
type theme struct {
	title, muted, focus, right, wrong, key, strong lipgloss.Style

	line   string // of a rule
	cursor string // before the line that is chosen
	bar    string // before the lines of a callout
	full   string // of a progress bar
	empty  string
}

// newTheme makes the theme for an environment: the Linux console's font lacks some signs.
func newTheme(env []string) theme {
	s := lipgloss.NewStyle()
	t := theme{
		title: s.Bold(true), muted: s.Faint(true), focus: s.Bold(true), strong: s.Bold(true),
		right: s.Bold(true).Foreground(lipgloss.Green), wrong: s.Bold(true).Foreground(lipgloss.Yellow),
		key:  s.Bold(true),
		line: "─", cursor: "▸", bar: "▌", full: "█", empty: "░",
	}
	switch lookup(env, "TERM") {
	case "linux", "vt100", "vt220":
		t.cursor = ">"
		t.muted = s // faint is drawn as dark blue or not at all there
	}
	return t
}

// noColor tells whether NO_COLOR is set to anything but nothing (no-color.org).
func noColor(env []string) bool { return lookup(env, "NO_COLOR") != "" }

func lookup(env []string, name string) string {
	for i := len(env) - 1; i >= 0; i-- {
		if v, ok := strings.CutPrefix(env[i], name+"="); ok {
			return v
		}
	}
	return ""
}

// bar draws a share from 0 to 1 as a bar of width cells.
func (t theme) gauge(share float64, width int) string {
	n := int(share*float64(width) + 0.5)
	n = min(max(n, 0), width)
	return strings.Repeat(t.full, n) + strings.Repeat(t.empty, width-n)
}

package cli

import (
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpWidth is how wide help is set, in columns.
const helpWidth = 78

// help says what a command does and how it is written, in the words of the interface: cobra's own template is English.
func (p *program) help(c *cobra.Command) string {
	w := p.words
	var b strings.Builder
	about := c.Long
	if about == "" {
		about = c.Short
	}
	for par := range strings.SplitSeq(about, "\n") {
		b.WriteString(strings.Join(wrapped(par, helpWidth), "\n") + "\n")
	}
	use := strings.TrimSpace(c.CommandPath() + strings.TrimPrefix(c.Use, c.Name()))
	b.WriteString("\n" + w.T("cli-usage") + "\n  " + use + " " + w.T("cli-options-arg") + "\n")
	if c.HasAvailableSubCommands() {
		b.WriteString("  " + c.CommandPath() + " " + w.T("cli-command-arg") + "\n\n" + w.T("cli-commands") + "\n")
		var rows [][2]string
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				rows = append(rows, [2]string{sub.Use, sub.Short})
			}
		}
		columns(&b, rows)
	}
	if own := c.LocalNonPersistentFlags(); own.HasAvailableFlags() {
		b.WriteString("\n" + w.T("cli-options") + "\n")
		columns(&b, flagRows(own))
	}
	b.WriteString("\n" + w.T("cli-global-options") + "\n")
	columns(&b, flagRows(c.Root().PersistentFlags()))
	return b.String()
}

func flagRows(set *pflag.FlagSet) (rows [][2]string) {
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		rows = append(rows, [2]string{strings.TrimSpace(name + " " + value), usage})
	})
	return rows
}

// columns writes rows of a name and what it means, the meanings under each other.
func columns(b *strings.Builder, rows [][2]string) {
	left := 0
	for _, r := range rows {
		left = max(left, runewidth.StringWidth(r[0]))
	}
	for _, r := range rows {
		pad := strings.Repeat(" ", left-runewidth.StringWidth(r[0]))
		for i, l := range wrapped(r[1], helpWidth-left-4) {
			if i == 0 {
				b.WriteString("  " + r[0] + pad + "  " + l + "\n")
			} else {
				b.WriteString(strings.Repeat(" ", left+4) + l + "\n")
			}
		}
	}
}

// wrapped breaks a text between words into lines of at most width columns.
func wrapped(text string, width int) []string {
	lines, cur := []string{}, ""
	for word := range strings.SplitSeq(text, " ") {
		if cur != "" && runewidth.StringWidth(cur)+1+runewidth.StringWidth(word) > width {
			lines, cur = append(lines, cur), ""
		}
		cur = strings.TrimPrefix(cur+" "+word, " ")
	}
	return append(lines, cur)
}

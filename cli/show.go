package cli

import (
	"io"

	"fanal/modules"
	"fanal/tui"

	"github.com/spf13/cobra"
)

// The widths of a shown lesson, in columns.
const (
	narrowest  = 20
	widest     = 400
	usualWidth = 80
)

func (p *program) showCommand() *cobra.Command {
	width := 0
	c := &cobra.Command{
		Use: "show " + p.words.T("cli-module-arg"), Short: p.words.T("cli-show-short"), Long: p.words.T("cli-show-long"),
		Args: oneArg, ValidArgsFunction: p.completeModule,
		RunE: func(c *cobra.Command, args []string) error {
			if c.Flags().Changed("width") && (width < narrowest || width > widest) {
				return misused("cli-width", "Width", width, "Least", narrowest, "Most", widest)
			}
			module, lesson := split(args[0])
			return p.show(module, lesson, width)
		},
	}
	c.Flags().IntVar(&width, "width", 0, p.words.T("cli-flag-width"))
	return c
}

// show prints a lesson, or all those of a module, set in width columns: for a pipe or a printer. Questions are printed,
// answers not.
func (p *program) show(module, lesson string, width int) error {
	lib, err := p.library()
	if err != nil {
		return err
	}
	m, man, err := find(lib, module, lesson)
	if err != nil {
		return err
	}
	if width == 0 {
		width = usualWidth
		if n, ok := columnsOf(p.Out); ok {
			width = min(max(n, narrowest), usualWidth)
		}
	}
	lessons := man.Lessons
	if lesson != "" {
		lessons = []string{lesson}
	}
	for _, id := range lessons {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		if err := p.showLesson(m, id, width); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) showLesson(m *modules.Module, id string, width int) error {
	l, err := m.Lesson(p.words.Lang, id)
	if err != nil {
		return err
	}
	_, err = io.WriteString(p.Out, tui.RenderLesson(l, p.words, width, p.colored()))
	return err
}

package cli

import (
	"errors"
	"io"
	"io/fs"

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
	width, guide := 0, false
	c := &cobra.Command{
		Use: "show " + p.words.T("cli-module-arg"), Short: p.words.T("cli-show-short"), Long: p.words.T("cli-show-long"),
		Args: oneArg, ValidArgsFunction: p.completeModule,
		RunE: func(c *cobra.Command, args []string) error {
			if c.Flags().Changed("width") && (width < narrowest || width > widest) {
				return misused("cli-width", "Width", width, "Least", narrowest, "Most", widest)
			}
			module, lesson := split(args[0])
			if guide {
				return p.showGuide(module, width)
			}
			return p.show(module, lesson, width)
		},
	}
	c.Flags().IntVar(&width, "width", 0, p.words.T("cli-flag-width"))
	c.Flags().BoolVar(&guide, "guide", false, p.words.T("cli-flag-guide"))
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
	width = p.widthFor(width)
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

// widthFor is the width asked for, else the terminal's, else the usual one.
func (p *program) widthFor(width int) int {
	if width > 0 {
		return width
	}
	if n, ok := columnsOf(p.Out); ok {
		return min(max(n, narrowest), usualWidth)
	}
	return usualWidth
}

// showGuide prints what a module tells those who run a workshop with it.
func (p *program) showGuide(module string, width int) error {
	lib, err := p.library()
	if err != nil {
		return err
	}
	m, _, err := find(lib, module, "")
	if err != nil {
		return err
	}
	l, err := m.Facilitator(p.words.Lang)
	if errors.Is(err, fs.ErrNotExist) {
		return failed(err, "cli-no-guide", "Module", module)
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(p.Out, tui.RenderLesson(l, p.words, p.widthFor(width), p.colored()))
	return err
}

func (p *program) showLesson(m *modules.Module, id string, width int) error {
	l, err := m.Lesson(p.words.Lang, id)
	if err != nil {
		return err
	}
	_, err = io.WriteString(p.Out, tui.RenderLesson(l, p.words, width, p.colored()))
	return err
}

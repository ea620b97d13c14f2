package cli

import (
	"errors"
	"io"
	"io/fs"
	"strings"

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
	width, guide, answers := 0, false, false
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
			return p.show(module, lesson, width, answers)
		},
	}
	c.Flags().IntVar(&width, "width", 0, p.words.T("cli-flag-width"))
	c.Flags().BoolVar(&answers, "answers", false, p.words.T("cli-flag-answers"))
	c.Flags().BoolVar(&guide, "guide", false, p.words.T("cli-flag-guide"))
	return c
}

// show prints a lesson, one of the two tests or all lessons of a module, set in width columns: for a pipe or a printer.
// Questions are printed, their answers when asked for.
func (p *program) show(module, lesson string, width int, answers bool) error {
	lib, err := p.library()
	if err != nil {
		return err
	}
	form, test := strings.CutPrefix(lesson, "test-")
	if test {
		if l, err := p.test(lib, module, form); l != nil || err != nil {
			return p.print(l, err, width, answers)
		}
	}
	m, man, err := find(lib, module, lesson)
	if err != nil {
		return err
	}
	lessons := man.Lessons
	if lesson != "" {
		lessons = []string{lesson}
	}
	for _, id := range lessons {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		l, err := m.Lesson(p.words.Lang, id)
		if err := p.print(l, err, width, answers); err != nil {
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

// test is a form of a course's test, under a title for paper; nil when the module has no test of that form.
func (p *program) test(lib *modules.Library, module, form string) (*modules.Lesson, error) {
	m, man, err := find(lib, module, "")
	if err != nil || man.Kind != modules.Course || form != "a" && form != "b" {
		return nil, err
	}
	idx, err := m.Index(p.words.Lang)
	if err != nil {
		return nil, err
	}
	l, err := m.Test(p.words.Lang, form)
	if err != nil {
		return nil, err
	}
	paper := *l
	paper.Title = idx.Title + ", " + p.words.T("report-test-"+form)
	return &paper, nil
}

// print sets a lesson that was read without an error.
func (p *program) print(l *modules.Lesson, err error, width int, answers bool) error {
	if err != nil {
		return err
	}
	render := tui.RenderLesson
	if answers {
		render = tui.RenderAnswers
	}
	_, err = io.WriteString(p.Out, render(l, p.words, p.widthFor(width), p.colored()))
	return err
}

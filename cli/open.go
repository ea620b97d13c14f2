package cli

import (
	"runtime/debug"
	"slices"
	"strings"

	"fanal/locale"
	"fanal/modules"
	"fanal/modules/pack"
	"fanal/progress"
	"fanal/tui"
	"fanal/tui/linear"

	"github.com/spf13/cobra"
)

func (p *program) openCommand() *cobra.Command {
	return &cobra.Command{
		Use: "open " + p.words.T("cli-module-arg"), Short: p.words.T("cli-open-short"), Long: p.words.T("cli-open-long"),
		Args: oneArg, ValidArgsFunction: p.completeModule,
		RunE: func(_ *cobra.Command, args []string) error { return p.open(split(args[0])) },
	}
}

// split takes MODULE[/LESSON] apart.
func split(arg string) (module, lesson string) {
	module, lesson, _ = strings.Cut(strings.TrimSuffix(arg, "/"), "/")
	return module, lesson
}

// open starts the program, at a module and a lesson where they are named: as screens, or line by line where that is asked
// for or the terminal cannot draw.
func (p *program) open(module, lesson string) error {
	screens := !p.flags.linear && p.canDraw()
	if screens {
		debug.SetGCPercent(200) // until the first frame: what a start makes of a thousand modules is not worth collecting
	}
	lib, err := p.library()
	if err != nil {
		return err
	}
	if module != "" {
		if _, _, err := find(lib, module, lesson); err != nil {
			return err
		}
	}
	s, err := p.seat(true)
	if err != nil {
		return err
	}
	defer s.close()
	var shelf *pack.Shelf
	if !p.flags.guest { // a guest leaves nothing behind, modules neither
		if shelf, err = p.shelf(); err != nil {
			p.complain(err) // a keyring that cannot be read trusts nobody
		}
	}
	if !screens {
		o := p.linear(s, lib)
		o.Shelf, o.Notice, o.Module, o.Lesson = shelf, p.notice(s), module, lesson
		return linear.Run(p.ctx, o)
	}
	return tui.Run(p.ctx, tui.Options{
		Shelf: shelf, Library: lib, Store: s.store, Data: s.dir, Learner: s.learner, Lang: p.flags.lang, Guest: p.flags.guest,
		Notice: p.notice(s), Module: module, Lesson: lesson, Version: Version, In: p.In, Out: p.Out,
	})
}

// linear is what a start line by line is made of, wherever it begins.
func (p *program) linear(s *seat, lib *modules.Library) linear.Options {
	return linear.Options{
		Library: lib, Store: s.store, Data: s.dir, Learner: s.learner, Lang: p.flags.lang, Guest: p.flags.guest, Version: Version,
		In: p.In, Out: p.Out, Width: lineWidth(p.Out), Echo: isTerminal(p.In) && isTerminal(p.Out),
		Paper: func(l *modules.Lesson, words *locale.Printer) string {
			return tui.RenderLesson(l, words, tui.TextWidth, false)
		},
	}
}

// lang is the language to begin in: --lang, else the learner's, else the system's.
func (p *program) lang(l *progress.Learner) string {
	if p.flags.lang == "" && l != nil && l.Lang != "" {
		return l.Lang
	}
	return p.words.Lang
}

// find returns a module and, where one is named, makes sure that it has the lesson.
func find(lib *modules.Library, module, lesson string) (*modules.Module, *modules.Manifest, error) {
	m := lib.Module(module)
	if m == nil {
		if near := lib.Suggest(module); near != "" {
			return nil, nil, failed(nil, "cli-no-module-near", "Module", module, "Near", near)
		}
		return nil, nil, failed(nil, "cli-no-module", "Module", module)
	}
	man, err := m.Manifest()
	if err != nil {
		return nil, nil, err
	}
	if lesson != "" && !slices.Contains(man.Lessons, lesson) {
		return nil, nil, failed(nil, "cli-no-lesson", "Module", module, "Lesson", lesson, "Lessons", strings.Join(man.Lessons, ", "))
	}
	return m, man, nil
}

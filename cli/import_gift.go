package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"fanal/locale"
	"fanal/modules"
	"fanal/modules/bring"
	"fanal/tui/linear"

	"github.com/spf13/cobra"
)

// questionOptions are the options of the commands that make a module of other programs' files.
type questionOptions struct{ out, title, license, language string }

func (p *program) importGIFTCommand() *cobra.Command {
	return p.questionsCommand("import-gift", bring.GIFT)
}

// questionsCommand is a command that makes a module of files, which read reads.
func (p *program) questionsCommand(name string, read func([]bring.File, bring.Options) *bring.Result) *cobra.Command {
	var o questionOptions
	c := &cobra.Command{
		Use: name + " " + p.words.T("cli-questions-args"), Short: p.words.T("cli-" + name + "-short"), Long: p.words.T("cli-" + name + "-long"),
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misused("cli-arg-missing", "Command", c.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.questionFiles(args, o, read) },
	}
	c.Flags().StringVarP(&o.out, "output", "o", "", p.words.T("cli-flag-questions-output"))
	c.Flags().StringVar(&o.title, "title", "", p.words.T("cli-flag-questions-title"))
	c.Flags().StringVar(&o.license, "license", "", p.words.T("cli-flag-questions-license"))
	c.Flags().StringVar(&o.language, "language", "", p.words.T("cli-flag-questions-language"))
	return c
}

// questionFiles makes a module of files and says what had to be bent or left out.
func (p *program) questionFiles(names []string, o questionOptions, read func([]bring.File, bring.Options) *bring.Result) error {
	if o.language == "" {
		o.language = p.words.Lang
	}
	switch {
	case o.out == "":
		return misused("cli-questions-where")
	case !modules.IsLanguage(o.language):
		return misused("cli-flag-bad-value", "Flag", "--language", "Value", o.language)
	}
	dir, err := filepath.Abs(o.out)
	if err != nil {
		return p.aboutFile(o.out, err)
	}
	id := filepath.Base(dir)
	if !modules.IsModuleID(id) {
		if near := nearModuleID(id); near != "" {
			return misused("cli-questions-id-near", "ID", id, "Near", near)
		}
		return misused("cli-questions-id", "ID", id)
	}
	var files []bring.File
	for _, name := range names {
		data, err := readFile(name)
		if err != nil {
			return p.aboutFile(name, err)
		}
		files = append(files, bring.File{Name: name, Data: data})
	}
	r := read(files, bring.Options{ID: id, Title: o.title, License: o.license, Lang: o.language, Phrases: phrases(locale.New(o.language))})
	bent, out := p.sayNotes(r.Notes)
	if r.Questions == 0 {
		return failed(nil, "cli-questions-nothing", "Dir", o.out)
	}
	switch err := r.Write(dir); {
	case errors.Is(err, bring.ErrNotEmpty):
		return failed(err, "cli-dir-taken", "Dir", o.out)
	case err != nil:
		return p.aboutFile(o.out, err)
	}
	fmt.Fprintln(p.text, p.words.N("cli-questions-taken", r.Questions, "Lessons", p.words.Int(r.Lessons), "Dir", o.out))
	if bent > 0 {
		fmt.Fprintln(p.text, p.words.N("cli-questions-bent", bent))
	}
	if out > 0 {
		fmt.Fprintln(p.text, p.words.N("cli-questions-out", out))
	}
	fmt.Fprintln(p.text, p.words.T("cli-questions-next", "Dir", o.out))
	return nil
}

// readFile reads a file of questions, and no more of it than tells that it is too big to be one.
func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, bring.MaxFile+1))
}

// sayNotes says what was found of each question and of each file, where and why, and counts the questions bent and left out.
func (p *program) sayNotes(notes []bring.Note) (bent, out int) {
	to := linear.NewFilter(p.Err)
	for _, n := range notes {
		place := n.File
		if n.Line > 0 {
			place += fmt.Sprintf(":%d", n.Line)
		}
		why := ""
		for _, r := range n.Why {
			if why != "" {
				why += "; "
			}
			why += p.words.Error(r)
		}
		switch {
		case n.Name == "" && !n.Out:
			fmt.Fprintln(to, p.words.T("bring-of-file", "Place", place, "Why", why))
		case n.Out:
			out++
			fmt.Fprintln(to, p.words.T("bring-out", "Place", place, "Name", n.Name, "Why", why))
		default:
			bent++
			fmt.Fprintln(to, p.words.T("bring-bent", "Place", place, "Name", n.Name, "Why", why))
		}
	}
	return bent, out
}

// phrases are the sentences of an imported module, in its language where ours has it.
func phrases(w *locale.Printer) bring.Phrases {
	return bring.Phrases{
		Summary:   func(files string) string { return w.T("bring-says-summary", "Files", files) },
		Objective: func(lesson string) string { return w.T("bring-says-objective", "Lesson", lesson) },
		Answer:    func(right string) string { return w.T("bring-says-answer", "Right", right) },
		True:      w.T("bring-says-true"), False: w.T("bring-says-false"), Compare: w.T("bring-says-compare"),
		Prints: w.T("bring-says-prints"), RefusedAt: w.T("bring-says-refused"), IsCompiled: w.T("bring-says-compiled"),
	}
}

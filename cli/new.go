package cli

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fanal/modules"
	"fanal/modules/check"

	"github.com/spf13/cobra"
)

// newOptions are the options of "fanal new".
type newOptions struct {
	title              string
	languages, lessons []string
}

func (p *program) newCommand() *cobra.Command {
	var o newOptions
	c := &cobra.Command{
		Use: "new " + p.words.T("cli-dir-arg"), Short: p.words.T("cli-new-short"), Long: p.words.T("cli-new-long"), Args: oneArg,
		RunE: func(_ *cobra.Command, args []string) error { return p.newModule(args[0], o) },
	}
	c.Flags().StringVar(&o.title, "title", "", p.words.T("cli-flag-title"))
	c.Flags().StringSliceVar(&o.languages, "languages", nil, p.words.T("cli-flag-languages"))
	c.Flags().StringSliceVar(&o.lessons, "lessons", nil, p.words.T("cli-flag-lessons"))
	return c
}

// newModule makes a module in a folder that is not there yet, or empty.
func (p *program) newModule(dir string, o newOptions) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return unreadable(dir, err)
	}
	id := filepath.Base(abs)
	if !modules.IsModuleID(id) {
		near := cmp.Or(nearModuleID(id), modules.Slug(p.words.T("cli-new-lesson")))
		return misused("cli-new-name", "Name", id, "Near", filepath.Join(filepath.Dir(dir), near))
	}
	if entries, _ := os.ReadDir(abs); len(entries) > 0 {
		return failed(nil, "cli-new-exists", "Dir", dir)
	}
	if err := p.askNew(id, &o); err != nil {
		return err
	}
	for _, lang := range o.languages {
		if !modules.IsLanguage(lang) {
			return misused("cli-bad-language", "Lang", lang)
		}
	}
	files := check.Starter(check.Start{ID: id, Title: o.title, Lang: o.languages[0], Lessons: o.lessons})
	if err := writeFiles(dir, files); err != nil {
		return err
	}
	n := len(files)
	for _, lang := range o.languages[1:] {
		t, err := p.translation(dir, lang)
		if err != nil {
			return err
		}
		n += len(t.Copied) + 1
	}
	fmt.Fprintln(p.text, p.words.N("cli-new-made", n, "Dir", dir, "First", filepath.Join(dir, "module.toml")))
	fmt.Fprintln(p.text, p.words.T("cli-new-next", "Dir", dir))
	return nil
}

// nearModuleID makes the id of a module of a text; "" when there is nothing in it to make one of.
func nearModuleID(text string) string {
	id := modules.Slug(text)
	if modules.IsDevice(id) {
		return "my-" + id
	}
	return id
}

// askNew asks for what the options do not say. An empty line, and the end of the input, mean what is proposed.
func (p *program) askNew(id string, o *newOptions) error {
	a := p.asker()
	ask := func(question string) (string, error) {
		answer, err := a.ask(question)
		if err == io.EOF {
			err = nil
		}
		return answer, err
	}
	var err error
	if o.title == "" {
		if o.title, err = ask(p.words.T("cli-new-ask-title")); err != nil {
			return err
		}
	}
	if o.title == "" {
		o.title = strings.ReplaceAll(id, "-", " ")
	}
	if len(o.languages) == 0 {
		answer, err := ask(p.words.T("cli-new-ask-languages", "Lang", p.words.Lang))
		if err != nil {
			return err
		}
		o.languages = strings.FieldsFunc(answer, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
	}
	o.languages = unique(o.languages, strings.ToLower)
	if len(o.languages) == 0 {
		o.languages = []string{p.words.Lang}
	}
	for asked := len(o.lessons) == 0; asked; {
		name, err := ask(p.words.T("cli-new-ask-lesson", "Number", len(o.lessons)+1))
		if err != nil {
			return err
		}
		if asked = name != ""; asked {
			o.lessons = append(o.lessons, name)
		}
	}
	o.lessons = unique(o.lessons, modules.CleanLine)
	if len(o.lessons) == 0 {
		o.lessons = []string{p.words.T("cli-new-lesson")}
	}
	return nil
}

// unique gives the words as change makes them, each once, without the empty ones.
func unique(words []string, change func(string) string) []string {
	var kept []string
	for _, w := range words {
		if w = change(strings.TrimSpace(w)); w != "" && !slices.Contains(kept, w) {
			kept = append(kept, w)
		}
	}
	return kept
}

// writeFiles writes files into a folder, each beside the one it replaces and then over it: a power cut leaves the old one or
// the new one.
func writeFiles(dir string, files map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(path), 0o777)
		if err == nil {
			err = os.WriteFile(path+"~", []byte(files[name]), 0o666)
		}
		if err == nil {
			err = os.Rename(path+"~", path)
		}
		if err != nil {
			return failed(err, "cli-cannot-write", "Path", path, "Error", plainError(err))
		}
	}
	return nil
}

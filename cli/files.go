package cli

import (
	"fmt"
	"os"
	"path"
	"path/filepath"

	"fanal/modules"
	"fanal/progress/people"

	"github.com/spf13/cobra"
)

func (p *program) filesCommand() *cobra.Command {
	dir := ""
	c := &cobra.Command{
		Use: "files " + p.words.T("cli-feedback-args"), Short: p.words.T("cli-files-short"), Long: p.words.T("cli-files-long"),
		Args: oneArg, ValidArgsFunction: p.completeModule,
		RunE: func(_ *cobra.Command, args []string) error { return p.files(args[0], dir) },
	}
	c.Flags().StringVarP(&dir, "output", "o", "", p.words.T("cli-flag-to-folder"))
	return c
}

// files says which files a module brings for its exercises, or writes them into a folder. None is written over.
func (p *program) files(module, dir string) error {
	lib, err := p.library()
	if err != nil {
		return err
	}
	m, _, err := find(lib, module, "")
	if err != nil {
		return err
	}
	names, err := m.Files()
	switch {
	case err != nil:
		return err
	case len(names) == 0:
		fmt.Fprintln(p.text, p.words.T("cli-files-none", "Module", module))
		return nil
	case dir != "":
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return &people.SaveError{Path: dir, Err: err}
		}
	}
	for _, name := range names {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		if err := p.file(m, name, dir); err != nil {
			return err
		}
	}
	return nil
}

// file says what a file is called, or writes it into a folder.
func (p *program) file(m *modules.Module, name, dir string) error {
	data, err := m.File(name)
	if err != nil {
		return err
	}
	if dir == "" {
		fmt.Fprintf(p.text, "%s  %s\n", path.Base(name), p.words.Bytes(int64(len(data))))
		return nil
	}
	to := filepath.Join(dir, path.Base(name))
	if err := people.SaveNew(to, data); err != nil {
		return err
	}
	fmt.Fprintln(p.text, p.words.T("saving-done", "Path", to))
	return nil
}

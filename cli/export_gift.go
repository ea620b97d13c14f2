package cli

import (
	"fmt"
	"os"
	"path/filepath"

	"fanal/modules"
	"fanal/modules/bring"

	"github.com/spf13/cobra"
)

func (p *program) exportGIFTCommand() *cobra.Command {
	out := ""
	c := &cobra.Command{
		Use: "export-gift " + p.words.T("cli-export-gift-arg"), Short: p.words.T("cli-export-gift-short"), Long: p.words.T("cli-export-gift-long"),
		Args: oneArg, ValidArgsFunction: p.completeModule,
		RunE: func(_ *cobra.Command, args []string) error { return p.exportGIFT(args[0], out) },
	}
	c.Flags().StringVarP(&out, "output", "o", "", p.words.T("cli-flag-export-gift-output"))
	return c
}

// exportGIFT writes the questions of a module, or of the module in a folder, for Moodle.
func (p *program) exportGIFT(name, out string) error {
	lib, err := p.library()
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(name, "module.toml")); err == nil {
		lib = &modules.Library{}
		if err := addFolder(lib, name); err != nil {
			return err
		}
		name = lib.IDs()[0]
	}
	m, _, err := find(lib, name, "")
	if err != nil {
		return err
	}
	file, notes, err := bring.WriteGIFT(m, p.words.Lang)
	if err != nil {
		return err
	}
	for i := range notes {
		if notes[i].File == "" {
			notes[i].File = m.ID()
		}
	}
	p.sayNotes(notes)
	if out == "" {
		_, err = p.text.Write(file)
		return err
	}
	if err := os.WriteFile(out, file, 0o666); err != nil {
		return p.aboutFile(out, err)
	}
	fmt.Fprintln(p.text, p.words.T("cli-exported-gift", "File", out))
	return nil
}

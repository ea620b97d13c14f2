package cli

import (
	"errors"
	"fmt"
	"io/fs"

	"fanal/modules/pack"

	"github.com/spf13/cobra"
)

func (p *program) unpackCommand() *cobra.Command {
	return &cobra.Command{
		Use: "unpack " + p.words.T("cli-unpack-args"), Short: p.words.T("cli-unpack-short"), Long: p.words.T("cli-unpack-long"),
		Args: func(c *cobra.Command, args []string) error {
			switch {
			case len(args) < 2:
				return misused("cli-arg-missing", "Command", c.CommandPath())
			case len(args) > 2:
				return misused("cli-too-many-args", "Arg", args[2])
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.unpack(args[0], args[1]) },
	}
}

// unpack gives the folder back that was packed, once all of it is verified.
func (p *program) unpack(file, dir string) error {
	opened, err := pack.Open(file)
	if err != nil {
		return p.refused(file, err)
	}
	b := p.newBar(file, opened.Size+2*opened.Unpacked())
	defer b.end()
	verified, _, err := pack.Verify(p.ctx, file, b.tick)
	if err != nil {
		return p.aboutFile(file, err)
	}
	err = verified.Unpack(p.ctx, dir, b.tick)
	b.end()
	switch {
	case errors.Is(err, fs.ErrExist):
		return failed(err, "cli-dir-taken", "Dir", dir)
	case err != nil:
		return p.aboutFile(file, err)
	}
	fmt.Fprintln(p.text, p.words.N("cli-unpacked", len(verified.Files()), "Dir", dir))
	return nil
}

// refused says why a pack cannot be opened. Verifying all of it may tell more than opening it: that it is damaged.
func (p *program) refused(file string, err error) error {
	if _, _, whole := pack.Verify(p.ctx, file, nil); whole != nil {
		err = whole
	}
	return p.aboutFile(file, err)
}

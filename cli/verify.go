package cli

import (
	"encoding/hex"
	"errors"
	"fmt"

	"fanal/modules"
	"fanal/modules/pack"

	"github.com/spf13/cobra"
)

// A verified pack is what "fanal verify --json" says of it.
type verified struct {
	File     string `json:"file"`
	ID       string `json:"id"`
	Version  string `json:"version"`
	Files    int    `json:"files"`
	Size     int64  `json:"size"`     // bytes of the pack
	Unpacked int64  `json:"unpacked"` // bytes of its files
	Sum      string `json:"sum"`      // SHA-256 of fanal.sum
	Standing string `json:"standing"` // unsigned, unknown, trusted, revoked
	Key      string `json:"key,omitempty"`
	Words    string `json:"words,omitempty"` // of the key
	Name     string `json:"name,omitempty"`  // of the key on this computer
}

func (p *program) verifyCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "verify " + p.words.T("cli-files-arg"), Short: p.words.T("cli-verify-short"), Long: p.words.T("cli-verify-long"), Args: someArgs,
		RunE: func(_ *cobra.Command, args []string) error { return p.verify(args, asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, p.words.T("cli-flag-json"))
	return c
}

// someArgs: at least one.
func someArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return misused("cli-arg-missing", "Command", c.CommandPath())
	}
	return nil
}

// verify verifies packs to the last byte and says who signed them. One that is refused is an error, after all have been
// looked at.
func (p *program) verify(files []string, asJSON bool) error {
	s, err := p.shelf()
	if err != nil {
		return err
	}
	all, errs := []verified{}, &failures{p: p}
	for _, file := range files {
		v, err := p.verifyFile(s, file, asJSON)
		if err != nil {
			errs.add(err)
			continue
		}
		all = append(all, v)
	}
	if asJSON {
		return errors.Join(p.json(all), errs.result())
	}
	return errs.result()
}

func (p *program) verifyFile(s *pack.Shelf, file string, quiet bool) (verified, error) {
	opened, err := pack.Open(file)
	if err != nil {
		return verified{}, p.refused(file, err)
	}
	b := p.newBar(file, opened.Size+opened.Unpacked())
	whole, man, err := pack.Verify(p.ctx, file, b.tick)
	b.end()
	if err != nil {
		return verified{}, p.aboutFile(file, err)
	}
	trust, sum := s.Keys.Judge(whole.Sign), whole.Sum()
	v := verified{
		File: file, ID: man.ID, Version: man.Version, Files: len(whole.Files()), Size: whole.Size, Unpacked: whole.Unpacked(),
		Sum: hex.EncodeToString(sum[:]), Standing: string(trust.Standing), Key: string(trust.Key), Name: trust.Name,
	}
	if trust.Key != "" {
		v.Words = trust.Key.Words()
	}
	if quiet {
		return v, nil
	}
	fmt.Fprintln(p.text, p.words.T("cli-verify-module", "ID", man.ID, "Version", man.Version, "Title", p.titleOf(whole)))
	fmt.Fprintln(p.text, "  "+p.words.N("cli-verify-whole", v.Files, "Size", p.words.Bytes(v.Unpacked)))
	fmt.Fprintln(p.text, "  "+p.words.Message(trust.Message()))
	return v, nil
}

// titleOf returns a pack's title in the language of the interface, or the id where it cannot be read.
func (p *program) titleOf(from *pack.Pack) string {
	m := modules.Open(from, modules.Origin{})
	if title, err := m.Title(p.words.Lang); err == nil {
		return title
	}
	return m.ID()
}

// failures collects what went wrong with several things: one error is returned as it is, several are said as they come and
// counted.
type failures struct {
	p    *program
	errs []error
}

func (f *failures) add(err error) { f.errs = append(f.errs, err) }

func (f *failures) result() error {
	if len(f.errs) < 2 {
		return errors.Join(f.errs...)
	}
	for _, err := range f.errs {
		f.p.complain(err)
	}
	return &problem{id: "cli-several-failed", data: map[string]any{"N": len(f.errs)}, cause: errors.Join(f.errs...)}
}

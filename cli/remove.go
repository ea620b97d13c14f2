package cli

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"
)

func (p *program) removeCommand() *cobra.Command {
	return &cobra.Command{
		Use: "remove " + p.words.T("cli-ids-arg"), Short: p.words.T("cli-remove-short"), Long: p.words.T("cli-remove-long"), Args: someArgs,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			s, err := p.shelf()
			if err != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			ids, _ := s.IDs() // what can be read
			return ids, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.remove(args) },
	}
}

// remove takes installed modules away. What learners have done in them is kept.
func (p *program) remove(ids []string) error {
	s, err := p.shelf()
	if err != nil {
		p.complain(err) // a module can be removed without knowing who signed it
	}
	errs := &failures{p: p}
	for _, id := range ids {
		err := s.Remove(id)
		_, builtin := s.Builtin(id)
		switch {
		case err == nil:
			fmt.Fprintln(p.text, p.words.T("cli-removed", "ID", id))
		case errors.Is(err, fs.ErrNotExist) && builtin:
			errs.add(failed(err, "cli-remove-builtin", "ID", id))
		case errors.Is(err, fs.ErrNotExist):
			errs.add(failed(err, "cli-not-installed", "ID", id))
		default:
			errs.add(p.aboutFile(id, err))
		}
	}
	return errs.result()
}

package cli

import (
	"fanal/progress/people"

	"github.com/spf13/cobra"
)

func (p *program) wipeCommand() *cobra.Command {
	return &cobra.Command{
		Use: "wipe", Short: p.words.T("cli-wipe-short"), Long: p.words.T("cli-wipe-long"), Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return p.wipe() },
	}
}

// wipe ends the loan of a laptop: everybody goes, after a typed word. No PIN is asked: whoever is at the command line can
// remove the folder as well, and a laptop whose mediator is gone must still be given back empty.
func (p *program) wipe() error {
	s, err := p.openStore()
	if err != nil {
		return err
	}
	defer s.close()
	all, err := s.store.Learners()
	if err != nil {
		return err
	}
	if err := p.typedWord(p.words.N("wipe-what", len(all), "Word", p.words.T("erase-word"))); err != nil {
		return err
	}
	r, err := people.Wipe(s.store, people.NewGate(s.dir), s.dir)
	if err != nil {
		return err
	}
	return p.receipt(r)
}

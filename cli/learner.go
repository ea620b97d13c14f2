package cli

import (
	"fmt"
	"strings"

	"fanal/progress"
	"fanal/progress/people"
	"fanal/study"

	"github.com/spf13/cobra"
)

// learnerCommand is about the people of this computer.
func (p *program) learnerCommand() *cobra.Command {
	w := p.words
	c := &cobra.Command{Use: "learner", Short: w.T("cli-learner-short"), Args: noArgs, RunE: func(*cobra.Command, []string) error { return p.listLearners() }}
	c.AddCommand(
		&cobra.Command{
			Use: "list", Short: w.T("cli-learner-list-short"), Args: noArgs,
			RunE: func(*cobra.Command, []string) error { return p.listLearners() },
		},
		&cobra.Command{
			Use: "merge " + w.T("cli-learner-merge-args"), Short: w.T("cli-learner-merge-short"), Long: w.T("cli-learner-merge-long"),
			Args: func(_ *cobra.Command, args []string) error {
				if len(args) != 2 {
					return misused("cli-learner-two")
				}
				return nil
			},
			RunE: func(_ *cobra.Command, args []string) error { return p.mergeLearners(args[0], args[1]) },
		},
	)
	return c
}

// withPeople opens the store for a command that is about its people.
func (p *program) withPeople(f func(s *seat) error) error {
	if p.flags.guest {
		return misused("cli-carry-guest")
	}
	s, err := p.openStore()
	if err != nil {
		return err
	}
	defer s.close()
	return f(s)
}

func (p *program) listLearners() error {
	return p.withPeople(func(s *seat) error {
		all, err := s.store.Learners()
		if err != nil {
			return err
		}
		if len(all) == 0 {
			fmt.Fprintln(p.text, p.words.T("cli-nobody"))
		}
		for _, l := range all {
			sum, err := s.store.Summary(l.ID)
			if err != nil {
				return err
			}
			fmt.Fprintln(p.text, p.words.N("cli-learner-line", int(sum.Events), "Name", l.Name, "ID", l.ID))
		}
		return nil
	})
}

// mergeLearners makes one person of two, under the first one's name. One name given twice is the two people who share it.
func (p *program) mergeLearners(name, other string) error {
	return p.withPeople(func(s *seat) error {
		all, err := s.store.Learners()
		if err != nil {
			return err
		}
		var into, from progress.Learner
		if same := called(all, name); name == other && len(same) == 2 {
			into, from = same[0], same[1]
		} else if into, err = oneCalled(all, name); err != nil {
			return err
		} else if from, err = oneCalled(all, other); err != nil {
			return err
		}
		if into.ID == from.ID {
			return failed(nil, "cli-learner-same", "Name", into.Name)
		}
		if _, err := p.unlockMediator(s); err != nil { // where there is one, it is theirs to say
			return err
		}
		if err := people.Unite(s.store, into.ID, from.ID); err != nil {
			return err
		}
		sum, err := s.store.Summary(into.ID)
		if err != nil {
			return err
		}
		fmt.Fprintln(p.text, p.words.N("cli-learner-merged", int(sum.Events), "Name", into.Name, "Other", from.Name))
		return nil
	})
}

// called returns the learners of a name, or the one of an id. Capitals count only where they tell people apart: whoever
// types "fatou" means Fatou, and is not somebody new.
func called(all []progress.Learner, name string) (found []progress.Learner) {
	var alike []progress.Learner
	name = study.CleanName(name)
	for _, l := range all {
		switch {
		case l.ID == name:
			return []progress.Learner{l}
		case l.Name == name:
			found = append(found, l)
		case strings.EqualFold(l.Name, name):
			alike = append(alike, l)
		}
	}
	if len(found) == 0 {
		return alike
	}
	return found
}

// oneCalled returns the learner of a name or an id, and says what to do where there are several.
func oneCalled(all []progress.Learner, name string) (progress.Learner, error) {
	found := called(all, name)
	switch len(found) {
	case 0:
		return progress.Learner{}, failed(nil, "cli-no-learner", "Name", name)
	case 1:
		return found[0], nil
	}
	var ids []string
	for _, l := range found {
		ids = append(ids, l.ID)
	}
	return progress.Learner{}, misused("cli-learner-several", "Name", name, "IDs", strings.Join(ids, ", "))
}

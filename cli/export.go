package cli

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"fanal/modules"
	"fanal/modules/quiz"
	"fanal/progress/carry"
	"fanal/tui/linear"

	"github.com/spf13/cobra"
)

// exportOptions are the options of "fanal export".
type exportOptions struct {
	out                                  string
	all, passphrase, pseudonyms, replace bool
	to                                   []string
}

func (p *program) exportCommand() *cobra.Command {
	w := p.words
	var o exportOptions
	c := &cobra.Command{
		Use: "export", Short: w.T("cli-export-short"), Long: w.T("cli-export-long"), Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return p.export(o) },
	}
	c.Flags().StringVarP(&o.out, "output", "o", "", w.T("cli-flag-export-output"))
	c.Flags().BoolVar(&o.all, "all", false, w.T("cli-flag-export-all"))
	c.Flags().StringArrayVar(&o.to, "to", nil, w.T("cli-flag-export-to"))
	c.Flags().BoolVar(&o.passphrase, "passphrase", false, w.T("cli-flag-export-passphrase"))
	c.Flags().BoolVar(&o.pseudonyms, "pseudonyms", false, w.T("cli-flag-export-pseudonyms"))
	c.Flags().BoolVar(&o.replace, "replace", false, w.T("cli-flag-replace"))
	return c
}

// check finds options that contradict each other or are missing.
func (o exportOptions) check(f flags) error {
	switch {
	case f.guest:
		return misused("cli-carry-guest")
	case o.out == "":
		return misused("cli-export-where")
	case o.all && f.learner != "":
		return misused("cli-export-one-or-all")
	case o.passphrase && len(o.to) > 0:
		return misused("cli-export-two-locks")
	}
	return nil
}

// export writes a bundle, and says so only when it has been read back.
func (p *program) export(o exportOptions) error {
	if err := o.check(p.flags); err != nil {
		return err
	}
	s, err := p.seat(false)
	if err != nil {
		return err
	}
	defer s.close()
	if o.all {
		if _, err := p.unlockMediator(s); err != nil {
			return err
		}
	}
	what := carry.Options{Program: Version, Day: linear.Today(s.store)}
	name := ""
	if !o.all {
		if err := p.onlyLearner(s); err != nil {
			return err
		}
		if s.learner == nil {
			return failed(nil, "carry-nothing")
		}
		what.Learner, name = s.learner.ID, s.learner.Name
	}
	if o.pseudonyms {
		lib, err := p.library()
		if err != nil {
			return err
		}
		what.Codes, name = carry.NewCodes(pickedIn(lib)), ""
	}
	lock, err := p.lock(o)
	if err != nil {
		return err
	}
	path := o.out
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = carry.FreeName(path, name, what.Day)
	}
	c, err := carry.Save(p.ctx, path, s.store, what, lock, o.replace)
	if err != nil {
		return err
	}
	p.printWritten(path, c)
	return nil
}

func (p *program) printWritten(path string, c carry.Contents) {
	lines := linear.WrittenText(p.words, path, c)
	fmt.Fprintln(p.text, lines[0])
	var with []string
	for _, id := range slices.Sorted(maps.Keys(c.Modules)) {
		with = append(with, id+" "+strings.Join(c.Modules[id], " "))
	}
	if len(with) > 0 {
		fmt.Fprintln(p.text, p.words.T("cli-export-modules", "Modules", strings.Join(with, ", ")))
	}
	fmt.Fprintln(p.text, strings.Join(lines[1:], "\n"))
}

// lock is what the options seal a bundle with. A passphrase is asked for, twice, and never stands on the command line, where
// everybody on the machine can read it.
func (p *program) lock(o exportOptions) (carry.Lock, error) {
	if len(o.to) > 0 {
		return carry.LockFor(o.to...)
	}
	if !o.passphrase {
		return carry.Lock{}, nil
	}
	a := p.asks()
	phrase, err := a.secret(p.words.T("carry-ask-new"))
	if err != nil {
		return carry.Lock{}, err
	}
	l, err := carry.LockWith(phrase)
	if err != nil {
		return carry.Lock{}, err
	}
	again, err := a.secret(p.words.T("carry-ask-again"))
	if err == nil && again != phrase {
		err = failed(errors.New("passphrases differ"), "carry-differ")
	}
	return l, err
}

// pickedIn tells of the questions of a library whether they are answered by picking from what they offer. Of those that it
// does not have nothing is known, and so they are not.
func pickedIn(lib *modules.Library) func(module, lesson, question string) bool {
	known := map[string]map[string]bool{} // by module and lesson
	return func(module, lesson, question string) bool {
		key := module + "/" + lesson
		if known[key] == nil {
			known[key] = pickedOf(lib.Module(module), lesson)
		}
		return known[key][question]
	}
}

func pickedOf(m *modules.Module, lesson string) map[string]bool {
	picked := map[string]bool{}
	if m == nil {
		return picked
	}
	man, err := m.Manifest()
	if err != nil {
		return picked
	}
	read, name := m.Lesson, lesson
	if form, test := strings.CutPrefix(lesson, "test-"); test && (form == "a" || form == "b") {
		read, name = m.Test, form
	}
	l, err := read(man.Source, name)
	if err != nil {
		return picked
	}
	for _, st := range l.Steps {
		if q := st.Question; q != nil {
			switch q.Type {
			case quiz.Choice, quiz.TrueFalse, quiz.Matching, quiz.Sequencing, quiz.Likert:
				picked[q.ID] = true
			}
		}
	}
	return picked
}

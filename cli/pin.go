package cli

import (
	"errors"
	"fmt"
	"time"

	"fanal/progress"
	"fanal/progress/people"
	"fanal/tui/linear"

	"github.com/spf13/cobra"
)

// pinTries is how often a command asks for a PIN before it gives up.
const pinTries = 3

// asks returns the one asker of this call: what it has read ahead of one question belongs to the next.
func (p *program) asks() *asker {
	if p.asked == nil {
		p.asked = p.asker()
	}
	return p.asked
}

// unlock asks for the PIN of one of several people; question is the message that asks for it. It says nothing when it is
// right, and returns an error when it was wrong too often or there was nobody to answer.
func (p *program) unlock(dir string, whose []progress.Learner, question string) error {
	gate := people.NewGate(dir)
	for range pinTries {
		typed, err := p.asks().secret(question)
		if err != nil {
			return failed(err, "cli-pin-none")
		}
		var wait time.Duration // the longest: that is how long it takes
		for _, l := range whose {
			wait = max(wait, gate.Wait(l.ID))
		}
		if wait > 0 {
			p.note(p.words.N("pin-wait", int(wait/time.Second)))
		}
		right, err := gate.TryAny(p.ctx, whose, typed)
		if err != nil || right {
			return err
		}
		p.note(p.words.T("pin-wrong"))
	}
	return failed(nil, "cli-pin-wrong")
}

// note says something beside the output of a command.
func (p *program) note(text string) { fmt.Fprintln(linear.NewFilter(p.Err), text) }

// unlockLearner asks for the PIN of the learner who was named, where they have one.
func (p *program) unlockLearner(s *seat) error {
	if s.learner == nil || s.learner.PIN == "" || s.dir == "" {
		return nil
	}
	return p.unlock(s.dir, []progress.Learner{*s.learner}, p.words.T("pin-ask", "Name", s.learner.Name))
}

// unlockMediator asks for a mediator's PIN. It is false, without asking, where there is none on this laptop.
func (p *program) unlockMediator(s *seat) (there bool, err error) {
	them, err := people.Mediators(s.store)
	if err != nil || len(them) == 0 {
		return false, err
	}
	return true, p.unlock(s.dir, them, p.words.T("mediator-ask"))
}

func (p *program) pinCommand() *cobra.Command {
	w := p.words
	c := &cobra.Command{
		Use: "pin", Short: w.T("cli-pin-short"), Long: w.T("cli-pin-long"), Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	for _, sub := range []struct {
		name string
		run  func(*seat) error
	}{{"set", p.pinSet}, {"remove", p.pinRemove}, {"reset", p.pinReset}, {"mediator", p.pinMediator}} {
		c.AddCommand(&cobra.Command{
			Use: sub.name, Short: w.T("cli-pin-" + sub.name), Args: noArgs,
			RunE: func(*cobra.Command, []string) error { return p.withLearner(sub.name != "reset", sub.run) },
		})
	}
	return c
}

// withLearner opens the store and finds the learner who is named, or the only one; where ask is true their PIN is asked.
func (p *program) withLearner(ask bool, run func(*seat) error) error {
	if p.flags.guest {
		return misused("cli-pin-guest")
	}
	s, err := p.openStore()
	if err != nil {
		return err
	}
	defer s.close()
	if p.flags.learner != "" {
		s.learner, err = p.learner(s.store, false)
	} else {
		err = p.only(s)
	}
	switch {
	case err != nil:
		return err
	case s.learner == nil:
		return failed(nil, "cli-nobody")
	case ask:
		if err := p.unlockLearner(s); err != nil {
			return err
		}
	}
	return run(s)
}

// pinSet asks twice for a new PIN and keeps it.
func (p *program) pinSet(s *seat) error {
	w := p.words
	p.note(w.T("pin-honest"))
	p.note(w.T("cli-pin-words", "Words", people.Suggest(w.Lang)))
	for range pinTries {
		first, err := p.asks().secret(w.T("pin-choose", "Digits", people.MinDigits))
		if err != nil {
			return failed(err, "cli-pin-none")
		}
		if err := people.Check(first); err != nil {
			p.complain(err)
			continue
		}
		second, err := p.asks().secret(w.T("pin-again"))
		if err != nil {
			return failed(err, "cli-pin-none")
		}
		if !people.Same(first, second) {
			p.note(w.T("pin-not-same"))
			continue
		}
		if err := people.SetPIN(s.store, people.NewGate(s.dir), s.learner.ID, first); err != nil {
			return err
		}
		fmt.Fprintln(p.text, w.T("pin-kept"))
		return nil
	}
	return failed(nil, "cli-pin-not-set")
}

// pinRemove takes away the PIN of who has just typed it.
func (p *program) pinRemove(s *seat) error {
	if err := people.RemovePIN(s.store, people.NewGate(s.dir), s.learner.ID); err != nil {
		return err
	}
	fmt.Fprintln(p.text, p.words.T("cli-pin-removed", "Name", s.learner.Name))
	return nil
}

// pinReset takes a forgotten PIN away, on a mediator's word.
func (p *program) pinReset(s *seat) error {
	there, err := p.unlockMediator(s)
	if err != nil {
		return err
	}
	if !there {
		return failed(nil, "cli-no-mediator")
	}
	return p.pinRemove(s)
}

// pinMediator makes a learner a mediator, with a PIN. Where there is one already, that one must agree.
func (p *program) pinMediator(s *seat) error {
	if _, err := p.unlockMediator(s); err != nil {
		return err
	}
	if s.learner.PIN == "" {
		if err := p.pinSet(s); err != nil {
			return err
		}
	}
	err := people.Appoint(s.store, s.learner.ID, true)
	if err == nil {
		fmt.Fprintln(p.text, p.words.T("cli-pin-appointed", "Name", s.learner.Name))
	}
	return err
}

// typedWord asks for the word that stands for "I am sure"; anything else, or nobody there, is no.
func (p *program) typedWord(what string) error {
	p.note(what)
	word := p.words.T("erase-word")
	typed, err := p.asks().ask(">")
	if err == nil && people.Same(typed, word) {
		return nil
	}
	return failed(errors.Join(err), "erase-not-typed", "Word", word)
}

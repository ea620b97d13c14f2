package linear

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"fanal/modules"
	"fanal/progress"
	"fanal/progress/carry"
	"fanal/progress/people"
)

// carryEntries are the way from home to carrying progress. A guest has none to carry.
func (s *session) carryEntries() []entry {
	if s.desk.Guest {
		return nil
	}
	return []entry{{s.words.T("home-carry"), func() error { return s.back(s.carry()) }}}
}

// carry takes progress along on a stick, and brings some in.
func (s *session) carry() error {
	for {
		s.gap()
		w := s.words
		entries := []entry{{w.T("carry-take"), func() error { return s.back(s.takeAlong(s.desk.Learner.ID, s.desk.Learner.Name)) }}}
		if people.IsMediator(s.desk.Learner) {
			entries = append(entries, entry{w.T("carry-take-all"), func() error { return s.back(s.takeAlong("", "")) }})
		}
		entries = append(entries,
			entry{w.T("carry-bring"), func() error { return s.back(s.bringIn()) }},
			entry{w.T("linear-back-home"), func() error { return errBack }})
		if err := s.choose(entries, -1); err != nil && !errors.Is(err, errAgain) {
			return err
		}
	}
}

// placeText says which place it is and how much room it has.
func (s *session) placeText(p CarryPlace) string {
	text := s.words.T("carry-here")
	if p.Name != "" {
		text = s.words.T("carry-stick", "Name", p.Name)
	}
	if p.Free > 0 {
		text += ", " + s.words.T("carry-free", "Size", s.words.Bytes(p.Free))
	}
	return text
}

// takeAlong writes what a learner has done, "" everybody, onto a stick.
func (s *session) takeAlong(learner, name string) error {
	var lock carry.Lock
	sealed := false
	for {
		places := CarryPlaces()
		s.tell("carry-take-what")
		if len(places) == 1 {
			s.tell("carry-no-stick")
		}
		seal := "carry-seal-no"
		if sealed {
			seal = "carry-seal-yes"
		}
		var entries []entry
		for _, p := range places {
			entries = append(entries, entry{s.placeText(p), func() error { return s.writeBundle(p, learner, name, lock) }})
		}
		entries = append(entries,
			entry{s.words.T(seal), func() error {
				if sealed = !sealed; !sealed {
					lock = carry.Lock{}
					return nil
				}
				var err error
				if lock, err = s.newLock(); err != nil {
					sealed = false
				}
				return s.back(err)
			}},
			entry{s.words.T("carry-look-again"), func() error { return nil }})
		if err := s.choose(entries, -1); err != nil && !errors.Is(err, errAgain) {
			return err
		}
	}
}

// newLock asks twice for a passphrase. It returns errBack when there is none in the end.
func (s *session) newLock() (carry.Lock, error) {
	s.tell("carry-ask-new")
	phrase, err := s.hearSecret()
	if err != nil {
		return carry.Lock{}, err
	}
	lock, err := carry.LockWith(phrase)
	if err != nil {
		s.trouble(err)
		return lock, errBack
	}
	s.tell("carry-ask-again")
	again, err := s.hearSecret()
	if err == nil && again != phrase {
		s.tell("carry-differ")
		err = errBack
	}
	return lock, err
}

// writeBundle writes a bundle to a place, says what was written, and goes back to where one was chosen.
func (s *session) writeBundle(p CarryPlace, learner, name string, lock carry.Lock) error {
	o := carry.Options{Learner: learner, Program: s.Version, Day: Today(s.desk.Store)}
	o.Tick = s.ticker("carry-writing")
	path := carry.FreeName(p.Path, name, o.Day)
	c, err := carry.Save(s.ctx, path, s.desk.Store, o, lock, false)
	if err != nil {
		return s.unless(err)
	}
	for _, line := range WrittenText(s.words, path, c) {
		s.say(line)
	}
	return errBack
}

// unless says what went wrong, unless the program is to end.
func (s *session) unless(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	s.trouble(err)
	return nil
}

// tellEvery is how often long work is told of.
const tellEvery = 3 * time.Second

// ticker tells of long work now and then, in a line of its own.
func (s *session) ticker(id string) func(events int) {
	last := time.Now()
	return func(events int) {
		if time.Since(last) < tellEvery {
			return
		}
		last = time.Now()
		s.say(s.words.N(id, events))
		_ = s.out.Flush()
	}
}

// bringIn offers the bundles on the sticks and in the current folder.
func (s *session) bringIn() error {
	for {
		var entries []entry
		for _, p := range CarryPlaces() {
			found, _ := carry.Find(p.Path) // a stick that was pulled meanwhile has none
			for _, f := range found {
				entries = append(entries, entry{BundleText(s.words, f), func() error { return s.bringFile(f) }})
			}
		}
		if len(entries) == 0 {
			s.tell("carry-no-bundle")
		} else {
			s.tell("carry-bring-what")
		}
		entries = append(entries, entry{s.words.T("carry-look-again"), func() error { return nil }})
		if err := s.choose(entries, -1); err != nil && !errors.Is(err, errAgain) {
			return err
		}
	}
}

// bringFile brings one bundle in. Whoever sits here may be somebody else after it, or nobody.
func (s *session) bringFile(f carry.Found) error {
	var key carry.Key
	if f.Seal == carry.WithPassphrase {
		s.tell("carry-ask", "File", modules.CleanLine(filepath.Base(f.Path)))
		var err error
		if key.Passphrase, err = s.hearSecret(); err != nil {
			return s.back(err)
		}
	}
	r, err := carry.MergeFile(s.ctx, f.Path, key, s.Store, carry.MergeOptions{Tick: s.ticker("carry-reading")})
	if err != nil {
		return s.unless(err)
	}
	for _, line := range CarriedText(s.words, r) {
		s.say(line)
	}
	l, err := s.Store.Learner(s.desk.Learner.ID)
	if errors.Is(err, progress.ErrUnknown) {
		s.desk = nil
		return errAnew
	}
	if err != nil {
		return err
	}
	s.desk.Learner = l
	return nil
}

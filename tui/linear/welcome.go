package linear

import (
	"errors"
	"strings"

	"fanal/locale"
	"fanal/progress"
	"fanal/study"
)

// arrive finds out who studies: on a first start the language and a name; the one learner there is; else a choice.
func (s *session) arrive() error {
	learners, err := s.Store.Learners()
	if err != nil {
		s.trouble(err)
	}
	switch {
	case len(learners) == 1 && learners[0].PIN == "":
		s.seat(s.Store, learners[0], s.Guest)
		return s.opened()
	case len(learners) > 0:
		return s.who()
	}
	s.tell("linear-welcome")
	if s.Lang == "" {
		if err := s.askLanguage(); err != nil {
			return err
		}
	}
	return s.newcomer()
}

// opened opens what the start was asked to open, once somebody is seated.
func (s *session) opened() error {
	if err := s.open(); err != nil && !errors.Is(err, errBack) {
		return err
	}
	return nil
}

// askLanguage offers our languages, each in its own words; an empty line takes the one that is spoken already.
func (s *session) askLanguage() error {
	for {
		enter := 0
		for i, l := range locale.Languages {
			if l == s.words.Lang {
				enter = i
			}
		}
		i, err := s.pick(s.words.T("linear-which-language"), len(locale.Languages), func(i int) string { return locale.Autonym(locale.Languages[i]) }, enter)
		switch {
		case errors.Is(err, errAgain):
			return nil // said by its name, with :l
		case errors.Is(err, errBack):
			continue
		case err != nil:
			return err
		}
		s.Lang = locale.Languages[i]
		s.speak(s.Lang)
		return nil
	}
}

// newcomer asks for a name and registers it. An empty line is a guest, of whom nothing is kept.
func (s *session) newcomer() error {
	for {
		s.tell("linear-your-name")
		t, err := s.hear("b", true)
		switch {
		case errors.Is(err, errAgain):
			continue
		case err != nil:
			return err
		case t.cmd == 'b':
			return s.who()
		case t.text == "":
			return s.guest()
		}
		if cmd, ok := meant(t.text); ok && (cmd == 'q' || cmd == '?') { // nobody is called that
			s.misread(t.text, "linear-your-name")
			continue
		}
		if s.taken(t.text, "") {
			return s.who()
		}
		l, err := study.Register(s.Store, t.text, s.words.Lang)
		if err != nil {
			s.tell("linear-name-not-kept")
			continue
		}
		s.seat(s.Store, l, s.Guest)
		s.tell("linear-hello", "Name", l.Name)
		return s.opened()
	}
}

// guest seats somebody of whom nothing is kept on disk.
func (s *session) guest() error {
	store := progress.OpenMemory()
	l, err := study.Register(store, s.words.T("guest-name"), s.words.Lang)
	if err != nil {
		return err
	}
	s.tell("linear-hello-guest")
	s.seat(store, l, true)
	return s.opened()
}

// who offers the learners of this laptop, a newcomer's place and a guest's.
func (s *session) who() error {
	for {
		learners, err := s.Store.Learners()
		if err != nil {
			s.trouble(err)
		}
		names, n := s.namesOf(learners), len(learners)
		i, err := s.pick(s.words.T("linear-who"), n+2, func(i int) string {
			switch i {
			case n:
				return s.words.T("linear-newcomer")
			case n + 1:
				return s.words.T("linear-guest")
			}
			return names[i]
		}, -1)
		switch {
		case errors.Is(err, errAgain):
			continue
		case errors.Is(err, errBack):
			if s.desk != nil {
				return nil
			}
			continue
		case err != nil:
			return err
		case i == n:
			return s.newcomer()
		case i == n+1:
			return s.guest()
		}
		if err := s.admit(learners[i]); errors.Is(err, errBack) {
			continue
		} else if err != nil {
			return err
		}
		s.seat(s.Store, learners[i], s.Guest)
		s.tell("linear-hello", "Name", learners[i].Name)
		return s.opened()
	}
}

// namesOf are the names of learners in a list. Of several with one name, who came together on a stick, each is told by what
// they studied last and by the beginning of their code, which stands in "My data".
func (s *session) namesOf(all []progress.Learner) []string {
	count := map[string]int{}
	for _, l := range all {
		count[strings.ToLower(l.Name)]++
	}
	names := make([]string, len(all))
	for i, l := range all {
		if names[i] = l.Name; count[strings.ToLower(l.Name)] < 2 {
			continue
		}
		names[i] += ", " + l.ID[:min(len(l.ID), 8)]
		sum, err := s.Store.Summary(l.ID)
		if m := s.Library.Module(sum.Module); err == nil && m != nil {
			if title, err := m.Title(s.words.Lang); err == nil {
				names[i] += ", " + title
			}
		}
	}
	return names
}

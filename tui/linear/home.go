package linear

import (
	"errors"

	"fanal/modules"
	"fanal/study"
)

// fewModules is up to how many modules home names itself; more stand in a list of their own.
const fewModules = 12

// open opens the module and the lesson that the start was asked for, if any. The lesson's module is where :b leads.
func (s *session) open() error {
	if s.Module == "" {
		return nil
	}
	module, lesson := s.Module, s.Lesson
	s.Module, s.Lesson = "", ""
	m := s.Library.Module(module)
	if m == nil {
		s.trouble(study.ErrNoLesson)
		return nil
	}
	if lesson != "" {
		if err := s.lesson(module, lesson); err != nil && !errors.Is(err, errBack) {
			return err
		}
	}
	return s.module(m)
}

// home is where everything begins: go on, the modules, the learner, the language.
func (s *session) home() error {
	for {
		s.gap()
		s.tell("linear-home", "Name", s.desk.Learner.Name)
		if s.desk.Guest {
			s.tell("linear-guest-mark")
		}
		entries, enter := s.homeEntries()
		err := s.choose(entries, enter)
		switch {
		case errors.Is(err, errAgain):
		case errors.Is(err, errBack):
			s.tell("linear-home-already")
		case err != nil:
			return err
		}
	}
}

func (s *session) homeEntries() (entries []entry, enter int) {
	enter = -1
	if p, ok := s.desk.Continue(); ok {
		enter = 0
		entries = append(entries, entry{s.continueText(p), func() error {
			if err := s.back(s.lesson(p.Module, p.Lesson)); err != nil {
				return err
			}
			if m := s.Library.Module(p.Module); m != nil {
				return s.back(s.module(m))
			}
			return nil
		}})
	}
	all := s.Library.All()
	if len(all) <= fewModules {
		for _, m := range all {
			entries = append(entries, entry{s.moduleText(m), func() error { return s.back(s.module(m)) }})
		}
	} else {
		entries = append(entries, entry{s.words.N("linear-modules", len(all)), s.manyModules})
	}
	entries = append(entries, s.peopleEntries()...)
	entries = append(entries, s.learningEntries()...)
	entries = append(entries, s.carryEntries()...)
	entries = append(entries, s.addEntry()...)
	return append(entries,
		entry{s.words.T("linear-switch"), func() error { return errSwitch }},
		entry{s.words.T("linear-language"), func() error { return s.tongue("") }},
		entry{s.words.T("linear-leave"), func() error { return errLeave }},
	), enter
}

// back makes a way back from a place the end of that place.
func (s *session) back(err error) error {
	if errors.Is(err, errBack) {
		return nil
	}
	return err
}

// manyModules offers a long library, a page at a time; only the modules of the page are read.
func (s *session) manyModules() error {
	for {
		all := s.Library.All()
		i, err := s.pick(s.words.T("linear-which-module"), len(all), func(i int) string { return s.moduleText(all[i]) }, -1)
		switch {
		case errors.Is(err, errAgain):
			continue
		case err != nil:
			return s.back(err)
		}
		if err := s.back(s.module(all[i])); err != nil {
			return err
		}
	}
}

// moduleText names a module and says how far the learner is; of a module that cannot be read, why not.
func (s *session) moduleText(m *modules.Module) string {
	o, err := s.desk.Overview(m)
	if err != nil {
		return s.words.Error(err)
	}
	all := len(o.Lessons)
	switch {
	case all == 0:
		return o.Index.Title
	case o.Count(study.Mastered) == all:
		return s.words.T("linear-module-mastered", "Title", o.Index.Title)
	case o.Count(study.Begun) == 0:
		return s.words.N("linear-module-new", all, "Title", o.Index.Title)
	}
	return s.words.N("linear-module-begun", o.Count(study.Done), "Title", o.Index.Title, "All", all)
}

// titles are the titles of a module's lessons, by id.
func titles(m *modules.Module, lang string) map[string]string {
	all := map[string]string{}
	outlines, err := m.Outline(lang)
	if err != nil {
		return all // what is wrong with the module is said where it is opened
	}
	for _, o := range outlines {
		all[o.ID] = o.Title
		if o.Title == "" {
			all[o.ID] = o.ID
		}
	}
	return all
}

// continueText says where going on leads.
func (s *session) continueText(p study.Place) string {
	module, lesson := p.Module, p.Lesson
	if m := s.Library.Module(p.Module); m != nil {
		if t, err := m.Title(s.desk.Lang); err == nil && t != "" {
			module = t
		}
		lesson = titles(m, s.desk.Lang)[p.Lesson]
	}
	id := "linear-continue"
	if p.Step == "" {
		id = "linear-begin"
	}
	return s.words.T(id, "Module", module, "Lesson", lesson)
}

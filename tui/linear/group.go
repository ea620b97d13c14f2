package linear

import (
	"bytes"
	"errors"
	"slices"

	"fanal/progress"
	"fanal/progress/people"
	"fanal/progress/report"
)

// group says to a mediator how far everybody on this laptop is, and helps them to help.
func (s *session) group() error {
	return s.menu(func() ([]entry, error) {
		w := s.words
		r, err := report.Make(s.Store, s.Library, w.Lang, report.Filter{})
		if err != nil {
			return nil, err
		}
		s.gap()
		s.tell("group-title")
		name := people.FileName("fanal", w.T("report-file"))
		read := func(r report.Report) func() error {
			return func() error {
				r.Write(w, func(line string) { s.hang(line, 2) })
				return s.back(s.pause())
			}
		}
		return []entry{
			{w.T("linear-group-read"), read(r)},
			{w.T("linear-group-person"), func() error { return s.back(s.groupPerson(r.People, read)) }},
			{w.T("group-questions"), read(report.Report{Questions: r.Questions})},
			{w.T("group-save-page"), func() error {
				return s.save(name, ".html", func(b *bytes.Buffer) error { return r.WriteHTML(b, w, w.Lang) })
			}},
			{w.T("group-save-csv"), func() error { return s.saveTables(r, name) }},
			{w.T("group-save-json"), func() error { return s.save(name, ".json", writeJSON(r)) }},
			{w.T("group-help"), func() error { return s.back(s.helping()) }},
		}, nil
	})
}

// groupPerson reads how far one person is.
func (s *session) groupPerson(all []report.Person, read func(report.Report) func() error) error {
	var them []progress.Learner
	for _, p := range all {
		them = append(them, progress.Learner{ID: p.ID, Name: p.Name})
	}
	names := s.namesOf(them)
	for {
		i, err := s.pick(s.words.T("linear-group-who"), len(all), func(i int) string { return names[i] }, -1)
		switch {
		case errors.Is(err, errAgain):
			continue
		case err != nil:
			return err
		}
		if err := read(report.Report{People: all[i : i+1]})(); err != nil {
			return err
		}
	}
}

// saveTables writes the three tables, each into a file of its own.
func (s *session) saveTables(r report.Report, name string) error {
	for _, t := range report.Tables {
		err := s.save(name+"-"+string(t), ".csv", func(b *bytes.Buffer) error {
			return r.WriteCSV(b, t, s.words, report.Semicolon)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// helping is where a mediator takes a forgotten PIN away, erases who asks for it, and ends the loan.
func (s *session) helping() error {
	return s.menu(func() ([]entry, error) {
		all, err := s.Store.Learners()
		if err != nil {
			return nil, err
		}
		w := s.words
		s.gap()
		s.tell("mediator-title")
		var entries []entry
		names := s.namesOf(all)
		for i, l := range all {
			if l.PIN != "" && l.Role != people.Mediator {
				entries = append(entries, entry{w.T("linear-mediator-reset", "Name", names[i]), func() error { return s.reset(l) }})
			}
			if l.ID != s.desk.Learner.ID {
				entries = append(entries, entry{w.T("linear-mediator-erase", "Name", names[i]), func() error { return s.eraseOther(l) }})
			}
		}
		if len(all) > 1 {
			entries = append(entries, entry{w.T("linear-unite"), func() error { return s.unite(all, names) }})
		}
		return append(entries, entry{w.T("wipe-row"), func() error { return s.wipe(len(all)) }}), nil
	})
}

func (s *session) reset(l progress.Learner) error {
	if err := people.RemovePIN(s.Store, s.gate, l.ID); err != nil {
		s.trouble(err)
		return nil
	}
	s.tell("mediator-reset-done", "Name", l.Name)
	return nil
}

// unite makes one person of two who are one. Who sits here keeps their name.
func (s *session) unite(all []progress.Learner, names []string) error {
	into, err := s.pick(s.words.T("linear-unite-who"), len(all), func(i int) string { return names[i] }, -1)
	if err != nil {
		return err
	}
	others := slices.Delete(slices.Clone(all), into, into+1)
	named := slices.Delete(slices.Clone(names), into, into+1)
	from, err := s.pick(s.words.T("unite-who", "Name", all[into].Name), len(others), func(i int) string { return named[i] }, -1)
	if err != nil {
		return err
	}
	one, two := all[into], others[from]
	if two.ID == s.desk.Learner.ID {
		one, two = two, one
	}
	yes, err := s.sure("unite", s.words.T("unite-what", "Name", one.Name, "Other", two.Name, "Word", s.words.T("unite-word")))
	if err != nil || !yes {
		return err
	}
	if err := people.Unite(s.Store, one.ID, two.ID); err != nil {
		s.trouble(err)
		return nil
	}
	s.tell("unite-was", "Name", one.Name)
	return nil
}

func (s *session) eraseOther(l progress.Learner) error {
	yes, err := s.sure("erase", s.words.T("erase-other", "Name", l.Name, "Word", s.words.T("erase-word")))
	if err != nil || !yes {
		return err
	}
	r, err := people.Erase(s.Store, s.gate, s.Data, l.ID)
	if err != nil {
		s.trouble(err)
		return nil
	}
	return s.receipt(r)
}

// wipe ends the loan, and the program with it: its store is closed.
func (s *session) wipe(learners int) error {
	yes, err := s.sure("erase", s.words.N("wipe-what", learners, "Word", s.words.T("erase-word")))
	if err != nil || !yes {
		return err
	}
	r, err := people.Wipe(s.Store, s.gate, s.Data)
	if err != nil {
		s.trouble(err)
		return errLeave
	}
	for _, sentence := range r.Sentences(s.words) {
		s.say(sentence)
	}
	return errLeave
}

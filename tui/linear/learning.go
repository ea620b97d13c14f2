package linear

import (
	"bytes"
	"errors"
	"strings"

	"fanal/locale"
	"fanal/modules"
	"fanal/progress"
	"fanal/study"
)

// learningEntries are what can be done at home with what was learnt: review, search, glossary, notes, progress.
func (s *session) learningEntries() []entry {
	review := s.words.T("linear-named", "Name", s.words.T("home-review"), "Value", s.words.T("home-nothing-due"))
	if n := s.desk.DueCount(); n > 0 {
		review = s.words.T("linear-named", "Name", s.words.T("home-review"), "Value", s.words.N("home-due", n))
	}
	return []entry{
		{review, s.review},
		{s.words.T("home-search"), s.search},
		{s.words.T("home-glossary"), s.glossary},
		{s.words.T("home-notes"), s.notes},
		{s.words.T("home-record"), s.record},
	}
}

// review asks what is due, mixed across modules.
func (s *session) review() error {
	run, err := s.desk.OpenReview()
	if err != nil {
		s.trouble(err)
		return nil
	}
	if run == nil {
		s.tell("home-nothing-due-now")
		return nil
	}
	_, err = s.walk(run)
	return s.back(err)
}

// confidenceOff is the value of the setting "confidence" with which nobody is asked how sure they are.
const confidenceOff = "off"

// confidence asks, in a review, how sure the learner is before the answer counts. It returns "yes", "no", or "" where nobody is
// to be asked.
func (s *session) confidence(run *study.Run) (string, error) {
	if run.Context != study.Review || s.desk.Setting("confidence") == confidenceOff {
		return "", nil
	}
	ids := []string{"sure-yes", "sure-no", "sure-off"}
	// No answer by an empty line: typed twice by mistake, it would say something that nobody meant.
	i, err := s.pick(s.words.T("sure-question"), len(ids), func(i int) string { return s.words.T(ids[i]) }, -1)
	switch {
	case err != nil:
		return "", err
	case i == 2:
		s.place(s.desk.Set("confidence", confidenceOff))
		return "", nil
	}
	return [...]string{"yes", "no"}[i], nil
}

// helpEntries are what a module has beside its lessons: the profile of a diagnosis, the guide for mediators.
func (s *session) helpEntries(o *study.Overview) []entry {
	var entries []entry
	if o.Manifest.Kind == modules.Diagnosis && o.Count(study.Begun) > 0 {
		entries = append(entries, entry{s.words.T("profile-read"), func() error { return s.profile(o) }})
	}
	return append(entries, entry{s.words.T("linear-guide"), func() error { return s.guide(o.Module) }})
}

// profile reads a diagnosis, theme by theme, and offers to save what was read.
func (s *session) profile(o *study.Overview) error {
	for {
		areas, err := s.desk.Profile(o)
		if err != nil {
			s.trouble(err)
			return nil
		}
		lines := s.profileLines(areas)
		for _, l := range lines {
			if l == "" {
				s.gap()
				continue
			}
			s.say(l)
		}
		s.gap()
		err = s.choose([]entry{
			{s.words.T("linear-to-module"), func() error { return errBack }},
			{s.words.T("profile-save"), func() error { return s.saveProfile(o, lines) }},
		}, 0)
		if !errors.Is(err, errAgain) {
			return s.back(err)
		}
		if o, err = s.desk.Overview(o.Module); err != nil {
			return err
		}
	}
}

func (s *session) saveProfile(o *study.Overview, lines []string) error {
	return s.save(o.Manifest.ID+"-"+s.words.T("profile-title"), ".txt", func(b *bytes.Buffer) error {
		page := append(ProfileHead(s.words, s.desk.Store, o), "")
		_, err := b.WriteString(strings.Join(append(page, lines...), "\n") + "\n")
		return err
	})
}

// ProfileHead are the lines over a profile that is kept as a text: of what it is, and when it was made.
func ProfileHead(w *locale.Printer, store *progress.Store, o *study.Overview) []string {
	head := []string{o.Index.Title}
	if day := Today(store); !day.IsZero() {
		head = append(head, w.T("report-made", "Date", w.Date(day)))
	}
	return head
}

// profileLines are a profile as it is read; an empty line stands before each theme.
func (s *session) profileLines(areas []study.Area) []string {
	w := s.words
	lines := []string{w.T("profile-what")}
	for _, a := range areas {
		lines = append(lines, "", s.inline(a.Sentence))
		switch {
		case a.Answered > 0:
			lines = append(lines, w.T("profile-answers", "Percent", w.Percent(a.Percent/100), "Answered", a.Answered, "Of", a.Of))
		case a.Aside == 0:
			lines = append(lines, w.T("profile-open"))
		}
		if a.Aside > 0 {
			lines = append(lines, w.T("profile-aside", "Aside", a.Aside))
		}
		if a.HasBefore {
			lines = append(lines, w.T("profile-before", "Percent", w.Percent(a.Before/100)))
		}
		if a.Advice != "" {
			lines = append(lines, s.inline(a.Advice))
		}
	}
	return lines
}

// guide says what a module tells those who run a workshop with it.
func (s *session) guide(m *modules.Module) error {
	l, err := m.Facilitator(s.words.Lang)
	if err != nil {
		s.tell("guide-none")
		return nil
	}
	s.say(l.Title)
	for _, st := range l.Steps {
		s.gap()
		if st.Heading != "" {
			s.say(s.inline(st.Heading))
		}
		s.blocks(st.Blocks, true)
	}
	return s.pause()
}

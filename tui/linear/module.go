package linear

import (
	"errors"
	"strings"

	"fanal/locale"
	"fanal/modules"
	"fanal/study"
)

// module is a module's own page: what it is, its lessons with how far the learner is, what they will be able to do.
func (s *session) module(m *modules.Module) error {
	for {
		m = s.newest(m)
		o, err := s.desk.Overview(m)
		if err != nil {
			s.trouble(err)
			return errBack
		}
		s.gap()
		s.say(o.Index.Title)
		s.fallback(o.Index.Lang)
		if o.Index.Summary != "" {
			s.say(o.Index.Summary)
		}
		if left, err := o.MinutesLeft(); err == nil && left > 0 {
			s.tell("linear-minutes-left", "Minutes", s.words.Minutes(left))
		}
		entries, enter := s.moduleEntries(o)
		if err := s.choose(entries, enter); err != nil && !errors.Is(err, errAgain) {
			return err
		}
	}
}

func (s *session) moduleEntries(o *study.Overview) (entries []entry, enter int) {
	enter = -1
	next, _ := o.Next()
	entries, after := s.testEntries(o)
	offset := len(entries)
	title := titles(o.Module, o.Index.Lang)
	known, _ := s.desk.KnownLessons(o) // what is wrong with a lesson is said where it is opened
	for i, l := range o.Lessons {
		if l.ID == next {
			enter = offset + i
		}
		text := s.words.T("linear-lesson-entry", "Number", i+1, "Title", title[l.ID], "State", s.words.T("linear-state-"+l.State.String()))
		if known[l.ID] && l.State == study.New {
			text += " " + s.words.T("linear-lesson-known")
		}
		entries = append(entries, entry{text, func() error { return s.back(s.lesson(o.Manifest.ID, l.ID)) }})
	}
	entries = append(entries, after...)
	entries = append(entries, entry{s.words.T("linear-about"), func() error { return s.about(o) }})
	if len(o.Manifest.Objectives) > 0 {
		entries = append(entries, entry{s.words.T("linear-objectives"), func() error { return s.objectives(o) }})
	}
	entries = append(entries, s.helpEntries(o)...)
	return append(entries, entry{s.words.T("linear-back-home"), func() error { return errBack }}), enter
}

// about says the rest of what a module says of itself: introduction, version, licence, authors, where it comes from and who
// signed it.
func (s *session) about(o *study.Overview) error {
	if len(o.Index.Intro) > 0 {
		s.blocks(o.Index.Intro, true)
	}
	man, origin := o.Manifest, o.Module.Origin()
	s.tell("about-facts", "Version", man.Version, "License", man.License, "Authors", strings.Join(man.Authors, ", "),
		"Languages", strings.Join(man.Languages, ", "))
	s.tell("origin-"+string(origin.Kind), "Path", modules.CleanLine(origin.Path))
	if s.Shelf != nil && origin.Kind == modules.Pack {
		if trust, err := s.Shelf.Trust(man.ID); err == nil { // else opening the module says what is wrong
			s.say(s.words.Message(trust.Message()))
		}
	}
	if sources, err := o.Module.Sources(); err != nil {
		s.trouble(err)
	} else if len(sources) > 0 {
		s.tell("about-sources")
		for _, src := range sources {
			s.hang("- "+SourceText(s.words, src), 2)
		}
	}
	return s.pause()
}

// objectives says what the module teaches to do, and what of it is mastered.
func (s *session) objectives(o *study.Overview) error {
	what := "linear-objectives-are"
	if o.Manifest.Kind == modules.Diagnosis { // most of its objectives are the themes that it looks at
		what = "about-themes"
	}
	s.tell(what)
	for _, ob := range o.Objectives() {
		id := "linear-objective-new"
		switch {
		case ob.Mastered:
			id = "linear-objective-mastered"
		case ob.Answered > 0:
			id = "linear-objective-begun"
		}
		s.hang("- "+s.words.T(id, "Objective", ob.Sentence, "Right", ob.Right, "Answered", ob.Answered), 2)
	}
	return s.pause()
}

// pause waits for an empty line, or a wish to go back, which is the same here.
func (s *session) pause() error {
	s.tell("linear-enter-goes-on")
	for {
		t, err := s.hear("b", false)
		if err != nil || t.cmd == 'b' || t.text == "" {
			return err
		}
		s.misread(t.text, "linear-enter-goes-on")
	}
}

// fallback says that a text is in another language than the one that is spoken, where it is.
func (s *session) fallback(lang string) {
	if lang != s.words.Lang {
		s.tell("linear-fallback", "Language", locale.Autonym(lang))
	}
}

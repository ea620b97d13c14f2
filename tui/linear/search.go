package linear

import (
	"errors"
	"strings"
	"time"

	"fanal/locale"
	"fanal/modules/find"
	"fanal/study"
)

// spokenHits is how many places a search offers, a page at a time.
const spokenHits = 5 * pageLength

// readPiece is how long reading for the index goes on before it says how far it is.
const readPiece = 5 * time.Second

// finder returns the index of everything installed, brought up to date.
func (s *session) finder() (*find.Index, error) {
	if s.index == nil {
		s.index = find.Open(s.Data)
	}
	for {
		left, err := s.index.Update(s.Library, s.desk.Lang, readPiece)
		if err != nil || left == 0 {
			return s.index, err
		}
		if err := s.ctx.Err(); err != nil {
			return s.index, err
		}
		s.say(s.words.N("search-reading", left))
		if err := s.out.Flush(); err != nil {
			return s.index, err
		}
	}
}

// ask asks for words. It returns errBack for an empty line where that goes back, and for :b.
func (s *session) ask(id string, emptyBack bool) (string, error) {
	s.tell(id)
	t, err := s.hear("b", true)
	switch {
	case err != nil:
		return "", err
	case t.cmd == 'b', t.text == "" && emptyBack:
		return "", errBack
	}
	return t.text, nil
}

// search looks for words in everything installed, and opens the place that is picked.
func (s *session) search() error {
	for {
		words, err := s.ask("linear-search-what", true)
		if errors.Is(err, errAgain) {
			continue
		}
		if err != nil {
			return s.back(err)
		}
		x, err := s.finder()
		if err == nil {
			var res find.Results
			if res, err = x.Search(s.Library, s.desk.Lang, words, spokenHits); err == nil {
				err = s.hits(res)
			}
		}
		if errors.Is(err, find.ErrNoIndex) {
			s.trouble(err)
			return nil
		}
		if err != nil && !errors.Is(err, errBack) && !errors.Is(err, errAgain) {
			return err
		}
	}
}

// hits offers what was found. It returns errBack for the way back to the question.
func (s *session) hits(res find.Results) error {
	if len(res.Hits) == 0 {
		s.tell("search-none", "Query", res.Query)
		return nil
	}
	for {
		if res.Found > len(res.Hits) {
			s.tell("cli-search-more", "Shown", len(res.Hits), "Found", res.Found)
		}
		i, err := s.pick(s.words.N("search-found", res.Found), len(res.Hits), func(i int) string { return s.hitText(&res.Hits[i]) }, -1)
		if err != nil {
			return err
		}
		if err := s.back(s.openHit(res.Hits[i])); err != nil {
			return err
		}
	}
}

func (s *session) hitText(h *find.Hit) string {
	id, data := h.Place()
	place := strings.ReplaceAll(s.words.T(id, data...), " › ", ", ") // a mark for the eye, which a voice would name
	return s.words.T("linear-search-hit", "Snippet", h.Snippet, "Place", place)
}

// openHit opens the place of a hit.
func (s *session) openHit(h find.Hit) error {
	m := s.Library.Module(h.Module)
	switch {
	case m == nil:
		return nil
	case h.Kind == find.InGlossary:
		x, err := s.finder()
		if err != nil {
			return err
		}
		all, _, err := x.Terms(s.Library, s.desk.Lang)
		for _, t := range all {
			if err == nil && t.Module == h.Module && t.ID == h.Term {
				return s.term(t)
			}
		}
		return err
	case h.Kind == find.InLesson:
		return s.lesson(h.Module, h.Lesson)
	case h.Lesson == "":
		return s.module(m)
	}
	return s.lessonAt(h.Module, h.Lesson, h.Step)
}

// lessonAt opens a lesson at a step.
func (s *session) lessonAt(module, lesson, step string) error {
	run, err := s.desk.OpenLessonAt(module, lesson, step)
	if err != nil {
		s.trouble(err)
		return nil
	}
	next, err := s.walk(run)
	if err != nil || next == "" {
		return err
	}
	return s.lesson(module, next)
}

// seek looks for words in the lesson that is open, and returns the step to go to.
func (s *session) seek(run *study.Run) (int, error) {
	for {
		words, err := s.ask("linear-search-what", true)
		if errors.Is(err, errBack) {
			return run.At(), nil
		}
		if err != nil {
			return 0, err
		}
		var pages []find.Page
		for i := range run.Len() {
			pages = append(pages, find.Page{Step: run.StepAt(i), Scene: run.SceneAt(i)})
		}
		found := find.InPages(pages, run.Lesson().Lang, words)
		if len(found) == 0 {
			s.tell("search-none", "Query", words)
			continue
		}
		next := 0
		for i, m := range found {
			if m.Page <= run.At() {
				next = (i + 1) % len(found)
			}
		}
		i, err := s.pick("", len(found), func(i int) string {
			return s.words.T("linear-search-hit", "Snippet", found[i].Snippet, "Place", s.words.T("search-step", "Step", found[i].Page+1))
		}, next)
		switch {
		case errors.Is(err, errBack):
			continue
		case err != nil:
			return 0, err
		}
		return found[i].Page, nil
	}
}

// glossary reads the terms of all modules, or those that begin as what is typed.
func (s *session) glossary() error {
	for {
		begun, err := s.ask("linear-glossary-what", false)
		if errors.Is(err, errAgain) {
			continue
		}
		if err != nil {
			return s.back(err)
		}
		x, err := s.finder()
		var all []find.Term
		if err == nil {
			all, _, err = x.Terms(s.Library, s.desk.Lang)
		}
		switch {
		case errors.Is(err, find.ErrNoIndex):
			s.trouble(err)
			return nil
		case err != nil:
			return err
		}
		terms := find.Filter(all, begun)
		switch {
		case len(all) == 0:
			s.tell("glossary-none")
			return nil
		case len(terms) == 0:
			s.tell("glossary-no-such")
			continue
		}
		if err := s.pickTerm(terms); !errors.Is(err, errBack) && !errors.Is(err, errAgain) {
			return err
		}
	}
}

// pickTerm offers terms until the learner goes elsewhere: that is the error which it always returns.
func (s *session) pickTerm(terms []find.Term) error {
	for {
		i, err := s.pick(s.words.N("glossary-words", len(terms)), len(terms), func(i int) string {
			return s.words.T("linear-search-hit", "Snippet", s.inline(terms[i].Term), "Place", terms[i].ModuleTitle)
		}, -1)
		if err != nil {
			return err
		}
		if err := s.back(s.term(terms[i])); err != nil {
			return err
		}
	}
}

// term says what a term means, how the other languages call it, and which lessons use it; one of them can be picked.
func (s *session) term(t find.Term) error {
	s.gap()
	s.say(s.words.T("linear-named", "Name", s.inline(t.Term), "Value", s.inline(t.Definition)))
	var others []string
	for _, l := range locale.Languages {
		if l != s.desk.Lang {
			others = append(others, l)
		}
	}
	if m := s.Library.Module(t.Module); m != nil {
		same := find.Equivalents(m, t.ID, others)
		for _, l := range others {
			if same[l] != "" {
				s.tell("glossary-same", "Language", locale.Autonym(l), "Term", s.inline(same[l]))
			}
		}
	}
	if len(t.Uses) == 0 {
		return s.pause()
	}
	i, err := s.pick(s.words.T("glossary-uses"), len(t.Uses), func(i int) string {
		return s.words.T("linear-search-hit", "Snippet", t.Uses[i].Title, "Place", s.words.T("search-step", "Step", t.Uses[i].Number))
	}, -1)
	if err != nil {
		return err
	}
	return s.lessonAt(t.Module, t.Uses[i].Lesson, t.Uses[i].Step)
}

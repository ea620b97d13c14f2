package linear

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fanal/locale"
	"fanal/progress"
	"fanal/progress/people"
	"fanal/progress/report"
)

// errAnew: whoever sat here is no more; the conversation begins with who studies.
var errAnew = errors.New("begin anew")

// admit asks for a learner's PIN, where they have one and do not sit here already. It returns errBack when they give up.
func (s *session) admit(l progress.Learner) error {
	if l.PIN == "" || s.desk != nil && s.desk.Learner.ID == l.ID {
		return nil
	}
	return s.prove([]progress.Learner{l}, s.words.T("pin-ask", "Name", l.Name))
}

// prove asks for the PIN of one of several people until it is right.
func (s *session) prove(whose []progress.Learner, question string) error {
	s.say(question)
	s.tell("pin-forgotten")
	for {
		text, err := s.hearSecret()
		if err != nil {
			return err
		}
		if text == "" {
			continue
		}
		var wait time.Duration
		for _, l := range whose {
			wait = max(wait, s.gate.Wait(l.ID))
		}
		if wait > 0 {
			s.say(s.words.N("pin-wait", int(wait/time.Second)))
			_ = s.out.Flush() // before the wait, not behind it
		}
		right, err := s.gate.TryAny(s.ctx, whose, text)
		if err != nil || right {
			return err
		}
		s.tell("pin-wrong")
	}
}

// hearSecret waits for a line that the terminal does not show. It returns errBack for :b.
func (s *session) hearSecret() (string, error) {
	if f, ok := s.In.(*os.File); ok && s.echo {
		if undo, ok := Hush(f.Fd()); ok {
			s.echo = false // the line end does not show either
			defer func() { s.echo = undo() == nil }()
		}
	}
	t, err := s.hear("b", true)
	switch {
	case errors.Is(err, errAgain):
		return "", nil
	case err == nil && t.cmd == 'b':
		return "", errBack
	}
	return t.text, err
}

// peopleEntries are the ways from home to what is about people: my data, and for a mediator the group.
func (s *session) peopleEntries() []entry {
	entries := []entry{{s.words.T("home-mine"), func() error { return s.back(s.mine()) }}}
	if people.IsMediator(s.desk.Learner) {
		entries = append(entries, entry{s.words.T("home-group"), func() error { return s.back(s.group()) }})
	}
	return entries
}

// menu offers entries again and again until one leads away.
func (s *session) menu(offer func() ([]entry, error)) error {
	for {
		entries, err := offer()
		if err != nil {
			s.trouble(err)
			return errBack
		}
		entries = append(entries, entry{s.words.T("linear-back-home"), func() error { return errBack }})
		if err := s.choose(entries, -1); err != nil && !errors.Is(err, errAgain) {
			return err
		}
	}
}

// mine is everything that is stored about who sits here, and what they can do with it.
func (s *session) mine() error {
	return s.menu(func() ([]entry, error) {
		m, err := people.Look(s.desk.Store, s.gate, s.desk.Learner.ID)
		if err != nil {
			return nil, err
		}
		s.desk.Learner = m.Learner
		s.gap()
		s.tell("mine-title")
		for _, f := range m.Facts(s.words, locale.Autonym) {
			s.tell("mine-fact", "Name", f.Name, "Value", f.Value)
		}
		if s.desk.Guest {
			s.tell("mine-guest")
		}
		w := s.words
		entries := []entry{
			{w.T("mine-read"), func() error { return s.back(s.readMine(m)) }},
			{w.T("mine-save-page"), func() error { return s.save(people.FileName("fanal", m.Learner.Name), ".html", s.page(m)) }},
			{w.T("mine-save-json"), func() error {
				return s.save(people.FileName("fanal", m.Learner.Name), ".json", func(b *bytes.Buffer) error { return m.WriteJSON(b) })
			}},
		}
		entries = append(entries, s.confidenceEntry())
		if s.desk.Guest {
			return entries, nil
		}
		entries = append(entries, entry{w.T("linear-rename"), s.rename})
		return append(append(entries, s.pinEntries(m.Learner)...), entry{w.T("mine-erase"), s.erase}), nil
	})
}

// confidenceEntry turns the question how sure one is off, and on again.
func (s *session) confidenceEntry() entry {
	word, to := "mine-yes", confidenceOff
	if s.desk.Setting("confidence") == confidenceOff {
		word, to = "mine-no", ""
	}
	name := s.words.T("linear-named", "Name", s.words.T("mine-setting-confidence"), "Value", s.words.T(word))
	return entry{name, func() error {
		s.place(s.desk.Set("confidence", to))
		return nil
	}}
}

// rename gives who sits here another name.
func (s *session) rename() error {
	s.tell("linear-rename-what", "Name", s.desk.Learner.Name)
	t, err := s.hear("b", true)
	if err != nil || t.cmd == 'b' || t.text == "" {
		return err
	}
	if s.taken(t.text, s.desk.Learner.ID) {
		return nil
	}
	if err := s.desk.Rename(t.text)(); err != nil {
		s.trouble(err)
		return nil
	}
	s.tell("linear-renamed", "Name", s.desk.Learner.Name)
	return nil
}

// taken tells whether somebody else here has a name already, and says so: two people of one name could not be told apart
// in the list.
func (s *session) taken(name, except string) bool {
	all, err := s.Store.Learners()
	if err != nil {
		return false
	}
	for _, l := range all {
		if l.ID != except && strings.EqualFold(l.Name, strings.TrimSpace(name)) {
			s.tell("learner-known", "Name", l.Name)
			return true
		}
	}
	return false
}

// page writes the page about somebody.
func (s *session) page(m people.Mine) func(w *bytes.Buffer) error {
	return func(b *bytes.Buffer) error {
		return m.WriteHTML(b, s.words, report.NamesIn(s.Library, s.words.Lang), s.words.Lang)
	}
}

// readMine says everything that is stored about somebody, sentence by sentence.
func (s *session) readMine(m people.Mine) error {
	w := s.words
	s.gap()
	s.tell("mine-page-kept")
	for _, k := range m.Kept(w) {
		s.hang("- "+k.Sentence+" "+w.N("mine-records", k.Records)+" "+w.T("mine-leaves-"+string(people.LeavingOf(k.About))), 2)
	}
	s.tell("pin-honest")
	if texts := m.Texts(); len(texts) > 0 {
		s.tell("mine-page-texts")
		for _, t := range texts {
			s.hang("- "+t.Typed, 2)
		}
	}
	if len(m.Drafts) > 0 {
		s.tell("mine-page-drafts")
		for _, d := range m.Drafts {
			s.hang("- "+d.Text, 2)
		}
	}
	return s.pause()
}

// save asks where a file should go and writes it there.
func (s *session) save(name, ext string, write func(*bytes.Buffer) error) error {
	path := people.Free(people.Folder(), name, ext)
	s.tell("linear-save-where", "Path", path)
	t, err := s.hear("b", true)
	if err != nil || t.cmd == 'b' {
		return err
	}
	if t.text != "" {
		path = t.text
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = people.Free(path, name, ext)
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	var b bytes.Buffer
	if err = write(&b); err == nil {
		err = people.SaveNew(path, b.Bytes())
	}
	if err != nil {
		s.trouble(err)
		return nil
	}
	s.tell("saving-done", "Path", path)
	return nil
}

// pinEntries are what can be done about a PIN, and about being a mediator.
func (s *session) pinEntries(l progress.Learner) []entry {
	w := s.words
	do := func(f func() error) func() error {
		return func() error {
			if err := f(); err != nil {
				s.trouble(err)
			}
			return nil
		}
	}
	if l.PIN == "" {
		return []entry{{w.T("pin-row-set"), func() error { return s.back(s.setPIN()) }}}
	}
	entries := []entry{{w.T("pin-row-change"), func() error { return s.back(s.setPIN()) }}}
	if people.IsMediator(l) {
		return append(entries, entry{w.T("mediator-row-end"), do(func() error { return people.Appoint(s.Store, l.ID, false) })})
	}
	return append(entries,
		entry{w.T("pin-row-remove"), do(func() error { return people.RemovePIN(s.Store, s.gate, l.ID) })},
		entry{w.T("mediator-row-become"), func() error { return s.back(s.become(l)) }})
}

// setPIN asks twice for a new PIN, after three words for who does not like digits.
func (s *session) setPIN() error {
	w := s.words
	s.tell("pin-honest")
	s.tell("cli-pin-words", "Words", people.Suggest(w.Lang))
	for {
		s.tell("pin-choose", "Digits", people.MinDigits)
		first, err := s.hearSecret()
		if err != nil {
			return err
		}
		if err := people.Check(first); err != nil {
			s.trouble(err)
			continue
		}
		s.tell("pin-again")
		second, err := s.hearSecret()
		if err != nil {
			return err
		}
		if !people.Same(first, second) {
			s.tell("pin-not-same")
			continue
		}
		if err := people.SetPIN(s.Store, s.gate, s.desk.Learner.ID, first); err != nil {
			s.trouble(err)
			return errBack
		}
		s.tell("pin-kept")
		return nil
	}
}

// become makes who sits here a mediator; where there is one already, that one must agree.
func (s *session) become(l progress.Learner) error {
	them, err := people.Mediators(s.Store)
	if err == nil && len(them) > 0 {
		if err := s.prove(them, s.words.T("mediator-ask")); err != nil {
			return err
		}
	}
	if err == nil {
		err = people.Appoint(s.Store, l.ID, true)
	}
	if err != nil {
		s.trouble(err)
	}
	return nil
}

// sure asks for the word that stands for it. Anything else is no, and said so.
func (s *session) sure(of, what string) (bool, error) {
	word := s.words.T(of + "-word")
	s.say(what)
	t, err := s.hear("b", true)
	switch {
	case err != nil && !errors.Is(err, errAgain):
		return false, err
	case people.Same(t.text, word):
		return true, nil
	}
	s.tell(of+"-not-typed", "Word", word)
	return false, nil
}

// receipt says what was erased, and waits until it was heard.
func (s *session) receipt(r people.Receipt) error {
	for _, sentence := range r.Sentences(s.words) {
		s.say(sentence)
	}
	err := s.pause()
	if errors.Is(err, errAgain) {
		return nil
	}
	return err
}

// erase forgets who sits here.
func (s *session) erase() error {
	l := s.desk.Learner
	yes, err := s.sure("erase", s.words.T("erase-what", "Name", l.Name, "Word", s.words.T("erase-word")))
	if err != nil || !yes {
		return err
	}
	r, err := people.Erase(s.Store, s.gate, s.Data, l.ID)
	if err != nil {
		s.trouble(err)
		return nil
	}
	s.desk = nil
	if err := s.receipt(r); err != nil {
		return err
	}
	return errAnew
}

// writeJSON writes any value for a program.
func writeJSON(v any) func(*bytes.Buffer) error {
	return func(b *bytes.Buffer) error {
		e := json.NewEncoder(b)
		e.SetIndent("", "  ")
		return e.Encode(v)
	}
}

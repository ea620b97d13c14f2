package linear

import (
	"errors"
	"path/filepath"

	"fanal/modules"
	"fanal/modules/pack"
)

// addEntry is the way to new modules, where they can be installed.
func (s *session) addEntry() []entry {
	if s.Shelf == nil {
		return nil
	}
	return []entry{{s.words.T("home-add"), s.addModules}}
}

// addModules lists the packed modules on the sticks that are plugged in and in the folder of the start, says who made each,
// and installs the one that is picked.
func (s *session) addModules() error {
	for {
		found := s.packs()
		if len(found) == 0 {
			s.tell("linear-add-none")
			return nil
		}
		i, err := s.pick(s.words.T("linear-add-which"), len(found), func(i int) string { return s.packText(found[i]) }, -1)
		switch {
		case errors.Is(err, errAgain):
			continue
		case err != nil:
			return s.back(err)
		}
		if err := s.install(found[i]); err != nil {
			return s.back(err)
		}
	}
}

// packs are the paths of the packed modules that can be reached.
func (s *session) packs() []string {
	places := []string{"."}
	for _, st := range pack.Sticks() {
		places = append(places, st.Path)
	}
	var found []string
	for _, place := range places {
		packs, lists, err := pack.Find(place)
		if err != nil {
			continue // a stick that was pulled meanwhile
		}
		for _, l := range lists {
			if list, err := pack.ReadList(l); err == nil {
				_ = s.Shelf.Keys.Take(list) // what a stranger says of keys is no matter
			}
		}
		found = append(found, packs...)
	}
	return found
}

// packText names a pack and says who made it, or why it is refused.
func (s *session) packText(path string) string {
	o, err := s.Shelf.Look(path)
	if err != nil {
		return s.words.T("linear-named", "Name", filepath.Base(path), "Value", s.words.Error(err))
	}
	title, err := modules.Open(o.Pack, modules.Origin{}).Title(s.words.Lang)
	if err != nil || title == "" {
		title = o.Manifest.ID
	}
	if o.Have == o.Manifest.Version {
		return s.words.T("linear-named", "Name", title+" "+o.Manifest.Version, "Value", s.words.T("add-have"))
	}
	return s.words.T("linear-add-pack", "Title", title, "Version", o.Manifest.Version, "Size", s.words.Bytes(o.Pack.Size),
		"Trust", s.words.Message(o.Trust.Message()))
}

// install installs a pack, says who made it, and offers to trust a signer whom this computer does not know.
func (s *session) install(path string) error {
	s.tell("linear-add-working")
	_ = s.out.Flush() // before the work, not behind it
	done, err := s.Shelf.Install(s.ctx, path, false, nil)
	if older := (*pack.OlderError)(nil); errors.As(err, &older) {
		yes, asked := s.insist(older)
		if asked != nil || !yes {
			return asked
		}
		done, err = s.Shelf.Install(s.ctx, path, true, nil)
	}
	if err != nil {
		return s.unless(err)
	}
	id := done.Manifest.ID
	s.Library.Put(modules.Open(s.Shelf.Module(id), modules.Origin{Kind: modules.Pack, Path: filepath.ToSlash(s.Shelf.Path(id))}))
	s.tell("add-installed", "Title", id, "Version", done.Manifest.Version)
	s.say(s.words.Message(done.Trust.Message()))
	if done.Trust.Standing != pack.Unknown {
		return nil
	}
	return s.meet(done.Trust.Key)
}

// insist asks whether an older version shall stand in the place of the one that is there. An empty line keeps that.
func (s *session) insist(older *pack.OlderError) (yes bool, err error) {
	answers := []string{s.words.T("add-older-keep", "Version", older.Have), s.words.T("add-older-take", "Version", older.Got)}
	for {
		i, err := s.pick(s.words.T("add-older", "ID", older.ID, "Have", older.Have, "Got", older.Got), len(answers),
			func(i int) string { return answers[i] }, 0)
		if errors.Is(err, errAgain) {
			continue
		}
		if errors.Is(err, errBack) {
			return false, nil
		}
		return i == 1, err
	}
}

// meet asks under which name a signer is to be trusted: a person's choice, who has compared the words of the key.
func (s *session) meet(key pack.Key) error {
	s.tell("add-trust", "Words", key.Words())
	s.tell("linear-add-trust-how")
	t, err := s.hear("b", true)
	switch {
	case errors.Is(err, errAgain):
		return nil
	case err != nil || t.cmd == 'b' || t.text == "":
		return err
	}
	if err := s.Shelf.Keys.Trust(key, t.text); err != nil {
		s.trouble(err)
		return nil
	}
	s.tell("cli-trusted", "Name", modules.CleanLine(t.text), "Words", key.Words())
	return nil
}

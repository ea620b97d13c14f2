package progress

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
)

// Trouble is what was the matter with a database when it was opened.
type Trouble string

// The troubles that a store is made good from when it is opened.
const (
	TroubleMissing Trouble = "missing" // there was none, though there had been one
	TroubleEmpty   Trouble = "empty"   // a file of no length
	TroubleDamaged Trouble = "damaged" // a file that is not what was written
	TroubleBehind  Trouble = "behind"  // a whole file that lacked acknowledged events: the disk had forgotten its last writes
)

// A Recovery says what was found when a store was opened and what came back: what one screen tells the learner.
type Recovery struct {
	Found  Trouble
	Detail string `json:",omitempty"` // for a report to the makers
	Aside  string `json:",omitempty"` // name in the data folder that the damaged file was put aside under
	Events int    // in the store now

	FromCopy    int    // how many of them a copy gave,
	FromJournal int    // how many more the journal,
	FromFile    int    // and how many more could be read in the damaged file itself
	Copy        string `json:",omitempty"` // name of the copy, with the day when it was made

	// Missing is how many events are known to have been there at least and did not come back. Whole tells that nothing
	// can be missing: the copy was whole, every journal since then is there, and every line of them could be read.
	Missing int
	Whole   bool
}

// Recovery returns what was made good when the store was opened; nil when nothing had to be.
func (s *Store) Recovery() *Recovery { return s.recovery }

// settle decides, before a database is mapped, whether it may be, and makes good what has to be. When it returns without
// an error there is a whole database in its place.
func (s *Store) settle(path string) error {
	for _, beside := range besides(s.dir) {
		if err := os.Remove(beside); err != nil {
			return classify(err)
		}
	}
	info, err := os.Lstat(path)
	mark, marked := readMark(s.dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		if !marked && !s.hadStore() {
			return classify(create(path))
		}
		return s.restore(path, Recovery{Found: TroubleMissing}, mark)
	case err != nil:
		return classify(err)
	case info.Mode().IsRegular() && info.Size() == 0:
		return s.restore(path, Recovery{Found: TroubleEmpty}, mark)
	case marked && mark.Format > Format:
		return &NewerError{mark.Format}
	case marked && mark.closedInOrder(s.dir):
		s.unchanged = true
		return nil
	}
	err = inspect(path)
	if errors.Is(err, ErrDamaged) {
		var d *DamageError
		errors.As(err, &d)
		return s.restore(path, Recovery{Found: TroubleDamaged, Detail: d.Detail}, mark)
	}
	return err
}

// hadStore tells whether what lies in the folder shows that there was a database.
func (s *Store) hadStore() bool {
	copies, _ := copyFiles(s.dir)
	journals, _ := sequence(filepath.Join(s.dir, journalFolder), journalEnd)
	return len(copies)+len(journals)+len(asides(s.dir)) > 0
}

// restore makes a database anew from the newest good copy, the journals, and what can be read in the damaged file, which
// is set aside. The new one is whole and synced before anything is renamed: a power cut at any moment leaves either the
// damaged file or what it takes to do the same again.
func (s *Store) restore(path string, r Recovery, mark closingMark) error {
	base, copied := s.newestCopy()
	if copied {
		r.Copy = filepath.Base(base.path)
	}
	files := asides(s.dir)
	if r.Found != TroubleMissing {
		files = append(files, path)
	}
	beside := path + besideSuffix
	made, err := rebuild(beside, []source{
		func() iter.Seq2[entry, error] { return s.copied(base, copied) },
		func() iter.Seq2[entry, error] { return journalEntries(s.dir, 0) },
		func() iter.Seq2[entry, error] { return salvageAll(files) },
	})
	if err != nil {
		return errors.Join(classify(err), os.Remove(beside))
	}
	r.FromCopy, r.FromJournal, r.FromFile = made.given[0], made.given[1], made.given[2]
	r.Events = int(made.totals.Events)
	r.Missing = max(0, int(mark.Totals.Events)-r.Events)
	r.Whole = r.Missing == 0 && made.bad[1] == 0 && s.journalsFrom(base, copied)
	aside := ""
	if r.Found != TroubleMissing {
		if aside, err = freeAside(path); err != nil {
			return classify(err)
		}
		r.Aside = filepath.Base(aside)
	}
	if err := swap(beside, path, aside); err != nil {
		return classify(err)
	}
	s.recovery = &r
	return classify(syncDir(s.dir))
}

// newestCopy returns the newest copy that is whole.
func (s *Store) newestCopy() (copyFile, bool) {
	copies, _ := copyFiles(s.dir)
	for _, c := range copies {
		if _, err := verifyCopy(c.path); err == nil {
			return c, true
		}
	}
	return copyFile{}, false
}

// copied returns what the newest whole copy holds; where there is none, what can still be read in the others.
func (s *Store) copied(base copyFile, whole bool) iter.Seq2[entry, error] {
	if whole {
		return copyEntries(base.path)
	}
	return func(yield func(entry, error) bool) {
		copies, _ := copyFiles(s.dir)
		for _, c := range copies {
			for e, err := range copyEntries(c.path) {
				if !yield(e, err) {
					return
				}
			}
		}
	}
}

// journalsFrom tells whether the journals hold everything since a copy: from its number on, or from the first when there
// never was one, none is missing.
func (s *Store) journalsFrom(base copyFile, copied bool) bool {
	seqs, err := sequence(filepath.Join(s.dir, journalFolder), journalEnd)
	if err != nil {
		return false
	}
	next := 1
	if copied {
		next = base.seq
	} else if copies, _ := copyFiles(s.dir); len(copies) > 0 {
		return false
	}
	for _, seq := range seqs {
		if seq < next {
			continue
		}
		if seq != next {
			return false
		}
		next++
	}
	return copied || next > 1
}

// catchUp adds what the copies and the journals hold and the database does not, after it was not closed in order. It tells
// of what it added, but for the last batch of the journals: one batch more there is how every crash between the journal and
// the database looks, and worth no screen. Only a disk that forgot what it had been told leaves a copy that knows more.
func (s *Store) catchUp() error {
	const ofCopies = -1 // stands for the number of a batch
	var missing []entry
	sources := elsewhere(s.dir)
	given, last, batches, caught := make([]int, len(sources)), 0, map[int]bool{}, map[string]bool{}
	err := s.read(func(t tx, l *links) error {
		for i, source := range sources {
			for e, err := range source() {
				if err != nil {
					continue // what cannot be read here is most often in the database
				}
				if i == 0 {
					e.batch = ofCopies
				} else {
					last = e.batch
				}
				if t.get(bucketLog, e.key) != nil || caught[string(e.key)] || !e.event.linking() && l.gone(e.event.Learner) {
					continue
				}
				batches[e.batch], caught[string(e.key)] = true, true
				given[i]++
				if len(missing) < mergeInPlace {
					missing = append(missing, e)
				}
			}
		}
		return nil
	})
	if err != nil || len(caught) == 0 {
		return err
	}
	if err := s.catch(missing, len(caught) > len(missing)); err != nil || s.behind {
		return err
	}
	delete(batches, last)
	if len(batches) == 0 {
		return nil
	}
	s.recovery = &Recovery{Found: TroubleBehind, FromCopy: given[0], FromJournal: given[1], Whole: true}
	return s.read(func(t tx, _ *links) error {
		var sum totals
		err := readState(t, bucketMeta, keyTotals, &sum)
		s.recovery.Events = int(sum.Events)
		return err
	})
}

// elsewhere returns where events are kept beside the database: the copies, from the newest to the first that can be read
// whole, and the journals.
func elsewhere(dir string) []source {
	return []source{
		func() iter.Seq2[entry, error] {
			return func(yield func(entry, error) bool) {
				copies, _ := copyFiles(dir)
				for _, c := range copies {
					whole := true
					for e, err := range copyEntries(c.path) {
						whole = whole && err == nil
						if !yield(e, err) {
							return
						}
					}
					if whole {
						return
					}
				}
			}
		},
		func() iter.Seq2[entry, error] { return journalEntries(dir, 0) },
	}
}

// catch adds what is missing: in place, or when there is too much of it, by making the database anew with all of it.
func (s *Store) catch(missing []entry, more bool) (err error) {
	if more {
		_, err = s.remake(elsewhere(s.dir)...)
	} else {
		for i := range missing {
			if err := json.Unmarshal(missing[i].value, &missing[i].event); err != nil {
				return damaged("a journal or a copy: %v", err)
			}
		}
		_, err = s.commit(missing)
	}
	if errors.Is(err, ErrNotKept) && !errors.Is(err, ErrDamaged) {
		s.behind, s.shaky = true, true // no room: they stay in the journal, and the next start tries again
		return nil
	}
	return err
}

// asides returns the files that were set aside, oldest first.
func asides(dir string) (paths []string) {
	for n := 1; ; n++ {
		path := asidePath(filepath.Join(dir, storeName), n)
		if _, err := os.Lstat(path); err != nil {
			return paths
		}
		paths = append(paths, path)
	}
}

func asidePath(path string, n int) string { return fmt.Sprintf("%s.damaged-%d", path, n) }

// freeAside returns a name that nothing bears yet.
func freeAside(path string) (string, error) {
	for n := 1; ; n++ {
		aside := asidePath(path, n)
		if _, err := os.Lstat(aside); errors.Is(err, os.ErrNotExist) {
			return aside, nil
		} else if err != nil {
			return "", err
		}
	}
}

func salvageAll(files []string) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		for _, f := range files {
			for e, err := range salvage(f) {
				if !yield(e, err) {
					return
				}
			}
		}
	}
}

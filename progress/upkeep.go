package progress

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"time"
)

// copyDelay is after the first event of a session: by then the learner reads.
var copyDelay = 5 * time.Second

const (
	copyEvents   = 500 // so many events in one session are worth a copy at its end,
	copyJournals = 20  // and so many sessions that were too short for one
)

// copySoon makes a copy in the background, once in a session, when events of earlier ones are in none yet. It begins with
// the session's first event: starting the program costs nothing, and looking something up neither. The caller holds
// s.writing.
func (s *Store) copySoon() {
	if s.timer != nil || s.uncopied == 0 {
		return
	}
	s.timer = time.AfterFunc(copyDelay, func() { _ = s.Copy() }) // the next session tries again
}

// stopCopies lets no copy begin any more.
func (s *Store) stopCopies() {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.timer != nil {
		s.timer.Stop()
	}
}

// due tells whether a copy should be made before the store is closed.
func (s *Store) due() bool {
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.Kept() && (s.added >= copyEvents || s.added > 0 && s.uncopied >= copyJournals)
}

// uncopied returns how many journals no copy holds.
func uncopied(dir string) (n int) {
	seqs, _ := sequence(filepath.Join(dir, journalFolder), journalEnd)
	copies, _ := copyFiles(dir)
	for _, seq := range seqs {
		if len(copies) == 0 || copies[0].seq <= seq {
			n++
		}
	}
	return n
}

// Erase forgets learners, and everybody merged with them: their events go from the database, its free pages, the journal,
// the copies and whatever was set aside, and one event of each stays that says so, lest an old stick bring them back. From
// the moment that event is kept they are gone; when an error comes after it, or a power cut, the next start finishes the
// rest. Errors: [ErrUnknown] when one of them is gone already, and those of [Store.Append].
func (s *Store) Erase(learners ...string) error {
	var events []Event
	for _, id := range learners {
		s.mu.RLock()
		events = append(events, Event{Learner: s.links.root(id), Verb: Erased})
		s.mu.RUnlock()
	}
	if _, err := s.AppendAll(events); err != nil {
		return err
	}
	return s.purge()
}

// finishPurge goes on with an erasure that something interrupted. Where it cannot be finished now either (a full disk), the
// next start tries again, and the program is used meanwhile.
func (s *Store) finishPurge() error {
	if err := s.purge(); err != nil && s.over != nil {
		return err
	}
	return nil
}

// purge removes what files may still hold of people who were erased, when there is any.
func (s *Store) purge() error {
	if !s.Kept() {
		return nil
	}
	s.copying.Lock()
	defer s.copying.Unlock()
	pending := false
	err := s.read(func(t tx, _ *links) error {
		pending = t.get(bucketMeta, []byte(keyPurge)) != nil
		return nil
	})
	if err != nil || !pending {
		return err
	}
	if err := s.compact(); err != nil {
		return err
	}
	if err := s.copy(); err != nil { // before the old ones go: at no moment is there a single place where the rest is kept
		return err
	}
	if err := s.removeOld(); err != nil {
		return classify(err)
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.over != nil {
		return s.over
	}
	if err := s.db.update(func(t tx) error { return t.del(bucketMeta, []byte(keyPurge)) }); err != nil {
		s.shaky = true
		return err
	}
	return nil
}

// compact writes the log into a new file, without the free pages of the old one, and puts it in its place.
func (s *Store) compact() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	_, err := s.remake()
	return err
}

// remake puts a new database in the place of the old one, with the log and what other sources give. The caller
// holds s.writing.
func (s *Store) remake(more ...source) (made rebuilt, err error) {
	s.unchanged, s.warm = false, nil
	path := filepath.Join(s.dir, storeName)
	beside := path + besideSuffix
	var unreadable error
	sources := []source{func() iter.Seq2[entry, error] {
		return func(yield func(entry, error) bool) {
			for e, err := range s.entries(nil) {
				if err != nil {
					unreadable = err
				}
				if !yield(e, err) {
					return
				}
			}
		}
	}}
	sources = append(sources, more...)
	purging := false
	err = s.read(func(t tx, _ *links) error {
		purging = t.get(bucketMeta, []byte(keyPurge)) != nil
		return nil
	})
	if err == nil {
		made, err = rebuild(beside, sources)
	}
	if err = errors.Join(err, unreadable); err == nil && purging {
		err = setPurge(beside)
	}
	if err != nil {
		_ = os.Remove(beside)
		return made, classify(err)
	}
	return made, s.exchange(beside, path)
}

// exchange closes the database, puts another file in its place and opens that.
func (s *Store) exchange(beside, path string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over != nil {
		return errors.Join(s.over, os.Remove(beside))
	}
	err := s.db.close()
	if err == nil {
		err = swap(beside, path, "")
	}
	if err == nil {
		err = syncDir(s.dir)
	}
	if err == nil {
		err = s.reopen(path)
	}
	if err != nil {
		s.over = classify(err)
	}
	return classify(err)
}

// setPurge notes in a rebuilt database that the other files are not done yet.
func setPurge(path string) error {
	d, err := openBolt(path, false)
	if err != nil {
		return err
	}
	err = d.update(func(t tx) error { return t.put(bucketMeta, []byte(keyPurge), []byte{1}) })
	return errors.Join(err, d.close())
}

// reopen opens the database again. The caller holds s.mu.
func (s *Store) reopen(path string) error {
	d, err := openBolt(path, false)
	if err != nil {
		return err
	}
	last := s.last
	if err := s.adopt(d); err != nil {
		return errors.Join(err, d.close())
	}
	s.last = max(s.last, last)
	return nil
}

// removeOld removes everything beside the database but the newest copy and the journal being written.
func (s *Store) removeOld() error {
	copies, err := copyFiles(s.dir)
	errs := []error{err}
	for i, c := range copies {
		if i > 0 {
			errs = append(errs, os.Remove(c.path))
		}
	}
	s.writing.Lock()
	now := s.journal.seq
	s.writing.Unlock()
	j := journal{dir: filepath.Join(s.dir, journalFolder)}
	seqs, err := sequence(j.dir, journalEnd)
	errs = append(errs, err)
	for _, seq := range seqs {
		if seq < now {
			errs = append(errs, os.Remove(j.path(seq)))
		}
	}
	older, err := filesNamed(s.dir, storeName+".", "") // set aside, or of an older format
	errs = append(errs, err)
	for _, path := range append(older, markPath(s.dir)) {
		if err := os.Remove(path); !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	errs = append(errs, s.dropDrafts())
	return errors.Join(errs...)
}

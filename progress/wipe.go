package progress

import (
	"errors"
	"os"
	"path/filepath"
)

// Wipe removes everything that anybody has done from the data folder, and ends the use of the store as [Store.Close] does.
// No tombstones stay: what people carried away on a stick remains theirs, here and elsewhere. What the database could be
// made good from goes first and the database last, so that a power cut between leaves either everybody, for another Wipe,
// or nobody. Of a store in memory nothing stays either way. Errors: [ErrClosed], and those of the system.
func (s *Store) Wipe() error {
	s.stopCopies()
	s.copying.Lock()
	defer s.copying.Unlock()
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if errors.Is(s.over, ErrClosed) {
		return ErrClosed
	}
	s.over = ErrClosed
	err := s.db.close()
	if !s.Kept() {
		return err
	}
	err = errors.Join(err, s.journal.close())
	errs := []error{err}
	if err == nil {
		errs = append(errs, removeAll(s.dir))
	}
	return errors.Join(append(errs, s.lock.release())...)
}

// removeAll removes every file of a store from its folder, but for the lock.
func removeAll(dir string) error {
	others, err := filesNamed(dir, storeName+".", "")
	others = append(others, markPath(dir), filepath.Join(dir, draftsName), filepath.Join(dir, draftsName+besideSuffix),
		filepath.Join(dir, copyFolder), filepath.Join(dir, journalFolder))
	errs := []error{err}
	for _, path := range others {
		errs = append(errs, os.RemoveAll(path))
	}
	if err := errors.Join(errs...); err != nil {
		return classify(err)
	}
	if err := os.Remove(filepath.Join(dir, storeName)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return classify(err)
	}
	return classify(syncDir(dir))
}

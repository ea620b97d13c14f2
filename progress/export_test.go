package progress

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Dump returns every state of the store as it is written, a line each: what two stores with one history must agree on to
// the byte.
func Dump(s *Store) (lines []string) {
	err := s.read(func(t tx, _ *links) error {
		for _, b := range append([]string{bucketMeta, bucketLog}, stateBuckets...) {
			for k, v := range t.from(b, nil) {
				if string(k) == keyPurge {
					continue // about the files of one folder, not about what is known
				}
				lines = append(lines, fmt.Sprintf("%s %q %q", b, k, v))
			}
		}
		return nil
	})
	if err != nil {
		panic(err)
	}
	return lines
}

// OpenSteps opens the store in a file whose format steps bring up to date.
func OpenSteps(path string, steps map[int]func(set func(bucket, key, value string) error) error) error {
	m := map[int]migration{}
	for v, step := range steps {
		m[v] = func(t tx) error {
			return step(func(bucket, key, value string) error { return t.put(bucket, []byte(key), []byte(value)) })
		}
	}
	d, err := openBolt(path, false)
	if err != nil {
		return err
	}
	d, err = migrate(d, path, m)
	if e := d.close(); err == nil {
		err = e
	}
	return err
}

// SetFormat makes a store one of another version.
func SetFormat(path string, format int) error {
	d, err := openBolt(path, false)
	if err != nil {
		return err
	}
	defer d.close()
	return d.update(func(t tx) error { return writeState(t, bucketMeta, keyFormat, format) })
}

// Keys returns the keys of a bucket.
func Keys(s *Store, bucket string) []string {
	found := map[string]bool{}
	_ = s.read(func(t tx, _ *links) error {
		for k := range t.from(bucket, nil) {
			found[string(k)] = true
		}
		return nil
	})
	return slices.Sorted(maps.Keys(found))
}

// Folded tells whether the states are what follows from the log.
func Folded(s *Store) (ok bool, err error) {
	err = s.read(func(t tx, l *links) (err error) {
		ok, err = folded(t, l)
		return err
	})
	return ok, err
}

// OldFold makes it look as if another version of the fold had made the states.
func OldFold(s *Store) error {
	return s.db.update(func(t tx) error { return writeState(t, bucketMeta, keyFold, foldVersion-1) })
}

// Falsify writes a state of a learner's that does not follow from the log, with a checksum that holds.
func Falsify(s *Store, learner string) error {
	return s.db.update(func(t tx) error {
		var r learnerRecord
		if err := readState(t, bucketLearners, learner, &r); err != nil {
			return err
		}
		r.Session += 7
		records := newRecords(nil)
		records.held[recordKey{bucketLearners, learner}] = &r
		return records.flush(t)
	})
}

// Salvage returns the events that can still be read in a damaged database.
func Salvage(path string) (events []Event) {
	for e, err := range salvage(path) {
		if err == nil {
			events = append(events, e.event)
		}
	}
	return events
}

// SetCopyDelay changes how long after the first event of a session a copy is made, and returns what puts it back.
func SetCopyDelay(d time.Duration) (back func()) {
	was := copyDelay
	copyDelay = d
	return func() { copyDelay = was }
}

// SetWholeCheck changes up to which size a start reads a file whole and how much it reads of a larger one, and returns what
// puts it back.
func SetWholeCheck(whole, part int) (back func()) {
	w, p := wholeCheck, partCheck
	wholeCheck, partCheck = whole, part
	return func() { wholeCheck, partCheck = w, p }
}

// Trusted tells whether the store was opened on its closing mark alone.
func Trusted(s *Store) bool { return s.unchanged }

// Refuse makes the database refuse whatever is written, as a disk with errors does, until it is opened anew.
func Refuse(s *Store) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.db = refusing{s.db}
}

type refusing struct{ db }

func (refusing) update(func(tx) error) error { return errors.New("refused") }

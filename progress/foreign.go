package progress

import (
	"errors"
	"iter"
)

// AddForeign adds events that were made elsewhere: the union of both histories, folded anew for the learners that they
// concern. Events that are here already change nothing, so that the same history may come as often as it likes, in any
// order. It returns how many were new; all are kept or none. Whoever was erased elsewhere is erased here, as [Store.Erase]
// does it. Errors: [ErrInvalid], and those of [Store.Append].
func (s *Store) AddForeign(events []Event) (added int, err error) {
	return s.Merge(func(yield func(Event, error) bool) {
		for _, e := range events {
			if !yield(e, nil) {
				return
			}
		}
	})
}

// mergeInPlace is how many events are added in one transaction. More of them are put together with the log in a new file,
// which takes less memory.
const mergeInPlace = 5000

// Merge does what [Store.AddForeign] does with events as they come, and holds few of them in memory. When one of them is
// an error, or no valid event, nothing is added.
func (s *Store) Merge(events iter.Seq2[Event, error]) (added int, err error) {
	s.copying.Lock()
	added, err = s.merge(events)
	s.copying.Unlock()
	if err != nil {
		return 0, err
	}
	return added, s.purge()
}

func (s *Store) merge(events iter.Seq2[Event, error]) (added int, err error) {
	next, stop := iter.Pull2(events)
	defer stop()
	s.writing.Lock()
	defer s.writing.Unlock()
	var first []entry
	for len(first) < mergeInPlace || !s.Kept() {
		e, err, more := next()
		if !more {
			return s.keep(first)
		}
		if err != nil {
			return 0, err
		}
		key, value, err := encodeEvent(e)
		if err != nil {
			return 0, err
		}
		if e.Counter > s.last+maxLeap {
			return 0, &InvalidError{"n", "out of range"}
		}
		first = append(first, entry{key: key, value: value, event: e})
	}
	return s.mergeMany(first, next)
}

// mergeMany writes the events to the journal as one batch, and from there into a new database together with the log. Once
// the batch is ended in the journal the next start would do the same; before, nothing has happened.
func (s *Store) mergeMany(first []entry, next func() (Event, error, bool)) (added int, err error) {
	if err := s.usable(); err != nil {
		return 0, err
	}
	s.unchanged = false
	before := s.journal.size
	if err := s.journal.addMany(first, next, s.last+maxLeap); err != nil {
		var invalid *InvalidError
		if errors.As(err, &invalid) {
			return 0, err
		}
		return 0, s.notKept(err)
	}
	seq := s.journal.seq
	made, err := s.remake(func() iter.Seq2[entry, error] { return journalEntries(s.dir, seq) })
	if err != nil {
		return 0, errors.Join(s.notKept(err), s.journal.takeBack(before))
	}
	s.added += made.given[1]
	s.uncopied++
	s.copySoon()
	return made.given[1], nil
}

package progress

import (
	"encoding/hex"
	"iter"

	"github.com/google/uuid"
)

// Totals returns how many events the store holds, of everybody, and the XOR of their ids in hexadecimal: two stores with
// the same of both hold the same history.
func (s *Store) Totals() (events uint64, xor string, err error) {
	var sum totals
	err = s.read(func(t tx, _ *links) error { return readState(t, bucketMeta, keyTotals, &sum) })
	return sum.Events, hex.EncodeToString(sum.XOR[:]), err
}

// Missing returns those of some events that the store does not hold yet, but for those of people who asked to be
// forgotten: what is left to merge of a history most of which was merged before. Errors among the events pass.
func (s *Store) Missing(events iter.Seq2[Event, error]) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		batch := make([]Event, 0, eventBatch)
		flush := func() bool {
			missing, err := s.missing(batch)
			batch = batch[:0]
			for _, e := range missing {
				if !yield(e, nil) {
					return false
				}
			}
			return err == nil || yield(Event{}, err)
		}
		for e, err := range events {
			if err == nil {
				batch = append(batch, e)
			}
			if (err != nil || len(batch) == eventBatch) && !flush() {
				return
			}
			if err != nil && !yield(Event{}, err) {
				return
			}
		}
		flush()
	}
}

// missing returns those of a few events that are not in the log and not to be left out.
func (s *Store) missing(events []Event) (missing []Event, err error) {
	err = s.read(func(t tx, l *links) error {
		for _, e := range events {
			id, err := uuid.Parse(e.ID)
			if err != nil || t.get(bucketLog, eventKey(e.Counter, id)) == nil && (e.linking() || !l.gone(e.Learner)) {
				missing = append(missing, e) // what is no event is for who adds it to refuse
			}
		}
		return nil
	})
	return missing, err
}

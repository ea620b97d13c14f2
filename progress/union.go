package progress

import (
	"bytes"
	"encoding/binary"
	"errors"
	"maps"
	"strings"

	"github.com/google/uuid"
)

// An entry is an event as the log keeps it.
type entry struct {
	key   []byte
	value []byte // JSON, without its checksum
	event Event  // whole, or its head: see headOf
	batch int    // of a journal's entries: the number of what was kept at once
}

func counterOf(key []byte) uint64 { return binary.BigEndian.Uint64(key) }

// totals are kept beside the log to show what is missing from it.
type totals struct {
	Events uint64
	XOR    uuid.UUID // of the ids
}

const (
	keyFormat = "format" // a number, in JSON
	keyTotals = "totals"
	keyStates = "states" // statesSum
	keyFold   = "fold"   // the foldVersion that the states were made by
	keyPurge  = "purge"  // there while files beside the database may still hold what an erased person did
)

// union says what came of adding entries.
type union struct {
	added int
	last  uint64 // the highest counter
	links *links
	held  map[recordKey]any // the states as they are now, as far as they were touched
}

// addAll adds to the log what is not in it yet, and folds. Events that come after all others, as every event does that
// was made here, are folded into the states as they are; for others the learners that they concern are folded anew.
// Events of people who were erased are not added, and those that are there are removed.
func addAll(t tx, old *links, warm map[recordKey]any, batch []entry) (union, error) {
	a := adder{tx: t, end: string(t.last(bucketLog)), inOrder: true}
	u := union{links: old}
	if err := readState(t, bucketMeta, keyTotals, &a.sum); err != nil {
		return u, err
	}
	for _, e := range batch { // who is who comes first
		if e.event.linking() {
			if err := a.add(e); err != nil {
				return u, err
			}
		}
	}
	linked := len(a.fresh) > 0
	if linked {
		var err error
		if u.links, err = readLinks(t); err != nil {
			return u, err
		}
		if err := a.purge(old, u.links); err != nil {
			return u, err
		}
	}
	for _, e := range batch {
		if !e.event.linking() && !u.links.gone(e.event.Learner) {
			if err := a.add(e); err != nil {
				return u, err
			}
		}
	}
	u.added = len(a.fresh)
	if u.added == 0 {
		return u, nil
	}
	u.last = counterOf([]byte(a.end))
	if err := writeState(t, bucketMeta, keyTotals, a.sum); err != nil {
		return u, err
	}
	if linked || !a.inOrder {
		return u, refold(t, concerned(a.fresh, old, u.links), u.links)
	}
	f := fold{u.links, &records{tx: t, held: map[recordKey]any{}, warm: warm}}
	for _, e := range a.fresh {
		f.add(e.event)
	}
	u.held = f.held
	return u, f.flush(t)
}

// linking tells whether an event says whose events are whose.
func (e Event) linking() bool { return e.Verb == Merged || e.Verb == Erased }

// An adder adds entries to the log.
type adder struct {
	tx      tx
	sum     totals
	end     string // the highest key
	inOrder bool   // every new entry came after all others
	fresh   []entry
}

func (a *adder) add(e entry) error {
	if a.tx.get(bucketLog, e.key) != nil {
		return nil
	}
	if err := a.tx.put(bucketLog, e.key, seal(e.key, e.value)); err != nil {
		return err
	}
	if e.event.linking() {
		if err := a.tx.put(bucketLinks, e.key, nil); err != nil {
			return err
		}
	}
	a.inOrder = a.inOrder && string(e.key) > a.end
	a.end = max(a.end, string(e.key))
	a.sum.add(e.key)
	a.sum.Events++
	a.fresh = append(a.fresh, e)
	return nil
}

// purge removes the events of people who are gone now and were not before.
func (a *adder) purge(old, now *links) error {
	if maps.Equal(old.erased, now.erased) && maps.Equal(old.parent, now.parent) {
		return nil
	}
	var keys [][]byte
	for key, sealed := range a.tx.from(bucketLog, nil) {
		e, err := readRecord(key, sealed)
		if err != nil {
			return err
		}
		if !e.linking() && now.gone(e.Learner) {
			keys = append(keys, bytes.Clone(key))
		}
	}
	if len(keys) > 0 {
		if err := a.tx.put(bucketMeta, []byte(keyPurge), []byte{1}); err != nil {
			return err
		}
	}
	for _, key := range keys {
		if err := a.tx.del(bucketLog, key); err != nil {
			return err
		}
		a.sum.add(key)
		a.sum.Events--
	}
	return nil
}

func (s *totals) add(key []byte) {
	for i := range s.XOR {
		s.XOR[i] ^= key[8+i]
	}
}

// readLinks folds the Merged and Erased events of the log.
func readLinks(t tx) (*links, error) {
	var events []Event
	for key := range t.from(bucketLinks, nil) {
		e, err := readRecord(key, t.get(bucketLog, key))
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	return newLinks(events), nil
}

// concerned returns the ids whose states may change with entries: the learners under whom they count, and when somebody
// was merged or erased, whoever counted as somebody else before.
func concerned(fresh []entry, old, now *links) map[string]bool {
	ids := map[string]bool{}
	for _, e := range fresh {
		ids[now.root(e.event.Learner)] = true
		if !e.event.linking() {
			continue
		}
		for _, id := range []string{e.event.Learner, e.event.Other} {
			if id != "" {
				ids[id], ids[old.root(id)], ids[now.root(id)] = true, true, true
			}
		}
		for id := range now.parent {
			if old.root(id) != now.root(id) || old.gone(id) != now.gone(id) {
				ids[id], ids[old.root(id)], ids[now.root(id)] = true, true, true
			}
		}
	}
	return ids
}

// refoldAll makes every state anew, by this program's fold.
func refoldAll(t tx, l *links) error {
	return errors.Join(refold(t, nil, l), writeState(t, bucketMeta, keyFold, foldVersion))
}

// refold makes the states of some learners anew from the log; nil means of everybody.
func refold(t tx, ids map[string]bool, l *links) error {
	if err := forget(t, ids); err != nil {
		return err
	}
	f := fold{l, newRecords(nil)}
	for key, sealed := range t.from(bucketLog, nil) {
		e, err := readRecord(key, sealed)
		if err != nil {
			return err
		}
		if ids == nil || ids[l.root(e.Learner)] {
			f.add(e)
		}
	}
	return f.flush(t)
}

// forget removes the states of some learners; nil means of everybody.
func forget(t tx, ids map[string]bool) error {
	var sum statesSum
	if err := readState(t, bucketMeta, keyStates, &sum); err != nil {
		return err
	}
	for _, bucket := range stateBuckets {
		var keys [][]byte
		for k, sealed := range t.from(bucket, nil) {
			id, _, _ := strings.Cut(string(k), "\x00")
			if ids == nil || ids[id] {
				keys = append(keys, bytes.Clone(k))
				sum.count(sealed, false)
			}
		}
		for _, k := range keys {
			if err := t.del(bucket, k); err != nil {
				return err
			}
		}
	}
	if ids == nil {
		sum = statesSum{} // whatever it said before: none are left
	}
	return writeState(t, bucketMeta, keyStates, sum)
}

package progress

import (
	"errors"
	"iter"
	"os"
	"slices"
	"strings"
)

// A source hands out entries with the heads of their events, as often as it is asked; what cannot be read comes as errors
// between them.
type source func() iter.Seq2[entry, error]

// rebuilt says what came of the sources.
type rebuilt struct {
	given  []int // how many events each source gave that those before it had not
	bad    []int // how many places of each source could not be read
	gone   bool  // events of people who were erased were among them, and were left out
	totals totals
}

// rebuildStep is how many events are written in one transaction: enough to be quick, few enough for little memory.
const rebuildStep = 2000

// rebuild makes a database from the union of sources, whole and synced, in a new file. It is written without a sync for
// each transaction, since nobody relies on it before the last one.
func rebuild(path string, sources []source) (r rebuilt, err error) {
	l := newLinks(linkEvents(sources))
	if err := createAt(path, prepare); err != nil {
		return r, err
	}
	d, err := openBolt(path, true)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	for _, source := range sources {
		given, bad, err := r.pour(d, source, l)
		if err != nil {
			return r, err
		}
		r.given, r.bad = append(r.given, given), append(r.bad, bad)
	}
	err = d.update(func(t tx) error {
		if r.gone {
			if err := t.put(bucketMeta, []byte(keyPurge), []byte{1}); err != nil {
				return err
			}
		}
		return errors.Join(refoldAll(t, l), readState(t, bucketMeta, keyTotals, &r.totals))
	})
	if err != nil {
		return r, err
	}
	return r, d.file.Sync()
}

// linkEvents returns the Merged and Erased events of sources in the order of the log. They decide what of the rest is kept.
func linkEvents(sources []source) []Event {
	found := map[string]Event{}
	for _, source := range sources {
		for e, err := range source() {
			if err == nil && e.event.linking() {
				found[string(e.key)] = e.event
			}
		}
	}
	keys := slices.Collect(func(yield func(string) bool) {
		for k := range found {
			if !yield(k) {
				return
			}
		}
	})
	slices.SortFunc(keys, strings.Compare)
	events := make([]Event, len(keys))
	for i, k := range keys {
		events[i] = found[k]
	}
	return events
}

// pour adds what a source gives.
func (r *rebuilt) pour(d *boltDB, source source, l *links) (given, bad int, err error) {
	batch := make([]entry, 0, rebuildStep)
	flush := func() error {
		return d.update(func(t tx) error {
			n, err := insert(t, batch)
			given += n
			batch = batch[:0]
			return err
		})
	}
	for e, err := range source() {
		switch {
		case err != nil:
			bad++
		case !e.event.linking() && l.gone(e.event.Learner):
			r.gone = true
		default:
			batch = append(batch, e)
		}
		if len(batch) == rebuildStep {
			if err := flush(); err != nil {
				return given, bad, err
			}
		}
	}
	return given, bad, flush()
}

// insert adds entries to the log without folding them.
func insert(t tx, batch []entry) (int, error) {
	a := adder{tx: t}
	if err := readState(t, bucketMeta, keyTotals, &a.sum); err != nil {
		return 0, err
	}
	for _, e := range batch {
		if err := a.add(e); err != nil {
			return 0, err
		}
	}
	return len(a.fresh), writeState(t, bucketMeta, keyTotals, a.sum)
}

// swap puts a rebuilt file in the place of the database, whose file goes to the name aside ("" to be replaced).
func swap(rebuilt, path, aside string) error {
	if aside != "" {
		if err := os.Rename(path, aside); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return os.Rename(rebuilt, path)
}

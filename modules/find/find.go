// Package find looks for words in everything that is installed: the titles and texts of lessons, the questions' prompts,
// the glossaries. Never in options, answers, explanations, solutions or tests: finding must not give away.
//
// # The index
//
// It stands in search.db, a bbolt file in the data folder, and holds nothing that cannot be made anew. So it is written
// without the care that answers get, and believed only while the sums in search.sum say that it is what was written: a
// missing, damaged or half-written index is thrown away and made again. Where the data folder cannot be used (it is read-only,
// another process is at work there, a guest leaves no trace) the index is made in a file of this process's own.
//
// Each language has four buckets:
//
//	modules  module id → what the module says in that language, see record.go
//	forms    a word as it is compared, without case and accents → its number
//	stems    a stem → the numbers of the words that have it
//	mirror   the words back to front, to find those that end alike
//
// A module's record is put when the module is new or has changed, and touches no other. A key press reads the vocabulary
// for the words that are meant (the same stem, the same beginning, one slip away) and then, in the record of each module,
// where they stand.
package find

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"fanal/modules"

	bolt "go.etcd.io/bbolt"
)

// ErrNoIndex is the error of an index that can be made neither in the data folder nor anywhere else.
var ErrNoIndex error = noIndex{}

type noIndex struct{ cause error }

// Error implements error.
func (e noIndex) Error() string {
	return fmt.Sprintf("no place for an index to search in: %v", e.cause)
}

// Spoken says it to a person.
func (e noIndex) Spoken() (string, map[string]any) { return "find-no-index", nil }

// Is makes all of them [ErrNoIndex].
func (e noIndex) Is(target error) bool { return target == ErrNoIndex }

// Unwrap returns the cause.
func (e noIndex) Unwrap() error { return e.cause }

// errUnusable is the error of a file that cannot be used at the moment, or not any more.
var errUnusable = errors.New("the index cannot be used")

// An Index finds words. All methods may be called at the same time; one caller at a time updates.
type Index struct {
	dir string // "" or unusable: the index is this process's own

	updating sync.Mutex
	plans    map[string]*plan // by language

	mu   sync.RWMutex // over what follows: taken whole to change the file, in part to read it
	file *file        // nil until it is first needed
}

// A plan is how far an update went through the library.
type plan struct {
	ids  []string
	next int   // the first that has not been looked at
	file *file // in which they were put
}

// Open returns the index of a data folder, without touching it: the file is opened when it is first needed. Without a
// folder the index is kept in a file that ends with the process.
func Open(dir string) *Index { return &Index{dir: dir, plans: map[string]*plan{}} }

// Close closes the index and keeps what has been made of it.
func (x *Index) Close() error {
	x.updating.Lock()
	defer x.updating.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.file == nil {
		return nil
	}
	f := x.file
	x.file = nil
	return guard(f.close)
}

// Update reads the modules of the library that the index does not have in this language, or has as they were, until it is
// done or the time is over, at least one. It returns how many are still to be looked at: call it again until there are
// none. What it has read can be found at once. A module that cannot be read has nothing to find. The error is [ErrNoIndex].
func (x *Index) Update(lib *modules.Library, lang string, most time.Duration) (left int, err error) {
	x.updating.Lock()
	defer x.updating.Unlock()
	ids := lib.IDs()
	p := x.plans[lang]
	if p == nil || p.next == len(p.ids) || !slices.Equal(p.ids, ids) {
		p = &plan{ids: ids} // also when all was done: a module may have come in another version since
		x.plans[lang] = p
	}
	stop := time.Now().Add(most)
	for attempt := 0; ; attempt++ {
		if err = x.update(lib, lang, p, stop); err == nil {
			return len(ids) - p.next, nil
		}
		// The file is of no use any more, whatever the reason: begin again in one of our own.
		x.abandon()
		if attempt > 0 {
			return 0, noIndex{err}
		}
	}
}

func (x *Index) update(lib *modules.Library, lang string, p *plan, stop time.Time) error {
	if err := x.open(); err != nil {
		return err
	}
	if f := x.now(); p.file != f {
		p.file, p.next = f, 0
	}
	stale := x.stale(lib, lang, p, stop)
	if stale == "" {
		return x.settle(p)
	}
	if err := x.write(); err != nil {
		return err
	}
	err := x.use(func(db *bolt.DB) error {
		return db.Update(func(tx *bolt.Tx) error {
			w, err := newWriter(tx, lang)
			if err != nil {
				return err
			}
			for first := true; p.next < len(p.ids) && (first || time.Now().Before(stop)); p.next++ {
				changed, err := w.put(p.ids[p.next], lib)
				if err != nil {
					return err
				}
				first = first && !changed
			}
			return w.finish(p.ids)
		})
	})
	if err != nil {
		return err
	}
	return x.settle(p)
}

// stale passes over the modules that the index has as they are, and returns the first that it has not, "" when it has all
// or the time is over.
func (x *Index) stale(lib *modules.Library, lang string, p *plan, stop time.Time) (id string) {
	_ = x.use(func(db *bolt.DB) error {
		return db.View(func(tx *bolt.Tx) error {
			b := tx.Bucket(modulesOf(lang))
			for first := true; p.next < len(p.ids) && (first || time.Now().Before(stop)); p.next++ {
				id = p.ids[p.next]
				stamp, err := stampOf(lib, id, lang)
				if err == nil && (b == nil || recordStamp(b.Get([]byte(id))) != stamp) {
					return nil
				}
				first = false
			}
			id = ""
			return nil
		})
	})
	return id
}

// settle seals the file when all is done: from then on it can be read by others, and believed at the next start.
func (x *Index) settle(p *plan) error {
	if p.next < len(p.ids) {
		return nil
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.file == nil {
		return errUnusable
	}
	return guard(x.file.seal)
}

// open opens the file that is in the data folder, or begins one.
func (x *Index) open() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.file != nil {
		return nil
	}
	return guard(func() (err error) {
		if x.dir != "" {
			if x.file, err = openFile(x.dir); err == nil {
				return nil
			}
		}
		x.file, err = ownFile()
		return err
	})
}

// now gives the file that is in use.
func (x *Index) now() *file {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.file
}

// write makes the file one that can be written to.
func (x *Index) write() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.file == nil {
		return errUnusable
	}
	return guard(x.file.write)
}

// use runs f on the database.
func (x *Index) use(f func(db *bolt.DB) error) error {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.file == nil {
		return errUnusable
	}
	err := guard(func() error { return f(x.file.db) })
	if errors.Is(err, errUnusable) {
		x.file.broken.Store(true)
	}
	return err
}

// abandon gives the file up, and with it the data folder for this process.
func (x *Index) abandon() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.dir = ""
	if x.file != nil {
		_ = guard(x.file.discard)
		x.file = nil
	}
}

// guard makes an error of what would end the process: a stick that is pulled out under a mapped file, or a file that
// changed under our hands.
func guard(f func() error) (err error) {
	old := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(old)
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errUnusable, p)
		}
	}()
	return f()
}

// names of the files in a data folder.
func indexPath(dir string) string { return filepath.Join(dir, "search.db") }
func sumPath(dir string) string   { return filepath.Join(dir, "search.sum") }
func lockPath(dir string) string  { return filepath.Join(dir, "search.lock") }

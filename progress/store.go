package progress

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Options are what [Open] may be told. The zero value is what the program uses.
type Options struct {
	Wait time.Duration    // how long to wait for another process to leave the folder; 0: a second
	Now  func() time.Time // the clock; nil: the system's
}

// A Store is what learners have done, in one data folder or, for a guest, in memory. Its methods may be called from
// several goroutines at once. Reading never waits for writing.
type Store struct {
	dir  string // "" in memory
	lock *lock
	now  func() time.Time

	writing sync.Mutex // held by whoever changes the store, before mu

	mu    sync.RWMutex // guards what follows
	db    db
	links *links
	last  uint64 // the highest counter seen
	over  error  // why nothing more can be read or kept: closed, or damaged while open
}

// storeName is the name of the database in the data folder.
const storeName = "progress.db"

// Open opens the store in a folder and makes both where there is none. Errors: [ErrBusy], [ErrReadOnly], [ErrPermission],
// [ErrNoLock], [ErrFull], [ErrNewer], [ErrDamaged].
func Open(dir string, o Options) (*Store, error) {
	if o.Wait == 0 {
		o.Wait = time.Second
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, classify(err)
	}
	l, err := takeLock(dir, o.Wait)
	if err != nil {
		return nil, err
	}
	s := &Store{dir: dir, lock: l, now: o.Now}
	if err := s.open(filepath.Join(dir, storeName)); err != nil {
		return nil, errors.Join(err, l.release())
	}
	return s, nil
}

// OpenMemory returns an empty store that keeps nothing beyond the process: for a guest, and for going on when the folder
// cannot be used.
func OpenMemory() *Store {
	s := &Store{}
	m := newMemory()
	if err := errors.Join(m.update(prepare), s.adopt(m)); err != nil {
		panic(err) // nothing that can fail
	}
	return s
}

func (s *Store) open(path string) error {
	if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
		if err := create(path); err != nil {
			return classify(err)
		}
	}
	d, err := openBolt(path, false)
	if err != nil {
		return err
	}
	if d, err = migrate(d, path, migrations); err == nil {
		err = s.adopt(d)
	}
	if err != nil && d != nil {
		err = errors.Join(err, d.close())
	}
	return err
}

// adopt takes a prepared db for the store's own. It reads the last key and the links, nothing else.
func (s *Store) adopt(d db) error {
	return d.view(func(t tx) error {
		l, err := readLinks(t)
		if err != nil {
			return err
		}
		s.db, s.links = d, l
		if k := t.last(bucketLog); len(k) == keySize {
			s.last = counterOf(k)
		}
		return nil
	})
}

// Close ends the use of the store. What was acknowledged is kept whether or not Close is called.
func (s *Store) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if errors.Is(s.over, ErrClosed) {
		return nil
	}
	s.over = ErrClosed
	err := s.db.close()
	if s.lock != nil {
		err = errors.Join(err, s.lock.release())
	}
	return err
}

// Kept tells whether the store outlives the process; a guest's does not.
func (s *Store) Kept() bool { return s.dir != "" }

// Append keeps an event. It gives it its counter, its id and, when it has none, its time, and takes out of its texts what
// no screen may get. When it returns without an error the event is on the disk, and so is what follows from it. Errors:
// [ErrNotKept] (and [ErrFull]), [ErrInvalid], [ErrUnknown] for a learner who was erased, [ErrDamaged], [ErrClosed].
func (s *Store) Append(e Event) (Event, error) {
	kept, err := s.AppendAll([]Event{e})
	if err != nil {
		return Event{}, err
	}
	return kept[0], nil
}

// AppendAll keeps events as [Store.Append] does, all of them or none.
func (s *Store) AppendAll(events []Event) ([]Event, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	kept := make([]Event, len(events))
	batch := make([]entry, len(events))
	for i, e := range events {
		if s.gone(e.Learner) {
			return nil, ErrUnknown
		}
		e = cleaned(e)
		e.Counter, e.ID = s.last+1+uint64(i), uuid.NewString()
		if e.Time.IsZero() {
			e.Time = s.clock()
		}
		e.Time = stamp(e.Time)
		key, value, err := encodeEvent(e)
		if err != nil {
			return nil, err
		}
		kept[i], batch[i] = e, entry{key, value, e}
	}
	if _, err := s.keep(batch); err != nil {
		return nil, err
	}
	return kept, nil
}

func (s *Store) gone(learner string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.links.gone(learner)
}

func (s *Store) clock() time.Time {
	if s.now != nil {
		return s.now()
	}
	return time.Now()
}

// keep writes entries in one transaction with what follows from them, and returns how many were new. The caller holds
// s.writing.
func (s *Store) keep(batch []entry) (added int, err error) {
	s.mu.RLock()
	d, over, old := s.db, s.over, s.links
	s.mu.RUnlock()
	if over != nil {
		return 0, over
	}
	if len(batch) == 0 {
		return 0, nil
	}
	var u union
	err = d.update(func(t tx) (err error) {
		u, err = addAll(t, old, batch)
		return err
	})
	if err != nil {
		return 0, s.notKept(err)
	}
	s.mu.Lock()
	s.links, s.last = u.links, max(s.last, u.last)
	s.mu.Unlock()
	return u.added, nil
}

// notKept says why a transaction failed. After damage nothing in the file is touched again.
func (s *Store) notKept(err error) error {
	if errors.Is(err, ErrDamaged) {
		s.mu.Lock()
		s.over = err
		s.mu.Unlock()
		return &NotKeptError{Err: err}
	}
	return &NotKeptError{Err: err, Full: isFull(err)}
}

// read runs f in a transaction that sees the store as it is now.
func (s *Store) read(f func(t tx, l *links) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.over != nil {
		return s.over
	}
	err := s.db.view(func(t tx) error { return f(t, s.links) })
	if err != nil {
		return fmt.Errorf("read progress: %w", err)
	}
	return nil
}

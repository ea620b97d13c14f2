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
	dir       string // "" in memory
	lock      *lock
	now       func() time.Time
	recovery  *Recovery
	unchanged bool // the closing mark still holds: nothing was written since it was

	copying  sync.Mutex // held by whoever makes or removes copies, before writing
	timer    *time.Timer
	writing  sync.Mutex        // held by whoever changes the store, before mu
	warm     map[recordKey]any // the states that the last Append touched: the next one most often needs them again
	journal  *journal
	added    int  // events since the last copy of this session
	uncopied int  // journals of earlier sessions that are in no copy
	shaky    bool // a write failed: the file is opened anew before the next one
	suspect  bool // a write failed in this session: the next start looks at the file first
	behind   bool // the journals hold what the database could not take

	drafting sync.Mutex
	drafts   map[string]string // nil until they are read
	unsaved  bool              // the file has not what drafts has

	mu    sync.RWMutex // guards what follows
	db    db
	links *links
	last  uint64 // the highest counter seen
	over  error  // why nothing more can be read or kept: closed, or damaged while open
}

// storeName is the name of the database in the data folder.
const storeName = "progress.db"

// Open opens the store in a folder and makes both where there is none. What a crash, a power cut or a bad disk left is
// made good first: see [Store.Recovery]. Errors: [ErrBusy], [ErrReadOnly], [ErrPermission], [ErrNoLock], [ErrFull],
// [ErrNewer], [ErrDamaged]. Whatever the error, nothing was overwritten.
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

func (s *Store) open(path string) (err error) {
	if err := s.settle(path); err != nil {
		return err
	}
	if s.journal, err = newJournal(s.dir); err != nil {
		return classify(err)
	}
	d, err := openBolt(path, false)
	if err != nil {
		return err
	}
	if d, err = migrate(d, path, migrations); err == nil {
		err = s.adopt(d)
	}
	if err == nil {
		err = s.renew()
	}
	if err == nil && !s.unchanged {
		err = s.catchUp()
	}
	if err != nil {
		if s.db != nil { // another one by now, perhaps
			return errors.Join(err, s.db.close())
		}
		return errors.Join(err, d.close())
	}
	s.uncopied = uncopied(s.dir)
	if s.recovery != nil {
		s.uncopied++
		s.copySoon()
	}
	if err := s.finishPurge(); err != nil {
		s.stopCopies()
		return errors.Join(err, s.db.close())
	}
	return nil
}

// renew makes the states anew when another version of the fold made them.
func (s *Store) renew() error {
	fold := 0
	err := s.read(func(t tx, _ *links) error { return readState(t, bucketMeta, keyFold, &fold) })
	if err != nil || fold == foldVersion {
		return err
	}
	return s.Refold()
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
	s.stopCopies()
	s.copying.Lock()
	defer s.copying.Unlock()
	if s.due() {
		_ = s.copy() // the answers are in the database and in the journal: a copy that fails loses nothing
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if errors.Is(s.over, ErrClosed) {
		return nil
	}
	whole := s.over == nil && !s.shaky && !s.suspect && !s.behind
	s.over = ErrClosed
	var sum totals
	if whole {
		err := s.db.view(func(t tx) error { return readState(t, bucketMeta, keyTotals, &sum) })
		whole = err == nil
	}
	err := s.db.close()
	if s.Kept() {
		err = errors.Join(err, s.journal.close())
		if j, e := lastJournal(s.dir); whole && err == nil && e == nil && !s.unchanged {
			_ = writeMark(s.dir, j, sum) // without it the next start takes longer, no more
		}
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
		kept[i], batch[i] = e, entry{key: key, value: value, event: e}
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

// keep writes entries to the journal and to the database, and returns how many were new. The caller holds s.writing.
func (s *Store) keep(batch []entry) (added int, err error) {
	if len(batch) == 0 {
		return 0, nil
	}
	if !s.Kept() {
		return s.commit(batch)
	}
	if err := s.usable(); err != nil {
		return 0, err
	}
	s.unchanged = false
	before := s.journal.size
	if err := s.journal.add(batch); err != nil {
		return 0, s.notKept(err)
	}
	added, err = s.commit(batch)
	if err != nil {
		s.shaky = true
		return 0, errors.Join(err, s.journal.takeBack(before))
	}
	s.added += added
	s.copySoon()
	return added, nil
}

// usable tells why nothing can be kept, and opens the database anew first when that helps. The caller holds s.writing.
func (s *Store) usable() error {
	s.mu.RLock()
	over := s.over
	s.mu.RUnlock()
	if over != nil || !s.shaky {
		return over
	}
	if err := s.steady(); err != nil {
		return &NotKeptError{Err: err, Full: isFull(err)}
	}
	return nil
}

// steady opens the database anew after a failed write, as after a crash: what bbolt has in memory and what the file holds
// may differ. The caller holds s.writing.
func (s *Store) steady() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := filepath.Join(s.dir, storeName)
	err := s.db.close()
	if err == nil {
		err = inspect(path)
	}
	if err == nil {
		err = s.reopen(path)
	}
	if err != nil {
		s.over = err
		return err
	}
	s.shaky = false
	s.suspect = true
	return nil
}

// commit writes entries in one transaction with what follows from them, and returns how many were new.
func (s *Store) commit(batch []entry) (added int, err error) {
	s.mu.RLock()
	d, over, old := s.db, s.over, s.links
	s.mu.RUnlock()
	if over != nil {
		return 0, over
	}
	var u union
	warm := s.warm
	s.warm = nil // until it is known that the transaction was kept
	err = d.update(func(t tx) (err error) {
		u, err = addAll(t, old, warm, batch)
		return err
	})
	if err != nil {
		return 0, s.notKept(err)
	}
	s.warm = u.held
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

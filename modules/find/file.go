package find

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
)

// format is the beginning of search.sum. It is changed with the layout of the index or the way words are compared: an
// index of another format is made anew.
const format = "fanal index 2\n"

// patience is how long a process waits for another that writes.
const patience = time.Second

// sumBlock is how many bytes one sum covers.
const sumBlock = 1 << 20

// A file is the bbolt file of an index. Either it is sealed: written whole, sealed by its sums, opened to be read, by several
// processes if need be. Or it is being written, by this process alone.
//
// Who is at work is said by a lock on a file of its own. The database is only opened under it, and its sums are taken under
// it too: a bbolt file that is damaged can end the process that maps it, so none is mapped whose sums are wrong.
type file struct {
	db      *bolt.DB
	dir     string   // "" for a file of this process's own
	lock    *os.File // nil for a file of this process's own
	path    string
	writing bool
	broken  atomic.Bool // the database has panicked: it may still hold its own locks, and would never close
}

// openFile opens the index of a data folder for reading, or begins one when there is none that can be believed.
func openFile(dir string) (*file, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(lockPath(dir), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	f := &file{dir: dir, path: indexPath(dir), lock: lock}
	if err := f.locked(shared); err != nil {
		lock.Close()
		return nil, err
	}
	if whole(dir) {
		err = f.openSealed()
	} else {
		err = f.write()
	}
	if err != nil {
		_ = f.discard()
		return nil, err
	}
	return f, nil
}

func (f *file) openSealed() (err error) {
	f.db, err = bolt.Open(f.path, 0o600, &bolt.Options{ReadOnly: true, Timeout: patience})
	return err
}

// ownFile begins an index that ends with this process.
func ownFile() (*file, error) {
	t, err := os.CreateTemp("", "fanal-search-*.db")
	if err != nil {
		return nil, err
	}
	path := t.Name()
	_ = t.Close()
	f := &file{path: path}
	if err := f.openWriting(); err != nil {
		_ = os.Remove(path)
		return nil, err
	}
	_ = os.Remove(path) // where the system allows it the name goes now, and the file with the process; else at the end
	return f, nil
}

// openWriting opens the file to be written. Nothing is synced before it is sealed: a power cut costs the index, and it is
// made anew.
func (f *file) openWriting() (err error) {
	f.db, err = bolt.Open(f.path, 0o600, &bolt.Options{Timeout: patience, NoSync: true})
	if err != nil {
		return err
	}
	f.db.AllocSize = 1 << 20 // grow by little: most libraries are small
	f.writing = true
	return nil
}

// write makes the file one that this process alone can write to.
func (f *file) write() error {
	if f.writing {
		return nil
	}
	if f.db != nil {
		if err := f.db.Close(); err != nil {
			return err
		}
		f.db = nil
	}
	if err := f.locked(exclusive); err != nil {
		return err
	}
	if !whole(f.dir) { // or not any more: another process may have had the lock in between
		if err := os.Remove(f.path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	if err := os.Remove(sumPath(f.dir)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return f.openWriting()
}

// seal ends the writing: from now on the file can be believed, and read by others.
func (f *file) seal() error {
	if !f.writing || f.dir == "" {
		return nil
	}
	if err := f.finish(); err != nil {
		return err
	}
	if err := f.locked(shared); err != nil {
		return err
	}
	return f.openSealed()
}

// finish closes a file that was being written, and writes down its sums.
func (f *file) finish() error {
	if err := errors.Join(f.db.Sync(), f.db.Close()); err != nil {
		return err
	}
	f.db, f.writing = nil, false
	s, err := sums(f.path)
	if err != nil {
		return err
	}
	temp := sumPath(f.dir) + ".new"
	if err := os.WriteFile(temp, s, 0o600); err != nil {
		return err
	}
	return os.Rename(temp, sumPath(f.dir))
}

// close closes the file. One that was being written is kept as far as it has come.
func (f *file) close() (err error) {
	switch {
	case f.dir == "":
		err = f.db.Close()
		_ = os.Remove(f.path)
		return err
	case f.writing:
		err = f.finish()
	case f.db != nil:
		err = f.db.Close()
	}
	return errors.Join(err, f.lock.Close())
}

// discard closes a file of which nothing is to be believed. A database that has panicked is left to the end of the process.
func (f *file) discard() error {
	if f.db != nil && !f.broken.Load() {
		_ = guard(f.db.Close)
	}
	if f.dir == "" {
		return os.Remove(f.path)
	}
	if f.writing {
		_ = os.Remove(f.path)
	}
	_ = os.Remove(sumPath(f.dir)) // so that whoever comes next makes it anew
	return f.lock.Close()
}

// whole tells whether the index of a folder is what was sealed, byte for byte. Reading it all has a good side on a slow
// disk: what is asked for next is in memory.
func whole(dir string) bool {
	want, err := os.ReadFile(sumPath(dir))
	if err != nil || !bytes.HasPrefix(want, []byte(format)) {
		return false
	}
	got, err := sums(indexPath(dir))
	return err == nil && bytes.Equal(got, want)
}

// sums returns what search.sum says of a file: its format, its size and the checksum of each block.
func sums(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	out := binary.BigEndian.AppendUint64([]byte(format), uint64(info.Size()))
	table := crc32.MakeTable(crc32.Castagnoli)
	block := make([]byte, sumBlock)
	for {
		n, err := io.ReadFull(f, block)
		if n > 0 {
			out = binary.BigEndian.AppendUint32(out, crc32.Checksum(block[:n], table))
		}
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			return out, nil
		case err != nil:
			return nil, err
		}
	}
}

// locked takes the lock, or changes it from one kind to the other, and waits a little for whoever has it.
func (f *file) locked(kind lockKind) error {
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		ok, err := tryLock(f.lock, kind)
		if ok || err != nil {
			return err
		}
		if time.Now().After(deadline) {
			return errUnusable
		}
	}
}

// A lockKind says whether others may have the lock at the same time.
type lockKind int

const (
	shared lockKind = iota
	exclusive
)

package progress

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"runtime/debug"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// boltDB is a db in a bbolt file.
type boltDB struct {
	file   *bolt.DB
	broken atomic.Bool // a transaction panicked: bbolt may hold a lock of its own for ever
}

// openBolt opens a bbolt file. It never makes one: bbolt would take a file cut to nothing for a new one.
func openBolt(path string, noSync bool) (d *boltDB, err error) {
	defer recovered(&err)
	f, err := bolt.Open(path, 0o600, &bolt.Options{
		Timeout: time.Second,
		NoSync:  noSync,
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			return os.OpenFile(name, flag&^os.O_CREATE, mode)
		},
		FreelistType: bolt.FreelistMapType,
	})
	if err != nil {
		return nil, boltError(err)
	}
	f.AllocSize = 1 << 20 // grow in small steps: old disks are small, and every copy reads the file whole
	return &boltDB{file: f}, nil
}

// boltError tells damage from trouble with the file system.
func boltError(err error) error {
	for _, e := range []error{bolterrors.ErrInvalid, bolterrors.ErrVersionMismatch, bolterrors.ErrChecksum} {
		if errors.Is(err, e) {
			return damaged("%v", err)
		}
	}
	return classify(err)
}

// recovered turns a panic in bbolt, or a fault in the memory that it maps (a stick that was pulled), into an error. It is
// deferred by whatever touches a bbolt file. After it the file is not touched again in this process.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = damaged("%v", p)
	}
}

func (d *boltDB) recovered(err *error) {
	if p := recover(); p != nil {
		d.broken.Store(true)
		*err = damaged("%v", p)
	}
}

func (d *boltDB) view(f func(tx) error) (err error) {
	defer d.recovered(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	return d.file.View(func(t *bolt.Tx) error { return f(boltTx{t}) })
}

func (d *boltDB) update(f func(tx) error) (err error) {
	defer d.recovered(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	return d.file.Update(func(t *bolt.Tx) error { return f(boltTx{t}) })
}

// close closes the file. Where bbolt holds a lock of its own it is not waited for: the process is about to end anyway.
func (d *boltDB) close() error {
	patience := 10 * time.Second
	if d.broken.Load() {
		patience = 50 * time.Millisecond
	}
	done := make(chan error, 1)
	go func() {
		var err error
		defer func() { done <- err }()
		defer recovered(&err)
		debug.SetPanicOnFault(true)
		err = d.file.Close()
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(patience):
		return damaged("closing hangs")
	}
}

type boltTx struct{ *bolt.Tx }

func (t boltTx) bucket(name string) *bolt.Bucket {
	b := t.Tx.Bucket([]byte(name))
	if b == nil {
		panic(fmt.Sprintf("no bucket %q", name)) // recovered as damage: every store is made with all of them
	}
	if name == bucketLog {
		b.FillPercent = 0.95 // it grows at its end: half-empty pages would double the file
	}
	return b
}

func (t boltTx) get(bucket string, key []byte) []byte { return t.bucket(bucket).Get(key) }

func (t boltTx) put(bucket string, key, value []byte) error { return t.bucket(bucket).Put(key, value) }

func (t boltTx) del(bucket string, key []byte) error { return t.bucket(bucket).Delete(key) }

func (t boltTx) from(bucket string, key []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func([]byte, []byte) bool) {
		c := t.bucket(bucket).Cursor()
		for k, v := c.Seek(key); k != nil; k, v = c.Next() {
			if !yield(k, v) {
				return
			}
		}
	}
}

func (t boltTx) last(bucket string) []byte {
	k, _ := t.bucket(bucket).Cursor().Last()
	return k
}

package progress

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

// Format is the version of the store that this program writes.
const Format = 1

// create makes an empty store: beside its place, synced, renamed, the folder synced, so that a power cut leaves either
// none or a whole one.
func create(path string) error {
	beside := path + besideSuffix
	if err := createAt(beside, prepare); err != nil {
		return errors.Join(err, os.Remove(beside))
	}
	if err := os.Rename(beside, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// createAt makes a bbolt file with what fill puts into it. It is synced when it is there whole.
func createAt(path string, fill func(tx) error) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	d, err := openBolt(path, false)
	if err != nil {
		return err
	}
	err = d.file.Update(func(t *bolt.Tx) error {
		for _, b := range allBuckets {
			if _, err := t.CreateBucketIfNotExists([]byte(b)); err != nil {
				return err
			}
		}
		return fill(boltTx{t})
	})
	return errors.Join(err, d.close())
}

// prepare writes what an empty store holds.
func prepare(t tx) error {
	return errors.Join(writeState(t, bucketMeta, keyFormat, Format), writeState(t, bucketMeta, keyTotals, totals{}),
		writeState(t, bucketMeta, keyFold, foldVersion))
}

// A migration makes, in one transaction, a store of one format into one of the next.
type migration func(tx) error

// migrations holds, by the format that it begins from, each step to the present one. There is one format so far.
var migrations = map[int]migration{}

// migrate brings an older store up to this program's format, after a copy that keeps the older file as it was. A newer
// one is refused, and closed as it is.
func migrate(d *boltDB, path string, steps map[int]migration) (*boltDB, error) {
	found, err := readFormat(d)
	switch {
	case err != nil:
		return d, err
	case found > Format:
		return d, &NewerError{found}
	case found == Format:
		return d, nil
	}
	if err := copySynced(d, fmt.Sprintf("%s.format-%d", path, found)); err != nil {
		return d, classify(err)
	}
	return d, d.update(func(t tx) error {
		for v := found; v < Format; v++ {
			if steps[v] == nil {
				return damaged("there never was a format %d", v)
			}
			if err := steps[v](t); err != nil {
				return err
			}
		}
		return writeState(t, bucketMeta, keyFormat, Format)
	})
}

func readFormat(d *boltDB) (format int, err error) {
	err = d.view(func(t tx) error {
		if err := readState(t, bucketMeta, keyFormat, &format); err != nil {
			return err
		}
		if format == 0 {
			return damaged("no format")
		}
		return nil
	})
	return format, err
}

// copySynced copies the file as it stands to another path.
func copySynced(d *boltDB, path string) error {
	return d.file.View(func(t *bolt.Tx) error {
		return replaceFile(path, func(w io.Writer) error {
			_, err := t.WriteTo(w)
			return err
		})
	})
}

package progress

import (
	"fmt"
	"maps"
	"slices"
)

// Dump returns every state of the store as it is written, a line each: what two stores with one history must agree on to
// the byte.
func Dump(s *Store) (lines []string) {
	err := s.read(func(t tx, _ *links) error {
		for _, b := range append([]string{bucketMeta, bucketLog}, stateBuckets...) {
			for k, v := range t.from(b, nil) {
				if string(k) == keyPurge {
					continue // about the files of one folder, not about what is known
				}
				lines = append(lines, fmt.Sprintf("%s %q %q", b, k, v))
			}
		}
		return nil
	})
	if err != nil {
		panic(err)
	}
	return lines
}

// Refold makes every state anew from the log.
func Refold(s *Store) error {
	return s.db.update(func(t tx) error { return refold(t, nil, s.links) })
}

// OpenSteps opens the store in a file whose format steps bring up to date.
func OpenSteps(path string, steps map[int]func(set func(bucket, key, value string) error) error) error {
	m := map[int]migration{}
	for v, step := range steps {
		m[v] = func(t tx) error {
			return step(func(bucket, key, value string) error { return t.put(bucket, []byte(key), []byte(value)) })
		}
	}
	d, err := openBolt(path, false)
	if err != nil {
		return err
	}
	d, err = migrate(d, path, m)
	if e := d.close(); err == nil {
		err = e
	}
	return err
}

// SetFormat makes a store one of another version.
func SetFormat(path string, format int) error {
	d, err := openBolt(path, false)
	if err != nil {
		return err
	}
	defer d.close()
	return d.update(func(t tx) error { return writeState(t, bucketMeta, keyFormat, format) })
}

// Keys returns the keys of a bucket.
func Keys(s *Store, bucket string) []string {
	found := map[string]bool{}
	_ = s.read(func(t tx, _ *links) error {
		for k := range t.from(bucket, nil) {
			found[string(k)] = true
		}
		return nil
	})
	return slices.Sorted(maps.Keys(found))
}

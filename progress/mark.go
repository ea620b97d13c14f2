package progress

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
)

// A closing mark is written beside the database when it is closed in order. It holds a fingerprint of the whole file, so
// that the next start knows that it is what was closed, byte for byte, and may map it; whatever else happened to the file
// meanwhile, a child process looks first.
type closingMark struct {
	Format  int
	Size    int64
	Sums    []byte // of each block of the file, four bytes each
	Journal journalState
	Copy    int // the number of the newest copy, 0 without any
	Totals  totals
}

const (
	markName  = "progress.clean"
	blockSize = 64 << 10
)

// wholeCheck is up to which size in bytes a start reads the file whole, some milliseconds' worth and more than 100,000
// answers. Of a larger one it reads partCheck, at random, so that a start never takes longer: the rest is covered by the
// checksums of its records, and read whole at every copy.
var wholeCheck, partCheck = 64 << 20, 16 << 20

func markPath(dir string) string { return filepath.Join(dir, markName) }

// writeMark marks the database in a folder as closed in order.
func writeMark(dir string, j journalState, sum totals) error {
	f, err := os.Open(filepath.Join(dir, storeName))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	m := closingMark{Format: Format, Size: info.Size(), Journal: j, Totals: sum}
	if m.Sums, err = fingerprint(f, 0, blocks(m.Size)); err != nil {
		return err
	}
	if m.Copy, err = lastCopy(dir); err != nil {
		return err
	}
	value, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return replaceFile(markPath(dir), func(w io.Writer) error {
		_, err := w.Write(seal([]byte(markName), value))
		return err
	})
}

// readMark reads a folder's closing mark; ok is false when there is none that can be believed.
func readMark(dir string) (m closingMark, ok bool) {
	sealed, err := os.ReadFile(markPath(dir))
	if err != nil {
		return m, false
	}
	value, ok := unseal([]byte(markName), sealed)
	if !ok || json.Unmarshal(value, &m) != nil || m.Size < 0 || len(m.Sums) != 4*blocks(m.Size) {
		return closingMark{}, false
	}
	return m, true
}

// closedInOrder tells whether the database is what was closed, and no event was kept since.
func (m closingMark) closedInOrder(dir string) bool {
	j, err := lastJournal(dir)
	if err != nil || j != m.Journal {
		return false
	}
	if c, err := lastCopy(dir); err != nil || c > m.Copy { // made after this mark: the disk forgot what came between
		return false
	}
	f, err := os.Open(filepath.Join(dir, storeName))
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() != m.Size {
		return false
	}
	first, n := 0, blocks(m.Size)
	if n > wholeCheck/blockSize {
		most := partCheck / blockSize
		first, n = rand.IntN(n-most+1), most
	}
	ends := []int{0, first, blocks(m.Size) - 1} // the beginning, where everything starts from, is always read
	for i, count := range []int{1, n, 1} {
		if m.Size == 0 {
			return false
		}
		sums, err := fingerprint(f, ends[i], count)
		if err != nil || string(sums) != string(m.Sums[4*ends[i]:4*(ends[i]+count)]) {
			return false
		}
	}
	return true
}

func blocks(size int64) int { return int((size + blockSize - 1) / blockSize) }

// fingerprint returns the checksums of n blocks of a file, from the first-th on. Two goroutines share the work: reading
// waits as much as summing.
func fingerprint(f io.ReaderAt, first, n int) ([]byte, error) {
	sums := make([]byte, 4*n)
	var errs [2]error
	var wg sync.WaitGroup
	for part := range 2 {
		wg.Go(func() {
			buf := make([]byte, blockSize)
			for i := part * (n / 2); i < n/2+part*(n-n/2); i++ {
				got, err := f.ReadAt(buf, int64(first+i)*blockSize)
				if err != nil && !(errors.Is(err, io.EOF) && got > 0) {
					errs[part] = err
					return
				}
				binary.BigEndian.PutUint32(sums[4*i:], crc32.Checksum(buf[:got], castagnoli))
			}
		})
	}
	wg.Wait()
	return sums, errors.Join(errs[:]...)
}

package progress

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A copy is the whole log as packed lines of text, with its totals at the end. Text, because a damaged one of it can kill
// no process, gives what is still readable in it, and takes a tenth of the room; the states follow from the events. A copy
// bears the number of the first journal that it does not hold, and the day when the clock could be believed.
const (
	copyFolder = "copies"
	copyEnd    = ".jsonl.gz"
	noDay      = "0000-00-00"
)

// How many copies are kept: the last ones, and the last of each of so many days and weeks. Where the clock cannot be
// believed a session stands for a day, and seven for a week.
const (
	keepLast  = 5
	keepDays  = 7
	keepWeeks = 4
)

// A copyFile names a copy.
type copyFile struct {
	path string
	seq  int
	day  time.Time // zero when the clock was not believed
}

// copyFiles returns the copies in a data folder, newest first.
func copyFiles(dir string) ([]copyFile, error) {
	found, err := os.ReadDir(filepath.Join(dir, copyFolder))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var copies []copyFile
	for _, f := range found {
		var c copyFile
		var day string
		name, ok := strings.CutSuffix(f.Name(), copyEnd)
		if _, err := fmt.Sscanf(name, "%06d_%s", &c.seq, &day); !ok || err != nil {
			continue
		}
		c.day, _ = time.Parse(time.DateOnly, day)
		c.path = filepath.Join(dir, copyFolder, f.Name())
		copies = append(copies, c)
	}
	slices.SortFunc(copies, func(a, b copyFile) int { return b.seq - a.seq })
	return copies, err
}

// lastCopy returns the number of the newest copy, 0 when there is none.
func lastCopy(dir string) (int, error) {
	copies, err := copyFiles(dir)
	if err != nil || len(copies) == 0 {
		return 0, err
	}
	return copies[0].seq, nil
}

// Copy makes a verified copy of the log and lets go of copies and journals that it makes needless. It holds up no answer.
// A store in memory has none.
func (s *Store) Copy() error {
	if !s.Kept() {
		return nil
	}
	s.copying.Lock()
	defer s.copying.Unlock()
	return s.copy()
}

// copy does what Copy says; the caller holds s.copying.
func (s *Store) copy() error {
	seq, err := s.turnJournal()
	if err != nil {
		return err
	}
	folder := filepath.Join(s.dir, copyFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return classify(err)
	}
	if err := syncDir(s.dir); err != nil {
		return classify(err)
	}
	day := noDay
	if s.ClockBelievable() {
		day = s.clock().Format(time.DateOnly)
	}
	path := filepath.Join(folder, fmt.Sprintf("%06d_%s%s", seq, day, copyEnd))
	var wrote totals
	err = replaceFile(path, func(w io.Writer) (err error) {
		wrote, err = s.writeCopy(w)
		return err
	})
	if err != nil {
		return classify(err)
	}
	forgetCached(path)
	if got, err := verifyCopy(path); err != nil || got != wrote {
		return errors.Join(damaged("a copy is not what was written"), err, os.Remove(path))
	}
	return rotate(s.dir)
}

// turnJournal ends the journal, so that the copy to be made holds all that came before the next one.
func (s *Store) turnJournal() (seq int, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.RLock()
	defer s.mu.RUnlock()
	switch {
	case s.over != nil:
		return 0, s.over
	case s.behind:
		return 0, &NotKeptError{Err: errBehind} // it would bear the number of journals that it does not hold
	}
	s.unchanged, s.added, s.uncopied = false, 0, 0
	return s.journal.turn()
}

var errBehind = errors.New("the journals hold more than the database")

// writeCopy writes the whole log, packed. One goroutine reads and the other packs.
func (s *Store) writeCopy(w io.Writer) (sum totals, err error) {
	packed, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
	chunks, spare, done := make(chan []byte), make(chan []byte, 2), make(chan error, 1)
	spare <- nil
	spare <- nil
	go func() {
		var err error
		for chunk := range chunks {
			if err == nil {
				_, err = packed.Write(chunk)
			}
			spare <- chunk
		}
		done <- err
	}()
	var from []byte
	for first := true; first || from != nil; first = false {
		buf := (<-spare)[:0]
		from, err = s.lines(from, &buf, &sum)
		chunks <- buf
		if err != nil {
			break
		}
	}
	close(chunks)
	if err := errors.Join(err, <-done); err != nil {
		return sum, err
	}
	if _, err := packed.Write(trailer(sum)); err != nil {
		return sum, err
	}
	return sum, packed.Close()
}

// lines adds the lines of some events from a key on to a buffer, and returns the key to go on from, nil at the end.
func (s *Store) lines(from []byte, buf *[]byte, sum *totals) (next []byte, err error) {
	err = s.read(func(t tx, _ *links) error {
		n := 0
		for key, sealed := range t.from(bucketLog, from) {
			if n++; n > eventBatch {
				next = bytes.Clone(key)
				return nil
			}
			value, ok := unseal(key, sealed)
			if !ok {
				return damaged("the checksum of event %x is wrong", key)
			}
			*buf = appendSummed(*buf, value, binary.BigEndian.Uint32(sealed[len(value):]))
			sum.Events++
			sum.add(key)
		}
		return nil
	})
	return next, err
}

// forgetCached makes the system read a file from the disk the next time, where it can be asked to.
func forgetCached(path string) {
	if f, err := os.Open(path); err == nil {
		uncache(f.Fd())
		f.Close()
	}
}

const trailerStart = "end "

func trailer(sum totals) []byte {
	return fmt.Appendf(nil, trailerStart+"%d %s\n", sum.Events, hex.EncodeToString(sum.XOR[:]))
}

func unpack(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }

// copyEntries returns what a copy holds; what cannot be read comes as errors, and so does a trailer that is missing.
func copyEntries(path string) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		var sum totals
		ended := false
		more := eachRawLine(path, unpack, func(line []byte, err error) bool {
			if strings.HasPrefix(string(line), trailerStart) && err == nil {
				ended = string(line)+"\n" == string(trailer(sum))
				return true
			}
			var e entry
			if err == nil {
				e, err = parseLine(line, headOf)
			}
			if err == nil {
				sum.Events++
				sum.add(e.key)
			}
			return yield(e, err)
		})
		if more && !ended {
			yield(entry{}, damaged("a copy without its end"))
		}
	}
}

// verifyCopy reads a copy through: it is whole when the checksum of the packing holds and its end is there. It returns what
// the end says; the lines have checksums of their own, which hold when they are read.
func verifyCopy(path string) (sum totals, err error) {
	f, err := os.Open(path)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return sum, damaged("a copy: %v", err)
	}
	buf, tail := make([]byte, 64<<10), []byte(nil)
	for err == nil {
		var n int
		n, err = z.Read(buf)
		tail = append(tail, buf[:n]...)
		tail = tail[max(0, len(tail)-128):]
	}
	if !errors.Is(err, io.EOF) {
		return sum, damaged("a copy: %v", err)
	}
	end := string(tail[bytes.LastIndexByte(bytes.TrimSuffix(tail, []byte("\n")), '\n')+1:])
	var xor string
	if _, err := fmt.Sscanf(end, trailerStart+"%d %s", &sum.Events, &xor); err != nil {
		return sum, damaged("a copy without its end")
	}
	if _, err := hex.Decode(sum.XOR[:], []byte(xor)); err != nil || len(xor) != 32 {
		return sum, damaged("a copy without its end")
	}
	return sum, nil
}

// rotate removes the copies that no rule keeps, and the journals that two copies hold.
func rotate(dir string) error {
	copies, err := copyFiles(dir)
	if err != nil {
		return err
	}
	days, weeks := map[string]bool{}, map[string]bool{}
	var errs []error
	for i, c := range copies {
		day, week := fmt.Sprintf("session %d", c.seq), fmt.Sprintf("sessions %d", c.seq/7)
		if !c.day.IsZero() {
			y, w := c.day.ISOWeek()
			day, week = c.day.Format(time.DateOnly), fmt.Sprintf("%d-W%d", y, w)
		}
		kept := i < keepLast
		if !days[day] && len(days) < keepDays {
			days[day], kept = true, true
		}
		if !weeks[week] && len(weeks) < keepWeeks {
			weeks[week], kept = true, true
		}
		if !kept {
			errs = append(errs, os.Remove(c.path))
		}
	}
	if len(copies) < 2 {
		return errors.Join(errs...)
	}
	j := journal{dir: filepath.Join(dir, journalFolder)}
	seqs, err := sequence(j.dir, journalEnd)
	for _, seq := range seqs {
		if seq < copies[1].seq {
			errs = append(errs, os.Remove(j.path(seq)))
		}
	}
	return errors.Join(append(errs, err)...)
}

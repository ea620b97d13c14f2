package progress

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A journal is the second place where every event is kept, before the database: lines that are only ever appended, each
// synced. It is what a disk that forgets its last syncs, or a damaged database, is made good from. A new one begins with
// the first event of a session and with every copy; a verified copy makes older ones needless.
type journal struct {
	dir  string
	seq  int      // of the file being written, or of the next one
	file *os.File // nil until the first event
	size int64    // of what was kept
	room int64    // of the file: behind what was kept it holds zeros, see makeRoom
	buf  []byte
}

const (
	journalFolder = "journal"
	journalEnd    = ".jsonl"
)

// Events that are kept all or none stand between these lines. Without the second one at the end of a journal the power was
// cut between, and none of them counts.
const (
	batchBegin = "begin"
	batchEnd   = "end"
)

// newJournal returns a journal that begins after all those in a data folder, and that no copy claims to hold.
func newJournal(dir string) (*journal, error) {
	j := &journal{dir: filepath.Join(dir, journalFolder), seq: 1}
	seqs, err := sequence(j.dir, journalEnd)
	if len(seqs) > 0 {
		j.seq = seqs[len(seqs)-1] + 1
	}
	copies, e := copyFiles(dir)
	if len(copies) > 0 {
		j.seq = max(j.seq, copies[0].seq)
	}
	return j, errors.Join(err, e)
}

// sequence returns the numbers of the files of a folder that are called by one, rising.
func sequence(dir, end string) ([]int, error) {
	found, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var seqs []int
	for _, f := range found {
		name, ok := strings.CutSuffix(f.Name(), end)
		name, _, _ = strings.Cut(name, "_")
		if n, err := strconv.Atoi(name); ok && err == nil && n > 0 {
			seqs = append(seqs, n)
		}
	}
	slices.Sort(seqs)
	return seqs, err
}

func (j *journal) path(seq int) string {
	return filepath.Join(j.dir, fmt.Sprintf("%06d%s", seq, journalEnd))
}

// add writes entries and syncs them. When it fails, nothing of them counts: what got through is cut off again, or is
// overwritten by the next.
func (j *journal) add(batch []entry) (err error) {
	if j.file == nil {
		if err := j.begin(); err != nil {
			return err
		}
	}
	j.buf = j.buf[:0]
	if len(batch) > 1 {
		j.buf = append(j.buf, batchBegin...)
		j.buf = append(j.buf, '\n')
	}
	for _, e := range batch {
		j.buf = appendLine(j.buf, e.key, e.value)
	}
	if len(batch) > 1 {
		j.buf = append(j.buf, batchEnd...)
		j.buf = append(j.buf, '\n')
	}
	j.makeRoom(int64(len(j.buf)))
	_, err = j.file.WriteAt(j.buf, j.size)
	if err == nil {
		err = syncData(j.file)
	}
	if err != nil {
		return errors.Join(err, j.cut())
	}
	j.size += int64(len(j.buf))
	if cap(j.buf) > 1<<20 {
		j.buf = nil
	}
	return nil
}

// roomStep is how much room in bytes a journal is given at once: some eighty answers.
const roomStep = 32 << 10

// makeRoom writes zeros behind what was kept, now and then, so that an answer does not change the file's length: to sync one
// then takes a write where the disk's head is, and not another to the file system's own records. A disk that is too full
// for it may still have room for the answer.
func (j *journal) makeRoom(n int64) {
	if j.size+n <= j.room {
		return
	}
	if _, err := j.file.WriteAt(make([]byte, n+roomStep), j.size); err == nil && j.file.Sync() == nil {
		j.room = j.size + n + roomStep
	}
}

// addMany writes one batch of entries and of what next gives, piece by piece, none with a counter above most. When it
// fails, nothing of them counts.
func (j *journal) addMany(first []entry, next func() (Event, error, bool), most uint64) (err error) {
	if j.file == nil {
		if err := j.begin(); err != nil {
			return err
		}
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, j.cut())
		}
	}()
	out := bufio.NewWriterSize(io.NewOffsetWriter(j.file, j.size), 64<<10)
	size := int64(0)
	write := func(line []byte) {
		n, _ := out.Write(line) // the error stays in the writer
		size += int64(n)
	}
	write([]byte(batchBegin + "\n"))
	for _, e := range first {
		j.buf = appendLine(j.buf[:0], e.key, e.value)
		write(j.buf)
	}
	for {
		e, err, more := next()
		if !more {
			break
		}
		if err != nil {
			return err
		}
		key, value, err := encodeEvent(e)
		if err != nil {
			return err
		}
		if e.Counter > most {
			return &InvalidError{"n", "out of range"}
		}
		j.buf = appendLine(j.buf[:0], key, value)
		write(j.buf)
	}
	if err := errors.Join(out.Flush(), j.file.Sync()); err != nil {
		return err
	}
	// What is between the marks is on the disk before the mark is that says so.
	write([]byte(batchEnd + "\n"))
	if err := errors.Join(out.Flush(), j.file.Sync()); err != nil {
		return err
	}
	j.size += size
	j.room = max(j.room, j.size)
	return nil
}

// begin makes the file, and its name last.
func (j *journal) begin() error {
	if err := os.Mkdir(j.dir, 0o700); err == nil {
		if err := syncDir(filepath.Dir(j.dir)); err != nil {
			return err
		}
	} else if !errors.Is(err, os.ErrExist) {
		return err
	}
	f, err := os.OpenFile(j.path(j.seq), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := syncDir(j.dir); err != nil {
		return errors.Join(err, f.Close())
	}
	j.file, j.size, j.room = f, 0, 0
	return nil
}

// takeBack removes the entries of the last add, which the database refused.
func (j *journal) takeBack(size int64) error {
	j.size = size
	return j.cut()
}

func (j *journal) cut() error {
	j.room = j.size
	return errors.Join(j.file.Truncate(j.size), j.file.Sync())
}

// turn ends the file and lets the next event begin another one. It returns the number of the next one.
func (j *journal) turn() (int, error) {
	if j.file == nil {
		return j.seq, nil
	}
	err := j.close()
	j.seq++
	return j.seq, err
}

func (j *journal) close() error {
	if j.file == nil {
		return nil
	}
	err := errors.Join(j.file.Truncate(j.size), j.file.Close()) // a power cut now leaves zeros at the end, and no harm
	j.file = nil
	j.size, j.room = 0, 0 // the next one is not cut off at the length of this one
	return err
}

// journalState says which journal was the last and how long it was: whether anything was kept since then.
type journalState struct {
	Seq  int
	Size int64
}

// lastJournal says which journal of a data folder is the last.
func lastJournal(dir string) (journalState, error) {
	seqs, err := sequence(filepath.Join(dir, journalFolder), journalEnd)
	if err != nil || len(seqs) == 0 {
		return journalState{}, err
	}
	j := journal{dir: filepath.Join(dir, journalFolder)}
	seq := seqs[len(seqs)-1]
	info, err := os.Stat(j.path(seq))
	if err != nil {
		return journalState{}, err
	}
	return journalState{seq, info.Size()}, nil
}

// journalEntries returns what the journals of a data folder hold from a number on, oldest first, each entry with the
// number of the batch that it was kept in. What cannot be read comes as errors, between the rest.
func journalEntries(dir string, from int) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		j := journal{dir: filepath.Join(dir, journalFolder)}
		seqs, err := sequence(j.dir, journalEnd)
		if err != nil && !yield(entry{}, err) {
			return
		}
		batch := 0
		for _, seq := range seqs {
			if seq >= from && !eachBatch(j.path(seq), &batch, yield) {
				return
			}
		}
	}
}

// eachBatch hands out the entries of a journal, those of a batch when its end is there.
func eachBatch(path string, batch *int, yield func(entry, error) bool) bool {
	ends := batchEnds(path)
	within, begun := false, 0
	return eachRawLine(path, plain, func(line []byte, err error) bool {
		var e entry
		switch {
		case err != nil:
		case string(line) == batchBegin:
			within = true
			*batch++
			begun++
			return true
		case string(line) == batchEnd:
			within = false
			return true
		case within && !ends[begun]:
			return true
		default:
			e, err = parseLine(line, headOf)
		}
		if !within && err == nil {
			*batch++
		}
		e.batch = *batch
		return yield(e, err)
	})
}

// batchEnds tells of each batch of a journal whether its end is there, counted from 1.
func batchEnds(path string) map[int]bool {
	ends, begun := map[int]bool{}, 0
	eachRawLine(path, plain, func(line []byte, err error) bool {
		switch string(line) {
		case batchBegin:
			begun++
		case batchEnd:
			ends[begun] = true
		}
		return err == nil
	})
	return ends
}

func plain(r io.Reader) (io.Reader, error) { return r, nil }

// eachRawLine hands out the lines of a file, through a reader that unpacks it. It returns false when no more are wanted.
func eachRawLine(path string, unpack func(io.Reader) (io.Reader, error), yield func([]byte, error) bool) bool {
	f, err := os.Open(path)
	if err != nil {
		return yield(nil, err)
	}
	defer f.Close()
	r, err := unpack(f)
	if err != nil {
		return yield(nil, err)
	}
	for line, err := range rawLines(r) {
		if !yield(line, err) {
			return false
		}
	}
	return true
}

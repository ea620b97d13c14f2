package carry

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"fanal/progress"
)

// A Bundle is an open bundle whose bytes are those that were written. Its events are read from it when they are asked for.
type Bundle struct {
	Contents
	file  io.Closer
	size  int64 // of the archive, in bytes
	parts []*zip.File
}

// Read reads a bundle that is not sealed. Everything that may be wrong with it is a [Refusal], but for what is wrong within
// the events, which [Bundle.Events] tells.
func Read(r io.ReaderAt, size int64) (*Bundle, error) {
	if err := checkMark(r, size); err != nil {
		return nil, err
	}
	z, err := listing(r, size)
	if err != nil {
		return nil, err
	}
	n := len(z.File)
	if n < 3 || n > maxParts {
		return nil, refuse(Odd, fmt.Sprintf("%d parts", n))
	}
	for i, f := range z.File {
		want := fmt.Sprintf(eventsName, i)
		switch i {
		case 0:
			want = headName
		case n - 1:
			want = endName
		}
		if f.Name != want || f.Flags&1 != 0 || f.Method != zip.Deflate && f.Method != zip.Store {
			return nil, refuse(Odd, fmt.Sprintf("part %d is %q", i+1, f.Name))
		}
	}
	b := &Bundle{size: size, parts: z.File[1 : n-1]}
	var h head
	var e end
	if err := readJSON(z.File[0], maxHead, &h); err != nil {
		return nil, err
	}
	switch {
	case h.Format > Format:
		return nil, refuse(Newer, fmt.Sprint(h.Format))
	case h.Format != Format:
		return nil, refuse(Odd, fmt.Sprintf("format %d", h.Format))
	}
	if err := readJSON(z.File[n-1], maxEnd, &e); err != nil {
		return nil, err
	}
	b.Contents = contents(h, e)
	return b, b.checkContents()
}

// checkContents holds what a bundle announces to the limits.
func (b *Bundle) checkContents() error {
	versions := 0
	for _, v := range b.Modules {
		versions += len(v)
	}
	switch {
	case len(b.Contents.parts) != len(b.parts):
		return refuse(Odd, "not the parts that its end names")
	case b.Sum.Events == 0:
		return refuse(Odd, "no events")
	case b.Sum.Events > MaxEvents || len(b.Learners)+versions > maxPeople:
		return refuse(TooLarge, "")
	case plain(b.Made) != b.Made || plain(b.Program) != b.Program:
		return refuse(Odd, "its first part")
	}
	return nil
}

// plain keeps what a day and a version may hold.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r == '.' || r == '-' || r == '+' {
			return r
		}
		return -1
	}, s[:min(len(s), 64)])
}

// checkMark reads every byte of the archive and holds them against the mark.
func checkMark(r io.ReaderAt, size int64) error {
	start := make([]byte, 4)
	if n, err := r.ReadAt(start, 0); n < len(start) {
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		return refuse(NotBundle, "")
	}
	if string(start) != "PK\x03\x04" {
		return refuse(NotBundle, "")
	}
	if size > MaxPacked {
		return refuse(TooLarge, "")
	}
	mark := make([]byte, lenMark)
	if size < int64(lenMark)+lenEnd {
		return refuse(Cut, "")
	}
	if _, err := r.ReadAt(mark, size-int64(lenMark)); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	word, digits := mark[:len(markWord)], mark[len(markWord):]
	if string(word) != markWord {
		return notEnded(r, size)
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(r, 0, size-2*sha256.Size)); err != nil {
		return err
	}
	if !bytes.Equal(digits, []byte(hex.EncodeToString(sum.Sum(nil)))) {
		return refuse(Altered, "")
	}
	return nil
}

// notEnded says of an archive without its mark whether it is a bundle that lost its end, or another archive.
func notEnded(r io.ReaderAt, size int64) error {
	name := make([]byte, len(headName))
	if _, err := r.ReadAt(name, lenLocal); err != nil || string(name) != headName {
		return refuse(NotBundle, "")
	}
	return refuse(Cut, "")
}

const (
	lenLocal = 30 // bytes of a header before its name
	lenEnd   = 22 // bytes of the end record before its comment
)

// listing reads the archive's directory. The library believes its counts, so they are looked at first: the directory must
// be short and end where the end record begins.
func listing(r io.ReaderAt, size int64) (*zip.Reader, error) {
	at := size - int64(lenMark) - lenEnd
	record := make([]byte, lenEnd)
	if _, err := r.ReadAt(record, at); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	le := binary.LittleEndian
	length, from := int64(le.Uint32(record[12:])), int64(le.Uint32(record[16:]))
	switch {
	case le.Uint32(record) != 0x06054b50, int(le.Uint16(record[20:])) != lenMark, from+length != at:
		return nil, refuse(Odd, "its directory")
	case length > maxListing:
		return nil, refuse(TooLarge, "its directory")
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, because(err, Odd)
	}
	return z, nil
}

// readJSON reads a small part.
func readJSON(f *zip.File, limit int64, v any) error {
	r, err := f.Open()
	if err != nil {
		return because(err, Odd)
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return because(err, Odd)
	case int64(len(text)) > limit:
		return refuse(TooLarge, f.Name)
	}
	if err := json.Unmarshal(text, v); err != nil {
		return because(err, Odd)
	}
	return nil
}

// Close lets go of the file.
func (b *Bundle) Close() error {
	if b.file == nil {
		return nil
	}
	return b.file.Close()
}

// Events returns the events, in the order of the log they came from, as often as it is asked. A [Refusal] ends them, also
// when at the end they were not those announced: whoever keeps them must then keep none.
func (b *Bundle) Events() iter.Seq2[progress.Event, error] {
	return func(yield func(progress.Event, error) bool) {
		t := newTally()
		room := newRoom(b.size)
		for i, f := range b.parts {
			more, err := b.eachOfPart(f, b.Contents.parts[i], room, t, yield)
			if err != nil {
				yield(progress.Event{}, err)
				return
			}
			if !more {
				return
			}
		}
		if !b.sameAs(t) {
			yield(progress.Event{}, refuse(Miscount, ""))
		}
	}
}

// A room is how much may still be unpacked: in all, and in a row. Whoever keeps the events has some thousands in memory, so that
// after a good many long ones shorter ones must come.
type room struct {
	bytes  int64    // that may still be unpacked
	credit int64    // bytes that long events may take now
	of     *counter // of the part that is being read
	taken  int64    // bytes of it
}

const (
	mostCredit  = 32 << 20 // bytes of long events in a row: hours of writing
	eventCredit = 4 << 10  // bytes that an event may have in the long run; most have 500
)

func newRoom(packed int64) *room {
	return &room{bytes: min(max(packed*MaxRatio, slack), MaxUnpacked), credit: mostCredit}
}

// take takes what was read of a part since the last time, for one event more. It is false when that is too much.
func (r *room) take(of *counter) bool {
	if r.of != of {
		r.of, r.taken = of, 0
	}
	n := of.n - r.taken
	r.taken = of.n
	r.bytes -= n
	r.credit = min(r.credit+eventCredit-n, mostCredit)
	return r.bytes >= 0 && r.credit >= 0
}

// eachOfPart hands out the events of a part. More is false when no more are wanted.
func (b *Bundle) eachOfPart(f *zip.File, want part, room *room, t *tally, yield func(progress.Event, error) bool) (more bool, err error) {
	r, err := f.Open()
	if err != nil {
		return false, because(err, Odd)
	}
	defer r.Close()
	got := &counter{sum: sha256.New()}
	limited := &io.LimitedReader{R: r, N: min(want.Size, room.bytes) + 1}
	before := t.all.events
	for e, err := range progress.ReadEvents(io.TeeReader(limited, got)) {
		if err == nil {
			err = t.add(e)
		}
		switch {
		case errors.Is(err, errCrowd), t.all.events > b.Sum.Events, !room.take(got):
			return false, refuse(TooLarge, f.Name)
		case err != nil:
			return false, because(err, BadEvent)
		}
		if !yield(e, nil) {
			return false, nil
		}
	}
	switch {
	case !room.take(got):
		return false, refuse(TooLarge, f.Name)
	case f.Name != want.Name || got.n != want.Size || t.all.events-before != want.Events,
		hex.EncodeToString(got.sum.Sum(nil)) != want.SHA256:
		return false, refuse(Miscount, f.Name)
	}
	return true, nil
}

// sameAs tells whether what was counted is what was announced.
func (b *Bundle) sameAs(t *tally) bool {
	e := t.end(nil)
	if e.Sum != b.Sum || len(e.Learners) != len(b.Learners) || len(e.Modules) != len(b.Modules) {
		return false
	}
	for id, sum := range e.Learners {
		if b.Learners[id] != sum {
			return false
		}
	}
	for id, versions := range e.Modules {
		if strings.Join(b.Modules[id], "\n") != strings.Join(versions, "\n") {
			return false
		}
	}
	return true
}

// Check reads a bundle through to its end.
func (b *Bundle) Check() error {
	for _, err := range b.Events() {
		if err != nil {
			return err
		}
	}
	return nil
}

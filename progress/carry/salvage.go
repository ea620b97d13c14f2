package carry

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"

	"filippo.io/age"

	"fanal/progress"
)

// A Salvaged is what can still be read of a bundle that is cut or damaged: every event whose own checksum holds, wherever
// it stands. What is missing cannot be told.
type Salvaged struct {
	Bad  int // places that could not be read
	r    io.ReaderAt
	size int64
	at   []int64 // where the parts begin
	t    *tally
	file *os.File
}

// Salvage looks through a damaged bundle on a disk. It is for those who were told that the bundle is refused, and ask for
// it. The salvaged must be closed. Errors: a [Refusal].
func Salvage(path string, k Key) (*Salvaged, error) {
	f, size, err := openRegular(path)
	if err != nil {
		return nil, about(path, because(err, Unread))
	}
	v, err := salvageFile(f, size, k)
	if err != nil {
		return nil, errors.Join(about(path, because(err, Altered)), f.Close())
	}
	v.file = f
	return v, nil
}

func salvageFile(f *os.File, size int64, k Key) (*Salvaged, error) {
	if size > MaxPacked {
		return nil, refuse(TooLarge, "")
	}
	seal, err := sealOf(f)
	if err != nil {
		return nil, err
	}
	if seal == Unsealed {
		return salvage(patient{f}, size)
	}
	if r, n, err := k.unseal(f, size, seal); err == nil {
		return salvage(patient{r}, n)
	}
	ids, err := k.identitiesFor(seal)
	if err != nil {
		return nil, err
	}
	// It was cut: the pieces before the cut can be opened, one after the other.
	plain, err := age.Decrypt(io.NewSectionReader(f, 0, size), ids...)
	if err != nil {
		return nil, unsealError(err, seal)
	}
	var got bytes.Buffer
	_, _ = io.Copy(&got, plain)
	return salvage(bytes.NewReader(got.Bytes()), int64(got.Len()))
}

// Close lets go of the file.
func (v *Salvaged) Close() error { return v.file.Close() }

// Sum says what was found.
func (v *Salvaged) Sum() Sum { return v.t.all.sum() }

// salvage finds the parts by the headers before them, and counts what can be read of each.
func salvage(r io.ReaderAt, size int64) (*Salvaged, error) {
	v := &Salvaged{r: r, size: size, t: newTally()}
	v.find()
	seen := map[string]bool{}
	var wrong error
	v.each(func(e progress.Event, err error) bool {
		switch {
		case err != nil:
			v.Bad++
		case !seen[e.ID]:
			seen[e.ID] = true
			wrong = v.t.add(e)
		}
		return wrong == nil && len(seen) <= MaxEvents
	})
	if wrong != nil || len(seen) > MaxEvents {
		return nil, refuse(TooLarge, "")
	}
	return v, nil
}

// Events returns the events that were found, in the order of the file. None is an error.
func (v *Salvaged) Events() iter.Seq2[progress.Event, error] {
	return func(yield func(progress.Event, error) bool) {
		v.each(func(e progress.Event, err error) bool { return err != nil || yield(e, nil) })
	}
}

// find notes where there is the header of a part with events.
func (v *Salvaged) find() {
	head := []byte("PK\x03\x04")
	const step = 1 << 20
	buf := make([]byte, step+lenLocal+len(eventsStart))
	for from := int64(0); from < v.size; from += step {
		n, _ := v.r.ReadAt(buf, from)
		for at := 0; ; at++ {
			next := bytes.Index(buf[at:n], head)
			if next < 0 {
				break
			}
			if at += next; at >= step {
				break
			}
			if at+lenLocal <= n && bytes.HasPrefix(buf[at+lenLocal:n], []byte(eventsStart)) && len(v.at) < maxParts {
				v.at = append(v.at, from+int64(at))
			}
		}
	}
}

// each reads every part as far as it goes.
func (v *Salvaged) each(yield func(progress.Event, error) bool) {
	room := min(max(v.size*MaxRatio, slack), MaxUnpacked)
	head := make([]byte, lenLocal)
	for _, at := range v.at {
		if n, _ := v.r.ReadAt(head, at); n < lenLocal || binary.LittleEndian.Uint16(head[8:]) != flateMethod {
			continue
		}
		at += lenLocal + int64(binary.LittleEndian.Uint16(head[26:])) + int64(binary.LittleEndian.Uint16(head[28:]))
		unpacked := flate.NewReader(io.NewSectionReader(v.r, at, max(v.size-at, 0)))
		limited := &io.LimitedReader{R: unpacked, N: room}
		for e, err := range progress.ReadEvents(limited) {
			if !yield(e, err) {
				return
			}
		}
		room = limited.N
	}
}

const flateMethod = 8 // of a zip archive

// patient reads what it can: a place that cannot be read is zeros.
type patient struct{ io.ReaderAt }

func (p patient) ReadAt(b []byte, off int64) (int, error) {
	n, err := p.ReaderAt.ReadAt(b, off)
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	const piece = 64 << 10 // what a seal covers, and more than a sector
	clear(b)
	for total := 0; total < len(b); {
		part := b[total : total+min(len(b)-total, piece-int((off+int64(total))%piece))]
		n, err := p.ReaderAt.ReadAt(part, off+int64(total))
		if errors.Is(err, io.EOF) {
			return total + n, io.EOF
		}
		if err != nil {
			clear(part)
		}
		total += len(part)
	}
	return len(b), nil
}

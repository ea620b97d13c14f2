package carry

import (
	"archive/zip"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"iter"
	"sync"
	"time"

	"fanal/progress"
)

// Options say what goes into a bundle.
type Options struct {
	Learner string           // id; "" is everybody, with those who were merged or asked to be forgotten
	Codes   *Codes           // codes in place of names, and no free text; nil: everything as it is
	Program string           // version of the program, to be written down
	Day     time.Time        // when it is made; zero when the clock is not to be believed
	Tick    func(events int) // told now and then how many events are written; may be nil
}

// partEvents is how many events a part holds: enough to pack well, few enough that a damaged place costs little.
const partEvents = 4000

// Write writes a bundle, not sealed, and says what it holds. Errors are those of the store, of the writer and of ctx;
// [Nothing] when there is no event to carry.
func Write(ctx context.Context, w io.Writer, s *progress.Store, o Options) (Contents, error) {
	m := &marking{w: w, sum: sha256.New()}
	z := zip.NewWriter(m)
	z.RegisterCompressor(zip.Deflate, compressor)
	h := head{Format: Format, Program: o.Program, All: o.Learner == ""}
	if !o.Day.IsZero() {
		h.Made = o.Day.Format(time.DateOnly)
	}
	if err := writeJSON(z, headName, h); err != nil {
		return Contents{}, err
	}
	t := newTally()
	next, stop := iter.Pull2(carried(ctx, s, o))
	defer stop()
	var parts []part
	for more := true; more; {
		p, err := writePart(z, fmt.Sprintf(eventsName, len(parts)+1), t, next)
		if err != nil {
			return Contents{}, err
		}
		if more = p.Events == partEvents; p.Events > 0 {
			parts = append(parts, p)
		}
		if t.all.events > MaxEvents || len(parts) > maxParts-2 {
			return Contents{}, refuse(TooLarge, "") // nobody would take it
		}
		if o.Tick != nil {
			o.Tick(int(t.all.events))
		}
	}
	if t.all.events == 0 {
		return Contents{}, refuse(Nothing, "")
	}
	e := t.end(parts)
	if err := writeJSON(z, endName, e); err != nil {
		return Contents{}, err
	}
	if err := z.SetComment(markWord + string(make([]byte, 2*sha256.Size))); err != nil {
		return Contents{}, err
	}
	if err := z.Close(); err != nil {
		return Contents{}, err
	}
	return contents(h, e), m.finish()
}

// carried returns the events that go into a bundle.
func carried(ctx context.Context, s *progress.Store, o Options) iter.Seq2[progress.Event, error] {
	events := s.Events(o.Learner)
	if o.Codes != nil {
		events = o.Codes.events(s, events)
	}
	return func(yield func(progress.Event, error) bool) {
		for e, err := range events {
			if err == nil {
				err = ctx.Err()
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// writePart writes the next events as one part. An empty one is not written.
func writePart(z *zip.Writer, name string, t *tally, next func() (progress.Event, error, bool)) (part, error) {
	first, err, more := next()
	if err != nil || !more {
		return part{}, err
	}
	w, err := z.Create(name)
	if err != nil {
		return part{}, err
	}
	sum := &counter{sum: sha256.New()}
	n, xor, err := progress.WriteEvents(io.MultiWriter(w, sum), func(yield func(progress.Event, error) bool) {
		for e, i := first, 1; ; i++ {
			err := t.add(e)
			if !yield(e, err) || i == partEvents {
				return
			}
			var more bool
			if e, err, more = next(); err != nil {
				yield(e, err)
				return
			} else if !more {
				return
			}
		}
	})
	return part{name, sum.n, hex.EncodeToString(sum.sum.Sum(nil)), Sum{n, xor}}, err
}

func writeJSON(z *zip.Writer, name string, v any) error {
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "\t")
	return e.Encode(v)
}

// A counter sums and counts what is written to it.
type counter struct {
	sum hash.Hash
	n   int64
}

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return c.sum.Write(p)
}

// The mark is the archive's comment: a word to know a bundle by, and the SHA-256 of every byte before these digits.
const (
	markWord = "fanal progress 1 "
	lenMark  = len(markWord) + 2*sha256.Size
)

// marking writes an archive through, but for the last bytes of it: they are the room for the digits of the mark.
type marking struct {
	w    io.Writer
	sum  hash.Hash
	held []byte
}

func (m *marking) Write(p []byte) (int, error) {
	m.held = append(m.held, p...)
	if n := len(m.held) - 2*sha256.Size; n > 0 {
		m.sum.Write(m.held[:n])
		if _, err := m.w.Write(m.held[:n]); err != nil {
			return 0, err
		}
		m.held = append(m.held[:0], m.held[n:]...)
	}
	return len(p), nil
}

// finish writes the digits in the place of what was held back.
func (m *marking) finish() error {
	_, err := io.WriteString(m.w, hex.EncodeToString(m.sum.Sum(nil)))
	return err
}

// compressors are used again and again: making one takes more time and memory than what it has to pack.
var compressors = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, 3)
	return w
}}

type pooled struct{ *flate.Writer }

func compressor(w io.Writer) (io.WriteCloser, error) {
	f := compressors.Get().(*flate.Writer)
	f.Reset(w)
	return pooled{f}, nil
}

func (p pooled) Close() error {
	err := p.Writer.Close()
	compressors.Put(p.Writer)
	return err
}

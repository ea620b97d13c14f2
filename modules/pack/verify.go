package pack

import (
	"context"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"fanal/modules"
)

// Verify opens the packed file at path and verifies all of it: every byte of every file against the sums, the signature,
// that it is the module that it says to be, and that each of its lessons can be read. Nothing is written, and nothing of it
// is kept in memory but a file's beginning. Tick, unless nil, is told how many bytes have been worked through since it was
// last told: each packed byte once and each unpacked one once. The error is a [*Refusal], or one of the system or of ctx.
func Verify(ctx context.Context, path string, tick func(n int64)) (*Pack, *modules.Manifest, error) {
	f, err := openRegular(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	p, err := verifyAll(newTicker(ctx, tick), f, info.Size())
	if err != nil {
		return nil, nil, err
	}
	p.Path = path
	man, err := p.identify()
	if err != nil {
		return nil, nil, err
	}
	return p, man, fitness(p)
}

// fitness refuses a module of which a part could not be shown: no learner is to find that out.
func fitness(src fs.FS) error {
	var first *modules.Problem
	modules.Open(src, modules.Origin{}).Inspect(func(p *modules.Problem) {
		if first == nil {
			first = p
		}
	})
	if first == nil {
		return nil
	}
	return &Refusal{Why: Unfit, Name: first.File, Err: first}
}

func verifyAll(tk ticker, r io.ReaderAt, size int64) (*Pack, error) {
	marked := make(chan error, 1)
	go func() { marked <- checkMark(tk, r, size) }()
	p, err := parse(r, size)
	if err == nil {
		err = p.verifyEntries(tk, r)
	}
	// A damaged pack is said to be damaged, whatever else its bytes seem to say.
	if err := <-marked; err != nil {
		return nil, err
	}
	return p, err
}

// verifyEntries verifies all files, on as many processors as there are. Of several errors it returns that of the first
// file, so that a pack is refused for the same reason each time.
func (p *Pack) verifyEntries(tk ticker, r io.ReaderAt) error {
	errs := make([]error, len(p.entries))
	var next atomic.Int64
	var failed atomic.Bool
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(p.entries)) {
		all.Go(func() {
			buf := make([]byte, 128<<10)
			for i := int(next.Add(1)) - 1; i < len(p.entries) && !failed.Load(); i = int(next.Add(1)) - 1 {
				if errs[i] = p.verifyEntry(tk, r, &p.entries[i], buf); errs[i] != nil {
					failed.Store(true)
				}
			}
		})
	}
	all.Wait()
	return firstError(errs...)
}

// checkMark compares the mark with the bytes before it. A file without a mark is none of ours, and left to parse. The mark
// is read last: the file may still be arriving.
func checkMark(tk ticker, r io.ReaderAt, size int64) error {
	if size < int64(lenMark) || size > MaxPacked {
		return nil
	}
	sum := crc32.New(castagnoli)
	src := tk.reader(io.NewSectionReader(r, 0, size-int64(lenMark)))
	if _, err := io.CopyBuffer(onlyWriter{sum}, src, make([]byte, 128<<10)); err != nil {
		return readFault(err, "")
	}
	tail := make([]byte, lenMark)
	if _, err := r.ReadAt(tail, size-int64(lenMark)); err != nil {
		return readFault(err, "")
	}
	if want, ok := parseMark(string(tail)); ok && sum.Sum32() != want {
		return refuse(Damaged, "")
	}
	return nil
}

// onlyWriter hides the ReadFrom of what it holds, so that the copy uses the buffer it is given.
type onlyWriter struct{ io.Writer }

func (p *Pack) verifyEntry(tk ticker, r io.ReaderAt, e *entry, buf []byte) error {
	want := p.sums[e.name]
	b, err := newBody(r, e, &want)
	if err != nil {
		return err
	}
	src := tk.reader(b)
	head := make([]byte, 8)
	n, err := io.ReadFull(src, head)
	letters := &letters{rest: slices.Clone(head[:n])}
	to := io.Discard
	if isText(e.name) {
		to = letters
	}
	if err == nil {
		_, err = io.CopyBuffer(onlyWriter{to}, src, buf)
	}
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return err
	}
	switch {
	case nested(e.name, head[:n]):
		return refuse(Nested, e.name)
	case isText(e.name) && !letters.whole():
		return refuse(NotUTF8, e.name)
	}
	return nil
}

// isText tells whether a file is one that people read on the screen: its letters must be letters.
func isText(name string) bool {
	return (strings.HasSuffix(name, ".md") || strings.HasSuffix(name, ".toml")) && !strings.HasPrefix(name, "files/")
}

// letters looks whether what is written to it is UTF-8. A character may come in pieces.
type letters struct {
	rest []byte // not looked at yet
	bad  bool
}

func (l *letters) Write(b []byte) (int, error) {
	l.rest = append(l.rest, b...)
	for len(l.rest) >= utf8.UTFMax && !l.bad {
		n := len(l.rest) - utf8.UTFMax + 1
		for n < len(l.rest) && !utf8.RuneStart(l.rest[n]) {
			n++
		}
		l.bad = !utf8.Valid(l.rest[:n])
		l.rest = append(l.rest[:0], l.rest[n:]...)
	}
	return len(b), nil
}

// whole tells whether all that was written is UTF-8.
func (l *letters) whole() bool { return !l.bad && utf8.Valid(l.rest) }

// identify reads what the module says that it is, and holds the signature to it.
func (p *Pack) identify() (*modules.Manifest, error) {
	man, err := manifest(p)
	if err != nil {
		var r *Refusal
		if inner := errors.Unwrap(err); errors.As(inner, &r) {
			return nil, r // what is wrong is the pack, not module.toml
		}
		return nil, err
	}
	if p.Sign != nil && (p.Sign.Module != man.ID || p.Sign.Version != man.Version) {
		return nil, refuse(SignOther, SignName)
	}
	return man, nil
}

// Create packs the module in src into a file at path: written beside it, verified as a receiver will, and only then given
// the name. What it returns a receiver accepts.
func Create(ctx context.Context, path string, src fs.FS, sign Signer, tick func(n int64)) (*Pack, error) {
	var p *Pack
	err := replaceFile(path, func(f *os.File) error {
		if err := Write(ctx, f, src, sign, tick); err != nil {
			return err
		}
		var err error
		p, _, err = Verify(ctx, f.Name(), nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	p.Path = path
	return p, nil
}

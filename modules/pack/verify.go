package pack

import (
	"context"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"os"

	"fanal/modules"
)

// Verify opens the packed file at path and verifies all of it: every byte of every file against the sums, the signature,
// and that it is the module that it says to be. Nothing is written, and nothing of it is kept in memory but a file's
// beginning. Tick, unless nil, is told how many bytes have been worked through since it was last told: each packed byte once
// and each unpacked one once. The error is a [*Refusal], or one of the system or of ctx.
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
	p, err := verifyAll(ticker{ctx, tick}, f, info.Size())
	if err != nil {
		return nil, nil, err
	}
	p.Path = path
	man, err := p.identify()
	return p, man, err
}

// VerifyBytes verifies a pack that is read from r, as [Verify] does but for what the module says of itself.
func VerifyBytes(r io.ReaderAt, size int64) error {
	_, err := verifyAll(ticker{ctx: context.Background()}, r, size)
	return err
}

func verifyAll(tk ticker, r io.ReaderAt, size int64) (*Pack, error) {
	// A damaged pack is said to be damaged, whatever else its bytes seem to say.
	if err := checkMark(tk, r, size); err != nil {
		return nil, err
	}
	p, err := parse(r, size)
	if err != nil {
		return nil, err
	}
	buf := make([]byte, 128<<10)
	for i := range p.entries {
		if err := p.verifyEntry(tk, r, &p.entries[i], buf); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// checkMark compares the mark with the bytes before it. A file without a mark is none of ours, and left to parse.
func checkMark(tk ticker, r io.ReaderAt, size int64) error {
	if size < int64(lenMark) || size > MaxPacked {
		return nil
	}
	tail := make([]byte, lenMark)
	if _, err := r.ReadAt(tail, size-int64(lenMark)); err != nil {
		return readFault(err, "")
	}
	want, ok := parseMark(string(tail))
	if !ok {
		return nil
	}
	sum := crc32.New(castagnoli)
	src := tk.reader(io.NewSectionReader(r, 0, size-int64(lenMark)))
	if _, err := io.CopyBuffer(onlyWriter{sum}, src, make([]byte, 128<<10)); err != nil {
		return readFault(err, "")
	}
	if sum.Sum32() != want {
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
	if err == nil {
		_, err = io.CopyBuffer(onlyWriter{io.Discard}, src, buf)
	}
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return err
	}
	if nested(e.name, head[:n]) {
		return refuse(Nested, e.name)
	}
	return nil
}

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

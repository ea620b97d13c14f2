package pack

import (
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"path"
	"slices"
	"sync"

	"fanal/modules"
)

// Write packs the module in src. The bytes depend on nothing but the module's files and the signature: the same on any
// machine, at any time. Sign may be nil. Files that a system or an editor leaves behind are passed over (see [Litter]); any
// other that may not travel is refused with the [*Refusal] that its pack would meet. Tick, unless nil, is told how many
// bytes have been worked through since it was last told; each byte counts twice, once for its sum and once for its packing.
func Write(ctx context.Context, w io.Writer, src fs.FS, sign Signer, tick func(n int64)) error {
	tk := newTicker(ctx, tick)
	man, err := manifest(src)
	if err != nil {
		return err
	}
	names, err := list(src)
	if err != nil {
		return err
	}
	s, err := sumAll(tk, src, names)
	if err != nil {
		return err
	}
	z := writer{w: bufio.NewWriterSize(w, 256<<10)}
	text := s.text()
	if err := z.add(SumsName, text, stored); err != nil {
		return err
	}
	if sign != nil {
		signature, err := sign(text, man.ID, man.Version)
		if err != nil {
			return err
		}
		if err := z.add(SignName, signature, stored); err != nil {
			return err
		}
	}
	for _, name := range names {
		content, err := readWhole(tk, src, name)
		if err != nil {
			return err
		}
		if sha256.Sum256(content) != s[name] {
			return refuse(Changed, name)
		}
		if err := z.add(name, content, deflated); err != nil {
			return err
		}
	}
	return z.close()
}

// manifest reads what the module says that it is.
func manifest(src fs.FS) (*modules.Manifest, error) {
	man, err := modules.Open(src, modules.Origin{}).Manifest()
	if err != nil {
		return nil, &Refusal{Why: NoModule, Name: "module.toml", Err: err}
	}
	return man, nil
}

// list returns the files of a module, in the order of a pack.
func list(src fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(src, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".":
			return nil
		case modules.IsLitter(path.Base(name)):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case name == SumsName || name == SignName:
			return nil // of a pack that was unpacked: both are made anew
		}
		if err := CheckName(name); err != nil {
			return err
		}
		switch kind := d.Type(); {
		case d.IsDir():
			return nil
		case kind&fs.ModeSymlink != 0:
			return refuse(Link, name)
		case !kind.IsRegular():
			return refuse(Device, name)
		}
		if names = append(names, name); len(names) > MaxFiles {
			return refuse(TooMany, "")
		}
		return nil
	})
	slices.Sort(names)
	return names, err
}

// sumAll reads every file once for its sum, and refuses what no pack may hold.
func sumAll(tk ticker, src fs.FS, names []string) (sums, error) {
	s := sums{}
	var total int64
	for _, name := range names {
		content, err := readWhole(tk, src, name)
		if err != nil {
			return nil, err
		}
		if nested(name, content) {
			return nil, refuse(Nested, name)
		}
		if total += int64(len(content)); total > MaxUnpacked {
			return nil, refuse(TooMuch, "")
		}
		s[name] = sha256.Sum256(content)
	}
	return s, nil
}

// readWhole reads a file that must be smaller than a packed one may be.
func readWhole(tk ticker, src fs.FS, name string) ([]byte, error) {
	f, err := src.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(tk.reader(f), MaxUnpacked+1))
	if len(content) > MaxUnpacked {
		return nil, refuse(TooMuch, name)
	}
	return content, err
}

// A writer lays out a pack.
type writer struct {
	w       *bufio.Writer
	crc     uint32 // of all bytes so far
	at      int64
	entries []entry
	packed  bytes.Buffer
}

func (z *writer) write(b []byte) error {
	z.crc = crc32.Update(z.crc, castagnoli, b)
	z.at += int64(len(b))
	if z.at > MaxPacked {
		return refuse(TooLarge, "")
	}
	_, err := z.w.Write(b)
	return err
}

// add appends a file, compressed when that is allowed and worth it.
func (z *writer) add(name string, content []byte, method uint16) error {
	e := entry{
		name: name, method: stored, crc: crc32.ChecksumIEEE(content), size: int64(len(content)),
		packed: int64(len(content)), offset: z.at,
	}
	bytes := content
	if method == deflated {
		small, err := z.deflate(content)
		if err != nil {
			return err
		}
		// Not worth it when an eighth is not saved; not allowed when a reader would take it for a bomb.
		if n := int64(len(small)); n < e.size-e.size/8 && e.size <= MaxRatio*n {
			e.method, e.packed, bytes = deflated, n, small
		}
	}
	z.entries = append(z.entries, e)
	return errors.Join(z.write(e.local()), z.write(bytes))
}

// deflate compresses content into the writer's buffer.
func (z *writer) deflate(content []byte) ([]byte, error) {
	z.packed.Reset()
	f, err := flate.NewWriter(&z.packed, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Close()) // which writes the rest
	return z.packed.Bytes(), err
}

// close writes the directory, the end record and the mark.
func (z *writer) close() error {
	start := z.at
	for i := range z.entries {
		if err := z.write(z.entries[i].central()); err != nil {
			return err
		}
	}
	if err := z.write(endRecord(len(z.entries), z.at-start, start)); err != nil {
		return err
	}
	return errors.Join(z.write([]byte(mark(z.crc))), z.w.Flush())
}

// A ticker tells how work comes on, and ends it when it is no longer wanted. It may be used from several goroutines: tick
// is called by one at a time.
type ticker struct {
	ctx  context.Context
	tick func(n int64)
}

func newTicker(ctx context.Context, tick func(n int64)) ticker {
	if tick == nil {
		return ticker{ctx: ctx}
	}
	var one sync.Mutex
	return ticker{ctx, func(n int64) {
		one.Lock()
		defer one.Unlock()
		tick(n)
	}}
}

// reader returns r, counted and interruptible.
func (t ticker) reader(r io.Reader) io.Reader { return &tickReader{t, r} }

type tickReader struct {
	ticker
	r io.Reader
}

func (t *tickReader) Read(p []byte) (int, error) {
	if err := t.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := t.r.Read(p)
	if t.tick != nil && n > 0 {
		t.tick(int64(n))
	}
	return n, err
}

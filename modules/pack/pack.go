// Package pack is the packed module, the .fanal file that travels on a stick: writing one, refusing one, reading one,
// signing, whom to trust, and the shelf of installed packs.
//
// A pack is foreign in every byte. It is read through a layout with no freedom in it (see zip.go), limits that are counted
// and not believed, and names that mean the same on every system; each way in which it can be wrong is a [Reason] of its own.
// It is installed as the one file it is: replacing a file by a rename is atomic where replacing a folder is not, one sync
// keeps it where four thousand files would need as many, and no foreign name ever reaches the disk.
package pack

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
)

// The limits of a pack.
const (
	MaxPacked   = 64 << 20  // bytes of the packed file
	MaxUnpacked = 256 << 20 // bytes of all its files
	MaxFiles    = 4096      // files, without fanal.sum and its signature
	MaxRatio    = 100       // unpacked bytes for a packed one, in each file
)

// Ext is how the name of a packed file ends.
const Ext = ".fanal"

// A Pack is a packed module whose layout, sums and signature have been found in order. The content of a file is verified
// when it is read; [Pack.Verify] verifies all of it. A Pack holds no file open: each read opens it again, so that it can be
// replaced or unmounted meanwhile, and what is read is still what the sums say or an error.
//
// It is an fs.FS of the module's files, and may be used from several goroutines.
type Pack struct {
	Path string     // of the packed file
	Size int64      // of the packed file, bytes
	Sign *Signature // nil when it is not signed

	entries []entry        // sorted, without fanal.sum and its signature
	index   map[string]int // entry by name
	sums    sums
	sumsSum [sha256.Size]byte
}

// Open opens the packed file at path: its layout, its sums and its signature are verified, the content of its files is not
// read. The error is a [*Refusal], or one of the system.
func Open(path string) (*Pack, error) {
	f, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	p, err := parse(f, info.Size())
	if err != nil {
		return nil, err
	}
	p.Path = path
	return p, nil
}

// openRegular opens a file and refuses all that is not one: opening a pipe waits for ever, a device never ends.
func openRegular(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: path, Err: errors.New("not a regular file")}
	}
	return os.Open(path)
}

// Files returns the paths of the module's files, sorted.
func (p *Pack) Files() []string {
	names := make([]string, len(p.entries))
	for i := range p.entries {
		names[i] = p.entries[i].name
	}
	return names
}

// Unpacked returns the bytes that the module's files take together.
func (p *Pack) Unpacked() int64 {
	var n int64
	for i := range p.entries {
		n += p.entries[i].size
	}
	return n
}

// Sum returns the SHA-256 of fanal.sum, which stands for the whole content of the module.
func (p *Pack) Sum() [sha256.Size]byte { return p.sumsSum }

// readEntry reads a small file of a pack whole and verified against its header. Its size is bounded by the caller.
func readEntry(r io.ReaderAt, e *entry) ([]byte, error) {
	body, err := newBody(r, e, nil)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(body)
}

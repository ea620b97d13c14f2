package pack

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// maxBuffered is the size up to which a file is verified whole before the first byte of it is handed out. A larger one is
// verified on the way, and its last read fails instead of ending.
const maxBuffered = 1 << 20

// Open opens a file or a folder of the module, as fs.FS has it. A file that is not what its sum says gives a [*Refusal].
func (p *Pack) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	i, ok := p.index[name]
	if !ok {
		entries := p.folder(name)
		if entries == nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
		return &openFolder{fileInfo: fileInfo{name: path.Base(name), dir: true}, entries: entries}, nil
	}
	f, err := p.openEntry(&p.entries[i])
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return f, nil
}

// Stat describes a file or a folder, as fs.StatFS has it, without reading it.
func (p *Pack) Stat(name string) (fs.FileInfo, error) {
	if i, ok := p.index[name]; ok {
		return fileInfo{name: path.Base(name), size: p.entries[i].size}, nil
	}
	if !fs.ValidPath(name) || p.folder(name) == nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return fileInfo{name: path.Base(name), dir: true}, nil
}

func (p *Pack) openEntry(e *entry) (fs.File, error) {
	src, err := os.Open(p.Path)
	if err != nil {
		return nil, err
	}
	want := p.sums[e.name]
	b, err := newBody(src, e, &want)
	if err != nil {
		src.Close()
		return nil, err
	}
	f := &openFile{fileInfo: fileInfo{name: path.Base(e.name), size: e.size}, r: b, src: src}
	if e.size > maxBuffered {
		return f, nil
	}
	content, err := io.ReadAll(b)
	if err := errors.Join(err, src.Close()); err != nil {
		return nil, err
	}
	f.r, f.src = bytes.NewReader(content), nil
	return f, nil
}

// folder returns what is in a folder, sorted, or nil when there is none of that name.
func (p *Pack) folder(name string) []fs.DirEntry {
	prefix := name + "/"
	if name == "." {
		prefix = ""
	}
	var found []fs.DirEntry
	start, _ := slices.BinarySearchFunc(p.entries, prefix, func(e entry, s string) int { return strings.Compare(e.name, s) })
	for i := start; i < len(p.entries) && strings.HasPrefix(p.entries[i].name, prefix); i++ {
		e := &p.entries[i]
		base, _, deeper := strings.Cut(e.name[len(prefix):], "/")
		info := fileInfo{name: base, size: e.size, dir: deeper}
		if deeper {
			info.size = 0
		}
		if n := len(found); n == 0 || found[n-1].Name() != base {
			found = append(found, info)
		}
	}
	// "a.b/c" stands between "a" and "a/b" among the paths, but after "a" among the names.
	slices.SortFunc(found, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return slices.CompactFunc(found, func(a, b fs.DirEntry) bool { return a.Name() == b.Name() })
}

// fileInfo is what is known of a file or a folder: no times, no rights.
type fileInfo struct {
	name string
	size int64
	dir  bool
}

func (i fileInfo) Name() string               { return i.name }
func (i fileInfo) Size() int64                { return i.size }
func (i fileInfo) IsDir() bool                { return i.dir }
func (i fileInfo) ModTime() time.Time         { return time.Time{} }
func (i fileInfo) Sys() any                   { return nil }
func (i fileInfo) Type() fs.FileMode          { return i.Mode().Type() }
func (i fileInfo) Info() (fs.FileInfo, error) { return i, nil }
func (i fileInfo) Stat() (fs.FileInfo, error) { return i, nil }

func (i fileInfo) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type openFile struct {
	fileInfo
	r   io.Reader
	src *os.File // nil when the content is in memory
}

func (f *openFile) Read(p []byte) (int, error) {
	if f.r == nil {
		return 0, fs.ErrClosed
	}
	return f.r.Read(p)
}

func (f *openFile) Close() error {
	f.r = nil
	if f.src == nil {
		return nil
	}
	return f.src.Close()
}

type openFolder struct {
	fileInfo
	entries []fs.DirEntry
}

func (f *openFolder) Close() error { return nil }

func (f *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.name, Err: errors.New("is a folder")}
}

// ReadDir returns the next n entries of the folder, or all that are left, as fs.ReadDirFile has it.
func (f *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(f.entries) {
		if n > 0 && len(f.entries) == 0 {
			return nil, io.EOF
		}
		n = len(f.entries)
	}
	got := f.entries[:n:n]
	f.entries = f.entries[n:]
	return got, nil
}

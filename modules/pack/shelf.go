package pack

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"fanal/modules"
)

// A Shelf is the packs that are installed in a data folder: modules/ID.fanal, one file a module.
type Shelf struct {
	Keys *Keyring

	// Builtin gives the version of the module of this id that is part of the program. Nil: there are none.
	Builtin func(id string) (version string, ok bool)

	data  string // the data folder
	dir   string // the packs in it
	known known
}

// OpenShelf returns the shelf of a data folder. Nothing is read or made.
func OpenShelf(data string, keys *Keyring) *Shelf {
	return &Shelf{Keys: keys, data: data, dir: filepath.Join(data, "modules")}
}

// Path returns where the pack of a module is, or will be.
func (s *Shelf) Path(id string) string { return filepath.Join(s.dir, id+Ext) }

// IDs returns the ids of the installed modules, sorted: the names of a folder, nothing else is read. A name that is no id
// is passed over.
func (s *Shelf) IDs() ([]string, error) {
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var ids []string
	for _, e := range entries {
		if id, ok := strings.CutSuffix(e.Name(), Ext); ok && CheckName(e.Name()) == nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, err
}

// Open opens the pack of an installed module. The error wraps fs.ErrNotExist when there is none.
func (s *Shelf) Open(id string) (*Pack, error) {
	if err := CheckName(id + Ext); err != nil {
		return nil, err
	}
	return Open(s.Path(id))
}

// Module returns the files of an installed module. Its pack is opened at the first use, so that a shelf of a thousand costs a
// thousand small values, and anew when another one has taken its place.
func (s *Shelf) Module(id string) fs.FS { return &lazy{shelf: s, id: id, path: s.Path(id)} }

// lazy is a pack that is opened when it is first asked for.
type lazy struct {
	shelf    *Shelf
	id, path string

	mu  sync.Mutex
	was fs.FileInfo // of the file that was opened; nil before
	p   *Pack
	err error
}

// Known gives what is kept of the pack, as [modules.KnownFS] has it.
func (l *lazy) Known() *modules.Known { return l.shelf.known.of(l.shelf, l.id) }

func (l *lazy) pack() (*Pack, error) {
	if err := CheckName(filepath.Base(l.path)); err != nil {
		return nil, err
	}
	is, err := os.Stat(l.path)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.was == nil || !os.SameFile(l.was, is) || l.was.Size() != is.Size() || !l.was.ModTime().Equal(is.ModTime()) {
		l.was = is
		l.p, l.err = Open(l.path)
	}
	return l.p, l.err
}

func (l *lazy) Open(name string) (fs.File, error) {
	p, err := l.pack()
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return p.Open(name)
}

func (l *lazy) Stat(name string) (fs.FileInfo, error) {
	p, err := l.pack()
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	return p.Stat(name)
}

// Trust says what this laptop makes of the signer of an installed module.
func (s *Shelf) Trust(id string) (Trust, error) {
	p, err := s.Open(id)
	if err != nil {
		return Trust{}, err
	}
	return s.Keys.Judge(p.Sign), nil
}

// Remove takes a module off the shelf. What learners have done in it is kept. The error wraps fs.ErrNotExist when it is not
// installed.
func (s *Shelf) Remove(id string) error {
	if err := CheckName(id + Ext); err != nil {
		return err
	}
	return locked(s.data, func() error {
		if err := os.Remove(s.Path(id)); err != nil {
			return err
		}
		s.keepKnown("")
		return syncFolder(s.dir)
	})
}

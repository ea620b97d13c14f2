package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"fanal/content"
	"fanal/modules"
)

// library is every module that can be studied: the built-in ones, the installed ones and those of --module-dir. Nothing of
// them is read yet.
func (p *program) library() (*modules.Library, error) {
	lib := &modules.Library{}
	for _, id := range content.Modules {
		sub, err := fs.Sub(content.FS, id)
		if err != nil {
			return nil, err
		}
		lib.Put(modules.Open(sub, modules.Origin{Kind: modules.BuiltIn, Path: id}))
	}
	if err := p.addInstalled(lib); err != nil {
		return nil, err
	}
	for _, dir := range p.flags.modules {
		if err := addFolder(lib, dir); err != nil {
			return nil, err
		}
	}
	return lib, nil
}

// addFolder adds a folder of modules, or the folder of a single one. Its files are read through an [os.Root]: a link in it
// leads nowhere outside.
func addFolder(lib *modules.Library, dir string) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return unreadable(dir, err)
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return unreadable(dir, err)
	}
	origin := modules.Origin{Kind: modules.Folder, Path: filepath.ToSlash(abs)}
	if _, err := fs.Stat(root.FS(), "module.toml"); err == nil {
		lib.Put(modules.Open(root.FS(), origin))
		return nil
	}
	var added modules.Library
	if err := added.Add(folderFS{root.FS(), abs}, origin); err != nil {
		return unreadable(dir, err)
	}
	if len(added.IDs()) == 0 {
		return failed(nil, "cli-no-modules-there", "Dir", dir)
	}
	for _, m := range added.All() {
		lib.Put(m)
	}
	return nil
}

// A folderFS is a folder whose names are listed by the system, which knows of each whether it is a folder, and whose files are
// read through a root. The root itself looks at every name once more: a thousand of them cost two milliseconds of a start.
type folderFS struct {
	fs.FS
	dir string
}

// ReadDir implements [fs.ReadDirFS].
func (l folderFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "." {
		return os.ReadDir(l.dir)
	}
	return fs.ReadDir(l.FS, name)
}

// unreadable says why a folder cannot be read: the system's own words follow where we have none.
func unreadable(dir string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return failed(err, "cli-no-module-dir", "Dir", dir)
	}
	why := err
	var path *fs.PathError
	if errors.As(err, &path) {
		why = path.Err
	}
	return failed(err, "cli-module-dir", "Dir", dir, "Error", why.Error())
}

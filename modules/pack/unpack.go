package pack

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Unpack gives the folder back that was packed: the module's files in the folder dir, which must not exist yet or be
// empty. They are written into a folder beside it, which gets the name when all of them are there and verified; nothing is
// left of it otherwise. The error wraps fs.ErrExist when the folder holds something.
func (p *Pack) Unpack(ctx context.Context, dir string, tick func(n int64)) (err error) {
	dir = filepath.Clean(dir)
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &fs.PathError{Op: "unpack", Path: dir, Err: fs.ErrExist}
	}
	temp, err := os.MkdirTemp(filepath.Dir(dir), beside+"*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(temp))
		}
	}()
	// The names are checked already; the root is a second wall, for what is wrong in the first.
	root, err := os.OpenRoot(temp)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, name := range p.Files() {
		if err := p.unpackFile(newTicker(ctx, tick), root, name); err != nil {
			return err
		}
	}
	_ = os.Chmod(temp, 0o755) // for others to read, where the file system knows of others: a stick may not
	if err := root.Close(); err != nil {
		return err
	}
	return os.Rename(temp, dir)
}

func (p *Pack) unpackFile(tk ticker, root *os.Root, name string) error {
	if err := CheckName(name); err != nil {
		return err
	}
	src, err := p.Open(name)
	if err != nil {
		return err
	}
	defer src.Close()
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	dst, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, tk.reader(src))
	return errors.Join(err, dst.Close())
}

package carry

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"fanal/progress"
)

// OpenFile opens a bundle that lies on a disk, with what opens its seal. Errors: a [Refusal].
func OpenFile(path string, k Key) (*Bundle, error) {
	b, err := openFile(path, k)
	return b, about(path, err)
}

func openFile(path string, k Key) (*Bundle, error) {
	f, size, err := openRegular(path)
	if err != nil {
		return nil, because(err, Unread)
	}
	b, err := openBundle(f, size, k)
	if err != nil {
		return nil, errors.Join(because(err, Altered), f.Close())
	}
	b.file = f
	return b, nil
}

func openBundle(f *os.File, size int64, k Key) (*Bundle, error) {
	var r io.ReaderAt = f
	seal, err := sealOf(f)
	if err == nil && seal != Unsealed {
		r, size, err = k.unseal(f, size, seal)
	}
	if err != nil {
		return nil, err
	}
	return Read(r, size)
}

// SealOf says what a bundle on a disk is sealed with. Nothing else of it is looked at.
func SealOf(path string) (Seal, error) {
	f, _, err := openRegular(path)
	if err != nil {
		return Unsealed, about(path, because(err, Unread))
	}
	defer f.Close()
	seal, err := sealOf(f)
	return seal, about(path, because(err, Unread))
}

// openRegular opens a file that is one: to open a pipe would wait for ever.
func openRegular(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, refuse(NotBundle, "")
	}
	f, err := os.Open(path)
	return f, info.Size(), err
}

// partSuffix ends the name of a bundle that is being written. Whoever pulls the stick too early finds that name, and no
// bundle.
const partSuffix = ".part"

// Save writes a bundle into a file, sealed by the lock, and says what it holds. When it returns without an error, what
// was written has been read back from the disk, is what was meant, and bears its name: the stick may be pulled out. Else
// nothing is left of it, and a file that had the name has it still. Replace allows it to be replaced. Errors: a [Refusal],
// and those of the store and of ctx.
func Save(ctx context.Context, path string, s *progress.Store, o Options, l Lock, replace bool) (Contents, error) {
	if _, err := os.Lstat(path); err == nil && !replace {
		return Contents{}, about(path, refuse(Exists, ""))
	}
	beside := path + partSuffix
	c, err := save(ctx, beside, s, o, l)
	if err == nil {
		err = os.Rename(beside, path)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		if e := os.Remove(beside); e != nil && !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
		return Contents{}, about(path, unsaved(err))
	}
	return c, nil
}

// unsaved says why a bundle was not written.
func unsaved(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case isFull(err):
		return refuse(NoRoom, "")
	case errors.Is(err, fs.ErrNotExist):
		return refuse(NoFolder, "")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return refuse(Guarded, "")
	case errors.As(err, &path):
		return refuse(Unsaved, path.Err.Error())
	case errors.As(err, &link):
		return refuse(Unsaved, link.Err.Error())
	}
	return err
}

// save writes a bundle, syncs it and reads it back. What a pulled stick left under the name goes first, and nothing is
// followed that stands there: a link on a stranger's stick could lead to any file of this laptop.
func save(ctx context.Context, path string, s *progress.Store, o Options, l Lock) (Contents, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Contents{}, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return Contents{}, err
	}
	return fill(ctx, f, path, s, o, l)
}

// fill is save with the file open, which it closes.
func fill(ctx context.Context, f *os.File, path string, s *progress.Store, o Options, l Lock) (Contents, error) {
	sum := &counter{sum: sha256.New()}
	c, err := writeSealed(ctx, io.MultiWriter(f, sum), s, o, l)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = readBack(ctx, path, sum, l)
	}
	return c, err
}

func writeSealed(ctx context.Context, w io.Writer, s *progress.Store, o Options, l Lock) (Contents, error) {
	sealed, err := l.seal(w)
	if err != nil {
		return Contents{}, err
	}
	c, err := Write(ctx, sealed, s, o)
	if err != nil {
		return Contents{}, err
	}
	return c, sealed.Close()
}

// readBack reads a file from the disk, not from what the system still has of it in memory where it can be asked for that,
// and holds it against what was written. One that is not sealed is read as a stranger's would be, too.
func readBack(ctx context.Context, path string, want *counter, l Lock) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	uncache(f)
	got := &counter{sum: sha256.New()}
	if _, err := io.Copy(got, f); err != nil {
		return err
	}
	if got.n != want.n || string(got.sum.Sum(nil)) != string(want.sum.Sum(nil)) {
		return refuse(NotRead, "")
	}
	if len(l.recipients) > 0 {
		return ctx.Err()
	}
	b, err := Read(f, got.n)
	if err != nil {
		return err
	}
	return errors.Join(b.Check(), ctx.Err())
}

package progress

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// syncDir makes renames and new names in a folder last.
func syncDir(dir string) error {
	if !dirsSync {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// replaceFile puts a file in its place whole: written beside, synced, renamed, and the folder synced. Whatever fails, the
// old file is still there; what was written beside is taken away.
func replaceFile(path string, write func(io.Writer) error) (err error) {
	beside := path + besideSuffix
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(beside))
		}
	}()
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	if err = os.Rename(beside, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// filesNamed returns the files of a folder whose names begin and end so. It asks no pattern: to one, a bracket in the name of
// the folder itself would be more than a letter, and nothing would be found.
func filesNamed(dir, start, end string) (paths []string, err error) {
	found, err := os.ReadDir(dir)
	for _, f := range found {
		if strings.HasPrefix(f.Name(), start) && strings.HasSuffix(f.Name(), end) {
			paths = append(paths, filepath.Join(dir, f.Name()))
		}
	}
	return paths, err
}

// besideSuffix ends the names of files that are being written and not yet in their place. What a crash leaves of them is
// removed at the next start.
const besideSuffix = ".new"

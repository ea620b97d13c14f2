package people

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/adrg/xdg"
)

// besideSuffix ends the names of files on their way, like the store's own: what a crash leaves of them it removes.
const besideSuffix = ".new"

// WriteFile puts a file in its place whole: written beside, for this user alone to read, synced and renamed. Whatever
// fails, no half of it is left. A link that stands beside, on a stranger's stick, is not followed.
func WriteFile(path string, data []byte) (err error) {
	beside := path + besideSuffix
	if err := gone(os.Remove(beside)); err != nil {
		return err
	}
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, gone(os.Remove(beside)))
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(beside, path)
}

// gone makes of an error that a file is not there none.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Free returns a path in a folder that no file bears yet: name.ext, then name-2.ext and so on. Nobody's page is
// overwritten by another of the same name.
func Free(dir, name, ext string) string {
	path := filepath.Join(dir, name+ext)
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path
		}
		path = filepath.Join(dir, name+"-"+strconv.Itoa(n)+ext)
	}
}

// Folder returns where a page for a person is put when nothing else is said: their documents, else their home, else here.
func Folder() string {
	for _, dir := range []string{xdg.UserDirs.Documents, xdg.Home} {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
	}
	return "."
}

// FileName returns a name for a file about somebody: what of theirs every file system can write.
func FileName(what, name string) string {
	words := strings.FieldsFunc(folded(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	slug := strings.Join(words, "-")
	if len(slug) > 40 {
		slug = slug[:40]
	}
	return strings.TrimSuffix(what+"-"+slug, "-")
}

// ErrExists: there is a file of that name, and it is left as it is. See [SaveError].
var ErrExists = errors.New("people: there is such a file already")

// A SaveError says why a file could not be written.
type SaveError struct {
	Path string
	Err  error // [ErrExists], or the system's
}

// Error implements error.
func (e *SaveError) Error() string { return e.Path + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *SaveError) Unwrap() error { return e.Err }

// Spoken returns the message that says it to a person.
func (e *SaveError) Spoken() (string, map[string]any) {
	id := "saving-failed"
	switch {
	case errors.Is(e.Err, ErrExists):
		id = "saving-exists"
	case errors.Is(e.Err, fs.ErrNotExist):
		id = "saving-no-folder"
	}
	return id, map[string]any{"Path": e.Path, "Error": e.Err.Error()}
}

// SaveNew writes a file for a person where there is none yet. Errors: [SaveError].
func SaveNew(path string, data []byte) error {
	if _, err := os.Lstat(path); err == nil {
		return &SaveError{path, ErrExists}
	}
	if err := WriteFile(path, data); err != nil {
		return &SaveError{path, err}
	}
	return nil
}

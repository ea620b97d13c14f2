package pack

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
)

// replaceFile writes a file so that its name has either what it had or all that fill writes, whatever happens meanwhile:
// it is written beside, synced, renamed, and the folder synced. Fill may read the file again by its name.
func replaceFile(path string, fill func(f *os.File) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), beside+"*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err := fill(f); err != nil {
		f.Close()
		return err
	}
	if err := errors.Join(f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// beside is how the name of a file begins that is being written. A hidden name, so that nobody takes it for a pack.
const beside = ".fanal-new-"

// replaceJSON writes a value into a file of our own.
func replaceJSON(path string, value any) error {
	data, err := json.MarshalIndent(value, "", "\t")
	if err != nil {
		return err
	}
	return replaceFile(path, func(f *os.File) error {
		_, err := f.Write(append(data, '\n'))
		return err
	})
}

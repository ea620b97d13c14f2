package pack

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
)

// replaceFile writes a file so that its name has either what it had or all that fill writes, whatever happens meanwhile.
// Fill may read the file again by its name.
func replaceFile(path string, fill func(f *os.File) error) error {
	return writeBeside(filepath.Dir(path), func(f *os.File) (string, error) {
		return path, errors.Join(fill(f), f.Sync())
	})
}

// writeBeside writes a new file in a folder: fill writes and syncs it and says what it is called, then it is renamed and the
// folder synced. When fill fails, nothing is left of it.
func writeBeside(dir string, fill func(f *os.File) (path string, err error)) (err error) {
	f, err := os.CreateTemp(dir, beside+"*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	defer func() {
		if isFull(err) {
			free, _ := Free(dir)
			err = &RoomError{Free: free}
		}
	}()
	path, err := fill(f)
	_ = f.Chmod(0o644) // for others to read, where the file system knows of others: a stick may not
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncFolder(dir)
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

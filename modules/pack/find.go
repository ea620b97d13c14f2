package pack

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fanal/modules"
)

// A Stick is a disk that somebody has plugged in.
type Stick struct {
	Path string // of its folder
	Name string // by which a person knows it: foreign, to be cleaned before it is shown
}

// maxFound is how many packs and lists [Find] returns at most.
const maxFound = 2000

// Find returns the packed files and the lists of keys in a folder and in those directly in it, sorted by path. Hidden ones,
// and folders that cannot be read, are passed over; the error is that of the folder itself.
func Find(dir string) (packs, lists []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, err
	}
	take := func(dir string, e os.DirEntry) {
		path := filepath.Join(dir, e.Name())
		switch name := strings.ToLower(e.Name()); {
		case strings.HasPrefix(name, ".") || len(packs)+len(lists) >= maxFound || !isFile(path):
		case strings.HasSuffix(name, Ext):
			packs = append(packs, path)
		case strings.HasSuffix(name, ListExt):
			lists = append(lists, path)
		}
	}
	for _, e := range entries {
		if !e.IsDir() {
			take(dir, e)
			continue
		}
		if modules.IsLitter(e.Name()) {
			continue
		}
		below := filepath.Join(dir, e.Name())
		inside, _ := os.ReadDir(below) // what can be read of it
		for _, e := range inside {
			if !e.IsDir() {
				take(below, e)
			}
		}
	}
	slices.Sort(packs)
	slices.Sort(lists)
	return packs, lists, nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// ReadList reads a list of keys and its signature, which lies beside it. The errors are those of [ParseList] and
// [ListLone], and the system's.
func ReadList(path string) (*List, error) {
	text, err := readSmall(path, maxList)
	if err != nil {
		return nil, err
	}
	sign, err := readSmall(path+SignExt, maxSignature)
	if os.IsNotExist(err) {
		return nil, &Refusal{Why: ListLone, Name: filepath.Base(path), Err: err}
	}
	if err != nil {
		return nil, err
	}
	return ParseList(text, sign)
}

// readSmall reads a file of which no more than a few bytes over limit are ever wanted.
func readSmall(path string, limit int) ([]byte, error) {
	f, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, int64(limit)+1))
}

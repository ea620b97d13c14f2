package carry

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// FreeName returns the path of a bundle in a folder that nothing bears yet: the learner's name in letters that every file
// system takes ("fatou-d"), the day where there is one, and a number where that is taken. Who is whom is not told by it:
// two people of one name have the same.
func FreeName(dir, name string, day time.Time) string {
	name = plainName(name)
	if !day.IsZero() {
		name += day.Format("-2006-01-02")
	}
	path := filepath.Join(dir, name+Ext)
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path
		}
		path = filepath.Join(dir, fmt.Sprintf("%s-%d%s", name, n, Ext))
	}
}

// plainName keeps the letters and digits of a name, without their accents.
func plainName(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case r < 0x300 || r > 0x36f: // not a mark on the letter before
			if s := b.String(); s != "" && !strings.HasSuffix(s, "-") {
				b.WriteByte('-')
			}
		}
		if b.Len() >= 40 {
			break
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" {
		return "progress-" + s // the word keeps it apart from the names that Windows has for devices
	}
	return "progress"
}

// A Found is a bundle that lies on a disk, as far as its name tells.
type Found struct {
	Path string
	Size int64 // bytes
	Seal Seal
}

// maxFound is how many bundles [Find] returns at most.
const maxFound = 500

// Find returns the bundles in a folder and in those directly in it, sorted by path. Hidden ones and folders that cannot be
// read are passed over; the error is that of the folder itself, a [Refusal].
func Find(dir string) ([]Found, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, about(dir, because(err, Unread))
	}
	var found []Found
	take := func(path string) {
		base := filepath.Base(path)
		if strings.HasPrefix(base, ".") || !strings.HasSuffix(strings.ToLower(base), Ext) || len(found) >= maxFound {
			return
		}
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() {
			return
		}
		seal, _ := SealOf(path) // what is wrong with it is said when it is opened
		found = append(found, Found{path, info.Size(), seal})
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if !e.IsDir() {
			take(path)
			continue
		}
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		inside, _ := os.ReadDir(path) // what can be read of it
		for _, e := range inside {
			if !e.IsDir() {
				take(filepath.Join(path, e.Name()))
			}
		}
	}
	slices.SortFunc(found, func(a, b Found) int { return strings.Compare(a.Path, b.Path) })
	return found, nil
}

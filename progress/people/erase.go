package people

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fanal/progress"
)

// A Receipt says what was erased, and what a second look at the data folder found.
type Receipt struct {
	Names   []string
	Events  int
	Notes   int // texts that were typed freely, drafts among them
	Files   int // of the data folder, read whole after the erasure
	Bytes   int64
	Left    int       // records of theirs that the second look found; 0 is what must be
	Aside   []string  // after a wipe: what else lies in the folder and was not touched, as it concerns nobody
	Time    time.Time // zero when the clock is not to be believed
	Carried bool      // what was carried away still exists, and may be brought in again: so it is after a wipe
}

// Erase forgets a learner and whoever was merged with them, as [progress.Store.Erase] does it, and the count of their
// tries; then it reads every file of the data folder again. What stays is one event that says that a code was erased, lest
// an old stick bring the person back.
func Erase(s *progress.Store, g *Gate, dir, learner string) (Receipt, error) {
	m, err := Look(s, g, learner)
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{Time: believed(s)}
	r.add(m)
	if err := s.Erase(m.Learner.ID); err != nil {
		return Receipt{}, err
	}
	if err := g.Forget(m.Codes...); err != nil {
		return r, err
	}
	return r, r.lookAgain(dir, m)
}

// Wipe ends a loan: everything that anybody did goes from the data folder, and the store is closed. No mark stays of
// anybody: what they carried away on a stick is theirs to bring in again, here or elsewhere. A store in memory has no
// folder; dir is "" then.
func Wipe(s *progress.Store, g *Gate, dir string) (Receipt, error) {
	all, err := s.Learners()
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{Time: believed(s), Carried: true}
	var everybody []Mine
	for _, l := range all {
		m, err := Look(s, g, l.ID)
		if err != nil {
			return Receipt{}, err
		}
		r.add(m)
		everybody = append(everybody, m)
	}
	for _, m := range everybody {
		if err := g.Forget(m.Codes...); err != nil {
			return Receipt{}, err
		}
	}
	if err := s.Wipe(); err != nil {
		return Receipt{}, err
	}
	if dir == "" {
		return r, nil
	}
	if err := gone(os.Remove(filepath.Join(dir, TriesFile))); err != nil {
		return r, err
	}
	r.Aside = others(dir)
	return r, r.lookAgain(dir, everybody...)
}

func (r *Receipt) add(m Mine) {
	r.Names = append(r.Names, m.Learner.Name)
	r.Events += len(m.Events)
	r.Notes += len(m.Texts()) + len(m.Drafts)
}

// believed returns the time of day when it can be believed, else the zero time.
func believed(s *progress.Store) time.Time {
	if !s.ClockBelievable() {
		return time.Time{}
	}
	return time.Now()
}

// lookAgain reads every file of the data folder and counts what is still there of people.
func (r *Receipt) lookAgain(dir string, of ...Mine) error {
	if dir == "" {
		return nil
	}
	traces := tracesOf(of)
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		n, left, err := traces.in(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone between the listing and the look
		}
		r.Files, r.Bytes, r.Left = r.Files+1, r.Bytes+n, r.Left+left
		return err
	})
}

// others lists what lies in a data folder and is no file of ours.
func others(dir string) (names []string) {
	found, _ := os.ReadDir(dir)
	for _, f := range found {
		name := f.Name()
		known := slices.ContainsFunc(Places(), func(p Place) bool {
			first, _, _ := strings.Cut(p.Pattern, "/")
			ok, _ := path.Match(first, name)
			return ok
		})
		if !known {
			names = append(names, name)
		}
	}
	return names
}

package progress_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fanal/progress"
)

// studied makes a folder with n answers in two sessions and a copy between them, closes it, and returns it with the ids of
// the answers.
func studied(t testing.TB, n int) (dir string, ids []string) {
	t.Helper()
	dir = t.TempDir()
	for session := range 2 {
		s := open(t, dir)
		for i := range n / 2 {
			e := answer("fatou", fmt.Sprintf("q%d", i%12), i%3 != 0)
			e.Sitting = fmt.Sprint(session)
			ids = append(ids, keep(t, s, e)[0].ID)
		}
		if session == 0 {
			if err := s.Copy(); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return dir, ids
}

func missing(t testing.TB, s *progress.Store, ids []string) (lost int) {
	t.Helper()
	have := map[string]bool{}
	for _, e := range events(t, s, "") {
		have[e.ID] = true
	}
	for _, id := range ids {
		if !have[id] {
			lost++
		}
	}
	return lost
}

func TestADamagedStoreComesBackAndIsSetAside(t *testing.T) {
	type spoil func(path string, whole []byte) error
	write := func(change func(b []byte) []byte) spoil {
		return func(path string, whole []byte) error { return os.WriteFile(path, change(bytes.Clone(whole)), 0o600) }
	}
	for _, c := range []struct {
		name  string
		found progress.Trouble
		spoil spoil
	}{
		{"gone", progress.TroubleMissing, func(path string, _ []byte) error { return os.Remove(path) }},
		{"cut to nothing", progress.TroubleEmpty, write(func([]byte) []byte { return nil })},
		{"cut short", progress.TroubleDamaged, write(func(b []byte) []byte { return b[:len(b)/8] })},
		{"zeroed", progress.TroubleDamaged, write(func(b []byte) []byte { return make([]byte, len(b)) })},
		{"both meta pages", progress.TroubleDamaged, write(func(b []byte) []byte { clear(b[:8192]); return b })},
		{"the middle", progress.TroubleDamaged, write(func(b []byte) []byte { clear(b[len(b)/3 : 2*len(b)/3]); return b })},
		{"another file", progress.TroubleDamaged, write(func([]byte) []byte { return []byte("GIF89a") })},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, ids := studied(t, 60)
			path := filepath.Join(dir, "progress.db")
			if err := c.spoil(path, read(t, path)); err != nil {
				t.Fatal(err)
			}
			spoilt, _ := os.ReadFile(path)
			s := open(t, dir)
			r := s.Recovery()
			if r == nil || r.Found != c.found || r.Missing != 0 || !r.Whole || r.Events != len(ids) {
				t.Fatalf("recovery %+v", r)
			}
			if lost := missing(t, s, ids); lost > 0 {
				t.Errorf("%d answers lost", lost)
			}
			if c.found != progress.TroubleMissing && !bytes.Equal(spoilt, read(t, filepath.Join(dir, r.Aside))) {
				t.Error("what was set aside is not what was found")
			}
			keep(t, s, answer("fatou", "next", true))
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if s = open(t, dir); s.Recovery() != nil {
				t.Errorf("the next start finds %+v", s.Recovery())
			}
		})
	}
}

func TestADiskThatForgotItsLastWritesIsMadeGood(t *testing.T) {
	dir, ids := studied(t, 20)
	path := filepath.Join(dir, "progress.db")
	before, mark := read(t, path), read(t, filepath.Join(dir, "progress.clean"))
	s := open(t, dir)
	for range 10 {
		ids = append(ids, keep(t, s, answer("fatou", "late", true))[0].ID)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{path: before, filepath.Join(dir, "progress.clean"): mark} {
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s = open(t, dir)
	if r := s.Recovery(); r == nil || r.Found != progress.TroubleBehind || r.FromJournal != 10 {
		t.Errorf("recovery %+v", r)
	}
	if lost := missing(t, s, ids); lost > 0 {
		t.Errorf("%d answers lost", lost)
	}
}

// The disk forgot the database and the journal alike, and a copy knows more than both: with the mark of the session before
// it, as if it had been closed in order, or without.
func TestWhatOnlyACopyStillHoldsComesBack(t *testing.T) {
	for _, marked := range []bool{true, false} {
		t.Run(fmt.Sprintf("marked %v", marked), func(t *testing.T) {
			dir, ids := studied(t, 20)
			forgotten := map[string][]byte{}
			for path, b := range rawFiles(t, dir) {
				if filepath.Dir(path) != filepath.Join(dir, "copies") {
					forgotten[path] = b
				}
			}
			s := open(t, dir)
			for range 10 {
				ids = append(ids, keep(t, s, answer("fatou", "late", true))[0].ID)
			}
			if err := errors.Join(s.Copy(), s.Close(), os.RemoveAll(filepath.Join(dir, "journal"))); err != nil {
				t.Fatal(err)
			}
			for path, b := range forgotten {
				if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, b, 0o600)); err != nil {
					t.Fatal(err)
				}
			}
			if !marked {
				if err := os.Remove(filepath.Join(dir, "progress.clean")); err != nil {
					t.Fatal(err)
				}
			}
			if r, err := progress.Examine(dir); err != nil || len(r.Findings) != 1 || r.Findings[0].Ailment != progress.StoreBehind {
				t.Errorf("the doctor finds %+v %v", r.Findings, err)
			}
			s = open(t, dir)
			if r := s.Recovery(); r == nil || r.Found != progress.TroubleBehind || r.FromCopy != 10 || !r.Whole {
				t.Errorf("recovery %+v", r)
			}
			if lost := missing(t, s, ids); lost > 0 {
				t.Errorf("%d answers lost", lost)
			}
		})
	}
}

func TestWithoutCopyAndJournalTheFileItselfIsRead(t *testing.T) {
	dir, ids := studied(t, 400)
	for _, sub := range []string{"copies", "journal", "progress.clean"} {
		if err := os.RemoveAll(filepath.Join(dir, sub)); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "progress.db")
	b := read(t, path)
	clear(b[:2*4096]) // both meta pages: no way in is left
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	if lost := missing(t, s, ids); lost > 0 {
		t.Errorf("%d of %d answers lost, though no page of theirs was touched", lost, len(ids))
	}
	if r := s.Recovery(); r.FromFile != len(ids) || r.Whole {
		t.Errorf("recovery %+v: without copy and journal nobody can say that it is whole", r)
	}
}

// TestNothingOfAnErasedPersonStays looks for a word in every byte of the data folder.
func TestNothingOfAnErasedPersonStays(t *testing.T) {
	dir, _ := studied(t, 40)
	s := open(t, dir)
	keep(t, s, named("secret", canary), answer("secret", canary, true))
	if err := s.SaveDraft("secret", "m", "one", "q", "my name is "+canary); err != nil {
		t.Fatal(err)
	}
	if err := s.Copy(); err != nil {
		t.Fatal(err)
	}
	keep(t, s, answer("secret", canary+" again", false))
	if err := os.WriteFile(filepath.Join(dir, "progress.db.damaged-1"), []byte(canary), 0o600); err != nil {
		t.Fatal(err)
	}
	keep(t, s, named("second", canary+" too"))
	kept := len(events(t, s, "fatou"))
	if err := s.Erase("secret", "second"); err != nil {
		t.Fatal(err)
	}
	keep(t, s, answer("fatou", "after", true))
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		for path, b := range files(t, dir) {
			if bytes.Contains(b, []byte(canary)) {
				t.Errorf("%s still holds the name", path)
			}
		}
		s = open(t, dir)
		if got := len(events(t, s, "fatou")); got != kept+1 {
			t.Errorf("%d events of the other learner, want %d", got, kept+1)
		}
		if r := s.Recovery(); r != nil {
			t.Errorf("recovery %+v", r)
		}
	}
	if _, err := s.Append(answer("secret", "q", true)); !errors.Is(err, progress.ErrUnknown) {
		t.Errorf("answering after erasure: %v", err)
	}
}

// A folder may be called what a pattern takes for something else: "Clé [3", as people name their sticks.
func TestAnErasedPersonAlsoLeavesAFolderWithABracketInItsName(t *testing.T) {
	for what, forget := range map[string]func(*progress.Store) error{
		"erased": func(s *progress.Store) error { return s.Erase("secret") },
		"wiped":  func(s *progress.Store) error { return s.Wipe() },
	} {
		dir := filepath.Join(t.TempDir(), "Clé [3")
		s := open(t, dir)
		keep(t, s, named("secret", canary))
		for _, name := range []string{"progress.db.damaged-1", "progress.db.format-0"} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(canary), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := forget(s); err != nil {
			t.Fatal(err)
		}
		for path, b := range files(t, dir) {
			if bytes.Contains(b, []byte(canary)) {
				t.Errorf("%s: %s still holds the name", what, path)
			}
		}
	}
}

// What a power cut left half-written is removed whatever the folder is called.
func TestAHalfWrittenFileGoesFromAFolderWithABracketInItsName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "[a] b")
	if err := open(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(dir, "drafts.json.new")
	if err := os.WriteFile(half, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	if _, err := os.Lstat(half); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
}

// The doctor says that an erasure is finished only when it is: somebody relies on it.
func TestTheDoctorDoesNotSayThatAnErasureIsFinishedWhenItIsNot(t *testing.T) {
	dir, _ := studied(t, 10)
	s := open(t, dir)
	keep(t, s, named("secret", canary))
	stuck := filepath.Join(dir, "progress.db.damaged-1")
	if err := os.MkdirAll(filepath.Join(stuck, "something"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.Erase("secret"); err == nil {
		t.Fatal("erased, with a file left that may hold the person")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := progress.Repair(dir, progress.Options{}); err == nil {
		t.Error("repaired, and the file is still there")
	}
	if err := os.RemoveAll(stuck); err != nil {
		t.Fatal(err)
	}
	r, err := progress.Repair(dir, progress.Options{})
	if err != nil || len(r.Findings) == 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	if r, err = progress.Examine(dir); err != nil || len(r.Findings) > 0 {
		t.Errorf("afterwards %+v, %v", r, err)
	}
}

// The first answer after a copy begins a new journal. Refused by the database, it is taken out of that one as well: the
// learner was told that it is not kept, and has given it again.
func TestAnAnswerThatWasRefusedRightAfterACopyDoesNotComeBack(t *testing.T) {
	dir, _ := studied(t, 30)
	s := open(t, dir)
	keep(t, s, answer("fatou", "before", true))
	if err := s.Copy(); err != nil {
		t.Fatal(err)
	}
	want := len(events(t, s, ""))
	progress.Refuse(s)
	if _, err := s.Append(answer("fatou", "refused", false)); !errors.Is(err, progress.ErrNotKept) {
		t.Fatalf("got %v", err)
	}
	keep(t, s, answer("fatou", "again", true))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	for _, e := range events(t, s, "") {
		if e.Question == "refused" {
			t.Error("what was not kept is there at the next start")
		}
	}
	if got := len(events(t, s, "")); got != want+1 {
		t.Errorf("%d events, want %d", got, want+1)
	}
}

func TestAnAnswerIsKeptAfterTheStatesCouldNotBeMadeAnew(t *testing.T) {
	s := open(t, t.TempDir())
	keep(t, s, named("fatou", "Fatou"))
	progress.Refuse(s)
	if err := s.Refold(); !errors.Is(err, progress.ErrNotKept) {
		t.Fatalf("got %v", err)
	}
	if _, err := s.Append(answer("fatou", "q", true)); err != nil {
		t.Errorf("the next answer: %v", err)
	}
}

// files returns what every file under a folder holds, unpacked where it is packed.
func files(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	all := rawFiles(t, dir)
	for path, b := range all {
		all[path] = unpacked(t, b)
	}
	return all
}

// rawFiles returns what every file under a folder holds, but for the lock.
func rawFiles(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && d.Name() != "progress.lock" {
			all[path] = read(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCopiesAreRotated(t *testing.T) {
	dir := t.TempDir()
	for i := range 40 {
		s := open(t, dir)
		keep(t, s, answer("fatou", fmt.Sprint(i), true))
		if err := s.Copy(); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	copies, _ := filepath.Glob(filepath.Join(dir, "copies", "*"))
	if len(copies) < 5 || len(copies) > 5+7+4 {
		t.Errorf("%d copies after forty sessions", len(copies))
	}
	journals, _ := filepath.Glob(filepath.Join(dir, "journal", "*"))
	if len(journals) > 2 {
		t.Errorf("%d journals, though copies hold what is in them", len(journals))
	}
	if err := os.Remove(filepath.Join(dir, "progress.db")); err != nil {
		t.Fatal(err)
	}
	newest := slices.Max(copies) // bad: the copy before it, and the journal, must do
	if err := os.Truncate(newest, 40); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	if n := len(events(t, s, "")); n != 40 || !s.Recovery().Whole {
		t.Errorf("%d of 40 answers, %+v", n, s.Recovery())
	}
}

func TestADraftOutlivesTheProgram(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if err := s.SaveDraft("fatou", "m", "one", "q", "I think th\x1bat"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	if got := s.Draft("fatou", "m", "one", "q"); got != "I think that" {
		t.Errorf("got %q", got)
	}
	if err := s.SaveDraft("fatou", "m", "one", "q", ""); err != nil {
		t.Fatal(err)
	}
	if got := s.Draft("fatou", "m", "one", "q"); got != "" {
		t.Errorf("got %q after it was taken away", got)
	}
}

// Who goes on waiting after a draft could not be kept (the disk was full) has it kept the next time, though not a letter
// was added.
func TestADraftThatCouldNotBeKeptIsTriedAgain(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	inTheWay := filepath.Join(dir, "drafts.json.new")
	if err := os.Mkdir(inTheWay, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveDraft("fatou", "m", "one", "q", "a page"); !errors.Is(err, progress.ErrNotKept) {
		t.Fatalf("got %v", err)
	}
	if err := os.Remove(inTheWay); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveDraft("fatou", "m", "one", "q", "a page"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := open(t, dir).Draft("fatou", "m", "one", "q"); got != "a page" {
		t.Errorf("got %q", got)
	}
}

// TestABatchIsKeptWholeOrNotAtAll cuts the journal short within events that belong together.
func TestABatchIsKeptWholeOrNotAtAll(t *testing.T) {
	dir, _ := studied(t, 4)
	db := read(t, filepath.Join(dir, "progress.db"))
	s := open(t, dir)
	batch := keep(t, s, answer("b", "q1", true), answer("b", "q2", true), answer("b", "q3", true))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	journals, _ := filepath.Glob(filepath.Join(dir, "journal", "*"))
	last := slices.Max(journals)
	text := read(t, last)
	for cut := 0; cut <= len(text); cut += 61 {
		cut := min(cut, len(text))
		place := layOut(t, t.TempDir(), map[string][]byte{
			"progress.db": db, "journal/" + filepath.Base(last): text[:cut],
		})
		s := open(t, place)
		if lost := missing(t, s, []string{batch[0].ID, batch[1].ID, batch[2].ID}); lost != 3 {
			t.Errorf("cut after %d of %d bytes: %d of a batch of 3 came back", cut, len(text), 3-lost)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	place := layOut(t, t.TempDir(), map[string][]byte{"progress.db": db, "journal/" + filepath.Base(last): text})
	if lost := missing(t, open(t, place), []string{batch[0].ID, batch[1].ID, batch[2].ID}); lost != 0 {
		t.Errorf("%d of a whole batch are lost", lost)
	}
}

// TestALargeStoreIsReadInPart: a start does not take longer with the years, and still sees most of what can happen to a file.
func TestALargeStoreIsReadInPart(t *testing.T) {
	t.Cleanup(progress.SetWholeCheck(0, 64<<10))
	dir, ids := studied(t, 1000)
	path := filepath.Join(dir, "progress.db")
	whole := read(t, path)
	if len(whole) < 4*64<<10 {
		t.Fatalf("%d bytes are not large", len(whole))
	}
	for name, spoil := range map[string]func(b []byte) []byte{
		"nothing":       func(b []byte) []byte { return b },
		"its beginning": func(b []byte) []byte { b[5000] ^= 1; return b },
		"its end":       func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
		"its length":    func(b []byte) []byte { return append(b, 0) },
	} {
		if err := os.WriteFile(path, spoil(bytes.Clone(whole)), 0o600); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir)
		if got, want := progress.Trusted(s), name == "nothing"; got != want {
			t.Errorf("%s was changed, and it is trusted: %v", name, got)
		}
		if lost := missing(t, s, ids); lost > 0 {
			t.Errorf("%s: %d answers lost", name, lost)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		whole = read(t, path)
	}
}

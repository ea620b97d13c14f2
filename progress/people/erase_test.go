package people_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fanal/progress"
	"fanal/progress/people"
)

const canary = "Quetzalcoatlus"

// crowd fills a data folder with everything that it can hold of two people who are one, and of another; each start of the
// program leaves its own journal, and a copy or two.
func crowd(t *testing.T, dir string) (*progress.Store, *people.Gate) {
	t.Helper()
	g := people.NewGate(dir)
	slept(g)
	for i := range 3 {
		s := mustOpen(t, dir)
		keep(t, s, studied(nour, canary)...)
		keep(t, s, studied(eva, canary+"-too")...)
		keep(t, s, studied(ali, "Ali")...)
		if err := errors.Join(
			s.SaveDraft(nour, "garden", "soil", "free", "draft "+canary),
			s.SaveDraft(ali, "garden", "soil", "free", "draft of Ali"),
			s.Copy(),
		); err != nil {
			t.Fatal(err)
		}
		if pin := cheap("1234"); i == 0 {
			keep(t, s, progress.Event{Learner: nour, Verb: progress.Profiled, Profile: &progress.Profile{PIN: &pin}})
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	s := mustOpen(t, dir)
	keep(t, s, progress.Event{Learner: nour, Verb: progress.Merged, Other: eva})
	l, err := s.Learner(nour)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.TryAny(t.Context(), []progress.Learner{l}, "0000"); err != nil {
		t.Fatal(err)
	}
	return s, g
}

func TestErasedPersonIsInNoFile(t *testing.T) {
	dir := t.TempDir()
	s, g := crowd(t, dir)
	// A damaged file that was set aside, as a recovery leaves it.
	aside, err := os.ReadFile(filepath.Join(dir, "progress.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "progress.db.damaged-1"), aside, 0o600); err != nil {
		t.Fatal(err)
	}
	before := find(t, dir, canary)
	if len(before) < 5 { // the database, journals, copies, the draft, the file set aside
		t.Fatalf("the canary is in %v only: this test would prove little", before)
	}
	if len(find(t, dir, nour)) < len(before) {
		t.Fatal("the codes are in fewer files than the names")
	}
	r, err := people.Erase(s, g, dir, eva) // by the code of who was merged
	if err != nil {
		t.Fatal(err)
	}
	if left := find(t, dir, canary); len(left) > 0 {
		t.Errorf("the canary is still in %v", left)
	}
	if len(r.Names) != 1 || r.Left != 0 || r.Files == 0 || r.Events < 70 || r.Notes < 7 {
		t.Errorf("the receipt: %+v", r)
	}
	for _, file := range find(t, dir, nour) {
		if base := filepath.Base(file); base == people.TriesFile || base == "drafts.json" {
			t.Errorf("the code is still in %s", base)
		}
	}
	l, err := s.Learner(ali)
	if err != nil || l.Name != "Name Ali" {
		t.Errorf("Ali: %+v %v", l, err)
	}
	if d := s.Drafts(ali); len(d) != 1 || d[0].Text != "draft of Ali" {
		t.Errorf("Ali's draft: %v", d)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := mustOpen(t, dir) // nothing comes back with a new start
	if all, _ := again.Learners(); len(all) != 1 || len(find(t, dir, canary)) > 0 {
		t.Errorf("after a new start: %v, %v", all, find(t, dir, canary))
	}
}

// The second look must find what is there, or its receipt is worth nothing.
func TestSecondLookFindsWhatErasingForgot(t *testing.T) {
	dir := t.TempDir()
	s, g := crowd(t, dir)
	forgotten, err := os.ReadFile(filepath.Join(dir, "progress.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "backup-by-somebody.db"), forgotten, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := people.Erase(s, g, dir, nour)
	if err != nil || r.Left < 30 {
		t.Errorf("found %d traces in a copy of the database, %v", r.Left, err)
	}
}

func TestEndOfLoanLeavesNobodyAndTheFolderCanBeUsedAgain(t *testing.T) {
	dir := t.TempDir()
	s, g := crowd(t, dir)
	if err := os.MkdirAll(filepath.Join(dir, "modules"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "modules", "a.fanal"), []byte("a module"), 0o600); err != nil {
		t.Fatal(err)
	}
	var carried []progress.Event // on Ali's stick
	for e, err := range s.Events(ali) {
		if err != nil {
			t.Fatal(err)
		}
		carried = append(carried, e)
	}
	r, err := people.Wipe(s, g, dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Names) != 2 || r.Left != 0 || !r.Carried || len(r.Aside) != 1 || r.Aside[0] != "modules" {
		t.Errorf("the receipt: %+v", r)
	}
	for _, text := range []string{canary, "Ali", nour, ali, eva} {
		if left := find(t, dir, text); len(left) > 0 {
			t.Errorf("%q is still in %v", text, left)
		}
	}
	if len(find(t, dir, "a module")) != 1 {
		t.Error("a module went with the people")
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing after the end: %v", err)
	}
	if _, err := s.Append(called(ali, "Ali")); !errors.Is(err, progress.ErrClosed) {
		t.Errorf("an answer after the end: %v", err)
	}
	again := mustOpen(t, dir)
	if again.Recovery() != nil {
		t.Errorf("the empty folder is taken for a damaged one: %+v", again.Recovery())
	}
	if all, err := again.Learners(); err != nil || len(all) != 0 {
		t.Errorf("%v %v", all, err)
	}
	if n, err := again.AddForeign(carried); err != nil || n != len(carried) {
		t.Errorf("what Ali carried away comes back with %d of %d events, %v", n, len(carried), err)
	}
}

// The power is cut in the middle of a wipe: everybody is still there, and a second wipe finishes the work.
func TestWipeCutShortBringsNobodyBackHalf(t *testing.T) {
	dir := t.TempDir()
	s, _ := crowd(t, dir)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"copies", "journal", "progress.clean"} { // what goes before the database
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	s = mustOpen(t, dir)
	if all, err := s.Learners(); err != nil || len(all) != 2 {
		t.Fatalf("%v %v", all, err)
	}
	if _, err := people.Wipe(s, people.NewGate(dir), dir); err != nil {
		t.Fatal(err)
	}
	if left := find(t, dir, canary); len(left) > 0 {
		t.Errorf("still in %v", left)
	}
}

func TestGuestCanBeErasedWithoutAFolder(t *testing.T) {
	s := progress.OpenMemory()
	keep(t, s, studied(nour, canary)...)
	r, err := people.Erase(s, people.NewGate(""), "", nour)
	if err != nil || r.Events != 12 || r.Files != 0 {
		t.Errorf("%+v %v", r, err)
	}
}

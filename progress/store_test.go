package progress_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fanal/progress"
)

func TestWhatWasKeptIsThereTheNextDay(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	keep(t, s, named("a", "Fatou"))
	kept := keep(t, s, answer("a", "q1", true), answer("a", "q2", false))
	before := progress.Dump(s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	if !slices.Equal(before, progress.Dump(s)) {
		t.Error("the store is another one after closing")
	}
	next := keep(t, s, answer("a", "q3", true))[0]
	if next.Counter != kept[1].Counter+1 || next.Counter != 4 {
		t.Errorf("counter %d after %d", next.Counter, kept[1].Counter)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append(answer("a", "q", true)); !errors.Is(err, progress.ErrClosed) {
		t.Errorf("append after close: %v", err)
	}
	if _, err := s.Learners(); !errors.Is(err, progress.ErrClosed) {
		t.Errorf("read after close: %v", err)
	}
}

func TestAWrongClockOrdersNothing(t *testing.T) {
	now := time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)
	s, err := progress.Open(t.TempDir(), progress.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	keep(t, s, answer("a", "first", true))
	now = time.Date(12009, 1, 1, 0, 0, 0, 0, time.UTC)
	if e := keep(t, s, answer("b", "beyond all years", true))[0]; !e.Time.IsZero() {
		t.Errorf("time %v", e.Time)
	}
	now = time.Date(2009, 1, 1, 0, 0, 0, 999, time.FixedZone("", 3600))
	keep(t, s, answer("a", "second", true))
	got := events(t, s, "a")
	if got[0].Question != "first" || got[1].Question != "second" {
		t.Errorf("order %q, %q", got[0].Question, got[1].Question)
	}
	if want := time.Date(2008, 12, 31, 23, 0, 0, 0, time.UTC); !got[1].Time.Equal(want) {
		t.Errorf("time %v, want %v", got[1].Time, want)
	}
}

func TestTextThatCouldMoveACursorIsNotKept(t *testing.T) {
	s := progress.OpenMemory()
	e := answer("a", "q", true)
	e.Response = []string{"a\x1b[2Jb\u202ec\u200bd\u00e9\n\xff"}
	given := slices.Clone(e.Response)
	got := keep(t, s, e)[0].Response[0]
	if want := "a[2Jbcd\u00e9\n\ufffd"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if !slices.Equal(given, e.Response) {
		t.Error("the caller's own slice was changed")
	}
}

func TestEventsThatNoProgramWritesAreRefused(t *testing.T) {
	good := keep(t, progress.OpenMemory(), answer("a", "q", true))[0]
	for name, spoil := range map[string]func(*progress.Event){
		"no id":          func(e *progress.Event) { e.ID = "" },
		"odd id":         func(e *progress.Event) { e.ID = strings.ToUpper(e.ID) + "A" },
		"no counter":     func(e *progress.Event) { e.Counter = 0 },
		"far counter":    func(e *progress.Event) { e.Counter = 1 << 50 },
		"last counter":   func(e *progress.Event) { e.Counter = 1<<64 - 1 },
		"nobody":         func(e *progress.Event) { e.Learner = "" },
		"no verb":        func(e *progress.Event) { e.Verb = "" },
		"merged nobody":  func(e *progress.Event) { e.Verb = progress.Merged },
		"score":          func(e *progress.Event) { e.Score = 2 },
		"zero in a name": func(e *progress.Event) { e.Module = "m\x00x" },
		"escape":         func(e *progress.Event) { e.Text = "\x1b]0;x\x07" },
		"too long":       func(e *progress.Event) { e.Text = strings.Repeat("x", 1<<20) },
	} {
		t.Run(name, func(t *testing.T) {
			e := good
			spoil(&e)
			s := progress.OpenMemory()
			if n, err := s.AddForeign([]progress.Event{good, e}); !errors.Is(err, progress.ErrInvalid) || n != 0 {
				t.Errorf("added %d, %v", n, err)
			}
			if got := events(t, s, ""); len(got) != 0 {
				t.Errorf("half of it was kept: %v", got)
			}
		})
	}
}

func TestTheSecondProgramIsToldWhoIsFirst(t *testing.T) {
	dir := t.TempDir()
	cmd, lines := play(t, "hold", dir)
	if !lines.Scan() {
		t.Fatal("the first program does not start")
	}
	_, err := progress.Open(dir, progress.Options{Wait: 50 * time.Millisecond})
	var busy *progress.BusyError
	if !errors.Is(err, progress.ErrBusy) || !errors.As(err, &busy) || busy.PID != cmd.Process.Pid {
		t.Fatalf("got %v, want busy with process %d", err, cmd.Process.Pid)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	open(t, dir) // and when the first is gone, however it went, the second may
}

func TestANewerStoreIsLeftByteForByte(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	keep(t, s, answer("a", "q", true))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "progress.db")
	if err := progress.SetFormat(path, progress.Format+6); err != nil {
		t.Fatal(err)
	}
	before := read(t, path)
	_, err := progress.Open(dir, progress.Options{})
	var newer *progress.NewerError
	if !errors.Is(err, progress.ErrNewer) || !errors.As(err, &newer) || newer.Format != progress.Format+6 {
		t.Errorf("got %v", err)
	}
	if !bytes.Equal(before, read(t, path)) {
		t.Error("the newer file was changed")
	}
}

func TestAnOlderStoreIsMigratedAfterACopy(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	keep(t, s, answer("a", "q", true))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "progress.db")
	if err := progress.SetFormat(path, -1); err != nil { // older than the first there was
		t.Fatal(err)
	}
	var steps []int
	step := func(v int) func(func(bucket, key, value string) error) error {
		return func(set func(bucket, key, value string) error) error {
			steps = append(steps, v)
			return set("meta", "seen", "1")
		}
	}
	all := map[int]func(func(bucket, key, value string) error) error{-1: step(-1)}
	if err := progress.OpenSteps(path, all); !errors.Is(err, progress.ErrDamaged) {
		t.Fatalf("a step is missing, and all it says is %v", err)
	}
	all[0] = step(0)
	steps = nil
	if err := progress.OpenSteps(path, all); err != nil || !slices.Equal(steps, []int{-1, 0}) {
		t.Fatalf("steps %v, %v", steps, err)
	}
	if got := events(t, open(t, dir), "a"); len(got) != 1 {
		t.Errorf("%d events after the migration", len(got))
	}
	copyOf := path + ".format--1"
	if err := progress.OpenSteps(copyOf, all); err != nil {
		t.Errorf("the copy is no store of the older format: %v", err)
	}
}

func TestAFullGuestLeavesNothingOnDisk(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	s := progress.OpenMemory()
	keep(t, s, named("guest", "Guest"), answer("guest", "q", true))
	if s.Kept() {
		t.Error("it says that it is kept")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if found, _ := os.ReadDir(dir); len(found) != 0 {
		t.Errorf("left %v", found)
	}
}

// TestCopiesAreMadeByThemselves: nobody has to think of them, and nobody waits for them.
func TestCopiesAreMadeByThemselves(t *testing.T) {
	t.Cleanup(progress.SetCopyDelay(10 * time.Millisecond))
	copies := func(dir string) int {
		found, _ := filepath.Glob(filepath.Join(dir, "copies", "*.gz"))
		return len(found)
	}
	study := func(dir string, answers int, wait time.Duration) {
		s := open(t, dir)
		for i := range answers {
			keep(t, s, answer("fatou", fmt.Sprint(i), true))
		}
		time.Sleep(wait)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	study(dir, 3, 0)
	study(dir, 0, 50*time.Millisecond)
	if copies(dir) != 0 {
		t.Error("a start alone makes a copy")
	}
	study(dir, 1, 200*time.Millisecond)
	if copies(dir) != 1 {
		t.Error("the second session made no copy of the first")
	}
	long := t.TempDir()
	study(long, 510, 0)
	if copies(long) != 1 {
		t.Error("a long session ended without a copy")
	}
	progress.SetCopyDelay(time.Hour)
	short := t.TempDir()
	for range 25 {
		study(short, 1, 0)
	}
	if copies(short) != 1 {
		t.Error("many short sessions, and no copy")
	}
}

// TestManyAtOnce answers, reads and copies from several goroutines: for the race detector, and for the count.
func TestManyAtOnce(t *testing.T) {
	s := open(t, t.TempDir())
	var all sync.WaitGroup
	for g := range 4 {
		all.Go(func() {
			for i := range 25 {
				if _, err := s.Append(answer(fmt.Sprint("learner ", g), fmt.Sprint(i), true)); err != nil {
					t.Error(err)
				}
				if sum, err := s.Summary(fmt.Sprint("learner ", g)); err != nil || sum.Events != uint64(i+1) {
					t.Errorf("%d events after %d answers, %v", sum.Events, i+1, err)
				}
				if i == 12 {
					if err := s.Copy(); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	all.Wait()
	counters := map[uint64]bool{}
	for _, e := range events(t, s, "") {
		counters[e.Counter] = true
	}
	if len(counters) != 100 {
		t.Errorf("%d different counters for 100 answers", len(counters))
	}
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

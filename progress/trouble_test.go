package progress_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"fanal/progress"
)

// pulled is the role of a process whose database is cut short under its map, as when a stick is pulled: whatever it tries
// afterwards may fail, but must not end it.
func pulled(dir string) error {
	s, err := progress.Open(dir, progress.Options{})
	if err != nil {
		return err
	}
	for n := 1; n <= 30; n++ {
		if _, err := s.Append(numbered(n)); err != nil {
			return err
		}
		fmt.Println("ack", n)
	}
	path := filepath.Join(dir, "progress.db")
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	rnd := rand.New(rand.NewPCG(uint64(os.Getpid()), 3))
	if err := os.Truncate(path, rnd.Int64N(info.Size()/4)); err != nil {
		return err
	}
	for n := 31; n <= 40; n++ {
		if _, err := s.Append(numbered(n)); err == nil {
			fmt.Println("ack", n)
		} else if !errors.Is(err, progress.ErrNotKept) && !errors.Is(err, progress.ErrDamaged) {
			return err
		}
		_, _ = s.Summary("fatou")
		_, _ = s.Modules("fatou")
		for _, err := range s.Events("") {
			_ = err
		}
	}
	_ = s.Copy()
	_ = s.Close()
	fmt.Println("alive")
	return nil
}

func TestASticksPulledUnderTheMap(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	for i := range times(3, 200) {
		dir, ack, alive := t.TempDir(), 0, false
		_, lines := play(t, "pulled", dir)
		for lines.Scan() {
			if _, err := fmt.Sscanf(lines.Text(), "ack %d", new(int)); err == nil {
				ack++
			}
			alive = lines.Text() == "alive"
		}
		v := c.judge(t, dir)
		if !alive || !v.Opened || v.Died || v.Wrong != "" || len(v.lost(ack)) > 0 {
			t.Errorf("stick %d: alive %v, %d acknowledged, lost %v: %+v", i, alive, ack, v.lost(ack), v)
		}
	}
}

func TestTheClockIsBelievedOnlyWhenItCanBe(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	s, err := progress.Open(t.TempDir(), progress.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, c := range []struct {
		at   time.Time
		want bool
		keep bool
	}{
		{time.Date(2009, 1, 1, 0, 0, 0, 0, time.UTC), false, false},
		{time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), false, true},
		{time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC), true, true}, // the event of 2099 tells nothing
		{time.Date(2026, 11, 19, 20, 0, 0, 0, time.UTC), true, false},
		{time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), false, false}, // months before what was kept last
		{time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), true, false},
	} {
		now = c.at
		if got := s.ClockBelievable(); got != c.want {
			t.Errorf("%v: %v", c.at, got)
		}
		if c.keep {
			keep(t, s, answer("fatou", "q", true))
		}
	}
}

func TestCopiesAreNamedByDaysThatCanBeBelieved(t *testing.T) {
	dir, now := t.TempDir(), time.Date(2009, 1, 1, 0, 0, 0, 0, time.UTC)
	for i, want := range []string{"*_0000-00-00.*", "*_2026-11-20.*"} {
		s, err := progress.Open(dir, progress.Options{Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		keep(t, s, answer("fatou", strconv.Itoa(i), true))
		if err := s.Copy(); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if found, _ := filepath.Glob(filepath.Join(dir, "copies", want)); len(found) != 1 {
			t.Errorf("no copy named %s", want)
		}
		now = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	}
}

package progress_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fanal/progress"
)

// TestKilledWhileAnswering is the promise of the whole package: what was acknowledged is there, whatever ends the program.
// Every life goes on where the one before was cut off.
func TestKilledWhileAnswering(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(seed(), 9))
	for kills := times(200, 10_000); kills > 0; kills -= 100 { // a folder each: after so many lives a check takes its time
		killedWhileAnswering(t, t.TempDir(), rnd, min(kills, 100))
	}
}

func killedWhileAnswering(t *testing.T, dir string, rnd *rand.Rand, kills int) {
	t.Helper()
	acknowledged := map[string]bool{}
	for range kills {
		cmd, lines := play(t, "answer", dir)
		if !lines.Scan() {
			t.Fatal("the program does not start any more")
		}
		time.AfterFunc(time.Duration(rnd.IntN(6000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		for ok := true; ok; ok = lines.Scan() {
			acknowledged[lines.Text()] = true
		}
		_ = cmd.Wait()
	}
	s := open(t, dir)
	got, seen := events(t, s, ""), map[string]bool{}
	for _, e := range got {
		seen[e.ID] = true
	}
	for id := range acknowledged {
		if !seen[id] {
			t.Errorf("lost %s", id)
		}
	}
	if extra := len(got) - len(acknowledged); extra > kills {
		t.Errorf("%d answers that nobody waited for: more than one for each kill", extra)
	}
	if ok, err := progress.Folded(s); err != nil || !ok {
		t.Errorf("the states are not what follows from the log (%v)", err)
	}
	if r := s.Recovery(); r != nil {
		t.Errorf("a kill is no damage: %+v", r)
	}
	t.Logf("%d kills, %d answers acknowledged, %d kept", kills, len(acknowledged), len(got))
}

// A chore is something longer than an answer that a kill may hit: afterwards the store is as before it or as after it.
var chores = map[string]func(s *progress.Store, n int) error{
	"copy": func(s *progress.Store, _ int) error { return s.Copy() },
	"import": func(s *progress.Store, n int) error {
		_, err := s.AddForeign(luggage(n, 200))
		return err
	},
	"haul": func(s *progress.Store, n int) error { // so much that the database is made anew
		_, err := s.AddForeign(luggage(n, 6000))
		return err
	},
	"erase": func(s *progress.Store, n int) error {
		if _, err := s.AppendAll(unwanted(n)); err != nil {
			return err
		}
		fmt.Println("begun")
		return s.Erase(fmt.Sprintf("unwanted-%d", n))
	},
}

// luggage is the history that the n-th import brings.
func luggage(n, size int) (history []progress.Event) {
	rnd := rand.New(rand.NewPCG(uint64(n), 1))
	for i := range size {
		e := answer(fmt.Sprintf("guest-%d", n), fmt.Sprintf("q%d", i%7), i%2 == 0)
		e.Counter = uint64(i + 1)
		e.ID = fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", rnd.Uint32(), rnd.IntN(1<<16), rnd.IntN(1<<12), rnd.IntN(1<<12), n)
		history = append(history, e)
	}
	return history
}

const canary = "Zbigniewicz"

// unwanted is what the learner did who is erased in the n-th erasure.
func unwanted(n int) (history []progress.Event) {
	who := fmt.Sprintf("unwanted-%d", n)
	name := canary
	history = append(history, progress.Event{Learner: who, Verb: progress.Profiled, Profile: &progress.Profile{Name: &name}})
	for range 20 {
		e := answer(who, "q", true)
		e.Response = []string{canary}
		history = append(history, e)
	}
	return history
}

// drudge is the role of a process that does a chore once: "chore:n:dir".
func drudge(arg string) error {
	what, rest, _ := strings.Cut(arg, ":")
	number, dir, _ := strings.Cut(rest, ":")
	n, err := strconv.Atoi(number)
	if err != nil {
		return err
	}
	s, err := progress.Open(dir, progress.Options{})
	if err != nil {
		return err
	}
	e := numbered(n + 1)
	if _, err := s.Append(e); err != nil {
		return err
	}
	fmt.Println("ready")
	if err := chores[what](s, n); err != nil {
		return err
	}
	fmt.Println("done")
	return s.Close()
}

// TestKilledBetween kills the program in the middle of copying (and of letting go of older copies), importing and erasing.
func TestKilledBetween(t *testing.T) {
	t.Parallel()
	for what := range chores {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			dir, rnd := t.TempDir(), rand.New(rand.NewPCG(seed(), uint64(len(what))))
			kills, finished, longest := times(5, 500), 0, 20*time.Millisecond
			for n := 0; n-finished < kills; n++ { // what was killed after its end does not count
				if n == 50*kills {
					t.Fatalf("only %d kills of %d came before the end", n-finished, n)
				}
				if what == "haul" || n%25 == 0 { // a fresh folder now and then: looking at everything takes longer with every life
					dir = t.TempDir()
				}
				cmd, lines := play(t, "drudge", what+":"+strconv.Itoa(n)+":"+dir)
				if !lines.Scan() {
					t.Fatal("the program does not start any more")
				}
				began, done := time.Now(), false
				time.AfterFunc(time.Duration(rnd.Int64N(int64(longest))), func() { _ = cmd.Process.Kill() })
				for lines.Scan() {
					done = done || lines.Text() == "done"
				}
				_ = cmd.Wait()
				if done { // aim at the time that the chore takes
					finished++
					longest = time.Since(began)
				} else {
					longest = longest * 21 / 20
				}
				whatIsThere(t, what, dir, n, done)
			}
			t.Logf("%d kills, and %d more that came after the end", kills, finished)
		})
	}
}

// whatIsThere opens a folder after a kill and holds it against what must be there: all answers, and the chore undone or
// done, nothing between.
func whatIsThere(t *testing.T, what, dir string, n int, done bool) {
	t.Helper()
	s, err := progress.Open(dir, progress.Options{})
	if err != nil {
		t.Fatal(err)
	}
	own, guests, unwanted := 0, 0, 0
	for e, err := range s.Events("") {
		switch {
		case err != nil:
			t.Fatal(err)
		case e.Learner == "fatou":
			own++
		case e.Learner == fmt.Sprintf("guest-%d", n):
			guests++
		case e.Learner == fmt.Sprintf("unwanted-%d", n) && e.Verb != progress.Erased:
			unwanted++
		}
	}
	want, size := n%25+1, 200
	if what == "haul" {
		want, size = 1, 6000
	}
	if own != want {
		t.Errorf("kill %d: %d answers of %d", n, own, want)
	}
	if guests != 0 && guests != size || done && (what == "import" || what == "haul") && guests != size {
		t.Errorf("kill %d: %d of %d imported events", n, guests, size)
	}
	if unwanted != 0 && unwanted != 21 || done && unwanted != 0 {
		t.Errorf("kill %d: %d of 21 events of the person who is to be erased", n, unwanted)
	}
	if ok, err := progress.Folded(s); err != nil || !ok {
		t.Errorf("kill %d: the states are not what follows from the log (%v)", n, err)
	}
	if r := s.Recovery(); r != nil {
		t.Errorf("kill %d: a kill is no damage: %+v", n, r)
	}
	if unwanted > 0 {
		if err := s.Erase(fmt.Sprintf("unwanted-%d", n)); err != nil && !errors.Is(err, progress.ErrUnknown) {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for path, b := range rawFiles(t, dir) {
		if copies, _ := filepath.Match("*.gz", filepath.Base(path)); copies {
			b = unpacked(t, b)
		}
		if what == "erase" && strings.Contains(string(b), canary) {
			t.Errorf("kill %d: %s still holds the name", n, path)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*", "*.new")); len(left) > 0 {
		t.Errorf("kill %d: left %v", n, left)
	}
	_ = os.Remove(filepath.Join(dir, "progress.lock"))
}

package carry_test

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
	"fanal/progress/carry"
)

// laptops are some simulated data folders, none of whose clocks is right.
type laptops struct {
	rnd    *rand.Rand
	stores []*progress.Store
	clocks []time.Time
}

func newLaptops(seed uint64, n int) *laptops {
	l := &laptops{rnd: rand.New(rand.NewPCG(seed, 7))}
	for range n {
		l.stores = append(l.stores, progress.OpenMemory())
		l.clocks = append(l.clocks, time.Date(2009+l.rnd.IntN(90), 1, 1, 0, 0, 0, 0, time.UTC))
	}
	return l
}

// act lets one laptop do something: study mostly, and now and then be named, merge two learners or erase one. Its clock
// goes on, stands still, or begins again.
func (l *laptops) act(t testing.TB) {
	i := l.rnd.IntN(len(l.stores))
	switch l.rnd.IntN(6) {
	case 0:
		l.clocks[i] = time.Date(2009, 1, 1, 0, 0, 0, 0, time.UTC)
	case 1, 2, 3:
		l.clocks[i] = l.clocks[i].Add(time.Duration(l.rnd.IntN(1e6)) * time.Second)
	}
	who := fmt.Sprintf("l%d", l.rnd.IntN(4))
	e := answer(who, fmt.Sprintf("q%d", l.rnd.IntN(6)), l.rnd.IntN(3) > 0)
	e.Sitting = fmt.Sprintf("s%d", l.rnd.IntN(5))
	e.Module, e.Lesson = fmt.Sprintf("m%d", l.rnd.IntN(2)), fmt.Sprintf("x%d", l.rnd.IntN(2))
	e.Context = []string{"", "", "again", "review", "test-a"}[l.rnd.IntN(5)]
	e.Unjudged, e.Hinted, e.Skipped = l.rnd.IntN(9) == 0, l.rnd.IntN(5) == 0, l.rnd.IntN(9) == 0
	switch l.rnd.IntN(40) {
	case 0:
		e = progress.Event{Learner: who, Verb: progress.Merged, Other: fmt.Sprintf("l%d", l.rnd.IntN(4))}
	case 1:
		if l.rnd.IntN(4) == 0 {
			e = progress.Event{Learner: who, Verb: progress.Erased}
		}
	case 2, 3:
		e = named(who, "the same name")
	case 4:
		e.Verb = progress.Completed
	case 5, 6, 7:
		e.Verb = progress.Reached
	case 8:
		e.Verb, e.Text = progress.Commented, fmt.Sprint(l.rnd.IntN(2))
	}
	e.Time = l.clocks[i]
	if _, err := l.stores[i].Append(e); err != nil && !errors.Is(err, progress.ErrUnknown) {
		t.Fatal(err)
	}
}

// carry takes a bundle from one laptop to another, of everybody or of one learner.
func (l *laptops) carry(t testing.TB, from, to int, learner string) {
	t.Helper()
	if l.empty(t, from, learner) {
		return
	}
	r, err := bring(l.stores[to], bundle(t, l.stores[from], carry.Options{Learner: learner}))
	if err != nil {
		t.Fatal(err)
	}
	if learner == "" && r.Now.Events < r.Carried.Events && !anyGone(r) {
		t.Fatalf("events are missing: %+v", r)
	}
}

func anyGone(r carry.Result) bool {
	for _, p := range r.People {
		if p.Gone {
			return true
		}
	}
	return false
}

func (l *laptops) empty(t testing.TB, i int, learner string) bool {
	for _, err := range l.stores[i].Events(learner) {
		if err != nil {
			t.Fatal(err)
		}
		return false
	}
	return true
}

// clone makes one laptop the image of another one's disk: both go on from there.
func (l *laptops) clone(t testing.TB, from, to int) {
	l.stores[to] = progress.OpenMemory()
	l.carry(t, from, to, "")
	l.clocks[to] = l.clocks[from]
}

// agree fails when two laptops differ by a byte.
func (l *laptops) agree(t testing.TB, what string) {
	t.Helper()
	want := state(t, l.stores[0])
	for i, s := range l.stores {
		if got := state(t, s); got != want {
			t.Fatalf("%s: laptop %d differs\n%s\n--\n%s", what, i, want, got)
		}
	}
}

// TestHistoriesAgreeHoweverSticksAreCarried lets five laptops study and exchange bundles in random order, some of them
// cloned from others, then carries everything round a ring in any direction, twice: all must agree to the byte. The
// number of histories is FANAL_CARRY_HISTORIES, a hundred where it is not set.
func TestHistoriesAgreeHoweverSticksAreCarried(t *testing.T) {
	histories := 100
	if s := os.Getenv("FANAL_CARRY_HISTORIES"); s != "" {
		var err error
		if histories, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	for part := range uint64(2) { // as many as the machine has processors to spare
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			t.Parallel()
			for seed := part; seed < uint64(histories); seed += 2 {
				history(t, seed)
			}
		})
	}
}

func history(t *testing.T, seed uint64) {
	const n = 5
	l := newLaptops(seed, n)
	for range 60 {
		switch from, to := l.rnd.IntN(n), l.rnd.IntN(n); l.rnd.IntN(24) {
		case 0:
			l.carry(t, from, to, "")
		case 1:
			l.carry(t, from, to, fmt.Sprintf("l%d", l.rnd.IntN(4)))
		case 2:
			if from != to {
				l.clone(t, from, to)
			}
		default:
			l.act(t)
		}
	}
	way, start := 1+l.rnd.IntN(n-1), l.rnd.IntN(n) // five is prime: any step goes all the way round
	for range 2 {
		for i := range n {
			l.carry(t, (start+i*way)%n, (start+(i+1)*way)%n, "")
		}
	}
	l.agree(t, fmt.Sprintf("history %d", seed))
	for range 4 { // whatever is carried now changes nothing any more
		l.carry(t, l.rnd.IntN(n), l.rnd.IntN(n), "")
	}
	l.agree(t, fmt.Sprintf("history %d, once more", seed))
}

// TestClonedDisksAgree does with real folders what stores in memory cannot: a whole data folder is copied, both go on
// studying, and exchange bundles.
func TestClonedDisksAgree(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	s := open(t, first)
	keep(t, s, named("a", "Fatou"), answer("a", "q1", true))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(second, "clone"), os.DirFS(first)); err != nil {
		t.Fatal(err)
	}
	l := &laptops{stores: []*progress.Store{open(t, first), open(t, filepath.Join(second, "clone"))}}
	keep(t, l.stores[0], answer("a", "q2", true), named("b", "Fatou"), answer("b", "q1", true))
	keep(t, l.stores[1], answer("a", "q2", false), answer("a", "q3", true), named("c", "Fatou"))
	for range 2 {
		l.carry(t, 0, 1, "")
		l.carry(t, 1, 0, "")
	}
	l.agree(t, "two clones")
	learners, err := l.stores[0].Learners()
	if err != nil || len(learners) != 3 {
		t.Errorf("three people of one name are %d: %v", len(learners), err)
	}
	if m, err := l.stores[1].Module("a", "m"); err != nil || m.Lessons["one"].Answered != 3 {
		t.Errorf("what was learnt on both laptops is not together: %+v, %v", m, err)
	}
	keep(t, l.stores[1], progress.Event{Learner: "a", Verb: progress.Merged, Other: "c"})
	if err := l.stores[0].Erase("b"); err != nil {
		t.Fatal(err)
	}
	l.carry(t, 1, 0, "")
	l.carry(t, 0, 1, "")
	l.agree(t, "merged and erased")
	if learners, err = l.stores[1].Learners(); err != nil || len(learners) != 1 || learners[0].ID != "a" {
		t.Errorf("%+v, %v", learners, err)
	}
}

func TestWhoAskedToBeForgottenComesBackFromNoStick(t *testing.T) {
	s := studied(t)
	old := bundle(t, s, carry.Options{})
	ofOne := bundle(t, s, carry.Options{Learner: "a"})
	if err := s.Erase("a"); err != nil {
		t.Fatal(err)
	}
	tombstone := bundle(t, s, carry.Options{})
	for _, b := range [][]byte{old, ofOne} {
		r, err := bring(s, b)
		if err != nil || !anyGone(r) {
			t.Fatalf("%+v, %v", r, err)
		}
		if _, err := s.Learner("a"); !errors.Is(err, progress.ErrUnknown) {
			t.Errorf("back again: %v", err)
		}
	}
	elsewhere := progress.OpenMemory()
	for _, b := range [][]byte{old, tombstone, old} {
		if _, err := bring(elsewhere, b); err != nil {
			t.Fatal(err)
		}
	}
	if state(t, s) != state(t, elsewhere) {
		t.Error("the erasure has not travelled")
	}
}

package progress_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"fanal/progress"
)

// laptops simulates several data folders whose histories travel on sticks.
type laptops struct {
	rnd    *rand.Rand
	stores []*progress.Store
}

// act lets one laptop do something: study mostly, and now and then be named, merge two learners or erase one.
func (l *laptops) act(t testing.TB) {
	s := l.stores[l.rnd.IntN(len(l.stores))]
	who := fmt.Sprintf("l%d", l.rnd.IntN(4))
	e := answer(who, fmt.Sprintf("q%d", l.rnd.IntN(6)), l.rnd.IntN(3) > 0)
	e.Sitting = fmt.Sprintf("s%d", l.rnd.IntN(5))
	e.Time = time.Date(2009+l.rnd.IntN(90), 1, 1+l.rnd.IntN(365), 0, 0, 0, 0, time.UTC) // no clock is right
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
		e = named(who, fmt.Sprintf("name %d", l.rnd.IntN(99)))
	case 4:
		e.Verb = progress.Completed
	case 5, 6, 7:
		e.Verb = progress.Reached
	case 8:
		e.Verb, e.Text = progress.Commented, fmt.Sprint(l.rnd.IntN(2))
	}
	if _, err := s.Append(e); err != nil && !errors.Is(err, progress.ErrUnknown) {
		t.Fatal(err)
	}
}

// carry takes a history from one laptop to another.
func carry(t testing.TB, from, to *progress.Store) {
	t.Helper()
	if _, err := to.AddForeign(events(t, from, "")); err != nil {
		t.Fatal(err)
	}
}

// TestHistoriesAgreeHoweverTheyTravel lets five laptops study and exchange sticks in random order, then brings everything
// everywhere in different orders: all must agree to the byte, and with a fold from scratch.
func TestHistoriesAgreeHoweverTheyTravel(t *testing.T) {
	t.Parallel()
	for n := range uint64(times(60, 10_000)) {
		seed := seed() + n
		l := &laptops{rnd: rand.New(rand.NewPCG(seed, 6))}
		for range 5 {
			l.stores = append(l.stores, progress.OpenMemory())
		}
		for range 60 {
			switch l.rnd.IntN(24) {
			case 0, 1, 2:
				carry(t, l.stores[l.rnd.IntN(5)], l.stores[l.rnd.IntN(5)])
			case 3: // a disk is cloned onto another laptop, which forgets what it had
				clone := progress.OpenMemory()
				carry(t, l.stores[l.rnd.IntN(5)], clone)
				l.stores[l.rnd.IntN(5)] = clone
			default:
				l.act(t)
			}
		}
		for range 2 { // twice round the ring, in another order each
			for _, i := range l.rnd.Perm(5) {
				for _, j := range l.rnd.Perm(5) {
					carry(t, l.stores[i], l.stores[j])
				}
			}
		}
		want := progress.Dump(l.stores[0])
		for i, s := range l.stores {
			if got := progress.Dump(s); !slices.Equal(want, got) {
				t.Fatalf("seed %d: laptop %d differs:\n%s", seed, i, differ(want, got))
			}
			if err := s.Refold(); err != nil || !slices.Equal(want, progress.Dump(s)) {
				t.Fatalf("seed %d: laptop %d is not what follows from its log (%v):\n%s", seed, i, err, differ(want, progress.Dump(s)))
			}
		}
	}
}

func differ(a, b []string) (s string) {
	for _, x := range a {
		if !slices.Contains(b, x) {
			s += "- " + x + "\n"
		}
	}
	for _, x := range b {
		if !slices.Contains(a, x) {
			s += "+ " + x + "\n"
		}
	}
	return s
}

// TestALongHistoryMergesLikeAShortOne: so many events that the database is made anew come to the same, to the byte.
func TestALongHistoryMergesLikeAShortOne(t *testing.T) {
	var own, brought []progress.Event
	from := progress.OpenMemory()
	for n := range 300 {
		own = append(own, keep(t, from, numbered(n))...)
	}
	brought = append(luggage(1, 6000), keep(t, progress.OpenMemory(), progress.Event{Learner: "guest-1", Verb: progress.Merged, Other: "fatou"})...)
	disk, memory := open(t, t.TempDir()), progress.OpenMemory()
	for _, s := range []*progress.Store{disk, memory} {
		for _, history := range [][]progress.Event{own, brought, brought} {
			if _, err := s.AddForeign(history); err != nil {
				t.Fatal(err)
			}
		}
	}
	if d := differ(progress.Dump(memory), progress.Dump(disk)); d != "" {
		t.Error(d)
	}
	before := progress.Dump(disk)
	spoilt := append(luggage(2, 6000), progress.Event{})
	if n, err := disk.AddForeign(spoilt); !errors.Is(err, progress.ErrInvalid) || n != 0 {
		t.Errorf("a history with an event that is none: %d added, %v", n, err)
	}
	if !slices.Equal(before, progress.Dump(disk)) {
		t.Error("part of it was added")
	}
	keep(t, disk, answer("fatou", "after", true))
}

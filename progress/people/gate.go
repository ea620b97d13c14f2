package people

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"time"

	"fanal/progress"
)

// TriesFile is the name in the data folder of the file that counts wrong tries: it holds codes of learners and numbers,
// nothing else, and is not there when there are none.
const TriesFile = "pins.json"

// How tries slow down: the first ones cost nothing, since everybody mistypes; from then on each wrong one doubles the wait.
const (
	freeTries = 3
	mostWait  = time.Minute
)

// A Gate stands before those who have a PIN. It counts wrong tries in a file, so that starting the program again does not
// begin anew. The wait is slept before a try is looked at, by the clock that only runs forward: no time of day is
// believed, and none is kept. One Gate serves a process; its methods may be called from several goroutines.
type Gate struct {
	// Sleep waits, or returns the context's error; nil: by the system's clock.
	Sleep func(context.Context, time.Duration) error

	path string // "" for a guest: counted in memory
	mu   sync.Mutex
	told map[string]int // wrong tries in a row, by learner; nil until read
}

// NewGate returns the gate of a data folder; "" keeps its count in memory.
func NewGate(dir string) *Gate {
	g := &Gate{}
	if dir != "" {
		g.path = filepath.Join(dir, TriesFile)
	}
	return g
}

// Tries returns how many wrong tries in a row there were for a learner.
func (g *Gate) Tries(learner string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.load()
	return g.told[learner]
}

// Wait returns how long the next try will take beside the time that it costs to look at it.
func (g *Gate) Wait(learner string) time.Duration { return wait(g.Tries(learner)) }

func wait(tries int) time.Duration {
	if tries < freeTries {
		return 0
	}
	return min(time.Second<<min(tries-freeTries, 20), mostWait)
}

// TryAny waits as long as the wrong tries before it demand, and then says whether what was typed is the PIN of one of some
// people: of a learner, or of the mediators of a laptop, of whom one is to prove themselves. The try is counted before it
// is looked at, so that pulling the plug takes nothing back; a wrong one counts against each of them. Who has no PIN is
// never right. An error is the context's.
func (g *Gate) TryAny(ctx context.Context, any []progress.Learner, typed string) (bool, error) {
	var longest time.Duration
	for _, l := range any {
		longest = max(longest, g.Wait(l.ID))
	}
	if err := g.sleep(ctx, longest); err != nil {
		return false, err
	}
	right := false
	for _, l := range any {
		g.count(l.ID, g.Tries(l.ID)+1)
		right = right || l.PIN != "" && Matches(l.PIN, typed)
	}
	if right {
		for _, l := range any {
			g.count(l.ID, 0)
		}
	}
	return right, nil
}

func (g *Gate) sleep(ctx context.Context, d time.Duration) error {
	if g.Sleep != nil {
		return g.Sleep(ctx, d)
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return ctx.Err()
	}
}

// Forget takes learners out of the count: their PIN is another one now, or they were erased.
func (g *Gate) Forget(learners ...string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.load()
	n := len(g.told)
	for _, id := range learners {
		delete(g.told, id)
	}
	if len(g.told) == n {
		return nil
	}
	return g.save()
}

// count sets a count. Where it cannot be written (a full disk), this process still knows it: nobody is shut out by that.
func (g *Gate) count(learner string, n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.load()
	if n == 0 {
		delete(g.told, learner)
	} else {
		g.told[learner] = n
	}
	_ = g.save()
}

// load reads the file once. One that cannot be read counts as none: whoever can write it can remove it.
func (g *Gate) load() {
	if g.told != nil {
		return
	}
	g.told = map[string]int{}
	if g.path == "" {
		return
	}
	text, err := os.ReadFile(g.path)
	if err != nil || len(text) > 1<<20 {
		return
	}
	var read map[string]int
	if json.Unmarshal(text, &read) != nil {
		return
	}
	for id, n := range read {
		if n > 0 {
			g.told[id] = n
		}
	}
}

// save puts the file in its place whole, synced.
func (g *Gate) save() error {
	if g.path == "" {
		return nil
	}
	if len(g.told) == 0 {
		return gone(os.Remove(g.path))
	}
	text, err := json.Marshal(g.told)
	if err != nil {
		return err
	}
	return WriteFile(g.path, text)
}

package carry

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"

	"fanal/progress"
)

// A Result says what came of bringing a bundle in: both sides of it.
type Result struct {
	Carried Sum // the bundle
	Before  Sum // this laptop before
	Now     Sum // and now
	Added   int // events that were new here
	People  []Person
	Bad     int // places that could not be read, when it was salvaged
}

// A Person is one learner whom a bundle is about, as this laptop knows them now.
type Person struct {
	ID, Name string
	Gone     bool // they asked to be forgotten, here or there: nothing of them came in
	Carried  Sum  // what the bundle holds of them, under whatever ids
	Now      Sum  // what this laptop holds of them
}

// Same tells whether bundle and laptop hold the same of a person.
func (p Person) Same() bool { return p.Carried == p.Now }

// Merge brings the events of a bundle into a store: the union of both, all of them or none. Codes allows a bundle with codes
// in place of names, which belongs in a folder of its own. Tick is told now and then how many events were read; it may be
// nil. Errors: a [Refusal], those of [progress.Store.Merge] and of ctx.
func (b *Bundle) Merge(ctx context.Context, s *progress.Store, codes bool, tick func(events int)) (Result, error) {
	if b.Codes && !codes {
		return Result{}, refuse(Coded, "")
	}
	xors := map[string]*count{}
	for id, sum := range b.Learners {
		xors[id] = sum.count()
	}
	return merge(ctx, s, b.Sum, xors, b.Events(), tick)
}

// Merge brings in what could be salvaged of a bundle, as [Bundle.Merge] does.
func (v *Salvaged) Merge(ctx context.Context, s *progress.Store, codes bool, tick func(events int)) (Result, error) {
	switch {
	case v.t.all.events == 0:
		return Result{}, refuse(Nothing, "")
	case areCodes(v.t.learners) && !codes:
		return Result{}, refuse(Coded, "")
	}
	r, err := merge(ctx, s, v.t.all.sum(), v.t.learners, v.Events(), tick)
	r.Bad = v.Bad
	return r, err
}

func merge(ctx context.Context, s *progress.Store, carried Sum, learners map[string]*count, events iter.Seq2[progress.Event, error], tick func(int)) (r Result, err error) {
	r.Carried = carried
	if r.Before, err = totals(s); err != nil {
		return r, err
	}
	n := 0
	r.Added, err = s.Merge(s.Missing(func(yield func(progress.Event, error) bool) {
		for e, err := range events {
			if err == nil {
				err = ctx.Err()
			}
			if n++; n%1000 == 0 && tick != nil {
				tick(n)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}))
	if err != nil {
		return Result{}, cause(err)
	}
	if r.Now, err = totals(s); err != nil {
		return r, err
	}
	r.People, err = people(s, learners)
	return r, err
}

// cause brings to light what ended the events, where the store says that it could not keep them.
func cause(err error) error {
	var r *Refusal
	switch {
	case errors.As(err, &r):
		return r
	case errors.Is(err, context.Canceled):
		return context.Canceled
	}
	return err
}

func totals(s *progress.Store) (sum Sum, err error) {
	sum.Events, sum.XOR, err = s.Totals()
	return sum, err
}

// people returns who a history is about, in the order of the store's list; those who are gone come last.
func people(s *progress.Store, learners map[string]*count) ([]Person, error) {
	all, err := s.Learners()
	if err != nil {
		return nil, err
	}
	sums := map[string]*count{}
	gone := map[string]bool{}
	for id, c := range learners {
		l, err := s.Learner(id)
		switch {
		case errors.Is(err, progress.ErrUnknown):
			l.ID, gone[id] = id, true
		case err != nil:
			return nil, err
		}
		if sums[l.ID] == nil {
			sums[l.ID] = &count{}
		}
		sums[l.ID].join(c)
	}
	var found []Person
	for _, l := range all {
		c := sums[l.ID]
		if c == nil {
			continue
		}
		now, err := s.Summary(l.ID)
		if err != nil {
			return nil, err
		}
		found = append(found, Person{ID: l.ID, Name: l.Name, Carried: c.sum(), Now: Sum{now.Events, now.XOR}})
	}
	for _, id := range slices.Sorted(maps.Keys(gone)) {
		found = append(found, Person{ID: id, Gone: true, Carried: sums[id].sum()})
	}
	return found, nil
}

// MergeOptions say how a bundle is brought in.
type MergeOptions struct {
	Codes   bool             // also one with codes in place of names
	Salvage bool             // what can be read of a damaged one; a whole one is brought in as ever
	Tick    func(events int) // told now and then how many events were read; may be nil
}

// MergeFile opens a bundle on a disk and brings it in. Errors are those of [OpenFile] and [Bundle.Merge].
func MergeFile(ctx context.Context, path string, k Key, s *progress.Store, o MergeOptions) (Result, error) {
	r, err := mergeFile(ctx, path, k, s, o)
	if o.Salvage && damaged(err) {
		v, e := Salvage(path, k)
		if e != nil {
			return r, e
		}
		defer v.Close()
		r, err = v.Merge(ctx, s, o.Codes, o.Tick)
	}
	return r, about(path, err)
}

func mergeFile(ctx context.Context, path string, k Key, s *progress.Store, o MergeOptions) (Result, error) {
	b, err := OpenFile(path, k)
	if err != nil {
		return Result{}, err
	}
	defer b.Close()
	return b.Merge(ctx, s, o.Codes, o.Tick)
}

// damaged tells whether what is wrong with a bundle leaves something to salvage.
func damaged(err error) bool {
	for _, why := range []Reason{NotBundle, Cut, Altered, Odd, BadEvent, Miscount, Unread} {
		if errors.Is(err, why) {
			return true
		}
	}
	return false
}

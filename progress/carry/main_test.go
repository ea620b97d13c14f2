package carry_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"testing"

	"fanal/progress"
	"fanal/progress/carry"
)

func TestMain(m *testing.M) {
	progress.CheckMain()
	os.Exit(m.Run())
}

// answer is an answer to a question of the lesson "one" of the module "m".
func answer(learner, question string, right bool) progress.Event {
	score := 0.0
	if right {
		score = 1
	}
	return progress.Event{
		Learner: learner, Verb: progress.Answered, Sitting: "s1", Front: "screen", Lang: "fr",
		Module: "m", Version: "1.0.0", Lesson: "one", Step: "q:" + question, Question: question, Objective: "o1",
		Hash: "c0ffee", Attempt: 1, Seed: 7, Response: []string{"stale"}, Score: score, Right: right, Millis: 4200,
	}
}

func named(id, name string) progress.Event {
	return progress.Event{Learner: id, Verb: progress.Profiled, Profile: &progress.Profile{Name: &name}}
}

func keep(t testing.TB, s *progress.Store, events ...progress.Event) {
	t.Helper()
	if _, err := s.AppendAll(events); err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, dir string) *progress.Store {
	t.Helper()
	s, err := progress.Open(dir, progress.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// studied is a store in memory with two learners.
func studied(t testing.TB) *progress.Store {
	s := progress.OpenMemory()
	keep(t, s, named("a", "Fatou"), named("b", "Inés"))
	for i := range 40 {
		keep(t, s, answer("a", fmt.Sprintf("q%d", i), i%3 != 0), answer("b", fmt.Sprintf("q%d", i), i%2 == 0))
	}
	return s
}

// bundle writes a bundle of a store.
func bundle(t testing.TB, s *progress.Store, o carry.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := carry.Write(context.Background(), &b, s, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bring merges a bundle into a store.
func bring(s *progress.Store, b []byte) (carry.Result, error) {
	in, err := carry.Read(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return carry.Result{}, err
	}
	return in.Merge(context.Background(), s, false, nil)
}

// log returns the whole history as text.
func log(t testing.TB, s *progress.Store) string {
	t.Helper()
	var b bytes.Buffer
	if _, _, err := progress.WriteEvents(&b, s.Events("")); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// state returns everything that a front end can learn of a store, as bytes.
func state(t testing.TB, s *progress.Store) string {
	t.Helper()
	var out bytes.Buffer
	say := func(v any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(text)
		out.WriteByte('\n')
	}
	learners, err := s.Learners()
	say(learners, err)
	for _, l := range learners {
		sum, err := s.Summary(l.ID)
		say(sum, err)
		modules, err := s.Modules(l.ID)
		say(modules, err)
		for _, id := range slices.Sorted(maps.Keys(modules)) {
			for _, lesson := range slices.Sorted(maps.Keys(modules[id].Lessons)) {
				known, err := s.Questions(l.ID, id, lesson)
				say(known, err)
			}
		}
		due, err := s.Due(l.ID)
		say(due, err)
		marks, err := s.Marks(l.ID, "")
		say(marks, err)
	}
	return out.String() + log(t, s)
}

func unzip(t testing.TB, f *zip.File) string {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

package people_test

import (
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fanal/progress"
)

// mustOpen opens a store in a folder of the test's own.
func mustOpen(t *testing.T, dir string) *progress.Store {
	t.Helper()
	s, err := progress.Open(dir, progress.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func keep(t *testing.T, s *progress.Store, events ...progress.Event) {
	t.Helper()
	if _, err := s.AppendAll(events); err != nil { // at once: a test waits for each sync
		t.Fatal(err)
	}
}

const (
	nour = "10000000-0000-4000-8000-000000000001"
	ali  = "10000000-0000-4000-8000-000000000002"
	eva  = "10000000-0000-4000-8000-000000000003"
)

func called(id, name string) progress.Event {
	lang, pin := "fr", "" // every field of a profile is there
	role := ""
	return progress.Event{Learner: id, Verb: progress.Profiled, Profile: &progress.Profile{
		Name: &name, Lang: &lang, PIN: &pin, Role: &role, Settings: map[string]string{"wide": "on"},
	}}
}

// studied is everything that a learner can do, each text with a word of its own in it.
func studied(id, canary string) []progress.Event {
	answer := progress.Event{
		Learner: id, Verb: progress.Answered, Sitting: "sitting-" + id, Front: "screen", Lang: "fr",
		Module: "garden", Version: "1.0.0", Lesson: "soil", Step: "q:tool", Question: "tool", Objective: "dig",
		Hash: "abc", Attempt: 1, Seed: 7, Response: []string{"rake"}, Sure: "yes", Millis: 4000,
	}
	free := answer
	free.Question, free.Response, free.Score, free.Right = "free", []string{"typed " + canary, "2"}, 1, true
	test := answer
	test.Lesson, test.Context, test.Question, test.Right, test.Score = "test-a", "test-a", "a-water", true, 1
	hinted := answer
	hinted.Question, hinted.Hinted, hinted.Skipped, hinted.Instead = "two", true, true, "tool"
	likert := answer
	likert.Question, likert.Unjudged = "feel", true
	step := progress.Event{Learner: id, Verb: progress.Reached, Module: "garden", Version: "1.0.0", Lesson: "soil", Step: "t1"}
	done := step
	done.Verb = progress.Completed
	end := done
	end.Lesson, end.Context = "test-a", "test-a"
	note, flag, mark := step, step, step
	note.Verb, note.Text = progress.Commented, "note "+canary
	flag.Verb, flag.Text = progress.Flagged, "on"
	mark.Verb, mark.Text = progress.Marked, "on"
	return []progress.Event{called(id, "Name "+canary), step, answer, free, hinted, likert, test, end, note, flag, mark, done}
}

// find returns the files of a folder in which a text is, as they are and unpacked.
func find(t *testing.T, dir, text string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		var r io.Reader = f
		if strings.HasSuffix(path, ".gz") {
			if r, err = gzip.NewReader(f); err != nil {
				return err
			}
		}
		b, err := io.ReadAll(r)
		if err == nil && strings.Contains(string(b), text) {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

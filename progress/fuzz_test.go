package progress_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fanal/progress"
)

// history returns a small history as text.
func history(t testing.TB) []byte {
	s := progress.OpenMemory()
	keep(t, s, named("a", "Fatou"), answer("a", "q1", true), answer("b", "q2", false),
		progress.Event{Learner: "a", Verb: progress.Merged, Other: "b"})
	var text bytes.Buffer
	if n, xor, err := progress.WriteEvents(&text, s.Events("")); err != nil || n != 4 || len(xor) != 32 {
		t.Fatal(n, xor, err)
	}
	return text.Bytes()
}

func TestAHistoryTravelsAsText(t *testing.T) {
	s := progress.OpenMemory()
	var carried []progress.Event
	for e, err := range progress.ReadEvents(bytes.NewReader(history(t))) {
		if err != nil {
			t.Fatal(err)
		}
		carried = append(carried, e)
	}
	for range 2 { // the second time adds nothing
		if _, err := s.AddForeign(carried); err != nil {
			t.Fatal(err)
		}
	}
	if sum, err := s.Summary("a"); err != nil || sum.Events != 4 {
		t.Errorf("%+v, %v", sum, err)
	}
}

func TestAnEndlessLineEndsNothing(t *testing.T) {
	text := strings.Repeat("x", 1<<20) + "\n" + string(history(t))
	good, bad := 0, 0
	for _, err := range progress.ReadEvents(strings.NewReader(text)) {
		if err == nil {
			good++
		} else {
			bad++
		}
	}
	if good != 4 || bad != 1 {
		t.Errorf("%d events and %d errors", good, bad)
	}
}

// FuzzReadEvents: whatever a stick brings, reading it ends, and what it gives may be kept without harm.
func FuzzReadEvents(f *testing.F) {
	good := history(f)
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte("00000000 {}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s := progress.OpenMemory()
		var carried []progress.Event
		for e, err := range progress.ReadEvents(bytes.NewReader(text)) {
			if err == nil {
				carried = append(carried, e)
			}
		}
		if _, err := s.AddForeign(carried); err != nil {
			t.Fatalf("what was read may not be kept: %v", err)
		}
		for e := range s.Events("") {
			if strings.ContainsAny(e.Text, "\x1b\u202e") {
				t.Errorf("%q", e.Text)
			}
		}
		if ok, err := progress.Folded(s); err != nil || !ok {
			t.Errorf("folded %v, %v", ok, err)
		}
	})
}

// FuzzEvent: an event that is taken is kept as it was, and comes back as it was.
func FuzzEvent(f *testing.F) {
	for line := range bytes.Lines(history(f)) {
		_, event, _ := bytes.Cut(line, []byte(" "))
		f.Add(event)
	}
	f.Add([]byte(`{"n":1,"id":"00000000-0000-4000-8000-000000000000","learner":"a","verb":"answered","score":1e-320,"profile":{}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var e progress.Event
		if json.Unmarshal(text, &e) != nil {
			return
		}
		s := progress.OpenMemory()
		if _, err := s.AddForeign([]progress.Event{e}); err != nil {
			return
		}
		for got := range s.Events("") {
			a, _ := json.Marshal(e)
			b, _ := json.Marshal(got)
			if !bytes.Equal(a, b) {
				t.Errorf("kept %s as %s", a, b)
			}
		}
		if _, err := s.Learners(); err != nil {
			t.Error(err)
		}
	})
}

// FuzzSalvage: whatever a file holds, looking for events in it ends, and finds only what was written.
func FuzzSalvage(f *testing.F) {
	dir, _ := studied(f, 4)
	whole := bytes.TrimRight(read(f, filepath.Join(dir, "progress.db")), "\x00")
	at := bytes.Index(whole, []byte(`{"n":`))
	f.Add(whole[at-24 : at+600])
	f.Add([]byte(`{"n":{"n":"\"{"n":`))
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "damaged")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, e := range progress.Salvage(path) {
			text, _ := json.Marshal(e)
			if !slices.Contains([]string{"fatou"}, e.Learner) && !bytes.Contains(b, []byte(e.Learner)) {
				t.Errorf("invented %s", text)
			}
		}
	})
}

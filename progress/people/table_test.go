package people_test

import (
	"encoding/json"
	"io/fs"
	"path"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"fanal/locale"
	"fanal/progress"
	"fanal/progress/people"

	bolt "go.etcd.io/bbolt"
)

// records are the types of what is stored.
var records = []any{
	progress.Event{},
	progress.Profile{},
	progress.Learner{},
	progress.LessonMark{},
	progress.Outcome{},
	progress.ModuleState{},
	progress.TestMark{},
	progress.QuestionState{},
	progress.Mark{},
	progress.Draft{},
}

func table(t *testing.T) map[string]people.Field {
	t.Helper()
	all := map[string]people.Field{}
	for _, f := range people.Fields() {
		key := f.Record + "." + f.Name
		if _, twice := all[key]; twice {
			t.Errorf("%s is in the table twice", key)
		}
		all[key] = f
	}
	return all
}

// Who adds a field to what is stored must say in the table what it is for, or this test fails.
func TestEveryStoredFieldIsInTheTable(t *testing.T) {
	all := table(t)
	for _, r := range records {
		typ := reflect.TypeOf(r)
		for i := range typ.NumField() {
			key := typ.Name() + "." + typ.Field(i).Name
			if _, ok := all[key]; !ok {
				t.Errorf("%s is stored, and not in the table", key)
			}
			delete(all, key)
		}
	}
	for key := range all { // what is no exported type: held by the test of the database below
		switch {
		case strings.HasPrefix(key, "learnerRecord."), key == "sitting.Number", key == "Gate.Tries":
		default:
			t.Errorf("%s is in the table, and not stored", key)
		}
	}
}

func TestEverySentenceOfTheTableIsThereInFourLanguages(t *testing.T) {
	for _, lang := range locale.Languages {
		w := locale.New(lang)
		for _, f := range people.Fields() {
			if s := w.T(f.About); s == f.About || !strings.Contains(s, ":") {
				t.Errorf("%s %s: %q does not say what and why", lang, f.About, s)
			}
			if id := "mine-leaves-" + string(f.Leaves); w.T(id) == id {
				t.Errorf("%s: %s", lang, id)
			}
		}
	}
}

// Nothing is in the database, under whatever key, that the table does not name.
func TestEveryKeyOfTheDatabaseIsInTheTable(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	keep(t, s, studied(nour, "canary")...)
	keep(t, s, called(ali, "Ali"), progress.Event{Learner: ali, Verb: progress.Merged, Other: nour})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := bolt.Open(filepath.Join(dir, "progress.db"), 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all, seen := table(t), map[string]bool{}
	walk := walker(t, all, seen)
	buckets := map[string]func(v any){
		"log":       func(v any) { walk("Event", v) },
		"learners":  func(v any) { walk("learnerRecord", v) },
		"sittings":  func(any) { seen["sitting.Number"] = true },
		"modules":   func(v any) { walk("ModuleState", v) },
		"questions": func(v any) { each(v, func(v any) { walk("QuestionState", v) }) },
		"marks":     func(v any) { each(v, func(v any) { walk("Mark", v) }) },
		"links":     func(any) {}, // keys of the log alone
		"meta":      func(any) {}, // sums of the whole store
	}
	err = db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			look := buckets[string(name)]
			if look == nil {
				t.Errorf("a bucket %q that nobody thought of", name)
				return nil
			}
			return b.ForEach(func(k, v []byte) error {
				if len(v) < 4 || string(k) == "purge" {
					return nil
				}
				var doc any
				if err := json.Unmarshal(v[:len(v)-4], &doc); err != nil { // a checksum ends each value
					return err
				}
				look(doc)
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"learnerRecord.XOR", "QuestionState.Box", "Outcome.Question", "TestMark.Scores", "Mark.Note", "Event.Other", "Profile.PIN"} {
		if !seen[key] {
			t.Errorf("the test does not reach %s: it proves little", key)
		}
	}
}

// nested says which records are in which fields.
var nested = map[string]string{
	"Event.Profile": "Profile", "learnerRecord.Learner": "Learner", "LessonMark.Recent": "Outcome",
	"ModuleState.Lessons": "LessonMark", "ModuleState.Objectives": "Outcome", "ModuleState.Tests": "TestMark",
}

// walker returns a function that holds a record of the database, read as JSON, to the table.
func walker(t *testing.T, all map[string]people.Field, seen map[string]bool) func(record string, v any) {
	names := map[string]string{} // field by record and JSON key
	for _, r := range records {
		typ := reflect.TypeOf(r)
		for i := range typ.NumField() {
			f := typ.Field(i)
			key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if key == "" {
				key = f.Name
			}
			names[typ.Name()+"."+key] = typ.Name() + "." + f.Name
		}
	}
	var walk func(record string, v any)
	walk = func(record string, v any) {
		object, ok := v.(map[string]any)
		if !ok {
			t.Errorf("%s is %T", record, v)
			return
		}
		for k, v := range object {
			key := record + "." + k
			if name := names[key]; name != "" {
				key = name
			}
			seen[key] = true
			if _, ok := all[key]; !ok {
				t.Errorf("%s stands in the database, and not in the table", key)
			}
			switch inner := nested[key]; {
			case inner == "":
			case key == "Event.Profile", key == "learnerRecord.Learner":
				walk(inner, v)
			default:
				each(v, func(v any) {
					if list, ok := v.([]any); ok {
						each(list, func(v any) { walk(inner, v) })
						return
					}
					walk(inner, v)
				})
			}
		}
	}
	return walk
}

func each(v any, do func(any)) {
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			do(x)
		}
	case []any:
		for _, x := range v {
			do(x)
		}
	}
}

func TestEveryFileOfTheDataFolderIsInTheTable(t *testing.T) {
	dir := t.TempDir()
	s, g := mustOpen(t, dir), people.NewGate(dir)
	keep(t, s, studied(nour, "canary")...)
	if err := s.SaveDraft(nour, "garden", "soil", "free", "draft"); err != nil {
		t.Fatal(err)
	}
	if err := people.SetPIN(s, g, nour, "1234"); err != nil {
		t.Fatal(err)
	}
	l, _ := s.Learner(nour)
	if _, err := g.TryAny(t.Context(), []progress.Learner{l}, "0000"); err != nil {
		t.Fatal(err)
	}
	for _, f := range []func() error{s.Copy, s.Close} {
		if err := f(); err != nil {
			t.Fatal(err)
		}
	}
	found := 0
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		found++
		rel, _ := filepath.Rel(dir, p)
		for _, place := range people.Places() {
			if ok, _ := path.Match(place.Pattern, filepath.ToSlash(rel)); ok {
				return nil
			}
		}
		t.Errorf("%s is in the data folder, and not in the table", rel)
		return nil
	})
	if err != nil || found < 6 {
		t.Errorf("%d files, %v", found, err)
	}
}

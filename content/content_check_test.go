package content_test

import (
	"io/fs"
	"testing"
	"time"

	"fanal/content"
	"fanal/modules"
	"fanal/modules/check"
)

// What we ask of other authors we hold ourselves to: our modules have no error, and need no advice.
func TestBuiltInModulesAreLeftInPeaceByTheTutor(t *testing.T) {
	lib := builtIn(t)
	for _, f := range checkAll(t, lib) {
		t.Error(f)
	}
}

func builtIn(t testing.TB) *modules.Library {
	t.Helper()
	var lib modules.Library
	if err := lib.Add(content.FS, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	return &lib
}

func checkAll(t testing.TB, lib *modules.Library) (found []check.Finding) {
	t.Helper()
	for _, id := range lib.IDs() {
		fsys, err := fs.Sub(content.FS, id)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, check.Module(fsys, check.Options{Folder: id, Module: lib.Module})...)
	}
	return found
}

// BenchmarkCheck checks all built-in modules, and says how many times as long that takes as reading every lesson once: an
// author waits for it after each change, a second at most.
func BenchmarkCheck(b *testing.B) {
	var reading time.Duration
	for b.Loop() {
		checkAll(b, builtIn(b))
		b.StopTimer()
		begun := time.Now()
		lib := builtIn(b)
		for _, id := range lib.IDs() {
			m := lib.Module(id)
			man, err := m.Manifest()
			if err != nil {
				b.Fatal(err)
			}
			for _, lang := range man.Languages {
				for _, lesson := range man.Lessons {
					if _, err := m.Lesson(lang, lesson); err != nil {
						b.Fatal(err)
					}
				}
			}
		}
		reading += time.Since(begun)
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed())/float64(reading), "readings")
}

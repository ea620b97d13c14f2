package content_test

import (
	"io/fs"
	"slices"
	"testing"
	"time"

	"fanal/content"
	"fanal/modules"
	"fanal/modules/check"
)

// What we ask of other authors we hold ourselves to: our modules have no error, and need no advice. Checking all of them
// takes less than a second, or nobody would do it after each change; the best of three counts on a busy machine.
func TestBuiltInModulesAreLeftInPeaceByTheTutor(t *testing.T) {
	var lib modules.Library
	if err := lib.Add(content.FS, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	var took []time.Duration
	for try := range 3 {
		begun := time.Now()
		for _, id := range lib.IDs() {
			fsys, err := fs.Sub(content.FS, id)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range check.Module(fsys, check.Options{Folder: id, Module: lib.Module}) {
				if try == 0 {
					t.Errorf("%s/%v", id, f)
				}
			}
		}
		took = append(took, time.Since(begun))
	}
	if best := slices.Min(took); best > time.Second {
		t.Errorf("checking the %d built-in modules takes %v at best", len(lib.IDs()), best)
	}
}

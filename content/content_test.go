package content_test

import (
	"slices"
	"testing"

	"fanal/content"
	"fanal/locale"
	"fanal/modules"
)

// Whoever speaks one of the program's languages gets every module whole, in it: nothing is taken from another edition.
func TestEveryBuiltInModuleOpensInEveryLanguage(t *testing.T) {
	var lib modules.Library
	if err := lib.Add(content.FS, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	if got, want := slices.Sorted(slices.Values(content.Modules)), slices.Sorted(slices.Values(lib.IDs())); !slices.Equal(got, want) {
		t.Errorf("offered: %q, built in: %q", got, want)
	}
	for _, m := range lib.All() {
		manifest, err := m.Manifest()
		if err != nil {
			t.Error(err)
			continue
		}
		if got, want := slices.Sorted(slices.Values(manifest.Languages)), slices.Sorted(slices.Values(locale.Languages)); !slices.Equal(got, want) {
			t.Errorf("%s speaks %q, the program %q", m.ID(), got, want)
		}
		m.Inspect(func(p *modules.Problem) { t.Errorf("%s/%v", m.ID(), p) })
	}
}

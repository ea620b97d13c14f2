package pack_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"testing/fstest"

	"fanal/modules"
	"fanal/modules/pack"
)

// knownOf is what a list of modules shows without opening the pack.
func knownOf(t *testing.T, s *pack.Shelf) *modules.Known {
	t.Helper()
	k, ok := s.Module("garden").(modules.KnownFS)
	if !ok {
		t.Fatal("an installed module is not known of")
	}
	return k.Known()
}

// A list of installed modules is shown without opening their packs, and never shows what a pack no longer says.
func TestWhatIsKeptOfAPackIsWhatItSays(t *testing.T) {
	data := t.TempDir()
	s := newShelf(t, data)
	m := garden()
	m["module.toml"].Data = bytes.Replace(m["module.toml"].Data, []byte(`["fr"]`), []byte(`["fr", "en"]`), 1)
	for _, name := range []string{"index.md", "index.toml", "plant.md", "plant.toml"} {
		m["en/"+name] = m["fr/"+name]
	}
	m["en/index.md"] = &fstest.MapFile{Data: []byte("# The garden\n\nWhat plants owe people.\n")}
	mustInstall(t, s, mustPackFile(t, m, nil))

	for name, s := range map[string]*pack.Shelf{"now": s, "at the next start": newShelf(t, data)} {
		kept := knownOf(t, s)
		if kept == nil {
			t.Fatalf("%s: nothing is kept", name)
		}
		read, err := pack.Open(s.Path("garden"))
		if err != nil {
			t.Fatal(err)
		}
		want, err := modules.Open(read, modules.Origin{}).Manifest()
		if err != nil || !reflect.DeepEqual(kept.Manifest, want) {
			t.Errorf("%s: kept %+v, want %+v, %v", name, kept.Manifest, want, err)
		}
		module := modules.Open(s.Module("garden"), modules.Origin{})
		for lang, want := range map[string]string{"fr": "Le jardin", "en": "The garden", "en_GB": "The garden", "it": "Le jardin"} {
			if got, err := module.Title(lang); err != nil || got != want {
				t.Errorf("%s: the title in %s is %q, %v", name, lang, got, err)
			}
		}
	}

	// Another pack in its place, by the hand of somebody.
	mustWrite(t, s.Path("garden"), mustPack(t, versioned("3.1.4"), nil))
	if kept := knownOf(t, newShelf(t, data)); kept != nil {
		t.Errorf("kept of another pack: %+v", kept.Manifest)
	}
	wantVersion(t, newShelf(t, data), "3.1.4")
	mustInstall(t, newShelf(t, data), mustPackFile(t, versioned("3.1.5"), nil))
	if kept := knownOf(t, newShelf(t, data)); kept == nil || kept.Manifest.Version != "3.1.5" {
		t.Errorf("kept after the next installation: %+v", kept)
	}

	// Damaged, empty, gone: read from the pack.
	path := filepath.Join(data, "modules", "known.tsv")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][]byte{bytes.Replace(text, []byte("3.1.5"), []byte("9.9.9"), 1), text[:len(text)/2], nil, []byte("\t\n\n\t\t")} {
		mustWrite(t, path, bad)
		wantVersion(t, newShelf(t, data), "3.1.5")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	wantVersion(t, newShelf(t, data), "3.1.5")
}

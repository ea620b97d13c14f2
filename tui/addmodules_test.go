package tui

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"fanal/modules/pack"
)

func TestModuleOnAStickIsInstalledAndStudiedFromTheProgramAlone(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if _, err := pack.Create(context.Background(), filepath.Join(dir, "mirror-1.0.0.fanal"), mirrorFS(), nil, nil); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "broken-1.0.0.fanal"), []byte("not a pack"), 0o644); err != nil {
		t.Fatal(err)
	}
	o := someone(t, smallLibrary(t), "fr")
	data := t.TempDir()
	keys, err := pack.OpenKeyring(data)
	if err != nil {
		t.Fatal(err)
	}
	o.Shelf, o.Data = pack.OpenShelf(data, keys), data
	s := tell(t, o, 80, 24)
	s.press("enter").choose("Ajouter des modules")
	s.see("broken-1.0.0.fanal", "refusé", "Le miroir 1.0.0")
	s.choose("broken").miss("Le miroir").press("enter") // why it is refused
	s.choose("Le miroir").see("Installé : mirror 1.0.0").press("enter").see("déjà installé")
	s.press("esc").see("Le miroir").choose("Le miroir").see("Regarder")
	s.press("i").see("Il a été installé depuis")
}

func mirrorFS() fstest.MapFS { return under("mirror", mirrorFiles) }

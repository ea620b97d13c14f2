package tui

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"testing/fstest"

	"fanal/modules"
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

var versionLine = regexp.MustCompile(`version = ".*"`)

// An older version asks: keeping what is there is the answer that Enter gives.
func TestAnOlderModuleAsksOnTheScreen(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	files := mirrorFS()
	for _, version := range []string{"2.0.0", "1.0.0"} {
		files["module.toml"].Data = []byte(versionLine.ReplaceAllString(string(files["module.toml"].Data), `version = "`+version+`"`))
		if _, err := pack.Create(context.Background(), filepath.Join(dir, "mirror-"+version+".fanal"), files, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	o := someone(t, smallLibrary(t), "fr")
	data := t.TempDir()
	keys, err := pack.OpenKeyring(data)
	if err != nil {
		t.Fatal(err)
	}
	o.Shelf, o.Data = pack.OpenShelf(data, keys), data
	version := func() string {
		man, err := modules.Open(o.Shelf.Module("mirror"), modules.Origin{}).Manifest()
		if err != nil {
			t.Fatal(err)
		}
		return man.Version
	}
	s := tell(t, o, 80, 24)
	s.press("enter").choose("Ajouter des modules").choose("Le miroir 2.0.0").see("Installé : mirror 2.0.0").press("enter")
	s.choose("Le miroir 1.0.0").see("mirror 2.0.0 est installé", "1.0.0 est plus ancienne", "▸ Garder 2.0.0").press("enter").see("déjà installé")
	if v := version(); v != "2.0.0" {
		t.Fatalf("%s is installed", v)
	}
	s.choose("Le miroir 1.0.0").press("esc").see("Le miroir 2.0.0").choose("Le miroir 1.0.0").press("down", "enter").see("Installé : mirror 1.0.0")
	if v := version(); v != "1.0.0" {
		t.Fatalf("%s is installed", v)
	}
}

func mirrorFS() fstest.MapFS { return under("mirror", mirrorFiles) }

package linear_test

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"
	"testing/fstest"

	"fanal/modules/pack"
	"fanal/tui/linear"
)

func TestModuleOnAStickIsInstalledAndStudiedLineByLine(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	t.Chdir(dir)
	small := fstest.MapFS{}
	for name, text := range map[string]string{
		"module.toml": "format = 1\nid = \"tiny\"\nversion = \"2.0.0\"\nkind = \"kit\"\nlicense = \"CC0-1.0\"\nsource = \"fr\"\n" +
			"authors = [\"us\"]\nlanguages = [\"fr\"]\nlessons = [\"one\"]\n",
		"fr/index.md": "# Tout petit\n\nUn module.\n", "fr/one.md": "# La seule leçon\n\n## Lire\n\nDes mots.\n",
		"fr/one.toml": "objectives = []\nsources = []\n",
	} {
		small[name] = &fstest.MapFile{Data: []byte(text)}
	}
	if _, err := pack.Create(context.Background(), filepath.Join(dir, "tiny-2.0.0.fanal"), small, nil, nil); err != nil {
		t.Fatal(err)
	}
	keys, err := pack.OpenKeyring(data)
	if err != nil {
		t.Fatal(err)
	}
	c := run(t, library(t, 1), func(o *linear.Options) { o.Shelf, o.Data = pack.OpenShelf(data, keys), data })
	s := c.hear()
	s = c.say(pickOf(t, s, "Ajouter des modules"))
	expect(t, s, "Quel module installer ?", "Tout petit 2.0.0")
	s = c.say("a")
	expect(t, s, "Installé : tiny 2.0.0", "Tout petit 2.0.0 : déjà installé")
	small["module.toml"].Data = bytes.Replace(small["module.toml"].Data, []byte("2.0.0"), []byte("1.0.0"), 1)
	if _, err := pack.Create(context.Background(), filepath.Join(dir, "tiny-1.0.0.fanal"), small, nil, nil); err != nil {
		t.Fatal(err)
	}
	older := pickOf(t, c.say("a"), "Tout petit 1.0.0") // again, and now the older one is there too
	expect(t, c.say(older), "tiny 2.0.0 est installé", "1.0.0 est plus ancienne", "a) Garder 2.0.0")
	s = c.say("")
	expect(t, s, "Tout petit 2.0.0 : déjà installé")
	c.say(older)
	expect(t, c.say("b"), "Installé : tiny 1.0.0", "Tout petit 1.0.0 : déjà installé")
	s = c.say(":b")
	s = c.say(pickOf(t, s, "Tout petit"))
	expect(t, c.say(pickOf(t, s, "La seule leçon")), "Des mots.")
}

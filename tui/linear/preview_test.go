package linear_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"fanal/modules"
	"fanal/tui/linear"
)

// An author who listens to a module hears what she has saved at the next line, and what is to correct at any time.
func TestASavedFileIsHeardAtTheNextLine(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"module.toml": "format = 1\nid = \"tiny\"\nversion = \"2.0.0\"\nkind = \"kit\"\nlicense = \"CC0-1.0\"\nsource = \"fr\"\n" +
			"authors = [\"us\"]\nlanguages = [\"fr\"]\nlessons = [\"one\"]\n",
		"fr/index.md": "# Tout petit\n\nUn module.\n", "fr/one.md": "# La leçon\n\n## Lire\n\nDes mots.\n\n## Relire\n\nEncore.\n",
		"fr/one.toml": "objectives = []\nsources = []\n",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	saved, wrong := 0, []string{"fr/one.md:1:1: trop court"}
	load := func() *modules.Library {
		lib := &modules.Library{}
		lib.Put(modules.Open(fsys, modules.Origin{Kind: modules.Folder, Path: "tiny"}))
		return lib
	}
	save := func(name, old, by string) {
		fsys[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(fsys[name].Data), old, by, 1))}
		saved++
	}
	c := run(t, load(), func(o *linear.Options) {
		o.Module, o.Guest = "tiny", true
		o.Preview = &linear.Preview{Stamp: func() string { return fmt.Sprint(saved) }, Load: load, Check: func() []string { return wrong }}
	})
	s := c.hear()
	c.say(pickOf(t, s, "La leçon"))
	expect(t, c.say(":x"), "- fr/one.md:1:1: trop court")
	expect(t, c.say(":?"), ":x  ce qu’il y a à corriger")
	save("fr/one.md", "Encore.", "Une fois de plus.")
	expect(t, c.say(""), "Un fichier a été enregistré", "1 remarque : :x la dit.", "Étape 2", "Une fois de plus.")
	save("fr/one.md", "Une fois", "Mille fois")
	wrong = nil
	expect(t, c.say(":r"), "Rien à corriger", "Étape 2", "Mille fois de plus.")
	expect(t, c.say(":x"), "Rien à corriger")
	save("fr/one.toml", "objectives", "objectifs")
	expect(t, c.say(":r"), "objectifs", "Mille fois de plus.") // cannot be read: the step stays
	save("fr/one.toml", "objectifs", "objectives")
	save("fr/index.md", "Tout petit", "Tout grand")
	expect(t, c.say(":m"), "Tout grand")
}

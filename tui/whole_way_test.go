package tui

import (
	"fmt"
	"testing"
	"testing/fstest"

	"fanal/modules"
)

// potager is a course of two lessons with its two tests.
func potager(t *testing.T) *modules.Library {
	t.Helper()
	question := func(id, objective string) string {
		return fmt.Sprintf("[[question]]\nid = %q\ntype = \"true-false\"\nobjective = %q\nprompt = \"Est-ce vrai, %s ?\"\n"+
			"answer = true\nfeedback = \"Relisez.\"\nexplanation = \"C’est ainsi.\"\n", id, objective, id)
	}
	files := map[string]string{
		"c/module.toml": "format = 1\nid = \"c\"\nversion = \"1.0.0\"\nkind = \"course\"\nlicense = \"CC0-1.0\"\nauthors = [\"us\"]\n" +
			"source = \"fr\"\nlanguages = [\"fr\"]\nlessons = [\"one\", \"two\"]\nlevel = \"basic\"\naudience = [\"learner\"]\n" +
			"[[objective]]\nid = \"dig\"\n[[objective]]\nid = \"sow\"\n[mastery]\ncorrect = 2\nof = 3\n",
		"c/fr/index.md":      "# Le potager\n\nBêcher et semer.\n",
		"c/fr/index.toml":    "[objectives]\ndig = \"bêcher\"\nsow = \"semer\"\n",
		"c/fr/glossary.toml": "[[term]]\nid = \"bed\"\nterm = \"planche\"\ndefinition = \"Un carré de terre.\"\n",
	}
	for i, id := range []string{"one", "two"} {
		ob, text := []string{"dig", "sow"}[i], []string{"Une bêche.", "Les graines germent sous la terre."}[i]
		files["c/fr/"+id+".md"] = "# Leçon " + id + "\n\n## Lire " + id + "\n\n" + text + "\n"
		files["c/fr/"+id+".toml"] = "objectives = [\"" + ob + "\"]\n" + question(id+"-a", ob) + question(id+"-b", ob)
	}
	for _, form := range []string{"a", "b"} {
		files["c/fr/test-"+form+".toml"] = question(form+"-dig", "dig") + question(form+"-sow", "sow")
	}
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	lib := &modules.Library{}
	if err := lib.Add(fsys, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	return lib
}

// The whole way of somebody who learns for good: a test before, two lessons, a review in a later session of what was
// missed, a phrase found again by a word with another ending, a test after, and the gain.
func TestWholeWayFromFirstTestToGainOnScreens(t *testing.T) {
	o := someone(t, potager(t), "fr")
	o.Data = t.TempDir()
	s := tell(t, o, 80, 24)
	s.press(`"Fatou"`, "enter").choose("0/2").choose("Essayer avant de lire")
	s.see("-dig ?").press("b", "enter").miss("Pas encore").press("space").see("-sow ?").press("a", "enter", "space")
	s.see("Vous savez déjà", "• semer", "À découvrir", "• bêcher", "Commencez par la leçon 1 Leçon one").press("esc")
	s.see("semble connue").choose("Leçon one").see("Une bêche.").onward().press("b", "enter").see("Pas encore.").onward().press("a", "enter").onward()
	s.see("Ensuite : Leçon two").press("enter").see("Les graines germent")
	s.onward().press("a", "enter").onward().press("a", "enter").onward().press("ctrl+c")

	later := tell(t, o, 80, 24)
	later.choose("Réviser").see("one-a").press("a", "enter", "a").see("Juste.")
	for range 3 {
		later.onward().press("a", "enter", "b").see("Juste.")
	}
	later.onward().see("C’est assez pour aujourd’hui.").press("esc").see("rien pour l’instant")
	later.press("/").press(`"graine germait"`).see("Les graines germent sous la terre.").press("enter").see("Lire two").press("esc", "esc")
	later.choose("2/2").choose("Test de fin").press("a", "enter", "space", "a", "enter", "space")
	later.see("Ce que vous avez gagné", "• bêcher", "Ce que vous savez toujours", "• semer")
}

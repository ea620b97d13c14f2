package linear_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"fanal/modules"
)

func statement(id, objective string) string {
	return "[[question]]\nid = \"" + id + "\"\ntype = \"likert\"\nobjective = \"" + objective + "\"\nprompt = \"Nous le faisons.\"\n" +
		"scale = [\"pas encore\", \"un début\", \"souvent\", \"toujours\"]\nnot_applicable = \"sans objet\"\n"
}

// Who has answered the statements of a diagnosis is led from there to what they say, can keep it on paper, and goes on.
func TestProfileIsOfferedWhereTheStatementsEnd(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"d/module.toml": "format = 1\nid = \"d\"\nversion = \"1.0.0\"\nkind = \"diagnosis\"\nlicense = \"CC0-1.0\"\nauthors = [\"a test\"]\n" +
			"source = \"fr\"\nlanguages = [\"fr\"]\nlessons = [\"look\"]\nlevel = \"basic\"\naudience = [\"manager\"]\n" +
			"[[objective]]\nid = \"people\"\n[[objective]]\nid = \"tools\"\n[[objective]]\nid = \"data\"\n[mastery]\ncorrect = 4\nof = 5\n",
		"d/fr/index.md":    "# Le miroir\n\nSe regarder.\n",
		"d/fr/index.toml":  "[objectives]\npeople = \"Les personnes\"\ntools = \"Les outils\"\ndata = \"Les données\"\n",
		"d/fr/look.md":     "# Regarder\n\n## Trois phrases\n\nRépondez.\n",
		"d/fr/look.toml":   "objectives = [\"people\", \"tools\", \"data\"]\n" + statement("help", "people") + statement("list", "tools") + statement("file", "data"),
		"d/fr/advice.toml": "[[advice]]\nobjective = \"people\"\nup_to = 49\ntext = \"Demandez qui a besoin d’aide.\"\n",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	lib := &modules.Library{}
	if err := lib.Add(fsys, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	c := run(t, lib, nil)
	s := c.hear()
	s = c.say(pickOf(t, s, "Le miroir"))
	c.say(pickOf(t, s, "Regarder"))
	expect(t, c.say(pickOf(t, c.say(""), "un début")), "Réponse gardée")
	expect(t, c.say(pickOf(t, c.say(""), "sans objet")), "Réponse gardée")
	c.say("")
	c.say(":s")
	s = c.say("")
	s = c.say(pickOf(t, s, "Lire le profil"))
	expect(t, s, "Les personnes\n33 % de l’échelle ; réponses : 1 sur 1.\nDemandez qui a besoin d’aide.",
		"Les outils\nNe s’applique pas : 1.", "Les données\nPas encore de réponse.")
	file := filepath.Join(t.TempDir(), "profil.txt")
	c.say(pickOf(t, s, "Enregistrer le profil"))
	s = c.say(file)
	expect(t, s, "Enregistré", "Le miroir", "Lire le profil", "Guide d’animation")
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, string(page), "Le miroir\nFait le ", "Demandez qui a besoin d’aide.", "Ne s’applique pas : 1.")
}

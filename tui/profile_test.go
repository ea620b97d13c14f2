package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fanal/modules"
	"fanal/progress"
)

func mirrorLibrary(t *testing.T) *modules.Library {
	t.Helper()
	lib := &modules.Library{}
	if err := lib.Add(under("", mirrorFiles), modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	return lib
}

// under makes a file system of the files below a folder.
func under(dir string, files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		if rest, ok := strings.CutPrefix(name, dir); ok {
			fsys[strings.TrimPrefix(rest, "/")] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return fsys
}

var mirrorFiles = map[string]string{
	"mirror/module.toml": `format = 1
id = "mirror"
version = "1.0.0"
kind = "diagnosis"
license = "CC-BY-SA-4.0"
authors = ["us"]
source = "fr"
languages = ["fr"]
lessons = ["look"]
level = "basic"
audience = ["manager"]
requires = []
tags = []
[[objective]]
id = "people"
competences = ["digcomp-3.0:5.4"]
[[objective]]
id = "tools"
competences = ["digcomp-3.0:5.2"]
[mastery]
correct = 4
of = 5
`,
	"mirror/fr/index.md":   "# Le miroir\n\nSe regarder.\n",
	"mirror/fr/index.toml": "[objectives]\npeople = \"Les personnes\"\ntools = \"Les outils, ceux de tous les jours comme les autres\"\n",
	"mirror/fr/look.md":    "# Regarder\n\n## Deux phrases\n\nRépondez.\n",
	"mirror/fr/look.toml": `objectives = ["people", "tools"]
sources = []
[[question]]
id = "help"
type = "likert"
objective = "people"
prompt = "Nous savons qui a besoin d’aide."
scale = ["pas encore", "un début", "souvent", "toujours"]
not_applicable = "sans objet"
[[question]]
id = "list"
type = "likert"
objective = "tools"
prompt = "Notre liste d’outils est à jour."
scale = ["pas encore", "un début", "souvent", "toujours"]
not_applicable = "sans objet"
`,
	"mirror/fr/advice.toml": `[[advice]]
objective = "people"
up_to = 49
text = "Demandez qui a besoin d’aide."
[[advice]]
objective = "people"
up_to = 100
text = "Gardez ce temps."
`,
}

func TestDiagnosisGivesAProfileByThemeThatCanBeComparedLater(t *testing.T) {
	o := someone(t, mirrorLibrary(t), "fr")
	s := tell(t, o, 80, 24)
	s.press("enter", "home", "enter").see("Regarder").press("enter").see("Deux phrases")
	s.onward().press("b", "enter").onward().press("e", "enter").onward()
	// The end of the statements leads to what they say, and back.
	s.see("Votre profil se complète", "p profil").press("p")
	s.see("Les personnes", "33 % de l’échelle ; réponses : 1 sur 1.", "Demandez qui a besoin d’aide.", "Les outils", "Ne s’applique pas : 1.")
	s.miss("Pas encore de réponse").press("esc").see("Vous êtes au bout").press("esc", "end", "enter").see("33 % de l’échelle")
	// Who thinks better of an answer at once has no earlier profile.
	s.press("esc", "home", "enter").see("étape 1/3").onward().miss("C’est noté.").press("c", "enter").onward().press("d", "enter").onward().press("p")
	s.see("67 % de l’échelle", "100 % de l’échelle").miss("La fois d’avant")
	// Another day there is one.
	s = tell(t, o, 80, 24)
	s.press("enter", "home", "enter").onward().press("d", "enter").onward().press("esc", "end", "enter")
	s.see("100 % de l’échelle ; réponses : 1 sur 1. La fois d’avant : 67 %.", "Gardez ce temps.")
}

func TestProfileIsSavedAsATextToPrint(t *testing.T) {
	s := tell(t, someone(t, mirrorLibrary(t), "fr"), 80, 24)
	s.press("enter", "home", "enter", "enter").onward().press("b", "enter").onward().press("e", "enter").onward().press("p")
	file := filepath.Join(t.TempDir(), "profil.txt")
	s.see("e enregistrer pour imprimer").press("e").see("Enregistrer un fichier").press("ctrl+u", `"`+file+`"`, "enter").see("Enregistré")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Le miroir\nFait le ", "Les personnes\n", "33 % de l’échelle", "Demandez qui a besoin d’aide.", "Ne s’applique pas : 1."} {
		if !strings.Contains(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(string(text)), want) {
			t.Errorf("%q is not in the page:\n%s", want, text)
		}
	}
	if strings.ContainsRune(string(text), '\x1b') {
		t.Errorf("the page has colours: %q", text)
	}
}

// A laptop whose clock was set back puts no wrong day on the page that is to be laid beside that of another day.
func TestProfileBearsNoDayWhereTheClockIsWrong(t *testing.T) {
	o := someone(t, mirrorLibrary(t), "fr")
	s := tell(t, o, 80, 24)
	s.press("enter", "home", "enter", "enter").onward().press("b", "enter").onward().press("e", "enter").onward()
	all, err := o.Store.Learners()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		later := progress.Event{Learner: l.ID, Verb: progress.Reached, Module: "mirror", Lesson: "look", Time: time.Now().AddDate(0, 1, 0)}
		if _, err := o.Store.Append(later); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "profil.txt")
	s.press("p").see("e enregistrer pour imprimer").press("e", "ctrl+u", `"`+file+`"`, "enter").see("Enregistré")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "Fait le") || !strings.HasPrefix(string(text), "Le miroir\n") {
		t.Errorf("the page begins\n%.80s", text)
	}
}

func TestNameOfAThemeIsReadWholeOnANarrowScreen(t *testing.T) {
	s := tell(t, someone(t, mirrorLibrary(t), "fr"), 40, 12)
	s.press("enter", "home", "enter", "enter").onward().press("b", "enter").onward().press("e", "enter").onward().press("p")
	s.see("Les personnes").press("end").see("Les outils, ceux de tous les jours", "comme les autres")
}

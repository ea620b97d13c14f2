package linear_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"fanal/modules"
	"fanal/progress"
	"fanal/study"
	"fanal/tui/linear"
)

// course is a course of two lessons with its two tests.
func course(t *testing.T) *modules.Library {
	t.Helper()
	files := map[string]string{
		"c/module.toml": `format = 1
id = "c"
version = "1.0.0"
kind = "course"
license = "CC0-1.0"
authors = ["a test"]
source = "fr"
languages = ["fr"]
lessons = ["one", "two"]
level = "basic"
audience = ["learner"]
[[objective]]
id = "dig"
[[objective]]
id = "sow"
[mastery]
correct = 2
of = 3
`,
		"c/fr/index.md":       "# Le potager\n\nBêcher et semer.\n",
		"c/fr/index.toml":     "[objectives]\ndig = \"bêcher\"\nsow = \"semer\"\n",
		"c/fr/glossary.toml":  "[[term]]\nid = \"bed\"\nterm = \"planche\"\ndefinition = \"Un carré de terre.\"\n",
		"c/files/beds.csv":    "bed;length\nA;3\n",
		"c/fr/facilitator.md": "# Guide du potager\n\n## Préparer\n\nDes bêches.\n",
	}
	for i, id := range []string{"one", "two"} {
		ob := []string{"dig", "sow"}[i]
		text := []string{"Une [planche](glossary:bed).", "Les graines germent sous la terre de la [planche](glossary:bed). Ouvrez [la liste](files/beds.csv)."}[i]
		files["c/fr/"+id+".md"] = "# Leçon " + id + "\n\n## Lire\n\n" + text + "\n"
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

func question(id, objective string) string {
	return fmt.Sprintf("[[question]]\nid = %q\ntype = \"true-false\"\nobjective = %q\nprompt = \"Est-ce vrai, %s ?\"\n"+
		"answer = true\nfeedback = \"Relisez.\"\nexplanation = \"C’est ainsi.\"\n", id, objective, id)
}

// pickOf returns the letter of the first option that holds a text.
func pickOf(t *testing.T, said, text string) string {
	t.Helper()
	for line := range strings.Lines(said) {
		if len(line) > 2 && line[1] == ')' && strings.Contains(strings.ReplaceAll(line, "\u00a0", " "), text) {
			return line[:1]
		}
	}
	t.Fatalf("no option %q in:\n%s", text, said)
	return ""
}

func expect(t *testing.T, said string, texts ...string) {
	t.Helper()
	plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(said)
	for _, want := range texts {
		if !strings.Contains(plain, want) {
			t.Fatalf("not said: %q\n%s", want, said)
		}
	}
}

// The whole way of somebody who learns for good: a test before, two lessons, a review in a later session of what was
// missed, a test after, and the gain.
func TestWholeWayFromFirstTestToGainLineByLine(t *testing.T) {
	lib := course(t)
	store := progress.OpenMemory()
	l, err := study.Register(store, "Fatou", "fr")
	if err != nil {
		t.Fatal(err)
	}
	sit := func(module string) *call {
		return run(t, lib, func(o *linear.Options) { o.Store, o.Learner, o.Module = store, &l, module })
	}
	c := sit("c")
	s := c.hear()
	s = c.say(pickOf(t, s, "Essayer avant de lire"))
	expect(t, s, "Essayer avant de lire aide à retenir", "Test : 2 questions", "-dig ?")
	s = c.say("b") // wrong, and nothing says so
	expect(t, s, "C’est noté.", "-sow ?")
	if strings.Contains(s, "Pas encore") || strings.Contains(s, "C’est ainsi") {
		t.Fatalf("the test gives its answers away:\n%s", s)
	}
	s = c.say("a")
	expect(t, s, "Vous savez déjà\n- semer", "À découvrir dans les leçons\n- bêcher", "Commencez par la leçon 1 Leçon one.")
	expect(t, s, "a) Commencer : Le potager, Leçon one\n", "Une ligne vide choisit a.")
	s = c.say("")
	expect(t, s, "Lire", "planche")
	expect(t, c.say(":g"), "- planche : Un carré de terre.")
	c.say(":n")
	expect(t, c.say("demander une bêche"), "C’est noté.")
	expect(t, c.say(":u"), "Je n’ai pas compris cette étape")
	expect(t, c.say(""), "one-a")
	expect(t, c.say("b"), "Pas encore.", "Relisez.", "C’est ainsi.")
	expect(t, c.say(""), "one-b")
	expect(t, c.say("a"), "Juste.")
	s = c.say("")
	s = c.say(pickOf(t, s, "Leçon two"))
	for _, line := range []string{"", "a", "", "a"} {
		s = c.say(line)
	}
	expect(t, s, "Juste.")
	c.say("")
	c.end()

	c = sit("") // a later session
	s = c.hear()
	expect(t, s, "4 questions à revoir")
	s = c.say(pickOf(t, s, "Réviser"))
	expect(t, s, "Révision : 4 questions.", "one-a") // what was missed comes first
	s = c.say("a")
	expect(t, s, "a) Oui")
	expect(t, c.say("a"), "Juste.")
	for range 3 {
		c.say("")
		c.say("a")
		s = c.say("b")
	}
	expect(t, s, "Juste.")
	s = c.say("")
	expect(t, s, "C’est assez pour aujourd’hui.")
	s = c.say(pickOf(t, s, "accueil"))
	s = c.say(pickOf(t, s, "Mes notes"))
	expect(t, s, "demander une bêche (Le potager, Leçon one, Lire)")
	s = c.say(":b")
	expect(t, c.say(pickOf(t, s, "Mes progrès")), "Leçons terminées : 2 sur 2")
	s = c.say("")
	c.say(pickOf(t, s, "Chercher"))
	expect(t, c.say("graine germait"), "Les graines germent sous la terre de la planche.")
	s = c.say(":b")
	for !strings.Contains(s, "Test de fin") { // out of the search, and home again
		if strings.Contains(s, ") Le potager") {
			s = c.say(pickOf(t, s, "Le potager"))
			continue
		}
		s = c.say(":b")
	}
	s = c.say(pickOf(t, s, "Test de fin"))
	expect(t, s, "Test : 2 questions")
	c.say("a")
	s = c.say("a")
	expect(t, s, "Ce que vous avez gagné\n- bêcher", "Ce que vous savez toujours\n- semer")
	s = c.say("")
	expect(t, c.say(pickOf(t, s, "Guide d’animation")), "Guide du potager", "Des bêches.")
}

// Who no longer wants to be asked how sure they are can change their mind.
func TestBeingAskedHowSureIsTurnedOffAndOnAgain(t *testing.T) {
	c := run(t, course(t), nil)
	s := c.say(pickOf(t, c.hear(), "Mes données"))
	expect(t, s, "Me demander si ma réponse est sûre : oui")
	s = c.say(pickOf(t, s, "Me demander"))
	expect(t, s, "Me demander si ma réponse est sûre : non")
	expect(t, c.say(pickOf(t, s, "Me demander")), "Me demander si ma réponse est sûre : oui")
}

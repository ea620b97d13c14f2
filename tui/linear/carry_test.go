package linear_test

import (
	"os"
	"strings"
	"testing"

	"fanal/progress"
	"fanal/progress/carry"
	"fanal/tui/linear"
)

// pick types the letter of what was offered with a text.
func (c *call) pick(offered, text string) string {
	c.t.Helper()
	for line := range strings.Lines(offered) {
		if letter, what, ok := strings.Cut(line, ") "); ok && len(letter) == 1 && strings.Contains(what, text) {
			return c.say(letter)
		}
	}
	c.t.Fatalf("nothing offered as %q:\n%s", text, offered)
	return ""
}

func hears(t *testing.T, said string, wants ...string) {
	t.Helper()
	plain := strings.NewReplacer("\u00a0", " ").Replace(said)
	for _, want := range wants {
		if !strings.Contains(plain, want) {
			t.Fatalf("%q is not said:\n%s", want, said)
		}
	}
}

func TestProgressIsTakenAlongAndBroughtInLineByLine(t *testing.T) {
	t.Chdir(t.TempDir())
	lib := library(t, 1)
	c := run(t, lib, nil)
	s := c.pick(c.hear(), "Emporter ou apporter")
	hears(t, s, "Emporter mes progrès sur une clé USB", "Apporter des progrès")
	s = c.pick(s, "Emporter mes progrès")
	hears(t, s, "Où écrire", "Le dossier actuel", "phrase secrète : non")
	s = c.pick(s, "phrase secrète")
	hears(t, s, "quatre mots ou plus")
	s = c.say("court")
	hears(t, s, "huit caractères au moins", "phrase secrète : non")
	c.pick(s, "phrase secrète")
	c.say("quatre mots tout simples")
	s = c.say("quatre mots tout simples")
	hears(t, s, "phrase secrète : oui")
	s = c.pick(s, "Le dossier actuel")
	hears(t, s, "C’est écrit et relu", "Vous pouvez retirer la clé USB.")
	found, err := carry.Find(".")
	if err != nil || len(found) != 1 || found[0].Seal != carry.WithPassphrase {
		t.Fatalf("%v, %v", found, err)
	}

	var store *progress.Store
	c = run(t, lib, func(o *linear.Options) { store = o.Store })
	s = c.pick(c.pick(c.hear(), "Emporter ou apporter"), "Apporter")
	hears(t, s, "Quel fichier apporter ?", "phrase secrète")
	s = c.pick(s, "progress-fatou")
	hears(t, s, "La phrase secrète de progress-fatou")
	s = c.say("une autre phrase")
	hears(t, s, "ce n’est pas la phrase secrète")
	c.pick(s, "progress-fatou")
	s = c.say("quatre mots tout simples")
	hears(t, s, "Dans le fichier : 1 événement", "1 événement nouveau", "la même chose des deux côtés")
	if l, err := store.Learners(); err != nil || len(l) != 2 {
		t.Errorf("two people of one name are %v, %v", l, err)
	}
}

func TestWhoIsErasedElsewhereIsAskedAnewWhoStudies(t *testing.T) {
	t.Chdir(t.TempDir())
	var store *progress.Store
	var id string
	c := run(t, library(t, 1), func(o *linear.Options) { store, id = o.Store, o.Learner.ID })
	other := progress.OpenMemory()
	for e, err := range store.Events("") {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.AddForeign([]progress.Event{e}); err != nil {
			t.Fatal(err)
		}
	}
	if err := other.Erase(id); err != nil {
		t.Fatal(err)
	}
	if _, err := carry.Save(t.Context(), "x"+carry.Ext, other, carry.Options{}, carry.Lock{}, false); err != nil {
		t.Fatal(err)
	}
	s := c.pick(c.pick(c.hear(), "Emporter ou apporter"), "Apporter")
	s = c.pick(s, "x"+carry.Ext)
	hears(t, s, "a demandé à être oubliée", "Quelle langue ?")
}

func TestNoBundleIsSaidLineByLine(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("broken"+carry.Ext, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := run(t, library(t, 1), nil)
	s := c.pick(c.pick(c.hear(), "Emporter ou apporter"), "Apporter")
	s = c.pick(s, "broken")
	hears(t, s, "n’est pas un fichier de progrès")
	if err := os.Remove("broken" + carry.Ext); err != nil {
		t.Fatal(err)
	}
	s = c.pick(s, "Chercher encore")
	hears(t, s, "Aucun fichier de progrès trouvé")
}

package linear_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"fanal/locale"
	"fanal/modules"
	"fanal/modules/pack"
	"fanal/progress"
	"fanal/progress/people"
	"fanal/study"
	"fanal/tui/linear"
)

func lacks(t *testing.T, said string, texts ...string) {
	t.Helper()
	plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(said)
	for _, text := range texts {
		if strings.Contains(plain, text) {
			t.Fatalf("said: %q\n%s", text, said)
		}
	}
}

// What was left on a step is said whenever the step is, or nobody who listens would ever meet it again.
func TestNoteAndMarksAreSaidWhereTheyWereLeft(t *testing.T) {
	c := run(t, course(t), func(o *linear.Options) { o.Module, o.Lesson = "c", "one" })
	lacks(t, c.hear(), "Ma note", "Marque-page")
	c.say(":n")
	c.say("demander 2 * 3 * 4 bêches")
	expect(t, c.say(":k"), "C’est noté.", "Marque-page")
	c.say(":u")
	c.say("")
	expect(t, c.say(":b"), "Lire", "Marque-page\nJe n’ai pas compris cette étape\nMa note :\ndemander 2 * 3 * 4 bêches")
	expect(t, c.say(":k"), "Enlevé : Marque-page")
	expect(t, c.say(":u"), "Enlevé : Je n’ai pas compris cette étape")
	c.say(":n")
	lacks(t, c.say(":b"), "C’est noté.") // back, and nothing changed
	c.say(":n")
	expect(t, c.say(":D"), "C’est noté.") // a smile is no command
	c.say(":n")
	c.say("-")
	lacks(t, c.say(":r"), "Ma note", "Marque-page", "compris")
}

func TestLessonIsSavedToBePrintedLineByLine(t *testing.T) {
	dir := t.TempDir()
	c := run(t, course(t), func(o *linear.Options) {
		o.Module, o.Lesson = "c", "one"
		o.Paper = func(l *modules.Lesson, w *locale.Printer) string { return w.Lang + ": " + l.Title + "\n" }
	})
	c.hear()
	c.say("")                                                    // to the question: a lesson can be saved from there too
	expect(t, c.say(":e"), "Où l’enregistrer ?", "c-one-fr.txt") // what it will be called
	s := c.say(dir)
	file := filepath.Join(dir, "c-one-fr.txt")
	expect(t, s, "Enregistré : "+file)
	if b, err := os.ReadFile(file); err != nil || string(b) != "fr: Leçon one\n" {
		t.Fatalf("saved %q, %v", b, err)
	}
	c.say(":e")
	expect(t, c.say(dir), "c-one-fr-2.txt") // nothing is written over
	expect(t, c.say("a"), "Juste.")         // and the question still stands
}

func TestFileOfAnExerciseIsSavedLineByLine(t *testing.T) {
	dir := t.TempDir()
	c := run(t, course(t), func(o *linear.Options) { o.Module, o.Lesson = "c", "two" })
	c.hear()
	expect(t, c.say(":?"), ":d  sortir le fichier")
	expect(t, c.say(":d"), "Où l’enregistrer ?", "beds.csv")
	file := filepath.Join(dir, "beds.csv")
	expect(t, c.say(dir), "Enregistré : "+file)
	if b, err := os.ReadFile(file); err != nil || string(b) != "bed;length\nA;3\n" {
		t.Fatalf("saved %q, %v", b, err)
	}
	c = run(t, course(t), func(o *linear.Options) { o.Module, o.Lesson = "c", "one" })
	c.hear()
	expect(t, c.say(":d"), "Aucun fichier")
}

// A question that was given up, or has no right answer, can be taken up again, as on the screen.
func TestSkippedQuestionIsAskedAgain(t *testing.T) {
	c := run(t, course(t), func(o *linear.Options) { o.Module, o.Lesson = "c", "one" })
	c.hear()
	c.say("")
	expect(t, c.say(":s"), "question passée", "La réponse : Vrai")
	s := c.say(":r")
	expect(t, s, "one-a", "Tapez a ou b.")
	lacks(t, s, "C’est ainsi")
	expect(t, c.say("a"), "Juste.")
	expect(t, c.say(":r"), "one-a", "Juste.") // right already: only said again
}

func TestModuleSaysItsLicenceAuthorsAndOrigin(t *testing.T) {
	c := run(t, course(t), func(o *linear.Options) { o.Module = "c" })
	s := c.say(pickOf(t, c.hear(), "Présentation du module"))
	expect(t, s, "Version 1.0.0, licence CC0-1.0, par a test. Langues : fr.", "Il vient avec fanal.")
}

func TestNameIsChangedAndNobodyElseTakesIt(t *testing.T) {
	store := progress.OpenMemory()
	var all []progress.Learner
	for _, name := range []string{"Fatou", "Luca"} {
		l, err := study.Register(store, name, "fr")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	c := run(t, course(t), func(o *linear.Options) { o.Store, o.Learner = store, &all[0] })
	s := c.say(pickOf(t, c.hear(), "Mes données"))
	c.say(pickOf(t, s, "Changer mon nom"))
	expect(t, c.say("luca"), "Luca est déjà dans la liste") // two of one name could not be told apart
	c.say(pickOf(t, s, "Changer mon nom"))
	expect(t, c.say("Fatoumata"), "Votre nom ici est maintenant Fatoumata.", "\nNom : Fatoumata\n")
	if l, err := store.Learner(all[0].ID); err != nil || l.Name != "Fatoumata" {
		t.Fatalf("kept as %q, %v", l.Name, err)
	}
	s = c.say(":b")
	s = c.say(pickOf(t, s, "Changer de personne"))
	c.say(pickOf(t, s, "Quelqu’un d’autre"))
	expect(t, c.say("LUCA"), "Luca est déjà dans la liste", ") Luca") // and the list to choose from
}

// Two people of one name come together on a stick; each must find their own line.
func TestTwoPeopleOfOneNameAreToldApart(t *testing.T) {
	store := progress.OpenMemory()
	lib := course(t)
	for i := range 2 {
		l, err := study.Register(store, "Fatou", "fr")
		if err != nil {
			t.Fatal(err)
		}
		if i == 1 {
			r, err := study.Sit(lib, store, l, "fr", "linear").OpenLesson("c", "one")
			if err == nil {
				err = r.Mark()()
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	all, err := store.Learners()
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	s := run(t, lib, func(o *linear.Options) { o.Store, o.Learner = store, nil }).hear()
	for _, l := range all {
		expect(t, s, ") Fatou, "+l.ID[:8])
	}
	expect(t, s, ", Le potager\n")
}

// In a review, what somebody was sure of and had wrong is said to be worth a second look, and nothing else is.
func TestSureAndWrongIsWorthASecondLook(t *testing.T) {
	store := progress.OpenMemory()
	lib := course(t)
	l, err := study.Register(store, "Fatou", "fr")
	if err != nil {
		t.Fatal(err)
	}
	c := run(t, lib, func(o *linear.Options) { o.Store, o.Learner, o.Module, o.Lesson = store, &l, "c", "one" })
	c.hear()
	for _, line := range []string{"", "b", "", "b"} {
		lacks(t, c.say(line), "deuxième regard")
	}
	c.end()
	c = run(t, lib, func(o *linear.Options) { o.Store, o.Learner = store, &l })
	c.say(pickOf(t, c.hear(), "Réviser"))
	c.say("b")
	expect(t, c.say("a"), "Pas encore.\nVous n’hésitiez pas : cette question vaut un deuxième regard.")
	c.say("")
	c.say("b")
	s := c.say(":b") // to think again, before it counts
	expect(t, s, "Étape 2 sur 2", "Tapez a ou b.")
	lacks(t, s, "Pas encore")
	c.say("b")
	lacks(t, c.say("b"), "deuxième regard") // not sure
	// The end says when more comes, and an empty line leads home; the progress keeps in mind what was believed.
	expect(t, c.say(""), "C’est assez pour aujourd’hui.", "D’autres questions reviendront à une prochaine séance.", "Une ligne vide choisit b.")
	s = c.say("")
	expect(t, s, "Accueil : Fatou")
	s = c.say(pickOf(t, s, "Mes progrès"))
	expect(t, s, "Ensuite\n- Continuer : Le potager, Leçon one", "1. Leçon one (commencée)",
		"Valent un deuxième regard : vous n’hésitiez pas\n- Est-ce vrai, one-a ? : dans la leçon « Leçon one »")
	if strings.Count(s, "dans la leçon") != 1 {
		t.Errorf("more than what was believed:\n%s", s)
	}
}

// workshop is a laptop with a mediator, Inés, whose PIN is 4826, and with Luca, who both began a lesson.
func workshop(t *testing.T, lib *modules.Library) (*progress.Store, progress.Learner) {
	t.Helper()
	store := progress.OpenMemory()
	var first progress.Learner
	for _, name := range []string{"Inés", "Luca"} {
		l, err := study.Register(store, name, "fr")
		if err != nil {
			t.Fatal(err)
		}
		r, err := study.Sit(lib, store, l, "fr", "linear").OpenLesson("c", "one")
		if err == nil {
			err = r.Mark()()
		}
		if err != nil {
			t.Fatal(err)
		}
		if first.ID == "" {
			first = l
		}
	}
	gate := people.NewGate(t.TempDir())
	if err := people.SetPIN(store, gate, first.ID, "4826"); err != nil {
		t.Fatal(err)
	}
	if err := people.Appoint(store, first.ID, true); err != nil {
		t.Fatal(err)
	}
	first, err := store.Learner(first.ID)
	if err != nil {
		t.Fatal(err)
	}
	return store, first
}

func TestGroupIsReadPersonByPersonLineByLine(t *testing.T) {
	lib := course(t)
	store, first := workshop(t, lib)
	c := run(t, lib, func(o *linear.Options) { o.Store, o.Learner, o.Data = store, &first, t.TempDir() })
	c.hear()
	s := c.say("4826")
	s = c.say(pickOf(t, s, "Suivi du groupe"))
	s = c.say(pickOf(t, s, "suivi d’une personne"))
	s = c.say(pickOf(t, s, "Luca"))
	expect(t, s, "Luca (", "Le potager")
	lacks(t, s, "Inés (")
	expect(t, c.say(""), "Le suivi de quelle personne ?")
}

func TestMediatorSaysLineByLineThatTwoNamesAreOnePerson(t *testing.T) {
	lib := course(t)
	store, first := workshop(t, lib)
	c := run(t, lib, func(o *linear.Options) { o.Store, o.Learner, o.Data = store, &first, t.TempDir() })
	c.hear()
	s := c.say("4826")
	s = c.say(pickOf(t, s, "Suivi du groupe"))
	s = c.say(pickOf(t, s, "Codes oubliés"))
	s = c.say(pickOf(t, s, "une seule personne"))
	expect(t, s, "Quel nom garder ?")
	s = c.say(pickOf(t, s, "Luca"))
	expect(t, s, "Qui est la même personne que Luca ?")
	s = c.say(pickOf(t, s, "Inés")) // who sits here keeps her name, whichever was picked first
	expect(t, s, "Inés et Luca", "tapez réunir")
	s = c.say("peut-être")
	expect(t, s, "Rien n’est changé")
	s = c.say(pickOf(t, s, "une seule personne"))
	s = c.say(pickOf(t, s, "Inés"))
	c.say(pickOf(t, s, "Luca"))
	expect(t, c.say("REUNIR"), "une seule personne à présent : Inés")
	if known, err := store.Learners(); err != nil || len(known) != 1 || known[0].Name != "Inés" {
		t.Errorf("%v %v", known, err)
	}
}

func TestStrangerWhoSignedAModuleIsTrustedUnderAName(t *testing.T) {
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
	secret, err := pack.NewSecret()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pack.Create(t.Context(), filepath.Join(dir, "tiny-2.0.0.fanal"), small, pack.SignWith(secret), nil); err != nil {
		t.Fatal(err)
	}
	keys, err := pack.OpenKeyring(data)
	if err != nil {
		t.Fatal(err)
	}
	c := run(t, library(t, 1), func(o *linear.Options) { o.Shelf, o.Data = pack.OpenShelf(data, keys), data })
	c.say(pickOf(t, c.hear(), "Ajouter des modules"))
	s := c.say("a")
	expect(t, s, "Installé : tiny 2.0.0", "Les six mots de cette clé : "+secret.Key().Words(), "Une ligne vide : pas maintenant.")
	expect(t, c.say("Réseau des Landes"), "Cet ordinateur fait maintenant confiance à Réseau des Landes")
	if got := keys.Judge(&pack.Signature{Key: secret.Key()}); got.Standing != pack.Trusted {
		t.Fatalf("the signer is %s", got.Standing)
	}
	s = c.say(":b")
	s = c.say(pickOf(t, s, "Tout petit"))
	expect(t, c.say(pickOf(t, s, "Présentation du module")), "Réseau des Landes") // and the module's page says so
}

// Whoever goes back in a test hears what they answered, not whether it was right, and is not pushed on.
func TestGoingBackInATestSaysTheAnswerAndNothingMore(t *testing.T) {
	c := run(t, course(t), func(o *linear.Options) { o.Module = "c" })
	c.say(pickOf(t, c.hear(), "Essayer avant de lire"))
	expect(t, c.say("b"), "C’est noté.", "Étape 2 sur 2")
	s := c.say(":b")
	expect(t, s, "Étape 1 sur 2", "Vous avez répondu : Faux")
	lacks(t, s, "Pas encore", "Juste", "Essayer encore", "Voir la réponse", "C’est ainsi", "Étape 2")
	s = c.say(":r") // no second try
	lacks(t, s, "Tapez a ou b", "Étape 2")
	expect(t, c.say(""), "Étape 2 sur 2")
}

// Who types a mere word is told the command for it where it serves, and is not sent where it does not.
func TestWordIsTakenForACommandOnlyWhereItServes(t *testing.T) {
	c := run(t, course(t), func(o *linear.Options) { o.Module, o.Lesson = "c", "one" })
	c.hear()
	c.say("")
	expect(t, c.say("indice"), "tapez :h")
	c.say(":o")
	lacks(t, c.say("indice"), ":h")
	expect(t, c.say("quitter"), "tapez :q")
}

// A test promises nobody an answer that it will not show.
func TestEmptyLineInATestPromisesNoAnswer(t *testing.T) {
	fsys := fstest.MapFS{}
	gap := "[[question]]\nid = \"%s\"\ntype = \"fill-in\"\nobjective = \"dig\"\nprompt = \"Bêcher avec une {{}}.\"\n" +
		"answers = [[\"bêche\"]]\nfeedback = \"Relisez.\"\nexplanation = \"C’est ainsi.\"\n"
	for name, text := range map[string]string{
		"module.toml": "format = 1\nid = \"g\"\nversion = \"1.0.0\"\nkind = \"course\"\nlicense = \"CC0-1.0\"\nauthors = [\"us\"]\nsource = \"fr\"\n" +
			"languages = [\"fr\"]\nlessons = [\"one\"]\nlevel = \"basic\"\naudience = [\"learner\"]\n[[objective]]\nid = \"dig\"\n[mastery]\ncorrect = 2\nof = 3\n",
		"fr/index.md": "# Le trou\n\nUn mot.\n", "fr/index.toml": "[objectives]\ndig = \"bêcher\"\n",
		"fr/one.md": "# Leçon\n\n## Lire\n\nDes mots.\n", "fr/one.toml": "objectives = [\"dig\"]\n" + strings.ReplaceAll(gap, "%s", "l"),
		"fr/test-a.toml": strings.ReplaceAll(gap, "%s", "a"), "fr/test-b.toml": strings.ReplaceAll(gap, "%s", "b"),
	} {
		fsys["g/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	lib := &modules.Library{}
	if err := lib.Add(fsys, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	c := run(t, lib, func(o *linear.Options) { o.Module = "g" })
	c.say(pickOf(t, c.hear(), "Essayer avant de lire"))
	s := c.say("")
	expect(t, s, "Écrivez d’abord une réponse.")
	lacks(t, s, "voir la réponse")
	c = run(t, lib, func(o *linear.Options) { o.Module, o.Lesson = "g", "one" })
	c.hear()
	c.say("")
	expect(t, c.say(""), "tapez :s pour voir la réponse")
}

// Where a fact comes from can be read without opening the module's files.
func TestSourcesOfAModuleAreSaid(t *testing.T) {
	w := locale.New("fr")
	for _, tt := range []struct {
		src  modules.Source
		want string
	}{
		{
			modules.Source{Title: "Une étude", Publisher: "ADEME", Date: "2025-01-31", Checked: "2026-11-22", URL: "https://example.org"},
			"Une étude. ADEME, 31 janvier 2025. Vérifié le 22 novembre 2026. https://example.org",
		},
		{modules.Source{Title: "Un livre", Date: "2018"}, "Un livre. 2018"},
		{modules.Source{Title: "Une page", Publisher: "CNIL"}, "Une page. CNIL"},
	} {
		if got := linear.SourceText(w, tt.src); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

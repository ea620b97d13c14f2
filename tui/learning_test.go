package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// study goes through the garden's lesson, answering the first question wrong.
func (s *story) study() *story {
	s.t.Helper()
	s.see("Le jardin", "La terre")
	s.onward().press("a", "enter").onward() // the rake: wrong
	s.onward().press("a", "c", "enter").onward().press("b", "enter").onward()
	s.press(`"spade"`, "tab", `"fork"`, "enter").onward()
	s.press(`"20"`, "enter").onward()
	s.press(lettersFor(s.t, s, "waters", "warms", "digs")...).press("enter").onward()
	s.press(lettersFor(s.t, s, "dig", "sow", "eat")...).press("enter").onward()
	s.press(`"Beans"`, "tab", "a", "enter").onward()
	return s.press("c", "enter").onward()
}

func TestWhatWasMissedComesBackInALaterSession(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter").study().see("À revoir", "Quel outil creuse ?")
	s.press("esc", "esc").see("1/1", "Réviser")
	later := tell(t, o, 80, 24)
	later.see("8 questions à revoir").choose("Réviser").see("Réviser", "étape 1/8")
	later.see("Quel outil creuse ?").press("b", "enter").see("Votre réponse est-elle sûre ?").press("a").see("Juste.")
	for range 7 {
		later.onward().press("f3")
	}
	later.onward().see("C’est assez pour aujourd’hui.")
}

func TestPretestSaysNothingUntilItsEndAndThenWhereToBegin(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("down", "enter").see("Essayer avant de lire", "facultatif")
	s.press("home", "enter").see("Water the bed.").press("b", "enter").see("C’est noté.").miss("Pas encore.", "Juste.", "It is dry.")
	s.press("space").see("Weed the bed.").press("s").see("C’est noté.").miss("It grows.").press("space").see("À découvrir dans les leçons", "bêcher", "Commencez par la leçon 1 La terre")
	s.see("Entrée commencer").press("esc").miss("Essayer avant de lire").see("Ce que disent les tests")
	s.choose("Ce que disent les tests").see("Commencez par la leçon 1").press("enter").see("La terre", "étape 1/11")
}

func TestOutlineOfATestSaysNothingRightOrWrong(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("down", "enter", "home", "enter").see("Water the bed.").press("b", "enter", "o").see("répondue").miss("à revoir")
}

func TestOutlineSaysWhatIsReadAndAnswered(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "space", "a", "enter", "space", "o").see("Regarder d’abord", "lue", "à revoir")
	if line := lineWith(s, "3  Essayer"); strings.HasSuffix(line, "lue") {
		t.Errorf("the step on screen counts as read: %q", line)
	}
}

func TestSecondTestShowsTheGainPerObjective(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("down", "enter", "home", "enter").press("b", "enter", "space", "a", "enter", "space", "esc")
	s.see("1 La terre").press("home", "enter").study().press("esc")
	s.see("Test de fin").press("home", "down", "enter").see("Water the bed.").press("a", "enter", "space", "a", "enter", "space")
	s.see("Ce que vous avez gagné", "bêcher")
}

func TestTestCanBeLeftAndGoneOnWith(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("down", "enter", "home", "enter").see("Water the bed.").press("a", "enter", "esc").see("Continuer le test")
	later := tell(t, o, 80, 24)
	later.press("down", "enter", "home", "enter").see("Weed the bed.", "étape 2/2")
}

func TestNoteIsKeptAndFoundAgainAtItsPlace(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter", "n").press(`"demander à Jeanne"`, "esc").see("Ma note", "demander à Jeanne")
	later := tell(t, o, 80, 24)
	later.choose("Mes notes").see("demander à Jeanne", "Le jardin › La terre").press("enter").see("Regarder d’abord", "demander à Jeanne")
}

// A note that the disk did not take is neither given up in silence nor a place without a way out.
func TestNoteThatCannotBeKeptSaysSoAndCanBeLeft(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter", "n", `"half a "`)
	if err := o.Store.Close(); err != nil {
		t.Fatal(err)
	}
	s.press("esc").see("pas marché", "▌ half a").press(`"note"`, "esc").see("pas marché", "▌ half a note").press("esc").see("Regarder d’abord")
}

func TestCtrlCKeepsWhatIsBeingWritten(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter", "n", `"written"`, "f4", "ctrl+c")
	known, _ := o.Store.Learners()
	if m, err := o.Store.Mark(known[0].ID, "garden", "soil", "t1"); !s.quit || err != nil || m.Note != "written" {
		t.Errorf("quit %v, kept %+v %v", s.quit, m, err)
	}
	s = tell(t, o, 80, 24).press("enter", "o", "end", "up", "enter", `"Beans"`, "ctrl+c")
	if d := o.Store.Draft(known[0].ID, "garden", "soil", "free"); !s.quit || d != "Beans" {
		t.Errorf("quit %v, draft %q", s.quit, d)
	}
}

// The help that lies over a screen stays there when the screen under it is done.
func TestScreenThatIsDoneUnderTheHelpLeavesTheHelpAlone(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "n", `"x"`)
	n := s.root.top().(*note)
	_, cmd := s.root.Update(keyMsg("esc")) // being kept meanwhile
	s.press("f4").see("Aide")
	s.run(cmd)
	s.see("Aide")
	for _, in := range s.root.stack {
		if in == screen(n) {
			t.Error("the note that was left is still there")
		}
	}
	s.press("esc").see("Ma note :", "Regarder d’abord")
}

func TestNotUnderstoodAndBookmarkAreOneKeyEach(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter", "u").see("Je n’ai pas compris cette étape").press("m").see("Marque-page").press("u").miss("pas compris cette")
	known, _ := o.Store.Learners()
	m, err := o.Store.Mark(known[0].ID, "garden", "soil", "t1")
	if err != nil || !m.Bookmark || m.Unclear {
		t.Fatalf("%+v %v", m, err)
	}
}

func TestWordsOfTheLessonAreOneKeyAway(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "g").see("planche", "Un carré de terre bêchée.").press("esc").see("Regarder d’abord")
}

func TestProgressIsShownInWords(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.choose("Mes progrès").see("Rien encore").press("esc", "home", "enter").study().press("esc", "esc").choose("Mes progrès")
	s.see("Le jardin", "Leçons terminées : 1 sur 1", "bêcher")
}

func TestHomeSaysAtWhichStepOneLeft(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.miss("étape").press("enter", "space").see("étape 2/").press("esc", "esc").see("Continuer : Le jardin", "étape 2/")
	tell(t, o, 80, 24).see("Continuer : Le jardin", "étape 2/")
	resize(s, 40, 12)
	s.see("Continuer").miss("étape")
}

func TestSourcesOfAModuleAreReadOnItsPage(t *testing.T) {
	src := "[[source]]\nid = \"book\"\ntitle = \"La bêche\"\npublisher = \"Terre\"\ndate = \"2020\"\nchecked = \"2026-11-22\"\nurl = \"\"\n"
	o := someone(t, garden(t, map[string]string{"sources.toml": src}), "fr")
	s := tell(t, o, 80, 24).press(`"Nour"`, "enter").choose("  Le jardin").press("i", "end")
	s.see("D’où viennent les faits", "La bêche. Terre, 2020. Vérifié le 22 novembre 2026")
}

func TestLessonCanBeSavedForPaperAndSaysWhereItIs(t *testing.T) {
	o := someone(t, smallLibrary(t), "fr")
	file := filepath.Join(documents(t), "garden-soil-fr.txt")
	s := tell(t, o, 80, 24)
	s.press("enter", "enter", "e").see("Où l’enregistrer").press("enter").see("Enregistré", "garden-soil", "Regarder d’abord")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"La terre", "Quel outil creuse ?", "Rebouchez-le."} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the page lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(string(text), "A spade cuts the ground.") || strings.Contains(string(text), "\x1b") {
		t.Errorf("the page gives answers or escapes away:\n%s", text)
	}
}

// What an exercise needs can be opened in a spreadsheet: the step that names a file offers it, and no other step does.
func TestFilesOfAnExerciseComeOutOfTheLesson(t *testing.T) {
	text := "# La terre\n\n## Lire\n\nRien ici.\n\n## Essayer\n\nOuvrez [les lits](files/beds.csv) et [les graines](files/seeds.csv).\n"
	o := someone(t, garden(t, map[string]string{
		"en/soil.md": text, "fr/soil.md": text, "files/beds.csv": "bed;length\nA;3\n", "files/seeds.csv": "seed\n",
	}), "fr")
	dir := documents(t)
	s := tell(t, o, 80, 24).press(`"Nour"`, "enter", "enter")
	s.see("Rien ici").miss("d fichier").press("d").see("Rien ici").press("space").see("files/beds.csv", "d fichier")
	s.press("d").see("Où l’enregistrer", "beds.csv").press("enter").see("Enregistré", "seeds.csv").press("enter").see("Enregistré", "Ouvrez")
	for name, want := range map[string]string{"beds.csv": "bed;length\nA;3\n", "seeds.csv": "seed\n"} {
		if b, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(b) != want {
			t.Errorf("%s: %q %v", name, b, err)
		}
	}
}

func TestWideSpacingStaysWithTheLearner(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter", "w")
	if !s.root.app.wide() {
		t.Fatal("w does not widen")
	}
	later := tell(t, o, 80, 24)
	if !later.root.app.wide() {
		t.Error("the setting is forgotten")
	}
}

func TestScreensNeverShowMoreLinesThanTheWindow(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 12}, {100, 40}} {
		s, _ := begin(t, size[0], size[1])
		for _, k := range []string{"enter", "space", "h", "a", "enter", "o", "esc", "?", "esc", "l", "esc", "esc", "i", "esc", "esc", "p"} {
			s.press(k)
			lines := strings.Split(s.screen(), "\n")
			if len(lines) != size[1] {
				t.Fatalf("%v after %s: %d lines", size, k, len(lines))
			}
		}
	}
}

func TestHalfWrittenTextIsThereAgainAfterTheBatteryDied(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter", "o", "end", "up", "enter").see("What will you grow?").press(`"Beans and"`)
	q := s.root.top().(*lesson).q
	s.send(draftTick{q}) // three seconds later
	later := tell(t, o, 80, 24)
	later.press("enter").see("Beans and").press(`" peas"`, "tab", "a", "enter").see("Juste.")
	known, _ := o.Store.Learners()
	if d := o.Store.Draft(known[0].ID, "garden", "soil", "free"); d != "" {
		t.Errorf("the draft outlives its answer: %q", d)
	}
}

func TestWhatWasMadeGoodIsReadBeforeAnythingElse(t *testing.T) {
	o := someone(t, smallLibrary(t), "fr")
	o.Notice = "Le fichier était abîmé."
	tell(t, o, 80, 24).see("Le fichier était abîmé.").press("enter").see("Bienvenue")
}

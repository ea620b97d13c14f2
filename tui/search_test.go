package tui

import (
	"strings"
	"testing"
)

func TestPhraseIsFoundAgainByAWordWithAnotherEndingAndOpensAtItsStep(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("/").see("Chercher", "Tapez un mot ou plusieurs").press(`"creuse un trous"`)
	s.see("Creusez un trou.", "Le jardin › La terre, étape 3").press("enter").see("étape 3/11", "Essayer").press("esc")
	s.see("creuse un trous", "Creusez un trou.").press("esc").see("Modules")
}

func TestSearchFindsAsYouTypeAndSaysWhenThereIsNothing(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("/", `"bêc"`).see("Une bêche et une planche.").press(`"hxyz"`).see("Rien n’a été trouvé pour : bêchxyz").miss("Une bêche")
	for range 4 {
		s.press("backspace")
	}
	s.see("Une bêche et une planche.", "endroit")
}

func TestSearchGivesNoAnswerAway(t *testing.T) {
	s, _ := begin(t, 80, 24)
	for _, secret := range []string{"rake", "cuts", "blade", "rebouchez", "Something"} {
		s.press("/", `"`+secret+`"`).see("Rien n’a été trouvé").press("esc")
	}
}

func TestSearchLettersAreNoCommands(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("/", `"jk?lq "`).see("> jk?lq")
	if s.quit {
		t.Fatal("a letter left the program")
	}
}

func TestQueryTypedWhileAnotherRunsIsNotLost(t *testing.T) {
	s, _ := begin(t, 80, 24)
	f := newSearch(s.root.app)
	s.run(s.root.move(move{push: f}))
	f.busy = true // a search is under way
	s.press(`"plan"`).miss("Une bêche et une planche.")
	s.send(hitsMsg{asked: s.root.app.ask(f)}) // it comes back, for what was typed before
	s.see("Une bêche et une planche.")
}

func TestSearchSpeaksTheLanguageThatIsChosen(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("/", `"bed"`).miss("A spade and a bed.").press("ctrl+l", "down", "enter").see("A spade and a bed.", "The garden › The soil, step 1")
}

func TestGlossaryGoesFromTermToTheLessonThatUsesIt(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("end")
	for range 20 {
		if strings.Contains(s.screen(), "▸ Glossaire") {
			break
		}
		s.press("up")
	}
	s.press("enter").see("Glossaire", "1 mot", "planche").press(`"xx"`).see("Aucun mot ne commence ainsi.").press("backspace", "backspace")
	s.press(`"plan"`, "enter").see("Glossaire › planche", "Un carré de terre bêchée.", "Dans les autres langues", "English : bed", "La terre")
	s.press("enter").see("Le jardin › 1 La terre", "Regarder d’abord").press("esc").see("Un carré de terre bêchée.")
	s.press("l", "down", "enter").see("A piece of dug ground.", "Français: planche")
}

func TestTermThatIsFoundShowsItsPage(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("/", `"carré"`).see("Un carré de terre bêchée.", "glossaire : planche").press("enter").see("Glossaire › planche", "Leçons qui l’utilisent")
}

func TestSlashInALessonGoesToTheNextStepThatHasTheWord(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter").see("étape 1/11").press("/").see("chercher dans la leçon").press(`"creuser"`)
	s.see("Creusez un trou.", "Quel outil creuse").press("enter").see("étape 2/11")
	s.press("/").see("> creuser", "2/2").press("enter").see("étape 3/11") // the next one
	s.press("/", "esc").see("étape 3/11").press("/")
	for range len("creuser") {
		s.press("backspace")
	}
	s.press(`"dig"`).see("We dig with a … and a …", "étape 6").press("enter").see("étape 6/11")
}

func TestSearchScreensFitTheWindow(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 12}, {100, 40}} {
		s, _ := begin(t, size[0], size[1])
		for _, k := range []string{"/", `"terre"`, "down", "enter", "esc", "esc", "enter", "/", `"bêche"`, "enter", "esc"} {
			s.press(k)
			if lines := strings.Split(s.screen(), "\n"); len(lines) != size[1] {
				t.Fatalf("%v after %s: %d lines", size, k, len(lines))
			}
		}
	}
}

package tui

import (
	"strings"
	"testing"

	"fanal/progress"
)

// begin starts a story as somebody new in French, and goes to the first lesson by two keys.
func begin(t *testing.T, width, height int) (*story, Options) {
	t.Helper()
	o := someone(t, smallLibrary(t), "fr")
	s := tell(t, o, width, height)
	s.see("Bienvenue", "Français").press(`"Nour"`, "enter")
	return s, o
}

func TestSomeoneNewIsTwoKeysFromTheFirstLesson(t *testing.T) {
	o := someone(t, smallLibrary(t), "fr")
	s := tell(t, o, 80, 24)
	s.press("enter", "enter").see("Le jardin › 1 La terre", "Regarder d’abord", "Une bêche et une planche.", "étape 1/11")
}

func TestAnswerIsShownAsKeptOnlyAfterItIsKept(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter", "space").see("Quel outil creuse ?", "a  A rake", "b  A spade")
	s.press("b", "enter").see("Juste.", "It cuts.", "A spade cuts the ground.", "c’est gardé")
	known, err := o.Store.Learners()
	if err != nil || len(known) != 1 {
		t.Fatalf("learners: %v %v", known, err)
	}
	q, err := o.Store.Question(known[0].ID, "garden", "soil", "tool")
	if err != nil || !q.Right || len(q.Response) != 1 || q.Response[0] != "spade" {
		t.Fatalf("the answer on the screen is not the one in the store: %+v %v", q, err)
	}
}

func TestAnswerThatCannotBeKeptIsNotCalledRight(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter", "space")
	if err := o.Store.Close(); err != nil {
		t.Fatal(err)
	}
	s.press("b", "enter").miss("Juste.", "c’est gardé")
}

func TestWrongAnswerTeachesAndCanBeTriedAgain(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "space", "down", "enter").see("Pas encore.", "A rake combs.", "A spade cuts the ground.", "r réessayer")
	s.press("r").miss("Pas encore.").press("down", "down", "enter").see("Juste.")
}

func TestEnterPressedOnceTooOftenAnswersNothing(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "enter", "enter").see("Choisissez d’abord : une lettre de a à c").miss("Pas encore.")
}

func TestEveryKindOfQuestionIsAnsweredByKeyboardAlone(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter", "space", "b", "enter", "space") // the tool
	s.see("Essayer", "SOLUTION", "repliée").miss("Rebouchez-le").press("v").see("Rebouchez-le").press("space")
	s.see("Choose two seeds").press("a", "enter").see("Choisissez 2 réponses")
	s.press("c", "enter").see("Juste.").press("space")
	s.see("Dry ground is light", "a  Vrai", "b  Faux").press("b", "enter").see("Juste.").press("space")
	s.see("We dig with a", "Mots proposés").press(`"spade"`, "tab", `"Fork."`, "enter").see("Juste.").press("space")
	s.see("How deep?", "cm").press(`"20,5"`, "enter").see("Juste.").press("space")
	s.see("Match.")
	s.press(lettersFor(t, s, "waters", "warms", "digs")...).press("enter").see("Juste.").press("space")
	s.see("Put in order.")
	s.press(lettersFor(t, s, "dig", "sow", "eat")...).press("enter").see("Juste.").press("space")
	s.see("What will you grow?").press(`"Beans"`, "tab").see("Something that you eat.", "it has a name", "Votre texte")
	s.press("a", "enter").see("Juste.").press("space")
	s.see("I dig often.", "d  no garden").press("c", "enter").see("C’est noté.").press("space")
	s.see("Cette leçon est maîtrisée.", "8 réponses justes sur 8.")
	known, _ := o.Store.Learners()
	m, err := o.Store.Module(known[0].ID, "garden")
	if err != nil || m.Lessons["soil"].Passes != 1 {
		t.Fatalf("the lesson is not kept as gone through: %+v %v", m, err)
	}
}

// lettersFor finds on the screen which letter stands before each of the texts.
func lettersFor(t *testing.T, s *story, texts ...string) []string {
	t.Helper()
	var keys []string
	for _, want := range texts {
		found := ""
		for line := range strings.Lines(s.screen()) {
			line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "▸"))
			if len(line) > 2 && strings.HasSuffix(line, " "+want) && line[0] >= 'a' && line[0] <= 'h' && line[1] == ' ' {
				found = line[:1]
			}
		}
		if found == "" {
			t.Fatalf("no letter before %q\n%s", want, s.screen())
		}
		keys = append(keys, found)
	}
	return keys
}

func TestEscAndBackReturnToTheSameStepWithItsAnswer(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "space", "b", "enter").see("Juste.")
	s.press("esc").see("1 La terre", "commencée").press("esc").see("Continuer")
	s.press("enter").see("étape 2/11", "Juste.")
}

func TestTheNextDayGoesOnAtTheSameStep(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter", "space", "b", "enter", "space").see("étape 3/11").press("ctrl+c")
	if !s.quit {
		t.Fatal("ctrl+c does not leave")
	}
	tell(t, o, 80, 24).see("Continuer : Le jardin · 1 La terre").press("enter").see("étape 3/11", "Essayer")
}

func TestSkippingShowsTheAnswerAndAsksAgainAtTheEnd(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "space", "s").see("Passée.", "= A spade", "A spade cuts the ground.")
	s.press("o").see("7 min").press("end", "enter").see("I dig often.")
	s.press("a", "enter", "space").see("À revoir", "Quel outil creuse ?", "Relire : Regarder d’abord")
	s.press("r").see("Ce qui a manqué", "Quel outil creuse ?").press("b", "enter").see("Juste.")
}

func TestLanguageChangesOnTheSpotAtTheSameStepKeepingTheAnswer(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "space", "b", "enter").see("Quel outil creuse ?", "Juste.")
	s.press("l").see("English").press("down", "enter").see("Which tool digs?", "Right.", "step 2/11")
}

func TestLessonMissingInALanguageIsShownInItsOwnAndSaysSo(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "l", "down", "down", "enter").see("Este texto no existe en español", "Look first")
}

func TestHintIsOneKeyAway(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter", "space", "h").see("Indice", "It has a blade.").press("b", "enter").see("Juste.")
	known, _ := o.Store.Learners()
	if q, _ := o.Store.Question(known[0].ID, "garden", "soil", "tool"); !q.Hinted {
		t.Error("the record does not say that a hint was given")
	}
}

func TestGuestLeavesNothingInTheStore(t *testing.T) {
	o := someone(t, smallLibrary(t), "fr")
	s := tell(t, o, 80, 24)
	s.press("tab").see("rien n’est gardé").press("enter", "space", "b", "enter").see("Juste.")
	if known, _ := o.Store.Learners(); len(known) != 0 {
		t.Errorf("the guest is in the store: %v", known)
	}
}

func TestSecondPersonHasTheirOwnPlace(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter", "space", "b", "enter", "esc", "esc")
	s.press("p").see("Nour", "Une nouvelle personne").press("n", `"Ali"`, "enter").see("fanal · Ali", "Commencer : Le jardin")
	if known, _ := o.Store.Learners(); len(known) != 2 {
		t.Fatalf("learners: %v", known)
	}
	s.press("p", "home", "enter").see("fanal · Nour", "Continuer")
}

func TestSmallWindowSaysSoInOneLineAndComesBack(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter")
	resize(s, 30, 8)
	s.see("Fenêtre trop petite")
	resize(s, 40, 12)
	s.see("Regarder d’abord", "étape 1/11")
}

func TestLettersThatAreTextAreNoCommands(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "o", "down", "down", "down", "down", "down", "enter").see("We dig with a")
	s.press(`"hsolq?"`).see("hsolq?", "We dig with a")
}

func TestHelpNamesTheKeysOfTheScreenUnderIt(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "space", "?").see("répondre", "indice", "passer", "Partout").press("esc").see("Quel outil creuse ?")
}

func TestStoreWithSeveralPeopleAsksWhoIsThere(t *testing.T) {
	o := someone(t, smallLibrary(t), "fr")
	for _, name := range []string{"Ana", "Bo"} {
		lang := "fr"
		if _, err := o.Store.Append(progress.Event{
			Learner: "10000000-0000-4000-8000-00000000000" + string(name[0]&1+'0'), Verb: progress.Profiled,
			Profile: &progress.Profile{Name: &name, Lang: &lang},
		}); err != nil {
			t.Fatal(err)
		}
	}
	tell(t, o, 80, 24).see("Qui apprend ?", "Ana", "Bo").press("enter").see("fanal · ")
}

func TestHalfMadeAnswerSurvivesALookAtTheHelpAndAnotherLanguage(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "space", "b", "h").see("▸ b  A spade", "It has a blade.")
	s.press("?", "esc").see("▸ b  A spade", "It has a blade.")
	s.press("l", "down", "enter").see("Which tool digs?", "▸ b  A spade").press("enter").see("Right.")
}

func TestEscLeadsBackToTheLessonThatWasLeft(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "esc").see("▸ 1 La terre").press("enter").see("étape 1/11")
}

func TestJumpingToTheEndIsNotGoingThrough(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "o", "end", "enter").see("I dig often.").press("a", "enter", "space")
	s.see("Il reste 8 questions sans réponse").press("esc").see("commencée").miss("faite")
}

func TestTwoPeopleOfOneNameAreNotMadeByAccident(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("p", "n", `"nour"`, "enter").see("Nour est déjà dans la liste")
	if known, _ := o.Store.Learners(); len(known) != 1 {
		t.Errorf("%d learners", len(known))
	}
}

func TestRightAnswerCanBeAskedForAfterAWrongOne(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter", "space", "a", "enter").see("Pas encore.", "v voir la réponse").press("v").see("= A spade")
}

func TestVerdictIsInSightInASmallWindow(t *testing.T) {
	s, _ := begin(t, 40, 12)
	s.press("enter", "space", "a", "enter").see("Pas encore.", "A rake combs.", "A spade cuts the ground.")
}

package tui

import (
	"strings"
	"testing"
)

// reviewing is a second sitting of somebody who has gone through the lesson, at the first question of the review.
func reviewing(t *testing.T) (*story, Options) {
	t.Helper()
	s, o := begin(t, 80, 24)
	s.press("enter").study()
	s = tell(t, o, 80, 24)
	return s.choose("Réviser").see("étape 1/8", "Quel outil creuse ?"), o
}

// What has been reviewed has time until the next sitting: the home screen counts it as done, and so does the review.
func TestReviewLeftAndOpenedAgainAsksOnlyWhatIsLeft(t *testing.T) {
	s, _ := reviewing(t)
	s.press("a", "enter", "b").see("Pas encore.").press("esc").see("7 questions à revoir")
	s.choose("Réviser").see("étape 1/7").miss("Quel outil creuse ?")
}

func TestQuestionsOfALessonAreNotReviewedInTheSameSitting(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter").study().press("esc", "esc").see("rien pour l’instant")
	s.choose("Réviser").see("Rien à revoir pour l’instant")
}

// Sure and wrong is what the learner believes: it is said at once, and again among their progress.
func TestSureAndWrongIsWorthASecondLook(t *testing.T) {
	s, o := reviewing(t)
	s.press("a", "enter", "enter").see("Votre réponse est-elle sûre").miss("Pas encore.") // Enter twice says nothing about being sure
	s.press("a").see("Pas encore.", "deuxième regard")
	s.press("l", "down", "enter").see("Which tool digs?", "Not yet.", "second look").press("l", "up", "enter")
	s = tell(t, o, 80, 40)
	s.choose("Mes progrès").see("Valent un deuxième regard", "• Quel outil creuse ?", "dans la leçon « La terre »")
}

// Who no longer wants to be asked finds where to change their mind, and where else they read with more space.
func TestSettingsAreFoundAndTurnedBack(t *testing.T) {
	s, o := reviewing(t)
	s.press("a", "enter", "c").see("Pas encore.").onward().press("f3").see("Passée.").press("esc")
	s.choose("Mes données").see("Me demander si ma réponse est sûre")
	if line := lineWith(s, "Me demander"); !strings.HasSuffix(line, "non") {
		t.Fatalf("it is not off: %q", line)
	}
	s.choose("Me demander")
	if line := lineWith(s, "Me demander"); !strings.HasSuffix(line, "oui") {
		t.Fatalf("it is not on again: %q", line)
	}
	s.choose("Lignes espacées")
	if !s.root.app.wide() {
		t.Error("wide spacing is not on")
	}
	later := tell(t, o, 80, 24)
	later.choose("Réviser").press("b", "enter").see("Votre réponse est-elle sûre")
}

func lineWith(s *story, text string) string {
	for line := range strings.Lines(s.screen()) {
		if strings.Contains(line, text) {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

func TestEndOfAReviewSaysWhatComesNextAndLeadsHome(t *testing.T) {
	s, _ := reviewing(t)
	for range 8 {
		s.press("f3").onward()
	}
	s.see("C’est assez pour aujourd’hui.", "Échap retour").press("end").see("D’autres questions reviendront à une prochaine séance")
	s.press("enter").see("Modules")
}

func TestProgressNamesLessonsAndWhatToDoNext(t *testing.T) {
	s, o := begin(t, 80, 24)
	s.press("enter").study()
	s = tell(t, o, 80, 40)
	s.choose("Mes progrès").see("Ensuite", "• 8 questions à revoir", "1 La terre (maîtrisée)", "bêcher")
}

// In a narrow window the titles of lessons have the room, not the words beside them.
func TestLessonTitlesHaveTheRoomInANarrowWindow(t *testing.T) {
	s, _ := begin(t, 40, 12)
	s.press("down", "enter").see("1 La terre", "7 min").miss("nouvelle")
	s.press("enter", "esc").see("1 La terre", "commencée").miss("7 min  ")
}

// Esc is called after where it leads.
func TestLessonFoundBySearchLeadsBackToTheSearch(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("enter").see("Échap module").press("esc", "esc", "/", `"planche"`).choose("Une bêche et une planche")
	s.see("étape 1/11", "Échap retour").miss("Échap module").press("esc").see("> planche")
}

// A lesson that was still being opened when the language changed, and an answer that was asked for in the one before, do
// not come in it.
func TestWhatArrivesInAnotherLanguageIsNotShown(t *testing.T) {
	s, _ := begin(t, 80, 24)
	_, opening := s.root.Update(keyMsg("enter"))
	s.press("l", "down", "enter")
	s.run(opening)
	s.see("Look first", "step 1/11").press("esc", "esc").choose("My progress").see("The garden").press("esc", "home", "enter", "space", "b", "enter", "esc", "esc")
	s.choose("My progress").see("The garden")
	old := s.root.top().(*record).found
	s.press("l", "up", "enter").see("Le jardin")
	s.send(old)
	s.see("Le jardin").miss("The garden")
}

package tui

import (
	"context"
	"encoding/base64"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fanal/progress"
	"fanal/progress/people"
	"fanal/study"

	"github.com/adrg/xdg"
	"golang.org/x/crypto/argon2"
)

// shared opens a store in a folder with people on it, by name, and returns the options of a start; documents go into a
// folder of the test's own.
func shared(t *testing.T, names ...string) (Options, map[string]progress.Learner) {
	t.Helper()
	o := someone(t, smallLibrary(t), "fr")
	o.Data = t.TempDir()
	store, err := progress.Open(o.Data, progress.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	o.Store = store
	all := map[string]progress.Learner{}
	for _, name := range names {
		if all[name], err = study.Register(store, name, "fr"); err != nil {
			t.Fatal(err)
		}
	}
	documents(t)
	return o, all
}

// documents makes a folder for what people save, for the length of a test.
func documents(t *testing.T) string {
	t.Helper()
	was := xdg.UserDirs.Documents
	xdg.UserDirs.Documents = t.TempDir()
	t.Cleanup(func() { xdg.UserDirs.Documents = was })
	return xdg.UserDirs.Documents
}

// locks gives people PINs that cost next to nothing to try.
func locks(t *testing.T, o Options, pins map[string]string) {
	t.Helper()
	salt, b64 := []byte("saltsalt"), base64.RawStdEncoding
	for id, pin := range pins {
		sum := argon2.IDKey([]byte(pin), salt, 1, 8, 1, 16)
		phc := "$argon2id$v=19$m=8,t=1,p=1$" + b64.EncodeToString(salt) + "$" + b64.EncodeToString(sum)
		if _, err := o.Store.Append(progress.Event{Learner: id, Verb: progress.Profiled, Profile: &progress.Profile{PIN: &phc}}); err != nil {
			t.Fatal(err)
		}
	}
}

// patient lets the waits of a gate pass at once, and says how long they were.
func (s *story) patient() *[]time.Duration {
	var waits []time.Duration
	s.root.app.gate.Sleep = func(_ context.Context, d time.Duration) error {
		waits = append(waits, d)
		return nil
	}
	return &waits
}

func TestPINIsSetAskedAndSlowsDownWhoGuesses(t *testing.T) {
	o, _ := shared(t, "Nour")
	s := tell(t, o, 80, 24)
	s.choose("Mes données").see("Nom", "Nour", "Codes faux de suite").choose("Mettre un code secret").see("évite les erreurs et la curiosité")
	s.press(`"12"`, "enter").see("au moins 4 chiffres")
	s.press(`"1234"`, "enter").see("encore une fois").miss("1234").press(`"1235"`, "enter").see("différents")
	s.press(`"1234"`, "enter", `"12 34"`, "enter").see("Le code secret est gardé.", "Changer mon code secret")

	later := tell(t, o, 80, 24)
	later.patient()
	later.see("Qui apprend ?").choose("Nour").see("Nour, votre code secret ?", "Code oublié ?")
	for range 3 {
		later.press(`"0000"`, "enter").see("Ce n’est pas ce code.").miss("0000")
	}
	again := tell(t, o, 80, 24) // a new start does not begin anew
	waits := again.patient()
	again.choose("Nour").press(`"0000"`, "enter").press(`"1234"`, "enter").see("fanal · Nour")
	if len(*waits) != 2 || (*waits)[0] != time.Second || (*waits)[1] != 2*time.Second {
		t.Errorf("waited %v", *waits)
	}
	again.choose("Mes données").choose("Enlever mon code secret").see("Mettre un code secret")
	tell(t, o, 80, 24).see("fanal · Nour") // one learner and no PIN: skipped
}

func TestThreeWordsAreOfferedToWhoDoesNotLikeDigits(t *testing.T) {
	o, all := shared(t, "Nour")
	s := tell(t, o, 80, 24)
	s.choose("Mes données").choose("Mettre un code secret").press("tab")
	words := ""
	for line := range strings.Lines(s.screen()) {
		if f := strings.Fields(line); len(f) == 3 && people.Check(line) == nil {
			words = strings.Join(f, " ")
		}
	}
	if words == "" {
		t.Fatalf("no three words\n%s", s.screen())
	}
	s.press(`"`+words+`"`, "enter", `"`+strings.ToUpper(words)+`"`, "enter").see("Le code secret est gardé.")
	l, err := o.Store.Learner(all["Nour"].ID)
	if err != nil || !people.Matches(l.PIN, words) {
		t.Errorf("%v: the words are not the PIN", err)
	}
}

func TestStartAtALessonAsksForThePINAndThenOpensIt(t *testing.T) {
	o, all := shared(t, "Nour", "Ali")
	locks(t, o, map[string]string{all["Nour"].ID: "1234"})
	l, _ := o.Store.Learner(all["Nour"].ID)
	o.Learner, o.Module, o.Lesson = &l, "garden", "soil"
	s := tell(t, o, 80, 24)
	s.see("Nour, votre code secret ?").miss("Regarder d’abord")
	s.press("esc").see("Qui apprend ?", "Ali").miss("Regarder d’abord")
	s.choose("Nour").press(`"1234"`, "enter").see("Regarder d’abord")
}

func TestMyDataIsReadTakenAwayAndErasedOnTheSpot(t *testing.T) {
	const canary = "Quetzalcoatlus"
	o, all := shared(t, canary, "Ali")
	l := all[canary]
	o.Learner = &l
	s := tell(t, o, 80, 24)
	s.press("enter").see("Regarder d’abord").press("n", `"note `+canary+`"`, "esc", "esc", "esc")
	s.choose("Mes données").choose("Lire tout ce qui est gardé").see("Nom : "+canary, "Numéro au hasard").press("end", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown")
	s.see("note " + canary).press("esc")
	s.choose("une page à lire").see("Où l’enregistrer").press("enter").see("Enregistré")
	page, err := os.ReadFile(filepath.Join(xdg.UserDirs.Documents, "fanal-quetzalcoatlus.html"))
	if err != nil || !strings.Contains(string(page), "Le jardin › La terre") || !strings.Contains(string(page), "note "+canary) {
		t.Errorf("the page: %v\n%.300s", err, page)
	}
	s.choose("un fichier pour un programme").press("enter").see("Enregistré")

	s.choose("Tout effacer sur moi").see("tapez effacer").press(`"oui"`, "enter").see("Rien n’est effacé")
	if _, err := o.Store.Learner(l.ID); err != nil {
		t.Fatal("erased without the word")
	}
	s.press("esc").choose("Tout effacer sur moi").press(`"Effacer"`, "enter").see("Reçu", "Effacé : "+canary, "il n’y reste rien")
	s.press("enter").see("fanal · Ali").miss(canary)
	err = filepath.WalkDir(o.Data, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".gz") { // packed files are looked into in progress/people
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), canary) {
			t.Errorf("%s is still in %s", canary, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMediatorSeesTheGroupResetsAPINAndEndsTheLoan(t *testing.T) {
	o, all := shared(t, "Inés", "Nour")
	nour := all["Nour"]
	locks(t, o, map[string]string{nour.ID: "9876"})
	o.Learner = &nour // studies a little, as herself
	nour.PIN = ""
	tell(t, o, 80, 24).press("enter", "space", "a", "enter").see("Pas encore.")

	ines := all["Inés"]
	o.Learner = &ines
	s := tell(t, o, 80, 24)
	s.miss("Suivi du groupe").choose("Mes données").miss("Animer l’atelier sur").choose("Mettre un code").press(`"1234"`, "enter", `"1234"`, "enter")
	s.choose("Animer l’atelier sur").see("Ne plus animer").press("esc")
	s.choose("Suivi du groupe").see("Nour", "░░░░░░░░ Le jardin", "0 leçon terminée sur 1")
	resize(s, 40, 12) // a bar never stands without its words
	s.see("░░░░░░░░ Le jardin", "0/1")
	resize(s, 80, 24)
	s.choose("Nour").see("1 réponse", "bêcher (0 sur 1)").press("esc")
	s.choose("Les questions").see("Quel outil creuse ?", "Posée à 1 personne", "A rake (1 personne)").press("esc")
	s.choose("tableur").press("enter").see("Enregistré")
	for _, table := range []string{"people", "objectives", "questions"} {
		text, err := os.ReadFile(filepath.Join(xdg.UserDirs.Documents, "fanal-suivi-"+table+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff")))
		r.Comma = ';'
		if rows, err := r.ReadAll(); err != nil || len(rows) != 2 {
			t.Errorf("%s: %v %v", table, rows, err)
		}
	}
	s.choose("Codes oubliés").see("anime l’atelier").choose("Nour").choose("Enlever le code secret oublié").see("Nour n’a plus de code secret")
	if l, _ := o.Store.Learner(nour.ID); l.PIN != "" {
		t.Error("the PIN is still there")
	}
	if n, _ := o.Store.Summary(nour.ID); n.Events < 3 {
		t.Errorf("the reset took events: %d are left", n.Events)
	}
	s.choose("Fin du prêt").see("2 personnes", "tapez effacer").press(`"effacer"`, "enter").see("Reçu", "Inés, Nour", "il n’y reste rien", "emporté sur une clé")
	s.press("enter")
	if !s.quit {
		t.Error("the program goes on without a store")
	}
	again, err := progress.Open(o.Data, progress.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if left, _ := again.Learners(); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Who studied on two laptops under two names becomes one person from the program alone, when a mediator says so.
func TestMediatorSaysThatTwoNamesAreOnePerson(t *testing.T) {
	o, all := shared(t, "Inés", "Nour", "Nour B.")
	locks(t, o, map[string]string{all["Inés"].ID: "1234"})
	if err := people.Appoint(o.Store, all["Inés"].ID, true); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Nour", "Nour B."} {
		_, err := o.Store.Append(progress.Event{
			Learner: all[name].ID, Verb: progress.Answered, Sitting: name, Module: "garden", Lesson: "soil", Question: "one", Right: true,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	s := tell(t, o, 80, 24)
	s.patient()
	s.choose("Inés").press(`"1234"`, "enter").choose("Suivi du groupe").choose("Codes oubliés").choose("Nour")
	s.choose("la même personne").see("Qui est la même personne que Nour", "2 événements").press("esc").see("Pour Nour")
	s.choose("la même personne").choose("Nour B.").see("rien ne peut le défaire", "tapez réunir")
	s.press(`"oui"`, "enter").see("Rien n’est changé").press("ctrl+u", `"Reunir"`, "enter").see("une seule personne à présent : Nour").miss("Nour B.")
	if sum, err := o.Store.Summary(all["Nour B."].ID); err != nil || sum.Events != 5 {
		t.Errorf("%+v %v", sum, err)
	}
}

func TestSecondMediatorNeedsTheFirstOnesPIN(t *testing.T) {
	o, all := shared(t, "Inés", "Nour")
	locks(t, o, map[string]string{all["Inés"].ID: "1234", all["Nour"].ID: "9876"})
	if err := people.Appoint(o.Store, all["Inés"].ID, true); err != nil {
		t.Fatal(err)
	}
	s := tell(t, o, 80, 24)
	s.patient()
	s.choose("Nour").press(`"9876"`, "enter").choose("Mes données").choose("Animer l’atelier sur").see("qui anime l’atelier ?")
	s.press(`"9876"`, "enter").see("Ce n’est pas ce code.").press("esc").see("Animer l’atelier sur")
	if l, _ := o.Store.Learner(all["Nour"].ID); people.IsMediator(l) {
		t.Fatal("a mediator by her own PIN")
	}
	s.choose("Animer l’atelier sur").press(`"1234"`, "enter").see("Ne plus animer").press("esc").see("Suivi du groupe")
}

func TestGuestHasNoPINAndNothingToErase(t *testing.T) {
	o := someone(t, smallLibrary(t), "fr")
	s := tell(t, o, 80, 24)
	s.press("tab").choose("Mes données").see("Rien n’est gardé sur l’ordinateur", "une page à lire").miss("code secret oublié", "Mettre un code", "Tout effacer")
}

func TestScreensOfPeopleFitEveryWindowInEveryLanguage(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
		o, all := shared(t, "Inés")
		locks(t, o, map[string]string{all["Inés"].ID: "1234"})
		if err := people.Appoint(o.Store, all["Inés"].ID, true); err != nil {
			t.Fatal(err)
		}
		for _, lang := range []string{"fr", "en", "es", "it"} {
			o.Lang = lang
			s := tell(t, o, size[0], size[1])
			w := s.root.app.words
			begin := func(text string) string { return string([]rune(text)[:min(12, len([]rune(text)))]) }
			check := func() {
				t.Helper()
				if lines := strings.Split(s.screen(), "\n"); len(lines) != size[1] {
					t.Fatalf("%v %s: %d lines\n%s", size, lang, len(lines), s.screen())
				}
				for _, id := range []string{"mine-", "pin-", "group-", "mediator-", "report-l", "report-n", "report-q", "wipe-", "<no value>"} {
					s.miss(id)
				}
			}
			s.choose("Inés")
			check()
			s.press(`"1234"`, "enter").choose(w.T("home-mine"))
			check()
			for _, row := range []string{"mine-read", "mine-save-page", "pin-row-change", "mine-erase"} {
				s.choose(begin(w.T(row)))
				check()
				s.press("esc")
			}
			s.press("esc").choose(w.T("home-group"))
			check()
			for _, row := range []string{"group-questions", "group-save-csv", "group-help"} {
				s.choose(begin(w.T(row)))
				check()
				s.press("esc")
			}
		}
	}
}

package tui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fanal/locale"
	"fanal/progress"
	"fanal/progress/carry"
)

// carrier is somebody at home in a folder of their own, on the row that leads to carrying.
func carrier(t *testing.T, lang, name string, size [2]int) *story {
	t.Helper()
	o := someone(t, smallLibrary(t), lang)
	s := tell(t, o, size[0], size[1]).press(`"`+name+`"`, "enter")
	return s.goCarry()
}

// goCarry opens the row of home that leads to carrying.
func (s *story) goCarry() *story {
	s.t.Helper()
	return s.choose(locale.New(s.root.app.words.Lang).T("home-carry"))
}

func TestProgressIsTakenAlongAndBroughtInOnScreens(t *testing.T) {
	for _, lang := range locale.Languages {
		for _, size := range [][2]int{{80, 24}, {40, 12}} {
			t.Chdir(t.TempDir())
			w := locale.New(lang)
			from := carrier(t, lang, "Fatou", size)
			from.choose(w.T("carry-take")).choose(w.T("carry-here")).press("end", "pgdown")
			if found, err := carry.Find("."); err != nil || len(found) != 1 {
				t.Fatalf("%v, %v\n%s", found, err, from.screen())
			}
			from.press("home").press("enter", "esc", "esc")
			if _, ok := from.root.top().(*home); !ok {
				t.Errorf("%s: not home again:\n%s", lang, from.screen())
			}
			to := carrier(t, lang, "Luca", size)
			to.choose(w.T("carry-bring"))
			to.press("enter")
			learners, err := to.root.app.Store.Learners()
			if err != nil || len(learners) != 2 {
				t.Errorf("%s: %v, %v\n%s", lang, learners, err, to.screen())
			}
		}
	}
}

func TestTheWordsOfCarryingAreSaid(t *testing.T) {
	t.Chdir(t.TempDir())
	s := carrier(t, "fr", "Fatou", [2]int{80, 24})
	s.see("Emporter mes progrès sur une clé USB", "Apporter des progrès d’une clé USB").miss("tout le monde")
	s.choose("Emporter mes progrès").see("Où écrire le fichier ?", "Le dossier actuel", "libres", "phrase secrète : non")
	s.choose("Le dossier actuel").see("C’est écrit et relu", "Vous pouvez retirer la clé USB.")
	s.press("enter", "esc").choose("Apporter").see("Quel fichier apporter ?", "progress-fatou")
	s.press("enter").see("Dans le fichier", "Ici maintenant", "Rien de nouveau", "la même chose des deux côtés")
}

func TestASealedBundleAsksForItsPassphraseOnTheScreen(t *testing.T) {
	t.Chdir(t.TempDir())
	s := carrier(t, "en", "Fatou", [2]int{80, 24})
	s.choose("Take my progress").choose("With a passphrase").see("A passphrase, four words or more")
	s.press(`"short"`, "enter").see("at least eight characters")
	s.press(`" words of mine?"`, "enter").see("once more").miss("words of mine")
	s.press(`"another"`, "enter").see("not the same", "passphrase: no")
	s.press("enter", `"four words of mine"`, "enter", `"four words of mine"`, "enter").see("passphrase: yes")
	s.press("home").choose("The current folder").see("You may remove the USB stick")
	found, err := carry.Find(".")
	if err != nil || len(found) != 1 || found[0].Seal != carry.WithPassphrase {
		t.Fatalf("%v, %v", found, err)
	}
	to := carrier(t, "en", "Luca", [2]int{80, 24})
	to.choose("Bring progress in").see(", passphrase")
	to.press("enter").see("The passphrase of progress-fatou").press(`"wrong ones"`, "enter").see("not the passphrase")
	to.press("enter", "enter", `"four words of mine"`, "enter").see("new event")
}

func TestWhoIsErasedElsewhereMakesRoomForTheNext(t *testing.T) {
	t.Chdir(t.TempDir())
	s := carrier(t, "en", "Fatou", [2]int{80, 24})
	s.choose("Take my progress").choose("The current folder").press("enter", "esc", "esc")
	// On another laptop she asks to be forgotten, and what is left of her comes back.
	other := progress.OpenMemory()
	found, err := carry.Find(".")
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if _, err := carry.MergeFile(context.Background(), found[0].Path, carry.Key{}, other, carry.MergeOptions{}); err != nil {
		t.Fatal(err)
	}
	learners, err := other.Learners()
	if err != nil || len(learners) != 1 {
		t.Fatal(learners, err)
	}
	if err := other.Erase(learners[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(found[0].Path); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(".", "all"+carry.Ext)
	if _, err := carry.Save(context.Background(), path, other, carry.Options{}, carry.Lock{}, false); err != nil {
		t.Fatal(err)
	}
	s.goCarry().choose("Bring progress in").press("enter")
	if _, ok := s.root.top().(*welcome); !ok {
		t.Errorf("somebody who is gone still sits here:\n%s", s.screen())
	}
	s.see("asked to be forgotten")
}

func TestADamagedBundleIsRefusedInWords(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("x"+carry.Ext, []byte("no bundle at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := carrier(t, "it", "Luca", [2]int{80, 24})
	s.choose("Carica").press("enter").see("non è un file di progressi")
	learners, err := s.root.app.Store.Learners()
	if err != nil || len(learners) != 1 {
		t.Errorf("%v, %v", learners, err)
	}
}

func TestAGuestHasNothingToCarry(t *testing.T) {
	o := someone(t, smallLibrary(t), "en")
	tell(t, o, 80, 24).press("tab").miss("Take or bring")
}

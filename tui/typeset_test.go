package tui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

func TestListItemsHangUnderTheirFirstWordWithinTheWidth(t *testing.T) {
	md := "Avant :\n\n- la table garde les informations, en lignes et en colonnes, et rien de plus que cela ;\n- la vue.\n\n" +
		"1. le premier pas est assez long pour tenir sur deux lignes de cet écran\n2. le second\n\nAprès."
	got := ansi.Strip(strings.Join(typeset(md, 40), "\n"))
	want := `Avant :

• la table garde les informations, en
  lignes et en colonnes, et rien de
  plus que cela ;
• la vue.

1. le premier pas est assez long pour
   tenir sur deux lignes de cet écran
2. le second

Après.`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestNoLineOfALessonIsWiderThanItsColumn(t *testing.T) {
	for _, md := range []string{
		"- " + strings.Repeat("mot ", 60), "> " + strings.Repeat("mot ", 60), "1. a\n   - " + strings.Repeat("mot ", 40),
		"| a | b |\n|---|---|\n| " + strings.Repeat("mot ", 20) + " | x |\n", "Un\u00a0texte\u00a0: " + strings.Repeat("oui\u00a0! ", 30),
	} {
		for _, width := range []int{38, 60, 72} {
			for _, l := range typeset(md, width) {
				if n := ansi.StringWidth(l); n > width {
					t.Errorf("%d columns of %d: %q", n, width, ansi.Strip(l))
				}
			}
		}
	}
}

// A no-break space keeps what it stands between on one line, and so do a number and the name of a file.
func TestNothingThatBelongsTogetherIsBroken(t *testing.T) {
	text := "Une question\u00a0: est-ce vrai\u202f? «\u00a0Oui, à 70\u00a0%, dit-elle.\u00a0» Et 1.500,25 dans visits.csv\u00a0!"
	for _, md := range []string{text, "- " + text + "\n- deux", "1. " + text + "\n2. deux", "> " + text} {
		for width := 24; width < 60; width++ {
			whole := ansi.Strip(strings.Join(typeset(md, width), "\n"))
			for l := range strings.SplitSeq(whole, "\n") {
				l = strings.TrimLeft(l, " │")
				if strings.IndexAny(l, ":?!%») .,") == 0 || strings.HasPrefix(l, "\u00a0") || strings.HasPrefix(l, "»") {
					t.Errorf("width %d: a line begins with %q", width, l)
				}
			}
			for _, one := range []string{"1.500,25", "visits.csv"} {
				if !strings.Contains(whole, one) {
					t.Errorf("width %d: %q is broken:\n%s", width, one, whole)
				}
			}
		}
	}
}

func TestNoCellOfATableLosesItsEnd(t *testing.T) {
	md := "| Compte | A | B |\n| --- | --- | --- |\n| Fraudes vues | 1 sur 2 | 2 sur 2 |\n| Décisions justes | 17 sur 20 | 14 sur 20 |"
	for width := 28; width < 60; width++ {
		got := ansi.Strip(strings.Join(typeset(md, width), ""))
		if n := strings.Count(got, "20"); n != 2 {
			t.Errorf("width %d:\n%s", width, ansi.Strip(strings.Join(typeset(md, width), "\n")))
		}
		for _, l := range typeset(md, width) {
			if ansi.StringWidth(l) > width {
				t.Errorf("width %d: %q", width, l)
			}
		}
	}
}

func TestALineThatBeginsWithANumberIsNoNewItem(t *testing.T) {
	got := ansi.Strip(strings.Join(typeset("- voyez pour cela le texte de la page 2. Puis revenez\n- fin", 36), "\n"))
	want := "• voyez pour cela le texte de la\n  page 2. Puis revenez\n• fin"
	for width := 20; width < 50; width++ {
		for _, l := range typeset("- voyez pour cela le texte de la page 2. Puis revenez\n- fin", width) {
			if strings.HasPrefix(l, "2.") {
				t.Errorf("width %d: %q", width, l)
			}
		}
	}
	if got != want {
		t.Errorf("got %q", got)
	}
}

func TestAStepThatIsAListBeginsAtOnce(t *testing.T) {
	for _, md := range []string{"- un\n- deux", "1. un\n2. deux"} {
		if l := typeset(md, 60); len(l) != 2 {
			t.Errorf("%q", l)
		}
	}
}

// An address is shown as the author wrote it, once, and nothing of a hyperlink is left on the screen.
func TestAddressesAreTextWhereverTheyStand(t *testing.T) {
	for _, tt := range []struct{ md, want string }{
		{"Écrivez à awa@example.org.", "Écrivez à awa@example.org."},
		{"Voir https://example.org/x pour plus.", "Voir https://example.org/x pour plus."},
		{"- <https://example.org/y>", "• https://example.org/y"},
		{"Demandez (awa@example.org) !", "Demandez (awa@example.org) !"},
		{"| qui | où |\n|---|---|\n| Awa | a@example.org |", "Awa|a@example.org"},
	} {
		t.Run(tt.md, func(t *testing.T) {
			got := safe(strings.Join(typeset(tt.md, 60), "\n"))
			for _, part := range strings.Split(tt.want, "|") {
				if strings.Count(ansi.Strip(got), part) != 1 {
					t.Errorf("%q is not once in %q", part, got)
				}
			}
			if strings.Contains(got, "]8;") || strings.Contains(got, "mailto") {
				t.Errorf("left of a hyperlink: %q", got)
			}
		})
	}
}

// A text that was written to take long is shown as it stands, with a note, and the rest of the step with it.
func TestATextThatTakesTooLongIsShownAsItStands(t *testing.T) {
	s := tell(t, someone(t, smallLibrary(t), "fr"), 80, 24)
	never := make(chan int)
	defer close(never)
	s.root.app.set.budget = 20 * time.Millisecond
	s.root.app.set.set = func(string, int) []string { <-never; return nil }
	s.press(`"Nour"`, "enter", "enter").see("Ce texte est montré tel qu’il est écrit", "Une bêche et une planche.")
	s.root.app.set.set = func(md string, _ int) []string { panic(md) }
	s.press("space").see("Ce texte est montré tel qu’il est écrit", "Quel outil creuse ?", "a  A rake")
}

func TestAPromptOfSeveralParagraphsIsOneLineInAList(t *testing.T) {
	if got := inline("Lisez :\n\nDiallo,\nMoreau\n\n**Combien** ?"); got != "Lisez : Diallo, Moreau Combien ?" {
		t.Errorf("%q", got)
	}
}

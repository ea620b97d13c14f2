package tui

import (
	"strings"
	"testing"

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

// A no-break space keeps what it stands between on one line.
func TestNoBreakSpacesAreNotBroken(t *testing.T) {
	for width := 10; width < 40; width++ {
		for _, l := range typeset("Une question\u00a0: est-ce vrai\u00a0? Oui, à 70\u00a0%\u00a0!", width) {
			l = strings.TrimLeft(ansi.Strip(l), " ")
			for _, mark := range []string{":", "?", "!", "%"} {
				if strings.HasPrefix(l, mark) {
					t.Errorf("width %d: a line begins with %q", width, mark)
				}
			}
		}
	}
}

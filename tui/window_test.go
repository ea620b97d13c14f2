package tui

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// question writes a question of a module, with a prompt that is its id.
func question(kind, id, more string) string {
	return fmt.Sprintf("[[question]]\nid = %q\ntype = %q\nobjective = \"dig\"\nprompt = %q\nhint = \"Look.\"\nexplanation = \"So it is.\"\n%s\n",
		id, kind, strings.ToUpper(id), more)
}

// options writes n options of a question, of which the one numbered right is right.
func options(n, right int, text string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "[[question.option]]\nid = \"o%d\"\ntext = \"%s%d\"\ncorrect = %t\nfeedback = \"Option %d.\"\n", i, text, i, i == right, i)
	}
	return b.String()
}

// alone is a garden whose only lesson is one question, opened in a window of this size.
func alone(t *testing.T, width, height int, scene, q string) (*story, Options) {
	t.Helper()
	toml := "objectives = [\"dig\"]\nsources = []\n"
	if scene != "" {
		toml += "[[scene]]\nid = \"sc\"\ntext = \"\"\"" + scene + "\"\"\"\n"
	}
	o := someone(t, garden(t, map[string]string{
		"en/soil.md": "# The soil\n\n<!-- ask: q -->\n", "fr/soil.md": "# La terre\n\n<!-- ask: q -->\n",
		"en/soil.toml": toml + q, "fr/soil.toml": toml + q,
	}), "fr")
	return tell(t, o, width, height).press(`"Nour"`, "enter", "enter"), o
}

// A scene that does not fit is read from its beginning to its end before anything is chosen, with the key that reads on
// everywhere, and again with the keys that scroll.
func TestSceneLongerThanTheWindowIsReadToItsEnd(t *testing.T) {
	var scene []string
	for i := range 20 {
		scene = append(scene, fmt.Sprintf("Sentence number %d of it.", i))
	}
	for _, q := range []string{
		question("choice", "q", "scene = \"sc\"\nshuffle = false\n"+options(3, 1, "Thing ")),
		question("fill-in", "q", "scene = \"sc\"\nanswers = [\"x\"]\n"),
	} {
		s, _ := alone(t, 40, 12, strings.Join(scene, "\n\n"), q)
		s.see("number 0", "↓ suite")
		seen := map[int]bool{}
		look := func() {
			for i := range scene {
				seen[i] = seen[i] || strings.Contains(s.screen(), scene[i])
			}
		}
		for range 12 {
			look()
			s.press("down")
		}
		if len(seen) != len(scene) || seen[0] != true || seen[10] != true || seen[19] != true {
			t.Errorf("not all of the scene can be read: %v", seen)
		}
		s.see("Q")
		for range 5 {
			s.press("pgup")
		}
		s.see("number 0")
	}
}

// An option under the cursor is in sight to its last line.
func TestOptionUnderTheCursorIsSeenWhole(t *testing.T) {
	s, _ := alone(t, 40, 12, "", question("choice", "q", "shuffle = false\n"+options(6, 1, strings.Repeat("word ", 16)+"end")))
	for i := range 6 {
		s.press(string(rune('a' + i))).see(fmt.Sprintf("end%d", i))
	}
}

// Every letter that stands before something to choose chooses it: a hint, the language, moving up and down have other keys.
func TestLettersThatAnswerAreNoCommands(t *testing.T) {
	s, _ := alone(t, 80, 40, "", question("choice", "q", "shuffle = false\n"+options(20, 1, "Thing ")))
	s.see("a-t choisir", "F2 indice", "F3 passer", "F4 aide")
	for i := range 20 {
		s.press(string(rune('a' + i))).see(fmt.Sprintf("▸ %c  Thing %d", 'a'+i, i))
	}
	s.press("f2").see("Indice", "Look.")
	s, _ = alone(t, 80, 24, "", question("choice", "q", "shuffle = false\n"+options(8, 1, "Thing ")))
	s.see("F2 indice", "s passer", "? aide").press("h").see("▸ h  Thing 7").miss("Indice").press("l").see("Choisir la langue")
}

// In a low window the item under the cursor and all that it can be given are on the screen together.
func TestMatchingShowsItemAndChoicesTogetherInASmallWindow(t *testing.T) {
	var pairs string
	for i := range 6 {
		pairs += fmt.Sprintf("[[question.pair]]\nid = \"p%d\"\nleft = \"Left %d\"\nright = \"Right %d\"\n", i, i, i)
	}
	s, _ := alone(t, 40, 12, "", question("matching", "q", pairs))
	s.press("down", "up")
	for i := range 6 {
		s.see(fmt.Sprintf("▸ %d [ _ ]  Left %d", i+1, i), "Right 0", "Right 1", "Right 2", "Right 3", "Right 4", "Right 5")
		s.press(lettersFor(t, s, fmt.Sprintf("Right %d", i))...)
	}
	s.press("enter").see("Juste.")
}

// What is pasted arrives where something is written, and nowhere else.
func TestPastedTextArrivesInTheFieldOnTop(t *testing.T) {
	paste := func(s *story, text string) *story { s.send(tea.PasteMsg{Content: text}); return s }
	s, o := alone(t, 80, 24, "", question("long-fill-in", "q", "model = \"m\"\ncriteria = [\"c\"]\n"))
	paste(s, "First line\r\nand\u202e the second").see("▌ First line", "▌ and the second").press("tab").see("Vous avez écrit")
	s.press("a", "enter").see("Juste.").press("n")
	paste(s, "a note").press("esc").see("a note")
	known, _ := o.Store.Learners()
	if m, err := o.Store.Marks(known[0].ID, ""); err != nil || len(m) != 1 || m[0].Note != "a note" {
		t.Errorf("the note pasted on a question is not kept: %+v %v", m, err)
	}
	s, _ = alone(t, 80, 24, "", question("fill-in", "q", "answers = [\"spade\"]\n"))
	paste(s, "spade\n").press("enter").see("Juste.")
	s, _ = begin(t, 80, 24)
	paste(s.press("/"), "bêche").see("> bêche").press("enter")
	paste(s, "lost").press("esc").see("> bêche").miss("lost")
}

// Nobody chooses what they do not see, and what stands around a choice can be read.
func TestListScrollsThroughTextsAroundItsChoices(t *testing.T) {
	did := 0
	var l list
	var rows []row
	for i := range 20 {
		rows = append(rows, row{left: fmt.Sprintf("text %d", i)})
	}
	rows[12].do = func() (move, tea.Cmd) { did++; return move{}, nil }
	l.set(rows)
	l.loose = true
	key := func(name string) string {
		l.key(keyMsg(name))
		return ansi.Strip(l.view(newTheme(nil), 40, 6))
	}
	if s := l.view(newTheme(nil), 40, 6); !strings.Contains(s, "text 0") {
		t.Errorf("does not begin with its beginning:\n%s", s)
	}
	if s := key("enter"); did != 0 || !strings.Contains(s, "▸ text 12") {
		t.Errorf("a choice out of sight was taken %d times:\n%s", did, s)
	}
	if key("enter"); did != 1 {
		t.Error("the choice in sight is not taken")
	}
	s := ""
	for range 20 {
		s = key("down")
	}
	if !strings.Contains(s, "text 19") {
		t.Errorf("the last line cannot be read:\n%s", s)
	}
	for range 40 {
		s = key("up")
	}
	if !strings.Contains(s, "text 0") {
		t.Errorf("the first line cannot be read again:\n%s", s)
	}
}

// A window that has become wider is drawn twice: Bubble Tea takes the new columns for empty after the first time, and leaves
// there what was drawn.
func TestWindowThatBecameWiderIsDrawnOnceMore(t *testing.T) {
	s, _ := begin(t, 40, 12)
	var asked []tea.Msg
	s.root.app.later = func(_ time.Duration, msg tea.Msg) tea.Cmd { asked = append(asked, msg); return nil }
	resize(s, 30, 12)
	if len(asked) > 0 {
		t.Errorf("a window that has become narrower asks for %v", asked)
	}
	resize(s, 80, 24)
	if len(asked) != 1 {
		t.Fatalf("asks for %v", asked)
	}
	_, cmd := s.root.Update(asked[0])
	if cmd == nil || !reflect.DeepEqual(cmd(), tea.ClearScreen()) {
		t.Error("is not drawn again")
	}
	resize(s, 100, 24)
	if _, cmd := s.root.Update(asked[0]); cmd != nil {
		t.Error("is drawn again for a width that it has no more")
	}
}

// What is too long for the last line takes more of them: a sentence that says what to do is no use without its end.
func TestTroubleIsReadToItsEnd(t *testing.T) {
	s, _ := begin(t, 40, 12)
	s.press("p", "n", `"nour"`, "enter").see("Nour est déjà dans la liste", "ajoutez une initiale.")
	if n := strings.Count(s.screen(), "\n"); n != 11 {
		t.Errorf("%d lines", n+1)
	}
}

// There is help on every screen: where letters are text, by a key that is no letter.
func TestHelpIsThereWhereLettersAreText(t *testing.T) {
	o := someone(t, smallLibrary(t), "fr")
	s := tell(t, o, 80, 24)
	s.see("F4 aide").press("f4").see("Aide", "sans laisser de trace").press("esc").see("Bienvenue")
	s.press("enter", "/").see("F4 aide").press("f4").see("Partout").press("f4").see("Chercher")
}

func TestLanguageKeyPressedAgainDoesNotPileUp(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("l", "l").miss("Choisir la langue").see("Commencer")
}

func TestTextThatGoesOnBelowTheWindowSaysSo(t *testing.T) {
	s, _ := begin(t, 80, 24)
	s.press("?").see("Aide").miss("suite ↓")
	resize(s, 80, 16)
	s.see("suite ↓", "↑↓ défiler").press("end").miss("suite ↓")
}

// Titles and sentences that are too long for a narrow window go on in the next line.
func TestHeadingsAreReadWholeInANarrowWindow(t *testing.T) {
	s, _ := begin(t, 40, 12)
	s.press("enter", "o", "end", "enter").press("a", "enter", "space").see("Il reste 8 questions sans réponse", "leçon n’est pas finie.")
	long := strings.Repeat("Un titre assez long ", 4) + "se termine ici"
	o := someone(t, garden(t, map[string]string{"fr/soil.md": "# La terre\n\n## " + long + "\n\nTexte.\n\n<!-- ask: tool -->\n"}), "fr")
	s = tell(t, o, 40, 12).press(`"Nour"`, "enter", "enter")
	s.see("se termine ici", "Texte.")
}

// In a wide window what stands at the right of a row is still near what stands at its left.
func TestRowsStayNarrowInAWideWindow(t *testing.T) {
	s, _ := begin(t, 200, 60)
	rows := strings.Split(s.screen(), "\n")
	for _, line := range rows[2 : len(rows)-1] {
		if n := ansi.StringWidth(strings.TrimSpace(line)); n > 80 && !strings.Contains(line, "──") {
			t.Errorf("%d columns: %q", n, line)
		}
	}
}

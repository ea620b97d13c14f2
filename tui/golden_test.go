package tui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fanal/locale"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// The screens of the main job as people see them, in four languages and two windows. Look at the difference before
// updating: what is cut, unaligned or untranslated here is so on the screen.
func TestScreensLookAsTheyShouldInEveryLanguageAndWindow(t *testing.T) {
	for _, lang := range locale.Languages {
		for _, size := range [][2]int{{80, 24}, {40, 12}} {
			name := fmt.Sprintf("%s-%dx%d", lang, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				o := someone(t, smallLibrary(t), lang)
				s := tell(t, o, size[0], size[1])
				var b strings.Builder
				take := func(title string) { fmt.Fprintf(&b, "== %s\n%s\n", title, s.screen()) }
				take("welcome")
				s.press(`"Nour"`, "enter")
				take("home")
				s.press("p")
				take("learners")
				s.press("esc", "down", "enter")
				take("module")
				s.press("i")
				take("about the module")
				s.press("esc", "enter")
				take("a text")
				s.press("space")
				take("a question")
				s.press("h", "a", "enter")
				take("not yet")
				s.press("r", "b", "enter")
				take("right")
				s.onward()
				take("an exercise")
				s.onward().press("a", "c", "enter").onward().press("b", "enter").onward()
				take("a gap")
				s.press("f3").onward()
				take("a number")
				s.press("f3").onward()
				take("pairs")
				s.press("s").onward()
				take("an order")
				s.press("s")
				take("an order that was skipped")
				s.onward()
				take("free text")
				s.press(`"ok"`, "tab")
				take("the model answer")
				s.press("b", "enter").onward()
				take("a scale")
				s.press("a", "enter").onward()
				take("result")
				s.press("?")
				take("help")
				s.press("esc", "l")
				take("language")
				golden(t, name, b.String())
			})
		}
	}
}

// onward presses Space until the next step has come.
func (s *story) onward() *story {
	s.t.Helper()
	_, here := s.root.top().Title()
	for range 20 {
		s.press("space")
		if _, there := s.root.top().Title(); there != here {
			return s
		}
	}
	s.t.Fatalf("no way on\n%s", s.screen())
	return s
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name+".txt")
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			old := ""
			if i < len(w) {
				old = w[i]
			}
			t.Fatalf("%s line %d:\n got %q\nwant %q\n(go test ./tui -run %s -update, after looking)", file, i+1, g[i], old, "Screens")
		}
	}
	t.Fatalf("%s: %d lines, want %d", file, len(g), len(w))
}

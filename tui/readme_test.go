package tui

import (
	"os"
	"strings"
	"testing"

	"fanal/modules"
)

const readme = "../README.md"

// The README opens with what the program shows, and not with what it showed once.
func TestReadmeOpensWithWhatTheProgramShows(t *testing.T) {
	lib := &modules.Library{}
	for _, id := range []string{"no-code", "data-governance", "ai-ethics"} {
		lib.Put(modules.Open(os.DirFS("../content/"+id), modules.Origin{Kind: modules.BuiltIn, Path: id}))
	}
	s := tell(t, someone(t, lib, "en"), 80, 24)
	s.press(`"Nour"`, "enter", "enter", "space").see("step 2/")
	s.press("b", "enter").see("Right.")
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), "```text\n")
	old, after, ok2 := strings.Cut(rest, "```\n")
	if !ok || !ok2 {
		t.Fatal("the README has no picture")
	}
	if picture := strings.TrimRight(s.screen(), "\n") + "\n"; old != picture {
		if !*update {
			t.Fatalf("the README shows another screen (go test ./tui -run Readme -update):\n%s", picture)
		}
		if err := os.WriteFile(readme, []byte(before+"```text\n"+picture+"```\n"+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

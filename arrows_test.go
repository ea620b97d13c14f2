package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The rooms and which of ours each may import. Whoever adds an arrow adds it here, and says why in the commit.
var arrows = map[string][]string{
	"fanal/locale":          {},
	"fanal/content":         {},
	"fanal/progress":        {},
	"fanal/modules/quiz":    {},
	"fanal/modules":         {"fanal/modules/quiz"},
	"fanal/modules/check":   {"fanal/modules", "fanal/modules/quiz"},
	"fanal/modules/bring":   {"fanal/modules", "fanal/modules/quiz"},
	"fanal/modules/find":    {"fanal/modules", "fanal/modules/quiz"},
	"fanal/modules/pack":    {"fanal/modules", "fanal/modules/quiz", "fanal/modules/check"},
	"fanal/progress/carry":  {"fanal/progress"},
	"fanal/progress/people": {"fanal/progress"},
	"fanal/progress/report": {"fanal/modules", "fanal/modules/quiz", "fanal/progress", "fanal/study"}, // the learner's own numbers, for others
	"fanal/study":           {"fanal/modules", "fanal/modules/quiz", "fanal/progress"},
}

// The ends of the house, which may know what is below them.
var ends = []string{"fanal", "fanal/bench", "fanal/cli", "fanal/tui", "fanal/tui/linear"}

func TestArrowsOfTheHouseRunOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		pkg, imports := words[0], words[1:]
		if _, held := arrows[pkg]; !held && !slices.Contains(ends, pkg) {
			t.Errorf("%s is a new room: say above what it may know", pkg)
		}
		for _, imp := range imports {
			if !strings.HasPrefix(imp, "fanal/") {
				continue
			}
			allowed, held := arrows[pkg]
			if held && !slices.Contains(allowed, imp) {
				t.Errorf("%s must not know %s", pkg, imp)
			}
			if strings.HasPrefix(imp, "fanal/cli") && pkg != "fanal" {
				t.Errorf("%s must not know the command line", pkg)
			}
			if strings.HasPrefix(imp, "fanal/tui") && pkg != "fanal/cli" && !strings.HasPrefix(pkg, "fanal/tui") {
				t.Errorf("%s must not know a front end (%s)", pkg, imp)
			}
			if imp == "fanal/content" && pkg != "fanal/cli" && pkg != "fanal" {
				t.Errorf("%s must not know the built-in modules", pkg)
			}
		}
	}
}

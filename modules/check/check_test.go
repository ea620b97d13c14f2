package check_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fanal/locale"
	"fanal/modules"
	"fanal/modules/check"
	"fanal/tui"
)

var update = flag.Bool("update", false, "write the golden sentences anew")

var memo = map[string][]check.Finding{}

// found gives what is found in a case, which is checked once.
func found(name string, changes map[string]string) []check.Finding {
	if _, there := memo[name]; !there {
		memo[name] = checked(changes)
	}
	return memo[name]
}

func TestAGoodModuleIsLeftInPeace(t *testing.T) {
	for _, f := range checked(nil) {
		t.Error(f)
	}
}

// A finding that nobody is told, or at the wrong place, is one that learners will suffer. Every code has a case.
func TestEveryFaultIsSaidAtItsPlace(t *testing.T) {
	covered := map[modules.Code]bool{}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range found(c.name, c.changes) {
				covered[f.Code] = true
				got = append(got, f.Place()+" "+string(f.Code))
			}
			if want := strings.Split(c.want, "\n"); !slices.Equal(got, want) {
				t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), c.want)
			}
		})
	}
	for _, code := range append(loading, check.Codes()...) {
		if !covered[code] {
			t.Errorf("no case makes %q", code)
		}
	}
}

// What the checker says, as people read it, in two languages. Read the difference before updating.
func TestEveryFaultIsSaidInWordsThatHelp(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		w := locale.New(lang)
		var b strings.Builder
		for _, c := range cases {
			fmt.Fprintf(&b, "== %s\n", c.name)
			for _, f := range found(c.name, c.changes) {
				fmt.Fprintf(&b, "%s: %s\n", f.Place(), tui.Sentence(w, f))
			}
		}
		file := "testdata/sentences-" + lang + ".txt"
		if *update {
			if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got, golden := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
		for i := range got {
			if i >= len(golden) || got[i] != golden[i] {
				t.Fatalf("%s:%d: the sentence is now\n%s", file, i+1, got[i])
			}
		}
		if len(got) != len(golden) {
			t.Fatalf("%s has %d lines, want %d", file, len(golden), len(got))
		}
	}
}

// A message that misses in one language would show its id to people.
func TestEveryFaultHasASentenceInEveryLanguage(t *testing.T) {
	for _, lang := range locale.Languages {
		w := locale.New(lang)
		for _, c := range cases {
			for _, f := range found(c.name, c.changes) {
				id, _ := f.Spoken()
				if s := tui.Sentence(w, f); strings.Contains(s, id) || strings.Contains(s, "no value") || strings.Contains(s, "check-thing") {
					t.Errorf("%s in %s: %s", c.name, lang, s)
				}
			}
		}
	}
}

// A sentence that no case says is one that nobody has read at its place.
func TestEverySentenceOfTheCheckerHasACase(t *testing.T) {
	words, err := os.ReadFile("../../locale/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for _, c := range cases {
		for _, f := range found(c.name, c.changes) {
			id, _ := f.Spoken()
			said[id] = true
		}
	}
	others := []string{ // what stands around sentences; what translating says; and a disk that cannot be read
		"check-about", "check-as-advice", "check-at", "check-clean", "check-failed", "check-no-module", "check-renewed", "check-to-translate", "check-unreadable",
	}
	for _, m := range regexp.MustCompile(`(?m)^(check-[a-z0-9-]+) =`).FindAllStringSubmatch(string(words), -1) {
		if id := m[1]; !said[id] && !slices.Contains(others, id) && !strings.HasPrefix(id, "check-thing-") {
			t.Errorf("no case makes anybody say %s", id)
		}
	}
}

func TestWarningsDoNotStopAPack(t *testing.T) {
	found := checked(swap("fr/brew.md", "Faites du thé.", "Faites du thé 🙂."))
	if len(found) != 1 || !found[0].Warning || check.Errors(found) != 0 {
		t.Errorf("an emoji is %v", found)
	}
	found = checked(swap("fr/brew.md", "Faites du thé.", "Faites du <b>thé</b>."))
	if check.Errors(found) != len(found) || len(found) == 0 {
		t.Errorf("HTML is %v", found)
	}
}

func TestAllIsSaidAtOnce(t *testing.T) {
	found := checked(both(swap("fr/brew.toml", "explanation = \"Heat makes it boil.\"\n", ""), swap("en/brew.md", "# Make tea", "# Make <i>tea</i>"),
		swap("module.toml", "kind = \"course\"", "kind = \"course\"\nkindness = 1")))
	if len(found) < 3 {
		t.Errorf("of three faults in three files, %v are said", found)
	}
	if !slices.IsSortedFunc(found, func(a, b check.Finding) int { return strings.Compare(a.File, b.File) }) {
		t.Errorf("not sorted: %v", found)
	}
}

// Whatever bytes a folder holds, checking it ends, and says something of what cannot be read.
func FuzzModule(f *testing.F) {
	f.Add(manifest, brewFR, brewTOML)
	f.Add(manifest, "# a\n\n<!-- ask: hot -->\n\n![](x)[a](b)<b>\n|a|b|c|d|\n|-|-|-|-|\n", "question = [1]\n[[scene]]\n")
	f.Add("format = 1\nsource = \"fr\"\nlanguages = [\"fr\"]\nlessons = [\"brew\"]\nobjective = [{}]", "> [!EXERCISE]\n\n#\n##", "[[question]]\ntype=\"choice\"\noption=[{correct=true},{}]")
	f.Add(manifest, strings.Repeat("> ", 50)+"a", strings.Repeat("[", 50))
	italian := locale.New("it")
	f.Fuzz(func(t *testing.T, module, md, toml string) {
		found := checked(map[string]string{
			"module.toml": module, "fr/brew.md": md, "fr/brew.toml": toml, "en/brew.md": md + "x", "en/test-a.toml": toml, "fr/glossary.toml": toml,
			"en/translation.toml": toml, "fr/facilitator.md": md,
		})
		for _, p := range found {
			if p.File == "" || p.Line < 0 || (p.Line == 0) != (p.Col == 0) {
				t.Errorf("nowhere: %v", p)
			}
			tui.Sentence(italian, p)
		}
	})
}

func BenchmarkModule(b *testing.B) {
	fsys := tea(nil)
	for b.Loop() {
		check.Module(fsys, check.Options{Folder: "tea"})
	}
}

package people_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"fanal/locale"
	"fanal/progress/people"
)

var update = flag.Bool("update", false, "write the tables of docs/privacy.md anew")

const privacyPage = "../../docs/privacy.md"

// The page for people who want to know must say what the code stores, field by field.
func TestPrivacyPageSaysEveryStoredField(t *testing.T) {
	text, err := os.ReadFile(privacyPage)
	if err != nil {
		t.Fatal(err)
	}
	want := string(text)
	want = between(t, want, "<!-- fields", "<!-- end of fields -->", fieldsTable())
	want = between(t, want, "<!-- files", "<!-- end of files -->", filesTable())
	if *update {
		if err := os.WriteFile(privacyPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if now, _ := os.ReadFile(privacyPage); string(now) != want {
		t.Error("docs/privacy.md is not what the table says (go test ./progress/people -run Privacy -update)")
	}
	for _, must := range []string{"does not stop someone who takes the file", "a quarter of an hour"} {
		if !strings.Contains(strings.ReplaceAll(want, "\n", " "), must) {
			t.Errorf("the page does not say: %s", must)
		}
	}
}

func fieldsTable() string {
	w := locale.New("en")
	var b strings.Builder
	b.WriteString("\n| what it is, and why | field | leaves |\n| --- | --- | --- |\n")
	for _, about := range people.Abouts() {
		var names []string
		for _, f := range people.Fields() {
			if f.About == about {
				names = append(names, "`"+f.Record+"."+f.Name+"`")
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", w.T(about), strings.Join(names, " "), people.LeavingOf(about))
	}
	b.WriteString("\n")
	return b.String()
}

func filesTable() string {
	var b strings.Builder
	b.WriteString("\n| file | about people |\n| --- | --- |\n")
	for _, p := range people.Places() {
		word := "no"
		if p.Personal {
			word = "yes"
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", p.Pattern, word)
	}
	b.WriteString("\n")
	return b.String()
}

// between puts a text between two marks, each on a line of its own.
func between(t *testing.T, page, from, to, text string) string {
	t.Helper()
	begin := strings.Index(page, from)
	end := strings.Index(page, to)
	if begin < 0 || end < begin {
		t.Fatalf("no %s … %s in the page", from, to)
	}
	begin += strings.Index(page[begin:], "\n") + 1
	return page[:begin] + text + page[end:]
}

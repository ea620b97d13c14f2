package find_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fanal/modules"
	"fanal/modules/find"
)

// Whatever an author wrote and whatever is typed, a match shows text that is there, with marks on whole characters.
func FuzzInPages(f *testing.F) {
	for _, seed := range [][2]string{
		{"Une **bêche** et du temps. L’eau.", "beche"},
		{"| a | b |\n|---|---|\n| un | deux |", `"un deux"`},
		{"&#27;[2J `code` œuvre", "oeuvre"},
		{"e\u0301te\u0301 É ß ẞ", "été"},
		{strings.Repeat("mot ", 300), "mot"},
		{"aaaaa'bbb.ccc\n- x\n", "«bbb"},
		{"İstanbul", "istanbul"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, text, query string) {
		if len(text) > 4000 || len(query) > 200 {
			return
		}
		step := &modules.Step{ID: "t1", Blocks: []modules.Block{{Markdown: modules.Clean(text)}}}
		for _, lang := range []string{"fr", "en"} {
			for _, m := range find.InPages([]find.Page{{Step: step}}, lang, query) {
				last := 0
				for _, k := range m.Marks {
					if k.Start < last || k.End <= k.Start || k.End > len(m.Snippet) {
						t.Fatalf("mark %v after %d of %q", k, last, m.Snippet)
					}
					if !utf8.RuneStart(m.Snippet[k.Start]) || k.End < len(m.Snippet) && !utf8.RuneStart(m.Snippet[k.End]) {
						t.Fatalf("mark %v cuts a character of %q", k, m.Snippet)
					}
					last = k.Start
				}
				if len(m.Marks) == 0 || strings.Contains(m.Snippet, "\n") {
					t.Fatalf("snippet %q, marks %v", m.Snippet, m.Marks)
				}
			}
		}
	})
}

package modules_test

import (
	"strings"
	"testing"
)

// written gives the Markdown of a lesson's one text step.
func written(t *testing.T, md string) string {
	t.Helper()
	l := mustLesson(t, open(map[string]string{"fr/serve.md": "# T\n\n" + md}), "fr", "serve")
	var parts []string
	for _, s := range l.Steps {
		for _, b := range s.Blocks {
			parts = append(parts, b.Markdown)
		}
	}
	return strings.Join(parts, "\n\n")
}

func TestWhatAScreenCannotDoIsSaidInText(t *testing.T) {
	tests := []struct{ name, md, want string }{
		{"a term", "A [**big** kettle](glossary:kettle).", "A **big** kettle."},
		{"a lesson", "See [there](lesson:tea/serve).", "See there."},
		{"a file", "Take [the list](files/list.csv).", "Take the list (files/list.csv)."},
		{"a page", "See [the page](https://example.org/a_b_c).", "See the page (https://example.org/a_b_c)."},
		{"a page by its address", "See [https://example.org](https://example.org).", "See https://example.org."},
		{"a page in brackets", "See <https://example.org/*>.", "See https://example.org/%2A."},
		{"a page with marks in its address", "[a](<https://x/*[b]>)", "a (https://x/%2A%5Bb%5D)"},
		{"a page defined below", "See [the page][1].\n\n[1]: https://example.org", "See the page (https://example.org)."},
		{"a mail address", "[me@example.org](mailto:me@example.org)", "me@example.org"},
		{"a link without text", "[](https://example.org)", "https://example.org"},
		{"an image", "See ![two **cups** on\na table](files/cups.png).", "See two **cups** on\na table."},
		{"an image in a link", "[![cups](a.png)](https://example.org)", "cups (https://example.org)"},
		{"an image without text", "See ![](cups.png) there.", "See  there."},
		{"HTML in a line", "A <b>bold</b> word<br>.", "A bold word."},
		{"HTML around", "Before.\n\n<div>\nhidden\n</div>\n\nAfter.", "Before.\n\nAfter."},
		{"a comment", "Before.\n<!-- not shown -->\nAfter.", "Before.\n\nAfter."},
		{"HTML alone in emphasis", "A *<br>* b.", "A  b."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := written(t, tt.md); got != tt.want {
				t.Errorf("%q became %q, want %q", tt.md, got, tt.want)
			}
		})
	}
}

func TestTextIsCopiedAsItsAuthorWroteIt(t *testing.T) {
	for _, md := range []string{
		"Some *text* with **marks**, `code` and ``a ` tick``.",
		"Two lines\nof a paragraph.",
		"A hard\\\nbreak.",
		"Escaped \\* star, &amp; and &eacute;.",
		"***both*** and un*usual*ly",
		"_**a** b_",
		"### A smaller heading",
		"- one\n- two\n  - three\n- four",
		"- one\n\n  more\n\n- two",
		"3. three\n4. four",
		"- one\n\n* other list",
		"> A quote\n>\n> of two paragraphs",
		"> - a list\n>   in a quote",
		"```sh\nrm *\n\n  <b>\n```",
		"````\n```\n````",
		"| a | b |\n|:--|--:|\n| 1 | `x\\|y` |\n| 2 |  |",
		"* * *",
		"Text with [brackets] and ![ too.",
		"1986\\. A year.",
		"\\- no list",
		"a < b, c > d",
	} {
		if got := written(t, md); got != md {
			t.Errorf("%q became %q", md, got)
		}
	}
	for md, want := range map[string]string{
		"a\n    - b":             "a\n\\- b",  // four spaces: a line of the paragraph, and still one
		"a\n    # b":             "a\n\\# b",  //
		"a\n      1. b":          "a\n1\\. b", //
		"[- a](glossary:kettle)": "\\- a",     // what stood in a link begins no list
		"    code":               "```\ncode\n```",
		"a  \nb":                 "a\\\nb",
		"Title\n---\n\nText":     "Text", // a heading of the second level is a step's
		"_a_ and __b__":          "*a* and **b**",
		"~~~\na\n~~~":            "```\na\n```",
		"+ a\n+ b":               "+ a\n+ b",
		"1) a\n2) b":             "1) a\n2) b",
		"|a|\n|-|\n|b|\n\n- |x|": "| a |\n|---|\n| b |\n\n- \\|x|",
	} {
		if got := written(t, md); got != want {
			t.Errorf("%q became %q, want %q", md, got, want)
		}
	}
}

func TestACalloutIsABlockOfItsOwn(t *testing.T) {
	md := "Before.\n\n> [!Tip] On the line.\n> And below.\n>\n> - a list\n\n> [!SOLUTION]\n>\n> Far below.\n\n> A quote.\n\nAfter.\n\n> [!DEBATE]\n"
	l := mustLesson(t, open(map[string]string{"fr/serve.md": "# T\n\n" + md}), "fr", "serve")
	var got []string
	for _, b := range l.Steps[0].Blocks {
		got = append(got, b.Callout+":"+b.Markdown)
	}
	want := []string{":Before.", "tip:On the line.\nAnd below.\n\n- a list", "solution:Far below.", ":> A quote.\n\nAfter.", "debate:"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("blocks = %q\nwant     %q", got, want)
	}
}

func TestTextsOfQuestionsAreReducedToo(t *testing.T) {
	toml := `[[question]]
id = "q"
type = "true-false"
objective = "pour"
prompt = "A [kettle](glossary:kettle) {{}} <b>\u001b[2J&#27;[2J</b>"
hint = "See [1](https://example.org)"
explanation = "Plain \u202e text"
feedback = "- one\n- two"
answer = true
`
	q := mustLesson(t, open(map[string]string{"fr/serve.toml": toml}), "fr", "serve").Questions()[0]
	for got, want := range map[string]string{
		q.Prompt: "A kettle {{}} [2J\ufffd[2J", q.Hint: "See 1 (https://example.org)", q.Explanation: "Plain  text", q.Feedback: "- one\n- two",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

package linear_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fanal/locale"
	"fanal/tui/linear"
)

func TestMarkdownCanBeListenedTo(t *testing.T) {
	for name, c := range map[string]struct{ md, want string }{
		"emphasis is only heard":    {"A **strong** and *soft* `word`", "A strong and soft word"},
		"lines of a paragraph join": {"one\ntwo", "one two"},
		"a hard break stays":        {"one  \ntwo", "one\ntwo"},
		"items stand one a line":    {"- a\n- b\n  - c\n\nend", "- a\n- b\n  - c\nend"},
		"numbers go on from theirs": {"3. c\n4. d", "3. c\n4. d"},
		"an item of two paragraphs": {"1. a\n\n   b", "1. a\n   b"},
		"an address is said":        {"[the page](https://example.org/x)", "the page (https://example.org/x)"},
		"an address is said once":   {"<https://example.org>", "https://example.org"},
		"an image is its text":      {"![a map of the town](map.png)", "a map of the town"},
		"entities are letters":      {"caf&eacute; &amp; &#233; \\*", "café & é *"},
		"code keeps its lines":      {"```\na = 1\n\nb\n```", "a = 1\n\nb"},
		"a rule is nothing":         {"a\n\n---\n\nb", "a\nb"},
		"a comment is nothing":      {"a\n\n<!-- x -->\n\nb", "a\nb"},
		"a quotation is announced":  {"> said", "Quotation:\nsaid"},
		"a table row by row": {
			"| Name | Town |\n|---|---|\n| Ada | Turin |\n| Bo | |\n",
			"Table, 2 rows. Columns: Name, Town\nRow 1 of 2\nName: Ada\nTown: Turin\nRow 2 of 2\nName: Bo\nTown: empty",
		},
		"a smaller heading": {"### More\n\ntext", "More\ntext"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := linear.Set(c.md, "en"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestLinesBreakBetweenWords(t *testing.T) {
	for name, c := range map[string]struct {
		text          string
		width, indent int
		want          []string
	}{
		"short":                  {"one two", 10, 0, []string{"one two"}},
		"no width, no break":     {"one two three", 0, 0, []string{"one two three"}},
		"between words":          {"one two three", 8, 0, []string{"one two", "three"}},
		"not at a no-break":      {"un deux\u00a0: trois", 10, 0, []string{"un deux\u00a0:", "trois"}},
		"further lines indented": {"a) one two three", 8, 3, []string{"a) one", "   two", "   three"}},
		"a word too wide":        {"x abcdefghij y", 5, 0, []string{"x", "abcdefghij", "y"}},
		"wide letters count two": {"日本 日本", 6, 0, []string{"日本", "日本"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := linear.Wrap(c.text, c.width, c.indent); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestLettersAreReadKindly(t *testing.T) {
	for text, want := range map[string][]int{
		"a": {0}, "B": {1}, "bca": {1, 2, 0}, "b c a": {1, 2, 0}, "b, c; a.": {1, 2, 0}, "a)": {0}, "b-c": {1, 2},
		"": nil, " ": nil, "d": nil, "1": nil, "ab1": nil, "oui": nil, "é": nil, ":": nil,
	} {
		got, ok := linear.Letters(text, 3)
		if ok != (want != nil) || ok && !slices.Equal(got, want) {
			t.Errorf("letters(%q) = %v, %v; want %v", text, got, ok, want)
		}
	}
}

func TestCommandsBeginWithAColon(t *testing.T) {
	for line, want := range map[string]string{
		":q": "q", ": q": "q", ":Q": "q", ":quitter": "q", ":salir": "q", ":aide": "?", ":?": "?", ":l fr": "l fr", ":l": "l",
		"q": "", "quit": "", ":": "", ":zz": "", ":)": "", "": "",
	} {
		cmd, arg, ok := linear.Command(line)
		got := ""
		if ok {
			got = strings.TrimSpace(string(cmd) + " " + arg)
		}
		if got != want {
			t.Errorf("command(%q) is %q, want %q", line, got, want)
		}
	}
}

func TestNothingButTextReachesTheTerminal(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain":            {"Café\u00a0: 日本, 50 €\n", "Café\u00a0: 日本, 50 €\n"},
		"escape":           {"a\x1b[31mb\x1b]0;x\x07c", "a[31mb]0;xc"},
		"C1":               {"a\u009b31mb\u0085", "a31mb"},
		"C1 as a byte":     {"a\x9b31m", "a\ufffd31m"},
		"a lone return":    {"right\rwrong", "rightwrong"},
		"backspace, bell":  {"a\b\ab", "ab"},
		"delete":           {"a\x7fb", "ab"},
		"turned round":     {"a\u202eb\u2066c\u200fd", "abcd"},
		"zero width":       {"a\u200bb\u200dc\ufeffd\u2060", "abcd"},
		"tags":             {"a\U000e0041b", "ab"},
		"variations":       {"a\ufe0fb\U000e0100", "ab"},
		"line separators":  {"a\u2028b\u2029c", "abc"},
		"fillers":          {"a\u3164b\u115f", "ab"},
		"a tab is a space": {"a\tb", "a b"},
	} {
		t.Run(name, func(t *testing.T) {
			var whole, split bytes.Buffer
			mustWrite(t, linear.NewFilter(&whole), c.in)
			f := linear.NewFilter(&split)
			for i := range len(c.in) { // a character may come in pieces
				mustWrite(t, f, c.in[i:i+1])
			}
			if whole.String() != c.want || split.String() != c.want {
				t.Errorf("got %q and, byte by byte, %q; want %q", whole.String(), split.String(), c.want)
			}
		})
	}
}

func mustWrite(t *testing.T, w io.Writer, s string) {
	t.Helper()
	if n, err := io.WriteString(w, s); err != nil || n != len(s) {
		t.Fatal(n, err)
	}
}

// A text that was written to take long, or to break what sets it, is read out as it stands.
func TestATextThatCannotBeSetIsSaidAsItStands(t *testing.T) {
	var out bytes.Buffer
	linear.SayUnset("Un *deux*\n\n\x1b[2J- &#27;[2J trois\n", linear.Speaker(&out))
	got := strings.ReplaceAll(out.String(), "\u00a0", " ")
	for _, want := range []string{"tel qu’il est écrit", "Un *deux*", "[2J trois"} {
		if !strings.Contains(got, want) {
			t.Errorf("not said: %q in %q", want, got)
		}
	}
	if strings.ContainsFunc(got, func(r rune) bool { return r != '\n' && !linear.Printable(r) }) {
		t.Errorf("what a terminal obeys: %q", got)
	}
}

func TestWhatTakesTooLongIsNotWaitedFor(t *testing.T) {
	never := make(chan int)
	defer close(never)
	for name, c := range map[string]struct {
		budget time.Duration
		f      func() int
		ok     bool
	}{
		"in time":   {time.Minute, func() int { return 7 }, true},
		"too late":  {time.Millisecond, func() int { return <-never }, false},
		"no budget": {0, func() int { return 7 }, false},
		"a panic":   {time.Minute, func() int { panic("x") }, false},
	} {
		if got, ok := linear.InTime(c.budget, c.f); ok != c.ok || (got == 7) != c.ok {
			t.Errorf("%s: %d, %v", name, got, ok)
		}
	}
}

func FuzzNoTextSteersTheTerminal(f *testing.F) {
	for _, seed := range []string{
		"plain", "&#27;[2J", "&#x9b;31m", "> quoted\n> > twice", "```\n> spoof\n```", "a\x1b]52;c;AA==\x07", "| a | b |\n|-|-|\n| > | |",
		"&gt; entity", "\\> escaped", "- > item\n1. > item", "&#8238;turned", "a  \n> b", "<b>\n> html\n</b>", "\xff\xfe", "&#62; x",
		"\u200b> x", "&#8203;> x",
	} {
		f.Add(seed, 0)
		f.Add(seed, 7)
	}
	f.Fuzz(func(t *testing.T, md string, width int) {
		if len(md) > 1<<10 {
			return // how long the parser takes is the reader's business
		}
		var out bytes.Buffer
		linear.SayAll(md, width%200, linear.Speaker(&out))
		for _, r := range out.String() {
			if r != '\n' && !linear.Printable(r) {
				t.Fatalf("wrote %U", r)
			}
		}
		if !utf8.Valid(out.Bytes()) {
			t.Fatal("not UTF-8")
		}
		for line := range strings.Lines(out.String()) {
			if strings.HasPrefix(line, ">") {
				t.Fatalf("looks like the prompt: %q", line)
			}
		}
	})
}

// Every message that the package names is there, in four languages.
func TestEverySentenceIsThere(t *testing.T) {
	id := regexp.MustCompile(`"((?:linear|callout|verdict)-[a-z0-9-]*[a-z0-9])"`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range id.FindAllStringSubmatch(string(src), -1) {
			found++
			for _, lang := range locale.Languages {
				// A missing message is shown as its id; one with a plural needs a number.
				if locale.New(lang).T(m[1]) == m[1] && locale.New(lang).N(m[1], 1) == m[1] {
					t.Errorf("%s: %s has no words in %s", name, m[1], lang)
				}
			}
		}
	}
	for _, id := range []string{"linear-state-new", "linear-state-begun", "linear-state-done", "linear-state-mastered"} {
		if locale.New("it").T(id) == id {
			t.Errorf("%s has no words", id)
		}
	}
	if found < 50 {
		t.Errorf("found only %d messages", found)
	}
}

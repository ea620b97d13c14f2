package modules_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"fanal/modules"
)

func TestLimitsHoldBeforeAnythingIsParsed(t *testing.T) {
	x := strings.Repeat
	md := func(text string) map[string]string { return map[string]string{"fr/serve.md": "# T\n\n" + text} }
	toml := func(text string) map[string]string { return map[string]string{"fr/serve.toml": text} }
	tests := []struct {
		name    string
		changes map[string]string
		code    modules.Code
		line    int
	}{
		{"a text of 257 KiB", md(x("word ", 257<<10/5)), modules.TooBig, 0},
		{"a long line", md("a\n\n" + x("word ", 1700)), modules.TooLong, 5},
		{"a long word", md(x("a", 2049)), modules.TooLong, 3},
		{"deep quotes", md(x("> ", 17) + "a"), modules.TooDeep, 3},
		{"deep lists", md(x("- ", 17) + "a"), modules.TooDeep, 3},
		{"deep lists of numbers", md(x("1. ", 17) + "a"), modules.TooDeep, 3},
		{"lists deeper from line to line", md(nested(17)), modules.TooDeep, 0},
		{"deep emphasis", md(x("*a **a ", 9) + x("a** a* ", 9)), modules.TooDeep, 3},
		{"many headings", md(x("### a\n\n", 500)), modules.TooMany, 1001},
		{"many fences", md(x("```\na\n```\n", 201)), modules.TooMany, 604},
		{"many links", md(x("[a](b)\n", 1001)), modules.TooMany, 1003},
		{"many addresses of links", md(x("[a]: /b\n", 1001)), modules.TooMany, 1003},
		{"many comments", md(x("<!-- a\n", 1001)), modules.TooMany, 1003},
		{"a long code block", md("```\n" + x("code code\n", 3300) + "```"), modules.TooLong, 4},
		{"a wide table", md(x("|a", 51) + "\n" + x("|-", 51) + "|\n"), modules.TooMany, 4},
		{"a long table", md("|a|\n|-|\n" + x("|b\n", 501)), modules.TooMany, 4},
		{"tables that are made of missing cells", md(x(x("|a", 49)+"\n"+x("|-", 49)+"\n"+x("|\n", 400)+"\n", 2)), modules.TooMany, 407},
		{"a table in a list", md("- " + x("|a", 51) + "\n  " + x("|-", 51) + "\n"), modules.TooMany, 4},
		{"deep brackets", toml("a = " + x("[", 17)), modules.TooDeep, 1},
		{"deep tables", toml("a = " + x("{a=", 17)), modules.TooDeep, 1},
		{"a long dotted key", toml(x("a.", 8) + "a = 1"), modules.TooMany, 1},
		{"a long dotted header", toml("\n[" + x("a.", 8) + "a]"), modules.TooMany, 2},
		{"a long dotted key within", toml("a = [{" + x("a.", 8) + "a = 1}]"), modules.TooMany, 1},
		{"brackets after a string", toml("a = \"\"\"\n\\\"\"\"\"\"\nb = " + x("[", 17)), modules.TooDeep, 3},
		{"quotes in a prompt", toml("[[question]]\nid = \"a\"\ntype = \"true-false\"\nprompt = \"" + x("> ", 17) + "\""), modules.TooDeep, 4},
		{"quotes in a scene", toml("[[scene]]\nid = \"a\"\ntext = \"\"\"\n" + x("> ", 17) + "\"\"\""), modules.TooDeep, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := open(tt.changes).Lesson("fr", "serve")
			var p *modules.Problem
			if !errors.As(err, &p) || p.Code != tt.code || tt.line != 0 && p.Line != tt.line {
				t.Errorf("said: %v; want %s in line %d", err, tt.code, tt.line)
			}
		})
	}
}

// nested is a list with a list in it, and so on.
func nested(depth int) string {
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, "%s- a\n", strings.Repeat("  ", i))
	}
	return b.String()
}

func TestWhatIsWithinTheLimitsIsRead(t *testing.T) {
	x := strings.Repeat
	for name, md := range map[string]string{
		"quotes":   x("> ", 16) + "a",
		"lists":    nested(16),
		"headings": x("### a\n\n", 499),
		"fences":   x("```\na\n```\n", 200),
		"links":    x("[a](b)\n", 1000),
		"code":     "```\n" + x("code code\n", 3200) + "```",
		"a table":  x("|a", 50) + "\n" + x("|-", 50) + "\n" + x("|b\n", 400),
		"a line":   x("word ", 1600),
		"a word":   x("a", 2048),
		"dashes":   "a\n\n- - -\n\n" + x("b\n", 600),
		"a ruler":  x("a\n", 600) + "---\n" + x("b\n", 600),
	} {
		if _, err := open(map[string]string{"fr/serve.md": "# T\n\n" + md}).Lesson("fr", "serve"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// These are what parsers have died of: each must be refused or read within a moment.
func TestNoFileTakesLong(t *testing.T) {
	x := func(s string) string { return strings.Repeat(s, 250<<10/len(s)) }
	lines := func(s string) string { return x(strings.Repeat(s, 1000/len(s)) + "\n") }
	for name, text := range map[string]string{
		"brackets": x("["), "braces": x("{"), "keys": x("a."), "quotes": x(`"`), "threes": x(`"""`), "tables": x("[a]\n"), "arrays": x("[[a]]\n"),
		"arrays in arrays": x("[[a]]\n[[a.b]]\n"), "different": numbered("k%d = 1\n"), "headers": numbered("[t%d]\n"), "values": "a = [" + x("1,") + "]",
		"inline": "a = [" + x("{},") + "]", "dotted": numbered("a.b.c.d.e.f.g.k%d = 1\n"), "backslashes": `a = "` + x(`\\`), "comments": x("#\n"),
		"questions": x("[[question]]\n"), "text": `a = """` + lines("word ") + `"""`,
		"md brackets": lines("["), "md images": lines("!["), "md links": lines("[a](b"), "md nested links": lines("[a](") + lines(")"), "md stars": lines("*a "),
		"md stars and lines": lines("*a _b "), "md strong": lines("a**b"), "md ticks": lines("` `` ``` "), "md angle": lines("<a "), "md comments": lines("<!-- a "), "md notes": lines("a<!--a ") + "-->",
		"md tables": lines("|-"), "md rows": "|a|\n|-|\n\n" + lines("|"), "md quotes": x("> > > > a\n"), "md lists": x("- - - - a\n"), "md items": x("- a\n"),
		"md references": numbered("[r%d]: /u\n"), "md uses": "[r]: /u\n\n" + lines("[r] "), "md entities": lines("&#27;"), "md headings": x("# a\n"),
		"md rules": x("---\n"), "md fences": x("```\n"), "md html": x("<div>\n"), "md escapes": lines(`\`), "md words": lines("a "), "md words*": lines("a* "),
	} {
		for _, file := range []string{"module.toml", "fr/serve.toml", "fr/serve.md"} {
			if strings.HasPrefix(name, "md ") != strings.HasSuffix(file, ".md") {
				continue
			}
			if strings.HasSuffix(file, ".md") {
				text = "# T\n\n" + text
			}
			start := time.Now()
			_ = loadAll(open(map[string]string{file: text}))
			if d := time.Since(start); d > 5*time.Second { // a hundred times what they take
				t.Errorf("%s as %s took %v", name, file, d)
			} else if testing.Verbose() && d > 100*time.Millisecond {
				t.Logf("%s as %s took %v", name, file, d)
			}
		}
	}
}

func numbered(form string) string {
	var b strings.Builder
	for i := 0; b.Len() < 250<<10; i++ {
		fmt.Fprintf(&b, form, i)
	}
	return b.String()
}

// A liar is a file system whose files say that they are small.
type liar struct{ fs.FS }

func (l liar) Open(name string) (fs.File, error) {
	f, err := l.FS.Open(name)
	return liarFile{f}, err
}

type liarFile struct{ fs.File }

func (f liarFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return liarInfo{info}, err
}

type liarInfo struct{ fs.FileInfo }

func (liarInfo) Size() int64 { return 10 }

func TestAFileIsCountedAndNotBelieved(t *testing.T) {
	big := tea(map[string]string{"module.toml": manifest + strings.Repeat("# comment\n", 30000)})
	_, err := modules.Open(liar{big}, modules.Origin{}).Manifest()
	var p *modules.Problem
	if !errors.As(err, &p) || p.Code != modules.TooBig {
		t.Errorf("a file of 300 KB that says 10 bytes gives %v", err)
	}
	if _, err := modules.Open(liar{tea(nil)}, modules.Origin{}).Manifest(); err != nil {
		t.Errorf("a file of 400 bytes that says 10 gives %v", err)
	}
}

func FuzzModule(f *testing.F) {
	f.Add([]byte(manifest), []byte(lesson), []byte(brew))
	for _, s := range []string{
		"a = \"\"\"\"\"\"\"\"", "a = ''''''''", "a = \"\\", "[[a.b]]\n[a.b.c]", "a = [[[[{b = [", "'a.b'.\"c\" = 1", "a = {b = 1, c.d = 2}", "a=1979-05-27 07:32:00Z",
		"# T\n> [!NOTE]\n> a", "# T\n\n- - -\n> > a", "# T\n|a|\n|-|\n|\\||", "# [a]: b\n[a]", "<!-- ask: hot -->", "# T\n<!-- ask: hot --><!-- ask: cold -->",
		"# *a `b` **c***", "# T\n&#27;[&#27](a)", "# T\n![[a](b)](c)[](d)<e:f>", "\xff\x00", "\ufeff", "# T\n\n\ta\n  b  \nc", "# T\n*[b*](a)*",
	} {
		f.Add([]byte(manifest), []byte(lesson+s), []byte(s))
		f.Add([]byte(s), []byte(s), []byte(brew+s))
	}
	f.Fuzz(func(t *testing.T, module, questions, text []byte) {
		if len(module)+len(questions)+len(text) > 64<<10 {
			return
		}
		start := time.Now()
		m := open(map[string]string{"module.toml": string(module), "fr/brew.toml": string(questions), "fr/brew.md": string(text), "fr/index.md": string(text)})
		m.Inspect(func(p *modules.Problem) {
			if s := p.Error(); strings.ContainsFunc(s, acts) || p.Code == "" {
				t.Fatalf("%q is no sentence", s)
			}
		})
		_ = loadAll(m)
		if d := time.Since(start); d > 5*time.Second {
			t.Fatalf("took %v", d)
		}
		if _, err := m.Manifest(); err != nil {
			return
		}
		l, err := m.Lesson("fr", "brew")
		if err != nil {
			return
		}
		ids := map[string]bool{}
		for _, s := range l.Steps {
			if ids[s.ID] || s.ID == "" {
				t.Fatalf("step %q twice", s.ID)
			}
			ids[s.ID] = true
			for _, b := range s.Blocks {
				if b.Markdown != modules.Clean(b.Markdown) {
					t.Fatalf("%q is not clean", b.Markdown)
				}
			}
		}
		if title, err := m.Title("fr"); err != nil || title != l.Title {
			t.Fatalf("title %q of %q, %v", title, l.Title, err)
		}
	})
}

func BenchmarkParseLesson(b *testing.B) {
	text := "# T\n\n" + strings.Repeat(strings.TrimPrefix(brew, "# Brew *tea*\n"), 20)
	text = strings.ReplaceAll(text, "<!-- ask: hot -->", "")
	text = strings.ReplaceAll(text, "<!-- ask: cold -->", "")
	m := open(map[string]string{"fr/brew.md": text})
	b.SetBytes(int64(len(text) + len(lesson)))
	for b.Loop() {
		if _, err := m.Lesson("fr", "brew"); err != nil {
			b.Fatal(err)
		}
	}
}

package find_test

import (
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"fanal/content"
	"fanal/modules"
)

// builtIn is the library of the modules that come with the program.
func builtIn(t testing.TB) *modules.Library {
	t.Helper()
	lib := &modules.Library{}
	for _, id := range content.Modules {
		sub, err := fs.Sub(content.FS, id)
		if err != nil {
			t.Fatal(err)
		}
		lib.Put(modules.Open(sub, modules.Origin{Kind: modules.BuiltIn, Path: id}))
	}
	return lib
}

// A corpus writes modules of made-up French: words with the frequencies of a language, their plurals and accents.
type corpus struct {
	rng   *rand.Rand
	words []string
	bytes int // of what can be found
}

func newCorpus(vocabulary int) *corpus {
	c := &corpus{rng: rand.New(rand.NewPCG(1, 2))}
	onsets := []string{"b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "ch", "tr", "pl", "gr", "br"}
	vowels := []string{"a", "e", "i", "o", "u", "é", "è", "ou", "an", "on", "ai", "eu"}
	ends := []string{"", "", "s", "e", "es", "er", "ent", "tion", "tions", "ment", "eur", "able", "ique", "age"}
	seen := map[string]bool{}
	for len(c.words) < vocabulary {
		var b strings.Builder
		for range 1 + len(c.words)/(vocabulary/3+1) + c.rng.IntN(2) {
			b.WriteString(onsets[c.rng.IntN(len(onsets))] + vowels[c.rng.IntN(len(vowels))])
		}
		b.WriteString(ends[c.rng.IntN(len(ends))])
		if w := b.String(); !seen[w] {
			seen[w] = true
			c.words = append(c.words, w)
		}
	}
	return c
}

// word draws a word: the n-th of them is n times rarer than the first.
func (c *corpus) word() string {
	n := float64(len(c.words))
	return c.words[min(int(math.Exp(c.rng.Float64()*math.Log(n)))-1, len(c.words)-1)]
}

func (c *corpus) sentence(n int) string {
	w := make([]string, n)
	for i := range w {
		w[i] = c.word()
	}
	return strings.ToUpper(w[0][:1]) + strings.Join(w, " ")[1:] + "."
}

const manifest = `format = 1
id = "%s"
version = "1.0.0"
kind = "job"
license = "CC0-1.0"
authors = ["a test"]
source = "fr"
languages = ["fr"]
lessons = [%s]
level = "basic"
audience = ["learner"]
[[objective]]
id = "try"
`

// module writes a module of so many lessons of some 700 words and six questions.
func (c *corpus) module(fsys fstest.MapFS, id string, lessons int) {
	put := func(name, text string) {
		fsys[id+"/"+name] = &fstest.MapFile{Data: []byte(text)}
		if strings.HasSuffix(name, ".md") {
			c.bytes += len(text)
		}
	}
	var names []string
	for i := range lessons {
		names = append(names, fmt.Sprintf("%q", fmt.Sprintf("lesson-%d", i)))
	}
	put("module.toml", fmt.Sprintf(manifest, id, strings.Join(names, ", ")))
	put("fr/index.md", "# "+c.sentence(4)+"\n\n"+c.sentence(20)+"\n")
	put("fr/index.toml", "[objectives]\ntry = \"essayer\"\n")
	var terms strings.Builder
	for i := range 10 {
		term, definition := c.word(), c.sentence(14)
		c.bytes += len(term) + len(definition)
		fmt.Fprintf(&terms, "[[term]]\nid = \"t%d\"\nterm = %q\ndefinition = %q\n", i, term, definition)
	}
	put("fr/glossary.toml", terms.String())
	for i := range lessons {
		var md, questions strings.Builder
		md.WriteString("# " + c.sentence(5) + "\n")
		questions.WriteString("objectives = [\"try\"]\nsources = []\n")
		for j := range 6 {
			fmt.Fprintf(&md, "\n## %s\n", c.sentence(5))
			for range 3 {
				fmt.Fprintf(&md, "\n%s %s %s\n", c.sentence(12), c.sentence(13), c.sentence(13))
			}
			fmt.Fprintf(&md, "\nVoir le [mot](glossary:t%d).\n\n<!-- ask: q%d -->\n", j, j)
			prompt := c.sentence(15)
			c.bytes += len(prompt)
			fmt.Fprintf(&questions, "[[question]]\nid = \"q%d\"\ntype = \"true-false\"\nobjective = \"try\"\nprompt = %q\nanswer = true\nexplanation = %q\n",
				j, prompt, c.sentence(15))
		}
		put(fmt.Sprintf("fr/lesson-%d.md", i), md.String())
		put(fmt.Sprintf("fr/lesson-%d.toml", i), questions.String())
	}
}

// library writes n modules of 8 lessons.
func (c *corpus) library(t testing.TB, n int) *modules.Library {
	t.Helper()
	fsys := fstest.MapFS{}
	for i := range n {
		c.module(fsys, fmt.Sprintf("m%04d", i), 8)
	}
	lib := &modules.Library{}
	for i := range n {
		id := fmt.Sprintf("m%04d", i)
		own := fstest.MapFS{}
		for name, f := range fsys {
			if rest, ok := strings.CutPrefix(name, id+"/"); ok {
				own[rest] = f
			}
		}
		lib.Put(modules.Open(own, modules.Origin{Kind: modules.Folder, Path: id}))
	}
	return lib
}

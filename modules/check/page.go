package check

import (
	"regexp"
	"slices"
	"strconv"

	"fanal/modules"

	"github.com/yuin/goldmark/ast"
)

// A page is one Markdown file.
type page struct {
	name, src string
	doc       ast.Node
	steps     []step
}

// A step is one of those that a lesson is cut into, without the questions that no line places.
type step struct {
	key    string // "t1", "q:one-place"
	offset int
}

// page reads a file; nil when it is not there, or beyond the limits.
func (c *checker) page(name string) *page {
	c.read[name] = true
	src, ok := modules.ReadText(c.fsys, name)
	if !ok {
		c.broken[name] = slices.Contains(c.files, name)
		return nil
	}
	doc := modules.ParseMarkdown(src)
	if doc == nil {
		c.broken[name] = true
		return nil
	}
	p := &page{name: name, src: src, doc: doc}
	p.cut()
	return p
}

func (p *page) at(offset int) spot {
	line, col := modules.Place(p.src, offset)
	return spot{file: p.name, line: line, col: col}
}

var ask = regexp.MustCompile(`^[ \t]*<!--[ \t]*ask:[ \t]*(\S+?)[ \t]*-->[ \t]*\n?$`)

// cut finds where the program cuts the text: at the headings of the second level, and where a question is placed.
func (p *page) cut() {
	texts := 0
	begun, empty, start := false, false, 0 // something stands in the piece; its heading has nothing under it yet; where it begins
	end := func() {
		if begun || empty {
			texts++
			p.steps = append(p.steps, step{"t" + strconv.Itoa(texts), start})
		}
		begun, empty = false, false
	}
	for n := p.doc.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.HTMLBlock:
			m := ask.FindStringSubmatch(string(n.Lines().Value([]byte(p.src))))
			if m == nil {
				continue
			}
			if begun {
				end()
			}
			empty = false
			p.steps = append(p.steps, step{"q:" + m[1], modules.OffsetOf(n)})
			continue
		case *ast.Heading:
			if n.Level == 2 {
				end()
				empty, start = true, modules.OffsetOf(n)
				continue
			}
			if n.Level == 1 {
				continue
			}
		}
		if !begun && !empty {
			start = modules.OffsetOf(n)
		}
		begun = true
	}
	end()
}

// A stretch is a text during which a learner only reads: where it begins, and how many words it has.
type stretch struct{ start, words int }

// stretches gives the texts between the placed questions. An exercise ends a stretch as a question does: it is done, not
// read. The last stretch is the one at the end.
func (p *page) stretches() []stretch {
	var all []stretch
	from := 0
	cut := func(to int) {
		all = append(all, stretch{from, modules.CountWords(p.src[from:to])})
		from = to
	}
	for n := p.doc.FirstChild(); n != nil; n = n.NextSibling() {
		at := modules.OffsetOf(n)
		switch n.Kind() {
		case ast.KindHTMLBlock:
			if ask.Match(n.Lines().Value([]byte(p.src))) {
				cut(at)
			}
		case ast.KindBlockquote:
			if exercise.MatchString(p.src[at:]) {
				cut(at)
			}
		}
	}
	cut(len(p.src))
	return all
}

var exercise = regexp.MustCompile(`(?i)^\s*\[!exercise\]`)

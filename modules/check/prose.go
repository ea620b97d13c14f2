package check

import (
	"bytes"
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fanal/modules"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// A prose is a text that people read: a lesson, or a string of a TOML file.
type prose struct {
	c   *checker
	ed  *edition
	src []byte
	at  func(offset int) spot
}

// markdown checks a parsed text.
func (p *prose) markdown(doc ast.Node) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if length := utf8.RuneCountInString(modules.PlainText(n, p.src)); length > longestHeading {
				p.say(n, LongHeading, strconv.Itoa(length), "")
			}
			p.signs(p.flow(n))
		case *extast.Table:
			if columns := len(n.Alignments); columns > mostColumns {
				p.say(n, WideTable, strconv.Itoa(columns), "")
			}
		case *extast.TableCell:
			p.signs(p.flow(n))
		case *ast.Paragraph, *ast.TextBlock:
			f := p.flow(n)
			p.signs(f)
			p.lengths(f)
		case *ast.HTMLBlock:
			p.html(n, string(n.Lines().Value(p.src))+closure(n, p.src))
		case *ast.RawHTML:
			p.html(n, string(n.Segments.Value(p.src)))
		case *ast.Image:
			if modules.PlainText(n, p.src) == "" {
				p.say(n, NoAlt, string(n.Destination), "")
			}
			p.link(n, string(n.Destination))
		case *ast.Link:
			p.link(n, string(n.Destination))
		}
		return ast.WalkContinue, nil
	})
}

func closure(n *ast.HTMLBlock, src []byte) string {
	if n.HasClosure() {
		return string(n.ClosureLine.Value(src))
	}
	return ""
}

func (p *prose) say(n ast.Node, code modules.Code, value, want string) {
	p.c.say(p.at(modules.OffsetOf(n)), code, "", value, want)
}

// marked are the characters that make a string more than its letters.
const marked = "<[!\n`*_|\\#>"

// text checks a string of a TOML file, all of which stands at one spot.
func (p *prose) text(s string) {
	if strings.ContainsAny(s, marked) {
		if doc := modules.ParseMarkdown(s); doc != nil {
			p.src = []byte(s)
			p.markdown(doc)
		}
		return
	}
	f := flow{text: s}
	p.signs(f)
	p.lengths(f)
}

var comment = regexp.MustCompile(`(?s)^\s*(<!--.*?-->\s*)*$`)

var tag = regexp.MustCompile(`<[^>]*>`)

// html reports HTML, but for comments, which no learner sees: ask lines, and notes to translators.
func (p *prose) html(n ast.Node, html string) {
	if !comment.MatchString(html) && !strings.HasPrefix(html, "</") { // what closes was opened before
		p.say(n, RawHTML, cmp.Or(tag.FindString(html), html), "")
	}
}

// link follows a link.
func (p *prose) link(n ast.Node, to string) {
	scheme, rest, _ := strings.Cut(to, ":")
	switch {
	case scheme == "glossary":
		if p.ed.glossary && !slices.Contains(p.ed.terms, rest) {
			near := modules.Nearest(rest, p.ed.terms)
			p.say(n, UnknownTerm, rest, near)
			rest = near
		}
		p.ed.linked[rest] = true
	case scheme == "lesson":
		p.lesson(n, rest)
	case scheme == "http", scheme == "https", scheme == "mailto":
	case strings.HasPrefix(to, "files/"):
		if name, err := url.PathUnescape(to); err == nil {
			to = name
		}
		p.c.read[to] = true
		if !slices.Contains(p.c.files, to) {
			p.say(n, UnknownFile, to, modules.Nearest(to, p.c.files))
		}
	default:
		p.say(n, BadLink, to, "")
	}
}

func (p *prose) lesson(n ast.Node, to string) {
	module, lesson, whole := strings.Cut(to, "/")
	lessons, known := p.c.lessonsOf(module)
	switch {
	case !whole || lesson == "":
		p.say(n, BadLink, "lesson:"+to, "")
	case !known:
		p.say(n, UnknownModule, module, "")
	case lessons != nil && !slices.Contains(lessons, lesson):
		p.say(n, UnknownLesson, lesson, modules.Nearest(lesson, lessons))
	}
}

// lessonsOf gives the lessons of a module; nil for one that nobody can look up. known is false for one that is not there.
func (c *checker) lessonsOf(module string) (lessons []string, known bool) {
	switch {
	case module == c.plan.id:
		return c.plan.lessons, true
	case c.o.Module == nil:
		return nil, true
	}
	m := c.o.Module(module)
	if m == nil {
		return nil, false
	}
	manifest, err := m.Manifest()
	if err != nil {
		return nil, true // its own trouble
	}
	return manifest.Lessons, true
}

// A flow is the text of a paragraph, without marks, and where its pieces stand in the source.
type flow struct {
	text   string
	pieces []offsets
}

// offsets pairs a place in a flow with the one in its source.
type offsets struct{ flow, src int }

// source gives the place in the source of one in the flow.
func (f flow) source(at int) int {
	src := 0
	for _, p := range f.pieces {
		if p.flow > at {
			break
		}
		src = p.src + at - p.flow
	}
	return src
}

var calloutMark = regexp.MustCompile(`^\s*\[![A-Za-z]+\]`)

// flow gathers the text of a paragraph. Code stays out: what is in it is no language.
func (p *prose) flow(n ast.Node) flow {
	var b strings.Builder
	var f flow
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeSpan:
			b.WriteString("x") // a word
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			for at := n.Segment.Start; at < n.Segment.Stop; {
				piece := p.src[at:n.Segment.Stop]
				if len(piece) > 1 && piece[0] == '\\' && util.IsPunct(piece[1]) { // only says that a sign is meant as such
					at, piece = at+1, piece[1:]
				}
				if end := bytes.IndexByte(piece[1:], '\\'); end >= 0 {
					piece = piece[:1+end]
				}
				f.pieces = append(f.pieces, offsets{b.Len(), at})
				b.Write(piece)
				at += len(piece)
			}
			switch {
			case n.HardLineBreak():
				b.WriteByte('\f')
			case n.SoftLineBreak():
				b.WriteByte('\n')
			}
		}
		return ast.WalkContinue, nil
	})
	f.text = b.String()
	if m := calloutMark.FindString(f.text); m != "" {
		f.text = strings.Repeat(" ", len(m)) + f.text[len(m):]
	}
	return f
}

// signs reports the first emoji and the first form that is read out badly.
func (p *prose) signs(f flow) {
	emoji, form := oddities(f.text, p.ed.lang)
	if emoji != "" {
		p.c.say(p.at(f.source(strings.Index(f.text, emoji))), Emoji, "", emoji, "")
	}
	if form != "" {
		p.c.say(p.at(f.source(strings.Index(f.text, form))), Inclusive, "", form, "")
	}
}

// lengths reports the sentences that are too long.
func (p *prose) lengths(f flow) {
	if len(f.text) < 2*longestSentence { // no room for so many words
		return
	}
	for _, s := range sentences(f.text) {
		if s.words > longestSentence {
			p.c.say(p.at(f.source(s.start)), LongSentence, beginning(f.text[s.start:]), strconv.Itoa(s.words), "")
		}
	}
}

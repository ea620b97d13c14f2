package linear

import (
	"strconv"
	"strings"
	"time"

	"fanal/locale"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A para is a piece of plain text on a line of its own: a paragraph, an item, a cell, a line of code.
type para struct {
	text   string
	indent int  // columns before its further lines, where it is wrapped
	fixed  bool // never wrapped
	tight  bool // no empty line before it
}

// setBudget is how long a text may take to be set.
const setBudget = 2 * time.Second

// InTime gives what f returns, unless it takes longer than the budget or panics: ok is false then. It is for what is made of
// foreign texts: one that was written to take long holds nobody up. What is late comes to its end unseen.
func InTime[T any](budget time.Duration, f func() T) (result T, ok bool) {
	if budget <= 0 {
		return result, false
	}
	done := make(chan T, 1)
	go func() {
		defer close(done)
		defer func() { _ = recover() }()
		done <- f()
	}()
	late := time.NewTimer(budget)
	defer late.Stop()
	select {
	case result, ok = <-done:
	case <-late.C:
	}
	return result, ok
}

var markdown = goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()

// paragraphs sets Markdown as plain text that can be listened to: no marks of emphasis, lists an item a line, a table as
// one "heading: cell" after the other, an image as its text, a web address after the words that name it.
func paragraphs(md string, words *locale.Printer) []para {
	p := plainer{src: []byte(md), words: words}
	p.blocks(markdown.Parse(text.NewReader(p.src)), "")
	return p.out
}

// inlineText sets a line of Markdown, a prompt or an option, as plain text.
func inlineText(md string, words *locale.Printer) string {
	var parts []string
	for _, p := range paragraphs(md, words) {
		parts = append(parts, p.text)
	}
	return strings.ReplaceAll(strings.Join(parts, " "), "\n", " ")
}

type plainer struct {
	src   []byte
	words *locale.Printer
	out   []para
}

func (p *plainer) add(par para) { p.out = append(p.out, par) }

// blocks adds the children of a block. Pad is the indent that they stand under.
func (p *plainer) blocks(n ast.Node, pad string) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.block(c, pad)
	}
}

func (p *plainer) block(n ast.Node, pad string) {
	switch n := n.(type) {
	case *ast.List:
		p.list(n, pad)
	case *ast.Blockquote:
		p.add(para{text: pad + p.words.T("linear-quote")})
		p.blocks(n, pad)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		for i, l := range p.lines(n) {
			p.add(para{text: pad + l, fixed: true, tight: i > 0})
		}
	case *ast.HTMLBlock:
		for i, l := range p.lines(n) {
			if !strings.HasPrefix(strings.TrimSpace(l), "<!--") {
				p.add(para{text: pad + l, tight: i > 0})
			}
		}
	case *east.Table:
		p.table(n, pad)
	case *ast.ThematicBreak:
	default:
		if s := p.inline(n); s != "" {
			p.add(para{text: pad + s, indent: len(pad)})
		}
	}
}

func (p *plainer) lines(n ast.Node) []string {
	var lines []string
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		lines = append(lines, strings.TrimRight(string(seg.Value(p.src)), "\n"))
	}
	return lines
}

// list adds each item behind its mark. The items stand close together.
func (p *plainer) list(n *ast.List, pad string) {
	start, number := len(p.out), n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "- "
		if n.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		inner := pad + strings.Repeat(" ", len(mark))
		at := len(p.out)
		p.blocks(item, inner)
		if at < len(p.out) {
			first := &p.out[at]
			first.text, first.indent = pad+mark+strings.TrimPrefix(first.text, inner), len(inner)
		}
	}
	for i := start + 1; i < len(p.out); i++ {
		p.out[i].tight = true
	}
}

// table announces a table, then gives every row: each cell behind the heading of its column.
func (p *plainer) table(n *east.Table, pad string) {
	var heads []string
	rows := n.ChildCount() - 1
	row := 0
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		col := 0
		if _, ok := r.(*east.TableHeader); ok {
			for c := r.FirstChild(); c != nil; c = c.NextSibling() {
				heads = append(heads, p.inline(c))
			}
			p.add(para{text: pad + p.words.N("linear-table", rows, "Heads", strings.Join(heads, ", "))})
			continue
		}
		row++
		p.add(para{text: pad + p.words.T("linear-row", "Row", row, "Rows", rows)})
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			cell, head := p.inline(c), ""
			if col < len(heads) {
				head = heads[col]
			}
			col++
			switch {
			case cell == "":
				cell = p.words.T("linear-empty-cell")
				fallthrough
			case head != "":
				cell = p.words.T("linear-named", "Name", head, "Value", cell)
			}
			p.add(para{text: pad + cell, indent: len(pad), tight: true})
		}
	}
}

// inline gives the text of a paragraph, a heading or a cell. A hard line break is kept.
func (p *plainer) inline(n ast.Node) string {
	var b strings.Builder
	p.spans(&b, n)
	return strings.Trim(b.String(), " \n")
}

func (p *plainer) spans(b *strings.Builder, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(decoded(c.Segment.Value(p.src)))
			switch {
			case c.HardLineBreak():
				b.WriteByte('\n')
			case c.SoftLineBreak():
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.CodeSpan:
			for t := c.FirstChild(); t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					b.WriteString(strings.ReplaceAll(string(t.Segment.Value(p.src)), "\n", " "))
				}
			}
		case *ast.AutoLink:
			b.Write(c.Label(p.src))
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				seg := c.Segments.At(i)
				b.Write(seg.Value(p.src))
			}
		case *ast.Link:
			p.spans(b, c)
			if d := string(c.Destination); d != "" && d != p.inline(c) {
				b.WriteString(" (" + d + ")")
			}
		default: // emphasis, an image's text, and whatever an extension may add
			p.spans(b, c)
		}
	}
}

// decoded undoes entities and backslashes, which the parser leaves in a text's source. What an entity hides passes the
// last filter like everything else.
func decoded(b []byte) []byte {
	return util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(b)))
}

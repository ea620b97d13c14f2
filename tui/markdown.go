package tui

import (
	"bytes"
	"strconv"
	"strings"
	"sync"

	"charm.land/lipgloss/v2"
	"charm.land/lipgloss/v2/table"
	"github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdownParser reads what lessons are written in: CommonMark with GitHub's tables.
var markdownParser = sync.OnceValue(func() parser.Parser {
	return goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()
})

// typeset renders Markdown as lines of at most width columns. It has no colour of its own, so that text keeps the
// terminal's: what is important is bold or slanted.
func typeset(md string, width int) []string {
	p := page{src: []byte(md)}
	return p.blocks(markdownParser().Parse(text.NewReader(p.src)), width)
}

// narrowest is how narrow a text gets, however deep it stands in lists and quotations.
const narrowest = 10

// A page is a text while it is set.
type page struct{ src []byte }

// blocks sets the children of a block with an empty line between them; but what an item lists stands right below it.
func (p page) blocks(n ast.Node, width int) []string {
	var lines []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		set := p.block(c, max(width, narrowest))
		within := n.Kind() == ast.KindListItem && c.Kind() == ast.KindList
		if len(lines) > 0 && len(set) > 0 && !within {
			lines = append(lines, "")
		}
		lines = append(lines, set...)
	}
	return lines
}

func (p page) block(n ast.Node, width int) []string {
	switch n := n.(type) {
	case *ast.Heading:
		return p.flow(n, face{bold: true}, width)
	case *ast.Blockquote:
		return behind("│ ", "│ ", p.blocks(n, width-2))
	case *ast.List:
		return p.list(n, width)
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
		return behind("  ", "  ", p.code(n, width-2))
	case *ast.ThematicBreak:
		return []string{strings.Repeat("─", 8)}
	case *extast.Table:
		return p.table(n, width)
	}
	return p.flow(n, face{}, width)
}

// list sets each item behind its mark, its further lines under its first word.
func (p page) list(n *ast.List, width int) []string {
	var lines []string
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "• "
		if n.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		room := ansi.StringWidth(mark)
		lines = append(lines, behind(mark, strings.Repeat(" ", room), p.blocks(item, width-room))...)
	}
	return lines
}

// code sets lines as they stand; what is too long for one goes on in the next.
func (p page) code(n ast.Node, width int) []string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(p.src))
	}
	code := strings.ReplaceAll(strings.TrimRight(b.String(), "\n"), "\t", "    ")
	return strings.Split(ansi.Hardwrap(code, max(width, narrowest), true), "\n")
}

// table sets a table with lines between its columns and below its heads.
func (p page) table(n *extast.Table, width int) []string {
	t := table.New().Width(width).Wrap(true).Border(lipgloss.NormalBorder()).
		BorderTop(false).BorderBottom(false).BorderLeft(false).BorderRight(false).
		StyleFunc(func(_, col int) lipgloss.Style {
			cell := lipgloss.NewStyle().Margin(0, 1)
			switch n.Alignments[col] {
			case extast.AlignCenter:
				return cell.Align(lipgloss.Center)
			case extast.AlignRight:
				return cell.Align(lipgloss.Right)
			}
			return cell
		})
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		var cells []string
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, p.inline(c, face{}))
		}
		if r.Kind() == extast.KindTableHeader {
			t.Headers(cells...)
		} else {
			t.Row(cells...)
		}
	}
	return trimmed(t.String())
}

// flow sets the text of a paragraph, a heading or an item.
func (p page) flow(n ast.Node, f face, width int) []string {
	said := p.inline(n, f)
	if strings.TrimSpace(ansi.Strip(said)) == "" {
		return nil
	}
	if !strings.Contains(said, "\x1b") {
		return trimmed(ansi.Wrap(said, width, ""))
	}
	return trimmed(lipgloss.Wrap(said, width, "")) // which ends a style with its line, and takes it up in the next
}

// inline gives the text that a block holds, in one style or several.
func (p page) inline(n ast.Node, f face) string {
	var b strings.Builder
	p.spans(&b, n, f)
	return b.String()
}

func (p page) spans(b *strings.Builder, n ast.Node, f face) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			f.write(b, decoded(c.Segment.Value(p.src)))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			f.write(b, c.Value)
		case *ast.CodeSpan:
			code := f.and(face{bold: true})
			for t := c.FirstChild(); t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					code.write(b, bytes.ReplaceAll(t.Segment.Value(p.src), []byte("\n"), []byte(" ")))
				}
			}
		case *ast.Emphasis:
			p.spans(b, c, f.and(face{bold: c.Level > 1, slanted: c.Level == 1}))
		case *ast.AutoLink:
			f.write(b, c.Label(p.src))
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				seg := c.Segments.At(i)
				f.write(b, seg.Value(p.src))
			}
		default: // a link's text, an image's, and whatever an extension may add
			p.spans(b, c, f)
		}
	}
}

// A face is how letters look.
type face struct{ bold, slanted bool }

func (f face) and(g face) face { return face{f.bold || g.bold, f.slanted || g.slanted} }

// write writes text with this face. A narrow no-break space becomes a plain one: few fonts of a console have it, and the
// wrapper keeps only the plain one together.
func (f face) write(b *strings.Builder, text []byte) {
	if len(text) == 0 {
		return
	}
	var style ansi.Style
	if f.bold {
		style = style.Bold()
	}
	if f.slanted {
		style = style.Italic(true)
	}
	b.WriteString(style.Styled(strings.ReplaceAll(string(text), "\u202f", "\u00a0")))
}

// decoded undoes entities and backslashes, which the parser leaves in a text's source. What an entity hides passes the
// last filter like everything else.
func decoded(b []byte) []byte {
	return util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(b)))
}

// behind puts a mark before the first line, and others of the same width before the rest.
func behind(mark, rest string, lines []string) []string {
	if len(lines) == 0 {
		lines = []string{""}
	}
	for i, l := range lines {
		before := rest
		if i == 0 {
			before = mark
		}
		if l == "" {
			before = strings.TrimRight(before, " ")
		}
		lines[i] = before + l
	}
	return lines
}

// trimmed cuts a text into lines without spaces at their ends, which may end in style sequences.
func trimmed(s string) []string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasSuffix(strings.TrimSuffix(l, ansi.ResetStyle), " ") {
			lines[i] = ansi.Truncate(l, ansi.StringWidth(strings.TrimRight(ansi.Strip(l), " ")), "")
		}
	}
	return lines
}

package find

import (
	"strings"
	"sync"
	"unicode/utf8"

	"fanal/modules"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown reads what lessons are written in. It is the one of modules; here the text is all that is wanted of it.
var markdown = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
})

// plain gives the text of Markdown without its marks. A paragraph, an item, a row of a table is a line.
func plain(md string) string {
	if !strings.ContainsAny(md, "*_`[]<>&\\#|~\n") && !strings.HasPrefix(md, "-") && !strings.HasPrefix(md, "+") {
		return md
	}
	src := []byte(md)
	var b strings.Builder
	_ = ast.Walk(markdown().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				writeText(&b, n, src)
			}
			return ast.WalkContinue, nil
		case *ast.AutoLink:
			if entering {
				b.Write(n.Label(src))
			}
			return ast.WalkSkipChildren, nil
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			for i := 0; entering && i < n.Lines().Len(); i++ {
				line := n.Lines().At(i)
				b.Write(line.Value(src))
			}
		case *extast.TableCell:
			if !entering {
				b.WriteString(" · ")
			}
			return ast.WalkContinue, nil
		}
		if !entering && n.Type() == ast.TypeBlock && !strings.HasSuffix(b.String()[max(0, b.Len()-1):], "\n") {
			b.WriteByte('\n')
		}
		return ast.WalkContinue, nil
	})
	return modules.Clean(strings.ReplaceAll(strings.TrimSpace(b.String()), " · \n", "\n"))
}

func writeText(b *strings.Builder, n *ast.Text, src []byte) {
	s := n.Segment.Value(src)
	if n.Parent().Kind() != ast.KindCodeSpan {
		s = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(s)))
	}
	b.Write(s)
	if n.SoftLineBreak() || n.HardLineBreak() {
		b.WriteByte(' ')
	}
}

// plainBlocks gives the text of the blocks of a step, but not of a solution: it stays folded until it is asked for.
func plainBlocks(blocks []modules.Block) string {
	var parts []string
	for _, b := range blocks {
		if b.Callout != "solution" {
			parts = append(parts, plain(b.Markdown))
		}
	}
	return strings.Join(parts, "\n")
}

// A Span is a stretch of bytes of a text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// snippetLength is how many bytes of a sentence are shown; of a longer one, what is around the first word found.
const snippetLength = 160

// snippet gives the sentence of a text in which most of what was looked for stands, with the places of the words in it.
func snippet(source string, q *query, st *stemmer) (string, []Span) {
	found := q.inText(source, st)
	best, bestCount := Span{0, len(source)}, -1
	for _, f := range found {
		s := sentenceAround(source, f.Start)
		seen := uint(0)
		for _, g := range found {
			if g.Start >= s.Start && g.End <= s.End {
				seen |= 1 << g.element
			}
		}
		n := 0
		for ; seen != 0; seen &= seen - 1 {
			n++
		}
		if n > bestCount {
			best, bestCount = s, n
		}
	}
	if bestCount < 0 {
		best = sentenceAround(source, 0)
	}
	var marks []Span
	for _, f := range found {
		if f.Start >= best.Start && f.End <= best.End {
			marks = append(marks, f.Span)
		}
	}
	return cutOut(source, best, marks)
}

// cutOut takes a sentence out of a text, shortened if need be, with its marks.
func cutOut(source string, s Span, marks []Span) (string, []Span) {
	before, after := "", ""
	if s.End-s.Start > snippetLength {
		from, least := s.Start, s.Start
		if len(marks) > 0 {
			from, least = max(s.Start, marks[0].Start-snippetLength/3), marks[0].End
		}
		from = wordBreak(source, from, max(s.Start, from-longestWord), -1)
		least = max(least, min(from+snippetLength, s.End))
		end := wordBreak(source, least, min(least+longestWord, s.End), +1)
		if from > s.Start {
			before = "… "
		}
		if end < s.End {
			after = " …"
		}
		s = Span{from, end}
	}
	var in []Span
	for _, m := range marks {
		if m.Start >= s.Start && m.End <= s.End {
			in = append(in, Span{m.Start - s.Start + len(before), m.End - s.Start + len(before)})
		}
	}
	return before + strings.ReplaceAll(source[s.Start:s.End], "\n", " ") + after, in
}

// wordBreak goes from an offset in a direction to the next space, at most to a limit, and in any case to the beginning of a
// character.
func wordBreak(source string, at, limit, d int) int {
	isBreak := func(i int) bool {
		return i == 0 || i == len(source) || source[i] == ' ' || source[i-1] == ' ' || source[i] == '\n' || source[i-1] == '\n'
	}
	for i := at; (limit-i)*d >= 0; i += d {
		if isBreak(i) {
			return i
		}
	}
	for at > 0 && at < len(source) && !utf8.RuneStart(source[at]) {
		at += d
	}
	return at
}

// sentenceAround gives the sentence in which an offset of a text lies: it ends at a line's end, or at a full stop and its
// kin when a space follows.
func sentenceAround(source string, at int) Span {
	s := Span{0, len(source)}
	for i := 0; i < len(source); i++ {
		end := -1
		switch c := source[i]; {
		case c == '\n':
			end = i
		case (c == '.' || c == '!' || c == '?') && i+1 < len(source) && source[i+1] == ' ':
			end = i + 1
		}
		switch {
		case end < 0:
		case end <= at:
			s.Start = end
		default:
			s.End = end
			return trimmed(source, s)
		}
	}
	return trimmed(source, s)
}

func trimmed(source string, s Span) Span {
	for s.Start < s.End && (source[s.Start] == ' ' || source[s.Start] == '\n') {
		s.Start++
	}
	for s.End > s.Start && (source[s.End-1] == ' ' || source[s.End-1] == '\n') {
		s.End--
	}
	return s
}

package modules

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// markdownParser reads CommonMark with GitHub's tables. Making it takes longer than reading a paragraph.
var markdownParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
})

// A writer turns a parsed text into Markdown again, for any renderer, with what a learner's screen cannot do taken out:
// links are reduced to their text (followed by the path of a file or the address of a page), images to their alternative
// text, HTML to nothing. Text is copied as the author wrote it.
type writer struct {
	src   []byte
	terms []string // ids of the glossary terms met, each once
	files []string // paths of the module's files met, each once
}

// blocks writes block nodes with an empty line between them.
func (w *writer) blocks(nodes []ast.Node, between string) string {
	var parts []string
	for _, n := range nodes {
		if s := w.block(n); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, between)
}

func children(n ast.Node) []ast.Node {
	nodes := make([]ast.Node, 0, n.ChildCount())
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		nodes = append(nodes, c)
	}
	return nodes
}

func (w *writer) block(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Heading:
		return strings.Repeat("#", n.Level) + " " + strings.ReplaceAll(w.inlines(n), "\n", " ")
	case *ast.Paragraph, *ast.TextBlock:
		return guardStarts(w.inlines(n))
	case *ast.ThematicBreak:
		return "* * *"
	case *ast.CodeBlock:
		return w.code(n, "")
	case *ast.FencedCodeBlock:
		info := ""
		if n.Info != nil {
			info = string(n.Info.Segment.Value(w.src))
		}
		return w.code(n, strings.ReplaceAll(info, "`", ""))
	case *ast.HTMLBlock:
		return ""
	case *ast.Blockquote:
		return indent(w.blocks(children(n), "\n\n"), "> ", "> ")
	case *ast.List:
		return w.list(n)
	case *extast.Table:
		return w.table(n)
	default:
		return w.blocks(children(n), "\n\n")
	}
}

func (w *writer) lines(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(w.src))
	}
	return b.String()
}

func (w *writer) code(n ast.Node, info string) string {
	code := w.lines(n)
	fence := strings.Repeat("`", max(3, longestRun(code, '`')+1))
	if code != "" && !strings.HasSuffix(code, "\n") {
		code += "\n"
	}
	return fence + info + "\n" + code + fence
}

func (w *writer) list(n *ast.List) string {
	between := "\n\n"
	if n.IsTight {
		between = "\n"
	}
	var items []string
	number := n.Start
	for _, it := range children(n) {
		marker := string(n.Marker) + " "
		if n.IsOrdered() {
			marker = strconv.Itoa(number) + marker
			number++
		}
		body := w.blocks(children(it), between)
		items = append(items, indent(body, marker, strings.Repeat(" ", len(marker))))
	}
	return strings.Join(items, between)
}

// indent puts one text before the first line and another before the others; lines that would be spaces only stay empty.
func indent(s, first, others string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		prefix := others
		if i == 0 {
			prefix = first
		}
		lines[i] = strings.TrimRight(prefix+line, " ")
	}
	return strings.Join(lines, "\n")
}

func (w *writer) table(n *extast.Table) string {
	var rows []string
	for i, row := range children(n) {
		var b strings.Builder
		for _, cell := range children(row) {
			b.WriteString("| " + strings.ReplaceAll(w.inlines(cell), "\n", " ") + " ")
		}
		rows = append(rows, b.String()+"|")
		if i > 0 {
			continue
		}
		b.Reset()
		for _, a := range n.Alignments {
			b.WriteString(map[extast.Alignment]string{
				extast.AlignLeft: "|:--", extast.AlignRight: "|--:", extast.AlignCenter: "|:-:", extast.AlignNone: "|---",
			}[a])
		}
		rows = append(rows, b.String()+"|")
	}
	return strings.Join(rows, "\n")
}

// inlines writes what is inside a paragraph, a heading, a cell.
func (w *writer) inlines(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.WriteString(w.inline(c))
	}
	return strings.Trim(b.String(), " \n")
}

func (w *writer) inline(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Text:
		s := string(n.Segment.Value(w.src))
		switch {
		case n.HardLineBreak():
			s = strings.TrimRight(s, " ") + "\\\n"
		case n.SoftLineBreak():
			s = strings.TrimRight(s, " ") + "\n"
		}
		return s
	case *ast.String:
		return string(n.Value)
	case *ast.CodeSpan:
		return w.codeSpan(n)
	case *ast.Emphasis:
		return emphasis(n, w.inlines(n))
	case *ast.Link:
		return w.link(n)
	case *ast.AutoLink:
		return address(n.Label(w.src))
	case *ast.RawHTML:
		return ""
	default: // an image gives its alternative text
		return w.inlines(n)
	}
}

// emphasis marks a text. The mark is a star, which can stand within a word, unless it would run together with a star at the
// text's own ends.
func emphasis(n *ast.Emphasis, inner string) string {
	mark := "*"
	child, nested := n.FirstChild().(*ast.Emphasis)
	switch {
	case inner == "":
		return ""
	case nested && n.ChildCount() == 1 && child.Level != n.Level: // strong emphasis: three stars
	case strings.HasPrefix(inner, "*") || strings.HasSuffix(inner, "*"):
		mark = "_"
	}
	mark = strings.Repeat(mark, n.Level)
	return mark + inner + mark
}

func (w *writer) codeSpan(n *ast.CodeSpan) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Segment.Value(w.src))
		}
	}
	code := strings.ReplaceAll(b.String(), "\n", " ")
	if inTable(n) {
		code = strings.ReplaceAll(strings.ReplaceAll(code, `\|`, "|"), "|", `\|`)
	}
	mark := w.ticks(n, code)
	if strings.HasPrefix(code, "`") || strings.HasSuffix(code, "`") ||
		strings.HasPrefix(code, " ") && strings.HasSuffix(code, " ") && strings.Trim(code, " ") != "" {
		code = " " + code + " "
	}
	return mark + code + mark
}

// ticks gives the mark of a code span: as many backticks as its author put, which no run around it or in it has.
func (w *writer) ticks(n *ast.CodeSpan, code string) string {
	if t, ok := n.FirstChild().(*ast.Text); ok {
		end := t.Segment.Start
		if end > 0 && w.src[end-1] != '`' {
			end-- // a space that belongs to the mark
		}
		start := end
		for start > 0 && w.src[start-1] == '`' {
			start--
		}
		if start < end {
			return string(w.src[start:end])
		}
	}
	return strings.Repeat("`", longestRun(code, '`')+1)
}

func inTable(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n.Kind() == extast.KindTableCell {
			return true
		}
	}
	return false
}

// link reduces a link to its text, with what a reader may need of where it leads.
func (w *writer) link(n *ast.Link) string {
	label, to := w.inlines(n), string(n.Destination)
	switch scheme, rest, _ := strings.Cut(to, ":"); {
	case scheme == "glossary":
		w.terms = once(w.terms, rest)
		return label
	case scheme == "lesson":
		return label
	case strings.HasPrefix(to, "files/"):
		w.files = once(w.files, to)
	}
	if to = address([]byte(to)); to == "" || to == label || to == "mailto:"+label {
		return label
	} else if label == "" {
		return to
	}
	return label + " (" + to + ")"
}

// once adds what is not in a list yet.
func once(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// address makes an address fit to stand in Markdown as text: what would be a mark there is written in percent.
func address(to []byte) string {
	var b strings.Builder
	for _, c := range bytes.TrimSpace(to) {
		if strings.IndexByte("*[]<>`\\|\"", c) >= 0 || c <= ' ' {
			b.WriteString("%" + strings.ToUpper(strconv.FormatInt(int64(c)+0x100, 16)[1:]))
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// plain gives the text of a node without marks, on one line.
func plain(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			s := n.Segment.Value(src)
			if n.Parent().Kind() != ast.KindCodeSpan {
				s = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(s)))
			}
			b.Write(s)
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.Write(n.Label(src))
		}
		return ast.WalkContinue, nil
	})
	return CleanLine(b.String())
}

func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// guardStarts puts a backslash before what would begin a block, where a line of a paragraph begins: the parser has taken
// away the spaces or the link that kept it from being one.
func guardStarts(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		line = strings.TrimLeft(line, " \t")
		switch {
		case blockStart.MatchString(line):
			line = `\` + line
		case numberStart.MatchString(line):
			line = numberStart.ReplaceAllString(line, `$1\$2$3`)
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

var (
	blockStart  = regexp.MustCompile("^(#{1,6}([ \t]|$)|[>|<]|[-+*]([ \t]|$)|=+[ \t]*$|-+[ \t]*$|`{3,}[^`]*$|~~~|(\\*[ \t]*){3,}$|(_[ \t]*){3,}$)")
	numberStart = regexp.MustCompile("^([0-9]{1,9})([.)])([ \t]|$)")
)

package bring

import (
	"regexp"
	"strconv"
	"strings"

	"fanal/modules"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// fromHTML makes Markdown of HTML: paragraphs, lists, tables, code, emphasis, links. media is told of what it shows or plays.
func fromHTML(src string, media func(what string)) string {
	nodes, err := html.ParseFragment(strings.NewReader(src), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return fromPlain(src)
	}
	set := func(careful bool, media func(string)) string {
		s := setter{careful: careful, media: media}
		return modules.Clean(strings.Join(s.blocks(nodes, 0), "\n\n"))
	}
	return lightest(set(false, func(string) {}), set(true, media))
}

// deepest is how many elements within each other are set; what is deeper is beyond what a module may hold anyway.
const deepest = 200

// A setter sets HTML as Markdown.
type setter struct {
	careful bool // puts backslashes before all that could be a mark
	media   func(what string)
}

// blocks sets nodes as blocks. What stands between blocks is a paragraph of its own.
func (s *setter) blocks(nodes []*html.Node, depth int) []string {
	var out []string
	var run []*html.Node
	end := func() {
		if text := s.paragraph(run, depth); text != "" {
			out = append(out, text)
		}
		run = nil
	}
	for _, n := range nodes {
		if !isBlock(n, depth) {
			run = append(run, n)
			continue
		}
		end()
		if depth < deepest {
			out = append(out, s.block(n, depth+1)...)
		}
	}
	end()
	return out
}

var blockTags = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Center: true, atom.Figure: true, atom.Figcaption: true,
	atom.Header: true, atom.Footer: true, atom.Main: true, atom.Aside: true, atom.Address: true, atom.Details: true, atom.Summary: true,
	atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Blockquote: true, atom.Pre: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Hr: true, atom.Table: true,
	atom.Fieldset: true, atom.Form: true,
}

// isBlock says whether a node is a block or holds one.
func isBlock(n *html.Node, depth int) bool {
	if n.Type != html.ElementNode || depth > deepest {
		return false
	}
	if blockTags[n.DataAtom] {
		return true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isBlock(c, depth+1) {
			return true
		}
	}
	return false
}

func (s *setter) block(n *html.Node, depth int) []string {
	inner := func() []string { return s.blocks(children(n), depth) }
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6: // a lesson's headings are its author's
		if text := s.paragraph(children(n), depth); text != "" {
			return []string{"**" + strings.ReplaceAll(text, "**", "") + "**"}
		}
		return nil
	case atom.Hr:
		return []string{"* * *"}
	case atom.Pre:
		code := strings.Trim(textOf(n, depth), "\n")
		if code == "" {
			return nil
		}
		fence := "```"
		for strings.Contains(code, fence) {
			fence += "`"
		}
		return []string{fence + language(n) + "\n" + code + "\n" + fence}
	case atom.Blockquote:
		return quoted(inner())
	case atom.Ul, atom.Ol:
		return s.list(n, depth)
	case atom.Table:
		return s.table(n, depth)
	}
	return inner()
}

func quoted(parts []string) []string {
	if len(parts) == 0 {
		return nil
	}
	return []string{indent(strings.Join(parts, "\n\n"), "> ", "> ")}
}

// indent puts one text before the first line and another before the others.
func indent(text, first, others string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		before := others
		if i == 0 {
			before = first
		}
		lines[i] = strings.TrimRight(before+line, " ")
	}
	return strings.Join(lines, "\n")
}

func (s *setter) list(n *html.Node, depth int) []string {
	var items []string
	for _, c := range children(n) {
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" || c.Type == html.CommentNode {
			continue
		}
		nodes := []*html.Node{c}
		if c.DataAtom == atom.Li {
			nodes = children(c)
		}
		mark := "- "
		if n.DataAtom == atom.Ol {
			mark = strconv.Itoa(len(items)+1) + ". "
		}
		if body := strings.Join(s.blocks(nodes, depth), "\n\n"); body != "" {
			items = append(items, indent(body, mark, strings.Repeat(" ", len(mark))))
		}
	}
	if len(items) == 0 {
		return nil
	}
	return []string{strings.Join(items, "\n")}
}

// table sets a table: its first row is its head, as Markdown wants one.
func (s *setter) table(n *html.Node, depth int) []string {
	var rows [][]string
	var before []string
	wide := 0
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		for _, c := range children(n) {
			switch {
			case depth > deepest || c.Type != html.ElementNode:
			case c.DataAtom == atom.Caption:
				before = append(before, s.blocks(children(c), depth)...)
			case c.DataAtom == atom.Tr:
				var row []string
				for _, cell := range children(c) {
					if cell.Type == html.ElementNode {
						row = append(row, strings.ReplaceAll(oneLine(s.paragraph(children(cell), depth)), "|", `\|`))
					}
				}
				rows, wide = append(rows, row), max(wide, len(row))
			default:
				walk(c, depth+1)
			}
		}
	}
	walk(n, depth)
	if wide == 0 {
		return before
	}
	var b strings.Builder
	for i, row := range rows {
		for len(row) < wide {
			row = append(row, "")
		}
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			b.WriteString(strings.Repeat("|---", wide) + "|\n")
		}
	}
	return append(before, strings.TrimSuffix(b.String(), "\n"))
}

// hard is a line break while a paragraph is put together.
const hard = "\x00"

// paragraph sets what stands in a paragraph.
func (s *setter) paragraph(nodes []*html.Node, depth int) string {
	var b strings.Builder
	for _, n := range nodes {
		b.WriteString(s.inline(n, depth))
	}
	var lines []string
	for line := range strings.SplitSeq(b.String(), hard) {
		lines = append(lines, squeeze(line))
	}
	text := strings.Trim(strings.Join(lines, "\n"), "\n")
	if s.careful {
		text = startNumber.ReplaceAllString(startMark.ReplaceAllString(text, `$1\$2`), `$1\$2$3`)
	}
	var parts []string
	for part := range strings.SplitSeq(text, "\n\n") { // two breaks were meant as the end of a paragraph
		if part = strings.Trim(part, "\n"); part != "" {
			parts = append(parts, strings.ReplaceAll(part, "\n", "\\\n"))
		}
	}
	return strings.Join(parts, "\n\n")
}

func (s *setter) inlines(n *html.Node, depth int) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil && depth < deepest; c = c.NextSibling {
		b.WriteString(s.inline(c, depth+1))
	}
	return b.String()
}

func (s *setter) text(t string) string {
	t = spaces.Replace(t)
	if s.careful {
		return marks.Replace(t)
	}
	return t
}

// spaces are those that editors put where a plain one was meant. Before a French sign they stay.
var spaces = strings.NewReplacer("\u00a0:", "\u00a0:", "\u00a0;", "\u00a0;", "\u00a0?", "\u00a0?", "\u00a0!", "\u00a0!", "\u00a0%", "\u00a0%",
	"\u00a0»", "\u00a0»", "«\u00a0", "«\u00a0", "\u00a0", " ")

func (s *setter) inline(n *html.Node, depth int) string {
	if n.Type == html.TextNode {
		return s.text(n.Data)
	}
	if n.Type != html.ElementNode || depth > deepest {
		return ""
	}
	switch n.DataAtom {
	case atom.Br:
		return hard
	case atom.B, atom.Strong:
		return around("**", s.inlines(n, depth))
	case atom.I, atom.Em, atom.Cite, atom.Var:
		return around("*", s.inlines(n, depth))
	case atom.Code, atom.Tt, atom.Kbd, atom.Samp:
		return codeSpan(textOf(n, depth))
	case atom.Sup:
		return raised(s.inlines(n, depth), superscripts, "^")
	case atom.Sub:
		return raised(s.inlines(n, depth), subscripts, "_")
	case atom.Q:
		return "“" + s.inlines(n, depth) + "”"
	case atom.A:
		return s.link(n, depth)
	case atom.Img:
		s.media("img")
		return " " + s.text(attr(n, "alt")) + " "
	case atom.Audio, atom.Video, atom.Iframe, atom.Object, atom.Embed, atom.Svg, atom.Canvas, atom.Math, atom.Applet, atom.Input, atom.Select,
		atom.Textarea, atom.Button:
		s.media(n.Data)
		return s.inlines(n, depth)
	case atom.Script:
		s.media(n.Data)
		return ""
	case atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript:
		return ""
	case 0: // no element of HTML: somebody wrote <stdio.h>
		return s.text("<"+n.Data+">") + s.inlines(n, depth)
	}
	return s.inlines(n, depth)
}

// around puts a mark around a text, inside of the spaces at its ends.
func around(mark, text string) string {
	inner := strings.Trim(text, " \n\t"+hard)
	if inner == "" || strings.Contains(inner, mark) || strings.Contains(inner, hard) {
		return text
	}
	at := strings.Index(text, inner)
	return text[:at] + mark + inner + mark + text[at+len(inner):]
}

func codeSpan(code string) string {
	code = squeeze(code)
	if code == "" {
		return ""
	}
	fence := "`"
	for strings.Contains(code, fence) {
		fence += "`"
	}
	if strings.HasPrefix(code, "`") || strings.HasSuffix(code, "`") {
		code = " " + code + " "
	}
	return fence + code + fence
}

func (s *setter) link(n *html.Node, depth int) string {
	text, to := s.inlines(n, depth), attr(n, "href")
	label := strings.TrimSpace(text)
	if label == "" || !webForm.MatchString(to) || strings.ContainsAny(to, " <>()\n\\") || strings.ContainsAny(label, "[]"+hard) || label == to {
		return text
	}
	return "[" + label + "](" + to + ")"
}

var (
	superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹",
		"+", "⁺", "-", "⁻", "−", "⁻", "n", "ⁿ", "i", "ⁱ")
	subscripts = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉",
		"+", "₊", "-", "₋", "−", "₋")
	raisable = regexp.MustCompile(`^[0-9+−-]+$`)
)

// raised sets a number above or below the line; other text, such as that of "1er", stays behind what it belongs to.
func raised(text string, signs *strings.Replacer, mark string) string {
	switch t := strings.TrimSpace(text); {
	case raisable.MatchString(t), t == "n" && mark == "^":
		return signs.Replace(t)
	case mark == "_" && len(t) == 1:
		return `\_` + t
	}
	return text
}

func children(n *html.Node) []*html.Node {
	var nodes []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		nodes = append(nodes, c)
	}
	return nodes
}

// textOf gives the text of a node as it stands.
func textOf(n *html.Node, depth int) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.DataAtom == atom.Br {
		return "\n"
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil && depth < deepest; c = c.NextSibling {
		b.WriteString(textOf(c, depth+1))
	}
	return b.String()
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

var languageForm = regexp.MustCompile(`^language-([a-z0-9+#-]+)$`)

// language gives the language of a block of code.
func language(n *html.Node) string {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if m := languageForm.FindStringSubmatch(attr(c, "class")); m != nil {
			return m[1]
		}
	}
	return ""
}

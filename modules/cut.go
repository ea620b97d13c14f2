package modules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// callouts are the kinds of a [Block], as authors write them in small letters.
var callouts = []string{"note", "tip", "important", "exercise", "debate", "summary", "solution"}

// A cutText is a Markdown text cut where a lesson is: at its headings of the second level and where a question is placed.
type cutText struct {
	title   string
	summary string // of an index
	pieces  []piece
	terms   []string // ids of the glossary terms, in order of first use
	files   []string // paths of the module's files, in order of first use
}

// A cutMode says what kind of text is cut.
type cutMode int

const (
	asBlocks cutMode = iota // a text inside of a file: no title, no steps
	asIndex                 // a title and a summary, no steps
	asLesson                // a title and steps
)

// all gives the blocks of a text that has no steps.
func (c *cutText) all() []Block {
	if len(c.pieces) == 0 {
		return nil
	}
	return c.pieces[0].blocks
}

// A piece is text under a heading, or a place for a question.
type piece struct {
	heading string // "" before the first heading
	blocks  []Block
	ask     string // id of the question placed here; then there are no blocks
	offset  int    // of the ask line
}

// A cutter cuts one text.
type cutter struct {
	w       writer
	rep     func(offset int, p Problem)
	mode    cutMode
	out     cutText
	heading string
	empty   bool       // nothing stands under the heading yet
	run     []ast.Node // what will be the next block
	blocks  []Block    // what will be the next piece
}

// cut cuts a text, given as its author wrote it. Nil means that it is beyond the limits, which was reported.
func cut(src string, mode cutMode, rep func(offset int, p Problem)) *cutText {
	src = Clean(src)
	doc, f := parseMarkdown(src)
	if f != nil {
		rep(f.offset, f.Problem)
		return nil
	}
	c := &cutter{w: writer{src: []byte(src)}, rep: rep, mode: mode}
	for i, n := range children(doc) {
		c.node(n, i == 0)
	}
	if mode != asBlocks && c.out.title == "" {
		rep(0, Problem{Code: NoTitle})
	}
	c.endSection()
	c.strayAsks(doc)
	c.out.terms, c.out.files = c.w.terms, c.w.files
	return &c.out
}

// parseMarkdown parses a clean text within the limits.
func parseMarkdown(src string) (ast.Node, *fault) {
	if f := guardMarkdown(src); f != nil {
		return nil, f
	}
	doc := markdownParser().Parse(text.NewReader([]byte(src)))
	return doc, guardTree(doc, src)
}

func (c *cutter) node(n ast.Node, isFirst bool) {
	switch n := n.(type) {
	case *ast.Heading:
		switch title := plain(n, c.w.src); {
		case n.Level == 1 && c.mode != asBlocks && isFirst:
			c.out.title = title
		case n.Level == 1 && c.mode != asBlocks:
			c.rep(offsetOf(n), Problem{Code: SecondTitle, Value: quoted(title)})
		case n.Level == 2 && c.mode == asLesson:
			c.endSection()
			c.heading, c.empty = title, true
		default:
			c.run = append(c.run, n)
		}
	case *ast.HTMLBlock:
		if id, ok := askedIn(c.w.lines(n)); ok && c.mode == asLesson {
			c.endPiece()
			c.out.pieces = append(c.out.pieces, piece{heading: c.heading, ask: id, offset: offsetOf(n)})
			c.empty = false
		}
	case *ast.Blockquote:
		if name := c.calloutOf(n); name != "" {
			c.endRun()
			c.blocks = append(c.blocks, c.callout(name, n))
			return
		}
		c.run = append(c.run, n)
	case *ast.Paragraph:
		if c.mode == asIndex && c.out.summary == "" && len(c.run)+len(c.blocks) == 0 {
			c.out.summary = plain(n, c.w.src)
			return
		}
		c.run = append(c.run, n)
	default:
		c.run = append(c.run, n)
	}
}

// endRun makes one block of the Markdown met since the last callout.
func (c *cutter) endRun() {
	if s := Clean(c.w.blocks(c.run, "\n\n")); s != "" { // cleaned again: taking a link away may join what is left of it
		c.blocks = append(c.blocks, Block{Markdown: s})
	}
	c.run = nil
}

func (c *cutter) endPiece() {
	c.endRun()
	if len(c.blocks) > 0 {
		c.out.pieces = append(c.out.pieces, piece{heading: c.heading, blocks: c.blocks})
		c.blocks, c.empty = nil, false
	}
}

// endSection ends what stands under a heading. A heading with nothing under it is a piece too: no word gets lost.
func (c *cutter) endSection() {
	c.endPiece()
	if c.empty {
		c.out.pieces = append(c.out.pieces, piece{heading: c.heading})
		c.empty = false
	}
}

var calloutForm = regexp.MustCompile(`^[ \t]*\[!([A-Za-z]+)\][ \t]*`)

// calloutOf gives the name of the callout that a quote is, "" when it is a quote.
func (c *cutter) calloutOf(n *ast.Blockquote) string {
	p, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || p.Lines().Len() == 0 {
		return ""
	}
	line := p.Lines().At(0)
	m := calloutForm.FindSubmatch(line.Value(c.w.src))
	if m == nil {
		return ""
	}
	name := strings.ToLower(string(m[1]))
	if !slices.Contains(callouts, name) {
		want := strings.ToUpper(nearest(name, callouts))
		c.rep(line.Start, Problem{Code: BadCallout, Value: quoted(string(m[1])), Want: want})
		return ""
	}
	return name
}

// callout writes what is in a callout, without its mark.
func (c *cutter) callout(name string, n *ast.Blockquote) Block {
	s := c.w.blocks(children(n), "\n\n")
	first, rest, _ := strings.Cut(s, "\n")
	first = strings.TrimSuffix(calloutForm.ReplaceAllString(first, ""), `\`)
	return Block{Callout: name, Markdown: Clean(strings.Trim(first+"\n"+rest, "\n"))}
}

var (
	askForm  = regexp.MustCompile(`^[ \t]*<!--[ \t]*ask:[ \t]*(\S+?)[ \t]*-->[ \t]*\n?$`)
	askTrace = regexp.MustCompile(`<!--\s*ask\b`)
)

// askedIn gives the id that an ask line asks for.
func askedIn(line string) (id string, ok bool) {
	m := askForm.FindStringSubmatch(line)
	if m == nil {
		return "", false
	}
	return m[1], true
}

// strayAsks reports ask lines that stand where they place nothing.
func (c *cutter) strayAsks(doc ast.Node) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		html := ""
		switch n := n.(type) {
		case *ast.HTMLBlock:
			html = c.w.lines(n)
			if n.HasClosure() {
				html += string(n.ClosureLine.Value(c.w.src))
			}
			if _, ok := askedIn(html); ok && c.mode == asLesson && n.Parent() == doc {
				html = ""
			}
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				s := n.Segments.At(i)
				html += string(s.Value(c.w.src))
			}
		}
		if askTrace.MatchString(html) {
			c.rep(offsetOf(n), Problem{Code: BadAsk})
		}
		return ast.WalkContinue, nil
	})
}

// guardTree holds the limits that only the parsed text shows. Everything it counts is cheap to parse and dear to draw.
func guardTree(doc ast.Node, src string) (f *fault) {
	depth, counts := 0, map[string]int{}
	most := map[string]int{"headings": maxHeadings, "fences": maxFences, "links": maxLinks}
	count := func(what string, n ast.Node) {
		if counts[what]++; counts[what] > most[what] && f == nil {
			f = &fault{offsetOf(n), Problem{Code: TooMany, Key: what, Value: strconv.Itoa(counts[what]), Want: strconv.Itoa(most[what])}}
		}
	}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		nests := false
		switch n.Kind() {
		case ast.KindBlockquote, ast.KindList, ast.KindEmphasis:
			nests = true
		}
		switch {
		case nests && !entering:
			depth--
		case nests:
			if depth++; depth > maxNesting && f == nil {
				f = &fault{offsetOf(n), Problem{Code: TooDeep, Want: strconv.Itoa(maxNesting)}}
			}
		case !entering:
		case n.Kind() == ast.KindHeading:
			count("headings", n)
		case n.Kind() == ast.KindFencedCodeBlock, n.Kind() == ast.KindCodeBlock:
			count("fences", n)
			if last := n.Lines().Len() - 1; last >= 0 && n.Lines().At(last).Stop-n.Lines().At(0).Start > maxCodeBlock && f == nil {
				f = &fault{offsetOf(n), Problem{Code: TooLong, Key: "code block", Want: strconv.Itoa(maxCodeBlock)}}
			}
		case n.Kind() == ast.KindLink, n.Kind() == ast.KindImage, n.Kind() == ast.KindAutoLink:
			count("links", n)
		}
		if f != nil {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return f
}

// offsetOf gives where in its text a node begins, as near as the parser tells.
func offsetOf(n ast.Node) int {
	for at := n; at != nil; at = at.Parent() {
		if o, ok := startOf(at); ok {
			return o
		}
	}
	return 0
}

func startOf(n ast.Node) (offset int, ok bool) {
	for ; n != nil; n = n.FirstChild() {
		switch n := n.(type) {
		case *ast.Text:
			return n.Segment.Start, true
		case *ast.RawHTML:
			if n.Segments.Len() > 0 {
				return n.Segments.At(0).Start, true
			}
		}
		if n.Type() != ast.TypeInline && n.Kind() != extast.KindTable && n.Lines() != nil && n.Lines().Len() > 0 {
			return n.Lines().At(0).Start, true
		}
	}
	return 0, false
}

// prose gives a text that is Markdown inside a TOML file: a prompt, an explanation, a definition. It is reduced as lessons
// are; most are a plain sentence, and stay as they are.
func (t *table) prose(key string) string {
	s := t.text(key)
	if isSentence(s) {
		return s
	}
	doc, f := parseMarkdown(s)
	if f != nil {
		t.report(key, f.Problem)
		return ""
	}
	w := writer{src: []byte(s)}
	return Clean(w.blocks(children(doc), "\n\n"))
}

// isSentence says whether a text has nothing in it that reducing Markdown could change, nor anything that could pass the
// limits.
func isSentence(s string) bool {
	if s == "" {
		return true
	}
	return len(s) < maxRun && !strings.ContainsAny(s, "<[\n`|\\") && strings.Count(s, "*")+strings.Count(s, "_") <= maxNesting &&
		strings.IndexByte("-+*#>0123456789 \t=~_", s[0]) < 0
}

// cutBlocks gives the blocks of a text that has no steps: a scene.
func (t *table) cutBlocks(key string) []Block {
	c := cut(t.raw(key), asBlocks, func(_ int, p Problem) { t.report(key, p) })
	if c == nil {
		return nil
	}
	return c.all()
}

package bring

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"

	"fanal/modules"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	gohtml "github.com/yuin/goldmark/renderer/html"
)

// A format is one of the four in which Moodle keeps a text.
type format string

const (
	asMoodle   format = "moodle" // plain, in which HTML works
	asHTML     format = "html"
	asPlain    format = "plain"
	asMarkdown format = "markdown"
)

// formatted takes the format's mark off a text.
func formatted(s string, otherwise format) (format, string) {
	s = strings.TrimSpace(s)
	for _, f := range []format{asMoodle, asHTML, asPlain, asMarkdown} {
		if rest, ok := strings.CutPrefix(s, "["+string(f)+"]"); ok {
			return f, strings.TrimSpace(rest)
		}
	}
	return otherwise, s
}

// markdown makes Markdown of a text in which escapes are hidden. media is told of what cannot be carried.
func (f format) markdown(s string, media func(what string)) string {
	s = strings.TrimSpace(s)
	switch {
	case f == asMarkdown:
		return tame(strings.TrimSpace(show.Replace(strings.ReplaceAll(s, newline, "\n"))), media)
	case f == asHTML:
		return fromHTML(show.Replace(strings.ReplaceAll(s, newline, "\n")), media)
	case f == asMoodle && knownTag.MatchString(s):
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\n", " "), newline, "<br>")
		return fromHTML(show.Replace(s), media)
	case f == asMoodle:
		s = html.UnescapeString(s)
	}
	return fromPlain(show.Replace(s))
}

// plain gives a text as a learner would type it.
func (f format) plain(s string) string {
	s = show.Replace(strings.ReplaceAll(s, newline, " "))
	if f == asHTML || f == asMoodle {
		s = html.UnescapeString(s)
	}
	return squeeze(modules.CleanLine(s))
}

// knownTag finds a tag of HTML that people write by hand.
var knownTag = regexp.MustCompile(`(?i)</?(a|abbr|audio|b|blockquote|br|center|code|dd|del|div|dl|dt|em|figure|font|h[1-6]|hr|i|iframe|img|ins|` +
	`kbd|li|object|ol|p|pre|q|s|small|span|strike|strong|sub|sup|svg|table|tbody|td|th|thead|tr|tt|u|ul|var|video)(\s[^<>]*)?/?>`)

// fromPlain makes Markdown of a text without marks. Newlines are soft; escaped ones are wanted.
func fromPlain(s string) string {
	lines := strings.Split(s, newline)
	for i := range lines {
		lines[i] = squeeze(modules.Clean(lines[i]))
	}
	var paragraphs []string
	for part := range strings.SplitSeq(strings.Join(lines, "\n"), "\n\n") {
		if part = strings.Trim(part, "\n"); part != "" {
			paragraphs = append(paragraphs, strings.ReplaceAll(lightest(part, escape(part)), "\n", "\\\n"))
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// squeeze makes one space of several, and none at the ends. Spaces that do not break a line stay: French has them.
func squeeze(s string) string { return strings.Join(strings.FieldsFunc(s, isSpace), " ") }

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

// marks are what may mean something anywhere in a Markdown text.
var marks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "&", `\&`, "|", `\|`, "~", `\~`)

var (
	startMark   = regexp.MustCompile(`(?m)^(\s*)([#+=-])`)
	startNumber = regexp.MustCompile(`(?m)^(\s*\d{1,9})([.)])(\s|$)`)
)

// escape puts a backslash before all that could mean something in Markdown.
func escape(s string) string {
	return startNumber.ReplaceAllString(startMark.ReplaceAllString(marks.Replace(s), `$1\$2`), `$1\$2$3`)
}

// entity finds what stands for another sign, in a text in which it was meant as it stands.
var entity = regexp.MustCompile(`&(#[0-9xX]|[A-Za-z])[0-9A-Za-z]*;`)

// lightest gives the text without backslashes when Markdown reads it as it does the other, and else the other.
func lightest(bare, escaped string) string {
	if bare == escaped || bare != "" && !strange(bare) && !entity.MatchString(bare) && shape(bare) == shape(escaped) {
		return bare
	}
	return escaped
}

// shape writes down what Markdown makes of a text.
func shape(md string) string {
	doc := modules.ParseMarkdown(md)
	if doc == nil {
		return md
	}
	var b strings.Builder
	src := []byte(md)
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			return ast.WalkContinue, nil
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				b.Write(line.Value(src))
			}
		default:
			b.WriteString("<" + n.Kind().String() + ">")
			if entering && n.Kind() != ast.KindDocument {
				b.WriteString(modules.PlainText(n, src))
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// oneLine makes a text fit to stand on a line of its own: an option, an item of a pair.
func oneLine(md string) string {
	return squeeze(modules.CleanLine(strings.ReplaceAll(md, "\\\n", "\n")))
}

// tame gives a Markdown text as it is when a module can hold it, and else what is left of it without HTML, images and links
// to places that a learner does not have.
func tame(md string, media func(what string)) string {
	md = modules.Clean(md)
	doc := modules.ParseMarkdown(md)
	if doc == nil {
		return fromPlain(md)
	}
	if !wild(doc) && !strange(md) {
		return md
	}
	return reset(md, media)
}

// reset sets a Markdown text anew, by way of HTML.
func reset(md string, media func(what string)) string {
	var b bytes.Buffer
	if err := wholeMarkdown.Convert([]byte(md), &b); err != nil {
		return fromPlain(md)
	}
	return fromHTML(b.String(), media)
}

// wholeMarkdown turns Markdown into HTML, with the HTML that stands in it.
var wholeMarkdown = goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithRendererOptions(gohtml.WithUnsafe()))

// wild says whether a text holds what no module may hold.
func wild(doc ast.Node) bool {
	found := false
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.HTMLBlock, *ast.RawHTML, *ast.Image:
			found = true
		case *ast.Link:
			found = found || !webForm.Match(n.Destination)
		}
		if found {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return found
}

// titled says whether a text has headings that would be a lesson's.
func titled(md string) bool {
	doc := modules.ParseMarkdown(md)
	if doc == nil {
		return false
	}
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level <= 2 {
			return true
		}
	}
	return false
}

// calloutForm finds the kinds of callouts; those that a module has are below.
var (
	calloutForm = regexp.MustCompile(`(?m)^[ \t]*(?:>[ \t]*)+\[!([^\]\n]*)`)
	callouts    = []string{"NOTE", "TIP", "IMPORTANT", "EXERCISE", "DEBATE", "SUMMARY", "SOLUTION"}
)

// strange says whether a text has a callout of a kind that a module does not have.
func strange(md string) bool {
	return slices.ContainsFunc(calloutForm.FindAllStringSubmatch(md, -1), func(m []string) bool {
		return !slices.Contains(callouts, strings.ToUpper(m[1]))
	})
}

var webForm = regexp.MustCompile(`^(https?://|mailto:)`)

package tui

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"fanal/modules"
	"fanal/tui/linear"

	tea "charm.land/bubbletea/v2"
	"charm.land/glamour/v2"
	gansi "charm.land/glamour/v2/ansi"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// TextWidth is the widest that text is set, in columns: longer lines are hard to read.
const TextWidth = 72

// setBudget is how long the texts of a step may take to be set. What takes longer was written to take long: it is shown as
// it stands.
const setBudget = 2 * time.Second

// A typesetter keeps Markdown that has been rendered, by text and width. Rendering is done in commands; View only looks up.
type typesetter struct {
	kept   map[pieceKey][]string
	late   map[pieceKey]bool // those that were not set in time
	budget time.Duration
	set    func(md string, width int) []string
}

type pieceKey struct {
	width int
	md    string
}

// A typesetMsg brings rendered pieces back.
type typesetMsg struct {
	pieces map[pieceKey][]string
	late   map[pieceKey]bool
}

func newTypesetter() *typesetter {
	return &typesetter{kept: map[pieceKey][]string{}, late: map[pieceKey]bool{}, budget: setBudget, set: typeset}
}

// pieces are texts to be rendered at one width.
func pieces(width int, texts ...string) []pieceKey {
	var keys []pieceKey
	for _, md := range texts {
		if md != "" {
			keys = append(keys, pieceKey{width, md})
		}
	}
	return keys
}

// want returns a command that renders those of the pieces that are not there yet, or nil.
func (t *typesetter) want(keys []pieceKey) tea.Cmd {
	var missing []pieceKey
	for _, k := range keys {
		if _, ok := t.kept[k]; !ok {
			missing = append(missing, k)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return func() tea.Msg { return t.all(missing) }
}

// all renders pieces, and leaves those as they stand for which the budget does not last.
func (t *typesetter) all(keys []pieceKey) typesetMsg {
	msg := typesetMsg{map[pieceKey][]string{}, map[pieceKey]bool{}}
	set, end := t.set, time.Now().Add(t.budget)
	for _, k := range keys {
		lines, ok := linear.InTime(time.Until(end), func() []string { return set(k.md, k.width) })
		if !ok {
			lines, msg.late[k] = plain(k.md, k.width), true
		}
		msg.pieces[k] = lines
	}
	return msg
}

func (t *typesetter) keep(msg typesetMsg) {
	if len(t.kept) > 2000 { // a long evening: what is on screen is asked for again
		clear(t.kept)
		clear(t.late)
	}
	maps.Copy(t.kept, msg.pieces)
	maps.Copy(t.late, msg.late)
}

// lines returns the rendered lines of md, if they are there, under a note where they are not rendered but as they stand.
func (a *app) lines(md string, width int) ([]string, bool) {
	lines, ok := a.set.kept[pieceKey{width, md}]
	if a.set.late[pieceKey{width, md}] {
		lines = slices.Concat(hanging("", a.words.T("text-unset"), width), []string{""}, lines)
	}
	return lines, ok
}

// typeset renders Markdown as lines of at most width columns. Text that the renderer refuses is shown as it stands.
//
// A table that is too wide by no more than the lines between its columns is not made narrower by the renderer, but cut: it
// is tried a little narrower, and the first of those tries that shows the most is taken.
func typeset(md string, width int) []string {
	lines := typesetOnce(md, width)
	row := tableLine.FindString(md)
	if row == "" {
		return lines
	}
	most := letters(lines)
	for less := 1; less <= min(strings.Count(row, "|"), 8); less++ {
		if narrower := typesetOnce(md, width-less); letters(narrower) > most {
			lines, most = narrower, letters(narrower)
		}
	}
	return lines
}

// tableLine finds the line below the heads of a table.
var tableLine = regexp.MustCompile(`(?m)^[ >]*\|?[ :]*-+[ :]*\|[-:| ]*$`)

// letters counts what can be read in lines.
func letters(lines []string) (n int) {
	for _, l := range lines {
		for _, r := range ansi.Strip(l) {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				n++
			}
		}
	}
	return n
}

func typesetOnce(md string, width int) []string {
	wrap := width
	if listLine.MatchString(md) {
		wrap -= itemRoom
	}
	md = held(md)
	r, err := glamour.NewTermRenderer(glamour.WithStyles(lessonStyle()), glamour.WithWordWrap(wrap), glamour.WithPreservedNewLines(),
		glamour.WithInlineTableLinks(true))
	if err != nil {
		return plain(md, width)
	}
	out, err := r.Render(md)
	if err != nil {
		return plain(md, width)
	}
	var lines []string
	for l := range strings.SplitSeq(hyperlink.ReplaceAllString(out, ""), "\n") {
		lines = append(lines, trimRight(l))
	}
	blank := func(l string) bool { return l == "" }
	for len(lines) > 1 && blank(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 1 && blank(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	lines = hangItems(lines)
	for i, l := range lines {
		lines[i] = letGo.Replace(l)
	}
	return lines
}

// The renderer breaks lines after a full stop or a comma, even within a number or the name of a file, and at some no-break
// spaces. Letters of the private area stand for them while it works, and for the space behind the mark of a list item, so
// that a line that happens to begin with "2." is not taken for one. Whatever stood there before is no text.
const (
	heldSpace  = '\ue000'
	heldPoint  = '\ue001'
	heldComma  = '\ue002'
	behindMark = '\ue003'
)

var letGo = strings.NewReplacer(
	string(heldSpace), "\u00a0", string(heldPoint), ".", string(heldComma), ",", string(behindMark), " ")

// held puts the letters of the private area in. A narrow no-break space becomes a plain one: few fonts of a console have it.
func held(md string) string {
	runes := []rune(md)
	word := func(i int) bool {
		return i >= 0 && i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]))
	}
	space := func(i int) bool { return i < len(runes) && (runes[i] == '\u00a0' || runes[i] == '\u202f') }
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		switch {
		case r >= heldSpace && r <= behindMark:
			continue
		case space(i):
			r = heldSpace
		case r == '.' && (space(i+1) || word(i-1) && word(i+1)):
			r = heldPoint
		case r == ',' && (space(i+1) || word(i-1) && word(i+1)):
			r = heldComma
		}
		out = append(out, r)
	}
	return string(out)
}

// hyperlink is what the renderer puts around every address that it finds in a text. An address is text here and leads
// nowhere: the last filter would take the sequence's controls away and leave the rest of it on the screen.
var hyperlink = regexp.MustCompile("\x1b\\]8;.*?(?:\a|\x1b\\\\)")

// listLine finds a list in Markdown.
var listLine = regexp.MustCompile(`(?m)^ *([-*+]|\d{1,2}[.)]) `)

// itemMark is what a line of a list item begins with once it is rendered.
var itemMark = regexp.MustCompile(`^ *(•|\d+\.|\[[ x]\])` + string(behindMark))

// itemRoom is what is kept free for hanging the further lines of an item under its first word.
const itemRoom = 3

// hangItems indents the further lines of list items, which the renderer sets flush with their mark.
func hangItems(lines []string) []string {
	hang := 0
	for i, l := range lines {
		bare := ansi.Strip(l)
		switch mark := itemMark.FindString(bare); {
		case bare == "":
			hang = 0
		case mark != "":
			hang = ansi.StringWidth(mark)
		case hang > 0:
			lines[i] = strings.Repeat(" ", hang) + strings.TrimLeft(l, " ")
		}
	}
	return lines
}

func plain(md string, width int) []string {
	return strings.Split(ansi.Wrap(modules.Clean(md), width, ""), "\n")
}

// trimRight takes the spaces off the end of a line that may end in style sequences.
func trimRight(l string) string {
	n := ansi.StringWidth(strings.TrimRight(ansi.Strip(l), " "))
	return ansi.Truncate(l, n, "")
}

// lessonStyle is glamour's style for lessons: no colour of its own, so that text keeps the terminal's, and no margins,
// which the screens set.
func lessonStyle() gansi.StyleConfig {
	yes := true
	indent := func(n uint) *uint { return &n }
	str := func(s string) *string { return &s }
	return gansi.StyleConfig{
		Document:              gansi.StyleBlock{Margin: indent(0)},
		BlockQuote:            gansi.StyleBlock{Indent: indent(1), IndentToken: str("│ ")},
		Paragraph:             gansi.StyleBlock{},
		List:                  gansi.StyleList{LevelIndent: 2},
		Heading:               gansi.StyleBlock{StylePrimitive: gansi.StylePrimitive{Bold: &yes, BlockSuffix: "\n"}},
		Strong:                gansi.StylePrimitive{Bold: &yes},
		Emph:                  gansi.StylePrimitive{Italic: &yes},
		HorizontalRule:        gansi.StylePrimitive{Format: "\n────────\n"},
		Item:                  gansi.StylePrimitive{BlockPrefix: "•" + string(behindMark)},
		Enumeration:           gansi.StylePrimitive{BlockPrefix: "." + string(behindMark)},
		Task:                  gansi.StyleTask{Ticked: "[x]" + string(behindMark), Unticked: "[ ]" + string(behindMark)},
		Link:                  gansi.StylePrimitive{},
		LinkText:              gansi.StylePrimitive{},
		Image:                 gansi.StylePrimitive{},
		ImageText:             gansi.StylePrimitive{},
		Code:                  gansi.StyleBlock{StylePrimitive: gansi.StylePrimitive{Bold: &yes}},
		CodeBlock:             gansi.StyleCodeBlock{StyleBlock: gansi.StyleBlock{Margin: indent(2)}},
		Table:                 gansi.StyleTable{},
		DefinitionDescription: gansi.StylePrimitive{BlockPrefix: "\n  "},
	}
}

// callout words are looked up under "callout-" and the kind.
func calloutWord(a *app, kind string) string { return a.words.T("callout-" + kind) }

// blockLines puts the blocks of a step together: text as it is, callouts with their word and a bar at their left, a
// solution folded unless open. It returns false while a piece is not rendered yet.
func (a *app) blockLines(blocks []modules.Block, width int, open bool) ([]string, bool) {
	var lines []string
	for _, b := range blocks {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		w := width
		if b.Callout != "" {
			w -= 2
			bar := a.theme.muted.Render(a.theme.bar) + " "
			word := a.theme.strong.Render(strings.ToUpper(calloutWord(a, b.Callout)))
			if b.Callout == "solution" && !open {
				lines = append(lines, bar+word+"  "+a.theme.muted.Render(a.words.T("solution-folded")))
				continue
			}
			lines = append(lines, bar+word)
			piece, ok := a.lines(b.Markdown, w)
			if !ok {
				return nil, false
			}
			for _, l := range piece {
				lines = append(lines, bar+l)
			}
			continue
		}
		piece, ok := a.lines(b.Markdown, w)
		if !ok {
			return nil, false
		}
		lines = append(lines, piece...)
	}
	return lines, true
}

// blockPieces are the texts that blockLines needs.
func blockPieces(blocks []modules.Block, width int) []pieceKey {
	var keys []pieceKey
	for _, b := range blocks {
		w := width
		if b.Callout != "" {
			w -= 2
		}
		keys = append(keys, pieces(w, b.Markdown)...)
	}
	return keys
}

// column returns the left margin and the width of text in a window.
func column(width int) (margin, text int) {
	margin = 3
	if width < 60 {
		margin = 1
	}
	return margin, min(TextWidth, width-2*margin)
}

// indent puts a margin before every line.
func indentLines(lines []string, margin int) []string {
	pad := strings.Repeat(" ", margin)
	out := make([]string, len(lines))
	for i, l := range lines {
		if l != "" {
			out[i] = pad + l
		}
	}
	return out
}

// inline shows the little Markdown of an option or an item on plain lines: marks of emphasis and code are taken off.
func inline(s string) string {
	return strings.NewReplacer("**", "", "`", "", "\n\n", " ", "\n", " ").Replace(s)
}

// heading wraps a text of a line or more and sets each of them in a style.
func heading(style lipgloss.Style, text string, width int) []string {
	lines := hanging("", text, width)
	for i, l := range lines {
		lines[i] = style.Render(l)
	}
	return lines
}

// hanging wraps text behind a label, further lines indented under its beginning.
func hanging(label, text string, width int) []string {
	n := ansi.StringWidth(label)
	text = strings.ReplaceAll(text, "\u202f", "\u00a0") // the wrapper keeps only the plain one together
	lines := strings.Split(ansi.Wrap(text, max(width-n, 10), ""), "\n")
	for i := range lines {
		if i == 0 {
			lines[i] = label + lines[i]
		} else {
			lines[i] = strings.Repeat(" ", n) + lines[i]
		}
	}
	return lines
}

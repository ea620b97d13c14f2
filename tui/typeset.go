package tui

import (
	"strings"

	"fanal/modules"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// TextWidth is the widest that text is set, in columns: longer lines are hard to read.
const TextWidth = 72

// A typesetter keeps Markdown that has been rendered, by text and width. Rendering is done in commands; View only looks up.
type typesetter struct {
	kept map[pieceKey][]string
}

type pieceKey struct {
	width int
	md    string
}

// A typesetMsg brings rendered pieces back.
type typesetMsg struct {
	pieces map[pieceKey][]string
}

func newTypesetter() *typesetter { return &typesetter{kept: map[pieceKey][]string{}} }

// lines returns the rendered lines of md, if they are there.
func (t *typesetter) lines(md string, width int) ([]string, bool) {
	l, ok := t.kept[pieceKey{width, md}]
	return l, ok
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
	return func() tea.Msg {
		msg := typesetMsg{map[pieceKey][]string{}}
		for _, k := range missing {
			msg.pieces[k] = typeset(k.md, k.width)
		}
		return msg
	}
}

func (t *typesetter) keep(msg typesetMsg) {
	if len(t.kept) > 2000 { // a long evening: what is on screen is asked for again
		clear(t.kept)
	}
	for k, v := range msg.pieces {
		t.kept[k] = v
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
			piece, ok := a.set.lines(b.Markdown, w)
			if !ok {
				return nil, false
			}
			for _, l := range piece {
				lines = append(lines, bar+l)
			}
			continue
		}
		piece, ok := a.set.lines(b.Markdown, w)
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
	return strings.NewReplacer("**", "", "`", "", "\n", " ").Replace(s)
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

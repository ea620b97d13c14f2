package tui

import (
	"strconv"
	"strings"

	"fanal/modules/quiz"
	"fanal/study"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// pairing gives each numbered item a lettered one: a letter goes to the item under the cursor, which moves on.
type pairing struct {
	app    *app
	ask    *study.Ask
	chosen []int // for each pair, the index on screen of the right item; -1: none yet
	cursor int
}

func newPairing(a *app, ask *study.Ask) *pairing {
	s := &pairing{app: a, ask: ask, chosen: make([]int, len(ask.Question.Pairs))}
	for i := range s.chosen {
		s.chosen[i] = -1
	}
	return s
}

func (s *pairing) translate(ask *study.Ask) { s.ask = ask }
func (s *pairing) typing() bool             { return false }
func (s *pairing) letters() int             { return len(s.ask.Layout.Right) }

func (s *pairing) keys() []key.Binding {
	w := s.app.words
	return []key.Binding{
		bind("a-"+letter(len(s.ask.Layout.Right)-1), w.T("key-pair"), "a"),
		bind(w.T("name-enter"), w.T("key-answer"), "enter"),
		bind("↑↓", w.T("key-move"), "up", "down"),
	}
}

func (s *pairing) key(msg tea.KeyPressMsg) (done, handled bool) {
	if i := letterIndex(msg, len(s.ask.Layout.Right)); i >= 0 {
		s.chosen[s.cursor] = i
		s.next()
		return false, true
	}
	switch {
	case is(msg, "down", "j"):
		s.cursor = min(s.cursor+1, len(s.chosen)-1)
	case is(msg, "up", "k"):
		s.cursor = max(s.cursor-1, 0)
	case is(msg, "backspace", "delete"):
		if s.chosen[s.cursor] < 0 {
			s.cursor = max(s.cursor-1, 0)
		}
		s.chosen[s.cursor] = -1
	case is(msg, "space"):
		s.chosen[s.cursor] = (s.chosen[s.cursor] + 1) % len(s.ask.Layout.Right)
	case is(msg, "enter"):
		return true, true
	default:
		return false, false
	}
	return false, true
}

// next moves to the first item without a letter after the cursor, or stays.
func (s *pairing) next() {
	n := len(s.chosen)
	for d := 1; d < n; d++ {
		if i := (s.cursor + d) % n; s.chosen[i] < 0 {
			s.cursor = i
			return
		}
	}
}

func (s *pairing) answer() (quiz.Answer, string) {
	var given quiz.Answer
	for i, c := range s.chosen {
		if c < 0 {
			s.cursor = i
			return nil, s.app.words.T("pair-all")
		}
		id, _ := s.ask.Question.RightItem(s.ask.Layout.Right[c])
		given = append(given, id)
	}
	return given, ""
}

// lines draws the items, and under them what they can be given. Where a low window cannot show both, only the item under
// the cursor stands there, and what the others have been given.
func (s *pairing) lines(width int, out *study.Outcome) ([]string, span) {
	var left, right []string
	var at span
	for i := range s.chosen {
		from := len(left)
		left = append(left, s.item(i, width, out)...)
		if i == s.cursor {
			at = span{from, len(left)}
		}
	}
	for i, item := range s.ask.Layout.Right {
		_, text := s.ask.Question.RightItem(item)
		right = append(right, hanging("  "+letter(i)+"  ", inline(text), width)...)
	}
	room := s.app.bodyHeight()
	if out != nil || len(left)+1+len(right) <= room {
		return append(append(left, ""), right...), at
	}
	lines := append(append(s.given(width), left[at.from:at.to]...), right...)
	return lines, span{0, min(len(lines), room)}
}

// given says in a line what each item has been given.
func (s *pairing) given(width int) []string {
	var all []string
	for i, c := range s.chosen {
		all = append(all, strconv.Itoa(i+1)+" [ "+slot(c)+" ]")
	}
	return hanging("  ", strings.Join(all, "  "), width)
}

func slot(i int) string {
	if i < 0 {
		return "_"
	}
	return letter(i)
}

// item draws the i-th item, with what it was given.
func (s *pairing) item(i, width int, out *study.Outcome) []string {
	q, t := s.ask.Question, s.app.theme
	mark, has := "  ", slot(s.chosen[i])
	switch {
	case out != nil:
		has = "_"
		for at, right := range s.ask.Layout.Right {
			if id, _ := q.RightItem(right); i < len(out.Answer) && id == out.Answer[i] {
				has = letter(at)
			}
		}
		if i < len(out.Parts) && !out.Skipped {
			has += " " + partWord(s.app, out.Parts[i])
		}
	case i == s.cursor:
		mark = t.cursor + " "
	}
	lines := hanging(mark+strconv.Itoa(i+1)+" [ "+has+" ]  ", inline(q.Pairs[i].Left), width)
	if mark != "  " {
		for n := range lines {
			lines[n] = t.focus.Render(lines[n])
		}
	}
	return lines
}

// partWord says in a word whether a part of an answer was right.
func partWord(a *app, right bool) string {
	if right {
		return a.words.T("part-right")
	}
	return a.words.T("part-wrong")
}

func (s *pairing) reveal(width int) []string {
	var lines []string
	for _, p := range s.ask.Question.Pairs {
		lines = append(lines, hanging("= ", s.app.words.T("pair-right", "Left", inline(p.Left), "Right", inline(p.Right)), width)...)
	}
	return lines
}

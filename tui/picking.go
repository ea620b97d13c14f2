package tui

import (
	"slices"
	"strconv"

	"fanal/modules/quiz"
	"fanal/study"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// picking takes one or several of a few things: options, true or false, a place on a scale.
type picking struct {
	app    *app
	ask    *study.Ask
	things []thing
	cursor int // -1 until something is chosen: Enter alone, pressed once too often, must not answer
	picked map[string]bool
}

// A thing can be picked.
type thing struct{ id, text string }

func newPicking(a *app, ask *study.Ask) *picking {
	s := &picking{app: a, ask: ask, cursor: -1, picked: map[string]bool{}}
	s.translate(ask)
	return s
}

func (s *picking) translate(ask *study.Ask) {
	s.ask = ask
	s.things = things(s.app, ask)
}

// things lists what can be picked, in the order on screen.
func things(a *app, ask *study.Ask) []thing {
	q := ask.Question
	var out []thing
	for _, i := range ask.Layout.Left {
		switch {
		case q.Type == quiz.Choice:
			out = append(out, thing{q.Options[i].ID, q.Options[i].Text})
		case q.Type == quiz.TrueFalse && i == 0:
			out = append(out, thing{"true", a.words.T("word-true")})
		case q.Type == quiz.TrueFalse:
			out = append(out, thing{"false", a.words.T("word-false")})
		case i == len(q.Scale):
			out = append(out, thing{"n/a", q.NotApplicable})
		default:
			out = append(out, thing{strconv.Itoa(i + 1), q.Scale[i]})
		}
	}
	return out
}

// many tells whether several things are to be picked.
func (s *picking) many() bool { return s.ask.Question.Type == quiz.Choice && s.ask.Question.Pick > 1 }

func (s *picking) typing() bool { return false }
func (s *picking) letters() int { return len(s.things) }

func (s *picking) keys() []key.Binding {
	w := s.app.words
	what := "key-choose"
	if s.many() {
		what = "key-tick"
	}
	return []key.Binding{
		bind("a-"+letter(len(s.things)-1), w.T(what), "a"), bind(w.T("name-enter"), w.T("key-answer"), "enter"),
	}
}

func (s *picking) key(msg tea.KeyPressMsg) (done, handled bool) {
	if i := letterIndex(msg, len(s.things)); i >= 0 {
		s.cursor = i
		s.pick(i)
		return false, true
	}
	switch {
	case is(msg, "down", "j"):
		s.cursor = min(s.cursor+1, len(s.things)-1)
	case is(msg, "up", "k"):
		s.cursor = max(s.cursor-1, 0)
	case is(msg, "space"):
		s.cursor = max(s.cursor, 0)
		s.pick(s.cursor)
	case is(msg, "enter"):
		return true, true
	default:
		return false, false
	}
	return false, true
}

// pick ticks a thing, or takes its tick away, where several are to be picked.
func (s *picking) pick(i int) {
	if id := s.things[i].id; s.many() {
		s.picked[id] = !s.picked[id]
	}
}

func (s *picking) answer() (quiz.Answer, string) {
	if !s.many() {
		if s.cursor < 0 {
			return nil, s.app.words.T("pick-one", "Last", letter(len(s.things)-1))
		}
		return quiz.Answer{s.things[s.cursor].id}, ""
	}
	var given quiz.Answer
	for _, th := range s.things {
		if s.picked[th.id] {
			given = append(given, th.id)
		}
	}
	if n := s.ask.Question.Pick; len(given) != n {
		return nil, s.app.words.N("pick-exactly", n)
	}
	return given, ""
}

func (s *picking) lines(width int, out *study.Outcome) ([]string, span) {
	t := s.app.theme
	var lines []string
	var focus span
	for i, th := range s.things {
		mark, label := "  ", letter(i)+"  "
		chosen := i == s.cursor
		if out != nil {
			chosen = slices.Contains(out.Answer, th.id)
		}
		if s.many() {
			box := "[ ] "
			if out == nil && s.picked[th.id] || out != nil && chosen {
				box = "[x] "
			}
			label = letter(i) + " " + box
		}
		if chosen {
			mark = t.cursor + " "
		}
		at := len(lines)
		for _, l := range hanging(mark+label, inline(th.text), width) {
			if chosen {
				l = t.focus.Render(l)
			}
			lines = append(lines, l)
		}
		if i == max(s.cursor, 0) {
			focus = span{at, len(lines)}
		}
	}
	return lines, focus
}

// reveal names what was right.
func (s *picking) reveal(width int) []string {
	var lines []string
	for _, th := range s.things {
		if slices.Contains(quiz.CorrectAnswer(s.ask.Question), th.id) {
			lines = append(lines, hanging("= ", inline(th.text), width)...)
		}
	}
	return lines
}

// letter is the name of the i-th thing: a, b, c …
func letter(i int) string { return string(rune('a' + i)) }

// letterIndex returns which of n lettered things a key names, or -1.
func letterIndex(msg tea.KeyPressMsg, n int) int {
	s := msg.String()
	if len(s) == 1 {
		c := s[0] | 0x20 // capital letters name the same things: caps lock is no error
		if i := int(c) - 'a'; i >= 0 && i < n && (s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z') {
			return i
		}
	}
	return -1
}

package tui

import (
	"strings"

	"fanal/modules/quiz"
	"fanal/study"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// fields takes typed words or numbers, one field a gap. Where words are offered, the up and down arrows put them into the
// field, so that nobody has to type.
type fields struct {
	app    *app
	ask    *study.Ask
	fields []textinput.Model
	at     int
	word   int // of the bank, last put into the field; -1: none yet
}

func newFields(a *app, ask *study.Ask) *fields {
	s := &fields{app: a, ask: ask, word: -1}
	n := 1
	if ask.Question.Type == quiz.FillIn {
		n = max(len(ask.Question.Accept), 1)
	}
	for range n {
		f := newField("")
		f.Blur()
		s.fields = append(s.fields, f)
	}
	s.fields[0].Focus()
	return s
}

func (s *fields) translate(ask *study.Ask) { s.ask = ask }

func (s *fields) typing() bool { return true }
func (s *fields) letters() int { return 0 }

func (s *fields) paste(msg tea.PasteMsg) { s.fields[s.at], _ = s.fields[s.at].Update(msg) }

func (s *fields) keys() []key.Binding {
	w := s.app.words
	keys := []key.Binding{bind(w.T("name-enter"), w.T("key-answer"), "enter")}
	if len(s.ask.Question.Bank) > 0 {
		keys = append(keys, bind("↑↓", w.T("key-words"), "up", "down"))
	}
	if len(s.fields) > 1 {
		keys = append(keys, bind("Tab", w.T("key-next-field"), "tab"))
	}
	return keys
}

func (s *fields) key(msg tea.KeyPressMsg) (done, handled bool) {
	switch {
	case is(msg, "enter"):
		if s.at < len(s.fields)-1 {
			s.focus(s.at + 1)
			return false, true
		}
		return true, true
	case is(msg, "tab"):
		s.focus((s.at + 1) % len(s.fields))
	case is(msg, "shift+tab"):
		s.focus((s.at + len(s.fields) - 1) % len(s.fields))
	case is(msg, "down", "up"):
		if !s.offer(msg.String()) {
			return false, false
		}
	case is(msg, "pgup", "pgdown"):
		return false, false
	default:
		s.fields[s.at], _ = s.fields[s.at].Update(msg)
	}
	return false, true
}

func (s *fields) focus(i int) {
	s.fields[s.at].Blur()
	s.at, s.word = i, -1
	s.fields[i].Focus()
}

// offer puts the next or the previous word of the bank into the field.
func (s *fields) offer(dir string) bool {
	bank, n := s.ask.Question.Bank, len(s.ask.Question.Bank)
	if n == 0 {
		return false
	}
	if dir == "down" {
		s.word = (s.word + 1) % n
	} else {
		s.word = (max(s.word, 0) + n - 1) % n
	}
	s.fields[s.at].SetValue(bank[s.ask.Layout.Left[s.word]])
	s.fields[s.at].CursorEnd()
	return true
}

func (s *fields) answer() (quiz.Answer, string) {
	var given quiz.Answer
	for i, f := range s.fields {
		v := strings.TrimSpace(f.Value())
		if v == "" {
			s.focus(i)
			return nil, s.app.words.T("type-something")
		}
		given = append(given, v)
	}
	return given, ""
}

func (s *fields) lines(width int, out *study.Outcome) ([]string, span) {
	q, t := s.ask.Question, s.app.theme
	var lines []string
	if len(q.Bank) > 0 {
		var words []string
		for _, i := range s.ask.Layout.Left {
			words = append(words, inline(q.Bank[i]))
		}
		lines = append(append(lines, hanging("", s.app.words.T("word-bank", "Words", strings.Join(words, " / ")), width)...), "")
	}
	var focus span
	for i := range s.fields {
		label := "  > "
		if len(s.fields) > 1 {
			mark := "  "
			if i == s.at && out == nil {
				mark = t.cursor + " "
			}
			label = mark + s.app.words.Int(i+1) + " > "
		}
		unit := ""
		if q.Unit != "" {
			unit = " " + q.Unit
		}
		if out != nil {
			given := ""
			if i < len(out.Answer) {
				given = out.Answer[i]
			}
			given = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(given), q.Unit))
			if given == "" {
				unit = ""
			}
			lines = append(lines, t.focus.Render(label+inline(given)+unit))
			continue
		}
		if i == s.at {
			focus = span{len(lines), len(lines) + 1}
		}
		room := min(40, width-10)
		if q.Type == quiz.Numeric {
			room = 10
		}
		s.fields[i].SetWidth(room)
		lines = append(lines, label+s.fields[i].View()+unit)
	}
	return lines, focus
}

func (s *fields) reveal(width int) []string {
	q := s.ask.Question
	var lines []string
	for _, right := range quiz.CorrectAnswer(q) {
		if q.Type == quiz.Numeric {
			right = s.app.words.Decimal(q.Number, 6)
			if q.Unit != "" {
				right += " " + q.Unit
			}
		}
		lines = append(lines, hanging("= ", inline(right), width)...)
	}
	return lines
}

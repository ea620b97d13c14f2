package tui

import (
	"strconv"
	"strings"

	"fanal/modules/quiz"
	"fanal/study"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
)

// writing takes a free text, then shows a model answer beside it and lets the learner say how near it is.
type writing struct {
	app     *app
	ask     *study.Ask
	area    textarea.Model
	judging bool
	saved   string // what the draft on the disk says
	near    int    // the judgement under the cursor, 0 the nearest; -1: none yet
}

// The judgements from the nearest to the furthest, as quiz.Answer writes them.
var judgements = [...]string{"2", "1", "0"}

func newWriting(a *app, ask *study.Ask) *writing {
	s := &writing{app: a, ask: ask, area: newArea(a), near: -1}
	s.area.SetHeight(6)
	return s
}

func (s *writing) translate(ask *study.Ask) { s.ask = ask }
func (s *writing) typing() bool             { return !s.judging }
func (s *writing) letters() int             { return len(judgements) }

func (s *writing) paste(msg tea.PasteMsg) {
	if !s.judging {
		s.area, _ = s.area.Update(msg)
	}
}

func (s *writing) keys() []key.Binding {
	w := s.app.words
	if s.judging {
		return []key.Binding{
			bind("a-c", w.T("key-choose"), "a"),
			bind(w.T("name-enter"), w.T("key-confirm"), "enter"),
			bind(w.T("name-backspace"), w.T("key-rewrite"), "backspace"),
		}
	}
	return []key.Binding{bind("Tab", w.T("key-compare"), "tab")}
}

func (s *writing) key(msg tea.KeyPressMsg) (done, handled bool) {
	if !s.judging {
		if is(msg, "tab") {
			s.judging = strings.TrimSpace(s.area.Value()) != ""
			return !s.judging, true // nothing written: answer says so
		}
		if is(msg, "pgup", "pgdown") {
			return false, false
		}
		s.area, _ = s.area.Update(msg)
		return false, true
	}
	switch {
	case is(msg, "down", "j"):
		s.near = min(s.near+1, len(judgements)-1)
	case is(msg, "up", "k"):
		s.near = max(s.near-1, 0)
	case is(msg, "backspace"):
		s.judging = false
	case is(msg, "enter"):
		return true, true
	default:
		i := letterIndex(msg, len(judgements))
		if i < 0 {
			return false, false
		}
		s.near = i
	}
	return false, true
}

func (s *writing) answer() (quiz.Answer, string) {
	text := strings.TrimSpace(s.area.Value())
	if text == "" {
		return nil, s.app.words.T("type-something")
	}
	if s.near < 0 {
		return nil, s.app.words.T("pick-one", "Last", letter(len(judgements)-1))
	}
	return quiz.Answer{text, judgements[s.near]}, ""
}

func (s *writing) lines(width int, out *study.Outcome) ([]string, span) {
	if out == nil && !s.judging {
		s.area.SetWidth(width)
		lines := strings.Split(s.area.View(), "\n")
		return lines, span{0, len(lines)}
	}
	text := s.area.Value()
	if out != nil && len(out.Answer) > 0 {
		text = out.Answer[0]
	}
	w, t := s.app.words, s.app.theme
	var lines []string
	if text != "" {
		lines = append(lines, t.muted.Render(w.T("you-wrote")))
		for l := range strings.SplitSeq(text, "\n") {
			lines = append(lines, hanging("  ", l, width)...)
		}
	}
	lines = append(lines, s.model(width)...)
	lines = append(lines, "", t.strong.Render(w.T("judge-yourself")))
	focus := span{from: len(lines) - 1}
	for i, j := range judgements {
		mark, chosen := "  ", i == s.near
		if out != nil {
			chosen = len(out.Answer) > 1 && out.Answer[1] == j
		}
		if chosen {
			mark = t.cursor + " "
		}
		lines = append(lines, hanging(mark+letter(i)+"  ", w.T("near-"+j), width)...)
	}
	focus.to = len(lines) // all three places are to be seen
	return lines, focus
}

// model shows the model answer and what a good one has.
func (s *writing) model(width int) []string {
	w, t, q := s.app.words, s.app.theme, s.ask.Question
	lines := []string{"", t.strong.Render(w.T("model-answer"))}
	if piece, ok := s.app.lines(q.Model, width-2); ok {
		lines = append(lines, indentLines(piece, 2)...)
	} else {
		lines = append(lines, hanging("  ", inline(q.Model), width)...)
	}
	if len(q.Criteria) > 0 {
		lines = append(lines, "", t.strong.Render(w.T("criteria-word")))
		for i, c := range q.Criteria {
			lines = append(lines, hanging("  "+strconv.Itoa(i+1)+" ", inline(c), width)...)
		}
	}
	return lines
}

func (s *writing) reveal(width int) []string { return s.model(width) }

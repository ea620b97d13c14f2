package linear

import (
	"fmt"
	"strconv"
	"strings"

	"fanal/modules/quiz"
	"fanal/study"
)

// verdict says what came of an answer: right or not yet on a line of its own, what was right of it, the feedback of what
// was picked, why.
func (s *session) verdict(ask *study.Ask) {
	out, q := ask.Outcome, ask.Question
	s.say(s.judgement(ask))
	if out.Misled {
		s.tell("verdict-second-look")
	}
	switch {
	case out.Skipped:
		s.correct(ask)
	case out.Judged && !out.Right:
		s.parts(ask)
	}
	for _, f := range out.Feedback {
		if f != "" {
			s.markdown(f)
		}
	}
	if q.Explanation != "" {
		s.markdown(q.Explanation)
	}
}

// judgement is the verdict's own line.
func (s *session) judgement(ask *study.Ask) string {
	out := ask.Outcome
	switch {
	case out.Skipped && !out.Judged:
		return s.words.T("verdict-passed")
	case out.Skipped:
		return s.words.T("linear-not-yet-skipped")
	case !out.Judged:
		return s.words.T("linear-noted")
	case out.Right:
		return s.words.T("verdict-right")
	case out.Score > 0 && len(out.Parts) > 0:
		return s.words.T("linear-not-yet-partly")
	}
	return s.words.T("verdict-not-yet")
}

// parts says of each gap or pair whether it was right.
func (s *session) parts(ask *study.Ask) {
	out, q := ask.Outcome, ask.Question
	for i, right := range out.Parts {
		word := "linear-part-not-yet"
		if right {
			word = "linear-part-right"
		}
		given := ""
		if i < len(out.Answer) {
			given = out.Answer[i]
		}
		switch {
		case q.Type == quiz.FillIn && len(out.Parts) > 1:
		case q.Type == quiz.Matching:
			given = q.Pairs[i].Left
		default:
			return
		}
		s.hang(fmt.Sprintf("%d. ", i+1)+s.words.T("linear-named", "Name", s.inline(given), "Value", s.words.T(word)), 3)
	}
}

// given says the answer that was given, to whoever comes back to a question.
func (s *session) given(ask *study.Ask) {
	q, answer := ask.Question, ask.Outcome.Answer
	switch {
	case ask.Outcome.Skipped || len(answer) == 0:
		return
	case q.Type == quiz.LongFillIn:
		s.tell("linear-given")
		s.say(answer[0])
		return
	}
	var parts []string
	for i, part := range answer {
		parts = append(parts, s.partText(q, i, part))
	}
	s.listed("linear-given", q, parts)
}

// correct says the right answer.
func (s *session) correct(ask *study.Ask) {
	q := ask.Question
	switch q.Type {
	case quiz.LongFillIn:
		s.model(q)
		return
	case quiz.Likert:
		return
	}
	var parts []string
	for i, part := range ask.Outcome.Correct {
		if q.Type == quiz.Numeric {
			part = strings.TrimSpace(s.words.Decimal(q.Number, 6) + "\u00a0" + q.Unit)
		}
		parts = append(parts, s.partText(q, i, part))
	}
	s.listed("linear-correct", q, parts)
}

// listed says the parts of an answer: one on the line that announces it, several each on their own.
func (s *session) listed(id string, q *quiz.Question, parts []string) {
	if len(parts) == 1 {
		s.tell(id+"-one", "Answer", parts[0])
		return
	}
	s.tell(id)
	for i, l := range parts {
		if q.Type == quiz.Choice {
			s.hang("- "+l, 2)
		} else {
			s.hang(fmt.Sprintf("%d. %s", i+1, l), 3)
		}
	}
}

// partText is the i-th part of an answer as a learner knows it.
func (s *session) partText(q *quiz.Question, i int, part string) string {
	switch q.Type {
	case quiz.Choice:
		for _, o := range q.Options {
			if o.ID == part {
				return s.inline(o.Text)
			}
		}
	case quiz.TrueFalse:
		return s.words.T("linear-" + part)
	case quiz.Matching:
		for r := range len(q.Pairs) + len(q.Distractors) {
			if id, text := q.RightItem(r); id == part && i < len(q.Pairs) {
				return s.words.T("linear-named", "Name", s.inline(q.Pairs[i].Left), "Value", s.inline(text))
			}
		}
	case quiz.Sequencing:
		for _, st := range q.Steps {
			if st.ID == part {
				return s.inline(st.Text)
			}
		}
	case quiz.Likert:
		if place, err := strconv.Atoi(part); err == nil && place >= 1 && place <= len(q.Scale) {
			return s.inline(q.Scale[place-1])
		}
		return s.inline(q.NotApplicable)
	}
	return part
}

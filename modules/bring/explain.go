package bring

import (
	"strconv"
	"strings"

	"fanal/modules/quiz"
)

// explain gives an explanation to a question that came without: what is right. An author should write why.
func (p Phrases) explain(q *quiz.Question) string {
	var parts []string
	switch q.Type {
	case quiz.Choice:
		for _, o := range q.Options {
			if o.Correct {
				parts = append(parts, o.Text)
			}
		}
	case quiz.TrueFalse:
		return map[bool]string{true: p.True, false: p.False}[q.Truth]
	case quiz.FillIn:
		for _, texts := range q.Accept {
			if len(texts) > 0 {
				parts = append(parts, fromPlain(texts[0]))
			}
		}
	case quiz.Numeric:
		parts = append(parts, strings.TrimSpace(strconv.FormatFloat(q.Number, 'f', -1, 64)+" "+fromPlain(q.Unit)))
	case quiz.Matching:
		for _, pair := range q.Pairs {
			parts = append(parts, pair.Left+" → "+pair.Right)
		}
	case quiz.Sequencing:
		for _, s := range q.Steps {
			parts = append(parts, s.Text)
		}
	case quiz.LongFillIn:
		return p.Compare
	}
	return p.Answer(strings.Join(parts, "; "))
}

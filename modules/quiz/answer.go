package quiz

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"strconv"
	"strings"
)

// NA is the answer to a likert question that places itself outside the scale.
const NA = "n/a"

// RightItem gives the id, as an [Answer] writes it, and the text of right-hand item i of a matching question, counted as
// in [Layout].Right.
func (q *Question) RightItem(i int) (id, text string) {
	if i < len(q.Pairs) {
		return q.Pairs[i].ID, q.Pairs[i].Right
	}
	i -= len(q.Pairs)
	return "distractor-" + strconv.Itoa(i+1), q.Distractors[i]
}

// CorrectAnswer gives the full right answer: what a skipped question shows. For a free text it is the model, for the
// likert scale, which has none, nil. [Grade] finds it right.
func CorrectAnswer(q *Question) Answer {
	var a Answer
	switch q.Type {
	case Choice:
		for _, o := range q.Options {
			if o.Correct {
				a = append(a, o.ID)
			}
		}
	case TrueFalse:
		a = Answer{truth(q.Truth)}
	case FillIn:
		for _, accept := range q.Accept {
			text := ""
			if len(accept) > 0 {
				text = accept[0]
			}
			a = append(a, text)
		}
	case Numeric:
		a = Answer{strconv.FormatFloat(q.Number, 'f', -1, 64)}
	case Matching:
		for _, p := range q.Pairs {
			a = append(a, p.ID)
		}
	case Sequencing:
		for _, s := range q.Steps {
			a = append(a, s.ID)
		}
	case LongFillIn:
		a = Answer{q.Model, "2"}
	}
	return a
}

// Response writes an answer in the form that xAPI gives to result.response: "[,]" between several, "[.]" between the two
// of a pair. A number is written with a point and without its unit; a free text without the learner's judgement, which
// is its score.
func Response(q *Question, a Answer) string {
	switch {
	case len(a) == 0:
		return ""
	case q.Type == Matching:
		var pairs []string
		for i, p := range q.Pairs {
			if i < len(a) && a[i] != "" {
				pairs = append(pairs, p.ID+"[.]"+a[i])
			}
		}
		return strings.Join(pairs, "[,]")
	case q.Type == Numeric:
		if n := Numbers(a[0], q.Unit); len(n) > 0 {
			nearest := n[0]
			for _, v := range n {
				if math.Abs(v-q.Number) < math.Abs(nearest-q.Number) {
					nearest = v
				}
			}
			return strconv.FormatFloat(nearest, 'f', -1, 64)
		}
		return a[0]
	case q.Type == LongFillIn:
		return a[0]
	default:
		return strings.Join(a, "[,]")
	}
}

// Hash is a fingerprint (16 hexadecimal digits) of what a question asks and of what counts as right, in its language. It
// changes when an author changes either, and not when hints, explanations or feedback change.
func Hash(q *Question) string {
	h := sha256.New()
	put := func(parts ...string) {
		// Lengths are hashed with the texts, so that no two questions run together to the same bytes.
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(parts)))
		h.Write(size[:])
		for _, p := range parts {
			binary.BigEndian.PutUint64(size[:], uint64(len(p)))
			h.Write(size[:])
			h.Write([]byte(p))
		}
	}
	number := func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
	put("question 1", string(q.Type), q.Prompt)
	for _, o := range q.Options {
		put("option", o.ID, o.Text, truth(o.Correct))
	}
	for _, accept := range q.Accept {
		put(append([]string{"accept"}, accept...)...)
	}
	for _, p := range q.Pairs {
		put("pair", p.ID, p.Left, p.Right)
	}
	for _, s := range q.Steps {
		put("step", s.ID, s.Text)
	}
	put(append([]string{"bank"}, q.Bank...)...)
	put(append([]string{"distractors"}, q.Distractors...)...)
	put(append([]string{"criteria", q.Model}, q.Criteria...)...)
	put(append([]string{"scale", q.NotApplicable}, q.Scale...)...)
	put("key", truth(q.Truth), truth(q.Exact), number(q.Number), number(q.Tolerance), q.Unit)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

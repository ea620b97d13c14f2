package progress

import (
	"cmp"
	"slices"
)

// Review by sessions, not by the clock (Leitner's boxes): a question of box n is asked again 1, 2, 4, 8, 16 sessions later.
var boxInterval = [...]int{0, 1, 2, 4, 8, 16}

const (
	lastBox = len(boxInterval) - 1
	// tooOften is how many failures set a question aside: more repetition of the same does not help any more.
	tooOften = 8
)

// boxed moves a question between the boxes after an answer in a session. The first answer puts a question into box 1,
// whatever it was worth: the lesson stands right above it. From then on a right answer moves it up, a wrong one or a skip
// puts it back. What counts as remembered is recall without help after a while, so that
// a right answer after a hint leaves the box as it is, and so does one in the session that already moved the question: the
// second round right after a lesson shows that the explanation was read, no more.
func boxed(q QuestionState, right, hinted bool, session int) QuestionState {
	seen := q.Box > 0 && q.Session == session
	switch {
	case !right:
		q.Box = 1
	case seen:
		return q
	case q.Box == 0:
		q.Box = 1
	default:
		if !hinted {
			q.Box = min(q.Box+1, lastBox)
		}
	}
	q.Session, q.DueAt = session, session+boxInterval[q.Box]
	return q
}

// inReview tells whether the question will be asked again.
func (q QuestionState) inReview() bool { return q.Box > 0 && !q.Aside }

// sortDue puts what to ask first first: errors the learner was sure of, then what sits in the lowest box, then what has
// waited longest. The rest of the order is only there to be the same every time.
func sortDue(due []DueQuestion) {
	sure := func(q DueQuestion) int {
		if q.SureWrong {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(due, func(a, b DueQuestion) int { // as study sorts them again: a second kind of sorting is 20 KB more
		return cmp.Or(
			cmp.Compare(sure(a), sure(b)), cmp.Compare(a.Box, b.Box), cmp.Compare(a.DueAt, b.DueAt),
			cmp.Compare(a.Module, b.Module), cmp.Compare(a.Lesson, b.Lesson), cmp.Compare(a.Question, b.Question))
	})
}

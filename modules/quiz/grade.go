package quiz

import (
	"slices"
	"strings"
)

// Grade says what an answer is worth. It is forgiving in form and strict in substance; how far, is written at [Same] for
// typed texts and at [Numbers] for typed numbers. An answer that names what the question does not have, or that is too
// short, is wrong there and nothing worse, and a nil answer (a skipped question) scores 0.
//
// Scores: a choice gives the right picks minus the wrong ones, over the number of right options, never below 0; gaps and
// matching give the share that is right; sequencing the share of neighbours that follow each other as they should; a free
// text what the learner judged it to be (0, half, 1); everything else all or nothing.
func Grade(q *Question, a Answer) Verdict {
	switch q.Type {
	case Choice:
		return gradeChoice(q, a)
	case TrueFalse:
		right := len(a) > 0 && a[0] == truth(q.Truth)
		return share(boolToInt(right), 1, nil)
	case FillIn:
		return gradeFillIn(q, a)
	case Numeric:
		return share(boolToInt(len(a) > 0 && rightNumber(q, a[0])), 1, nil)
	case Matching:
		return gradeMatching(q, a)
	case Sequencing:
		return gradeSequencing(q, a)
	case LongFillIn:
		return gradeLongFillIn(a)
	default: // a likert scale, and any type that this program does not know, has no right answer
		return Verdict{}
	}
}

// share is the verdict of got points out of all: counted in whole numbers, so that all of them give exactly 1.
func share(got, all int, parts []bool) Verdict {
	if all <= 0 || got < 0 {
		return Verdict{Judged: true, Parts: parts}
	}
	return Verdict{Score: float64(got) / float64(all), Right: got == all, Judged: true, Parts: parts}
}

func gradeChoice(q *Question, a Answer) Verdict {
	picked := make(map[string]bool, len(a))
	for _, id := range a {
		picked[id] = true
	}
	wrong := len(picked) // until found among the right options: an unknown id is a wrong pick
	right, all := 0, 0
	parts := make([]bool, len(q.Options))
	for i, o := range q.Options {
		parts[i] = picked[o.ID] == o.Correct
		if !o.Correct {
			continue
		}
		all++
		if picked[o.ID] {
			right++
			wrong--
		}
	}
	return share(right-wrong, all, parts)
}

func gradeFillIn(q *Question, a Answer) Verdict {
	got := 0
	parts := make([]bool, len(q.Accept))
	for i, accept := range q.Accept {
		parts[i] = i < len(a) && rightText(q, i, accept, a[i])
		got += boolToInt(parts[i])
	}
	return share(got, len(parts), parts)
}

// rightText says whether what was typed into gap i is accepted there.
func rightText(q *Question, i int, accept []string, typed string) bool {
	is := func(same func(accepted, typed string) bool) bool {
		return slices.ContainsFunc(accept, func(text string) bool { return same(text, typed) })
	}
	if q.Exact {
		return is(sameExactly)
	}
	return is(sameForm) || !otherWord(q, i, typed) && is(Same)
}

// otherWord says whether what was typed is a word of the question's bank or of another gap: it was meant, and is no slip.
func otherWord(q *Question, gap int, typed string) bool {
	for _, word := range q.Bank {
		if sameForm(word, typed) {
			return true
		}
	}
	for j, accept := range q.Accept {
		for _, text := range accept {
			if j != gap && sameForm(text, typed) {
				return true
			}
		}
	}
	return false
}

func gradeMatching(q *Question, a Answer) Verdict {
	text := make(map[string]string, len(q.Pairs))
	for _, p := range q.Pairs {
		text[p.ID] = p.Right
	}
	got := 0
	parts := make([]bool, len(q.Pairs))
	for i, p := range q.Pairs {
		if i < len(a) {
			// Two pairs may share the text of their right item: either of the two is then the right one.
			chosen, ok := text[a[i]]
			parts[i] = a[i] == p.ID || ok && chosen == p.Right
		}
		got += boolToInt(parts[i])
	}
	return share(got, len(parts), parts)
}

func gradeSequencing(q *Question, a Answer) Verdict {
	place := make(map[string]int, len(a))
	for i, id := range a {
		if _, twice := place[id]; !twice {
			place[id] = i
		}
	}
	n := len(q.Steps)
	parts := make([]bool, n)
	got := 0
	for i, s := range q.Steps {
		at, given := place[s.ID]
		if i == 0 {
			parts[i] = given && at == 0
			continue
		}
		before, ok := place[q.Steps[i-1].ID]
		parts[i] = given && ok && at == before+1
		got += boolToInt(parts[i])
	}
	if n == 1 {
		return share(boolToInt(parts[0]), 1, parts)
	}
	return share(got, n-1, parts)
}

func gradeLongFillIn(a Answer) Verdict {
	if len(a) < 2 {
		return share(0, 2, nil)
	}
	switch strings.TrimSpace(a[1]) {
	case "2":
		return share(2, 2, nil)
	case "1":
		return share(1, 2, nil)
	default:
		return share(0, 2, nil)
	}
}

func truth(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

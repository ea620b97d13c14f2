package bring

import (
	"fanal/modules"
	"fanal/modules/quiz"
)

// adopt takes over what an aside says of the question beyond what GIFT could.
func (r *reader) adopt() {
	a, q := r.aside, r.q
	media := func(string) {}
	prose := func(s string) string { return asMarkdown.markdown(s, media) }
	r.retype()
	if a.Prompt != "" {
		q.Prompt = prose(a.Prompt)
	}
	if a.Hint != "" {
		q.Hint = prose(a.Hint)
	}
	if a.Explanation != "" {
		q.Explanation = prose(a.Explanation)
	}
	if a.Feedback != "" {
		q.Feedback = prose(a.Feedback)
	}
	q.Objective, q.Scene = a.Objective, a.Scene
	q.Shuffle = q.Type == quiz.Choice && !a.Fixed
	switch q.Type {
	case quiz.FillIn:
		q.Exact, q.Bank = a.Exact, lines(a.Bank)
		if len(a.Answers) > 0 {
			q.Accept = nil // lists without a word are refused when the question is tested
			for _, texts := range a.Answers {
				q.Accept = append(q.Accept, lines(texts))
			}
		}
	case quiz.Numeric:
		q.Unit = modules.CleanLine(a.Unit)
	case quiz.LongFillIn:
		q.Criteria = lines(a.Criteria)
	case quiz.Likert:
		q.NotApplicable = modules.CleanLine(a.NotApplicable)
	}
	r.adoptIDs()
}

// retype makes of a question the kind that it was before it was written in GIFT.
func (r *reader) retype() {
	q := r.q
	switch was := r.aside.Type; {
	case was == quiz.Sequencing && q.Type == quiz.Matching:
		q.Type = was
		for _, p := range q.Pairs {
			q.Steps = append(q.Steps, quiz.Item{Text: p.Right})
		}
		q.Pairs, q.Distractors = nil, nil
	case was == quiz.Likert && q.Type == quiz.Choice:
		q.Type = was
		for _, o := range q.Options {
			q.Scale = append(q.Scale, o.Text)
		}
		q.Options, q.Pick = nil, 0
	case was == quiz.FillIn && q.Type == quiz.Matching && len(r.aside.Answers) > 0:
		q.Type = was
		q.Pairs, q.Distractors = nil, nil
	}
}

// adoptIDs gives options, pairs and steps the ids they had, when there are as many.
func (r *reader) adoptIDs() {
	ids := r.aside.IDs
	switch n := len(ids); n {
	case 0:
	case len(r.q.Options):
		for i, id := range ids {
			r.q.Options[i].ID = id
		}
	case len(r.q.Pairs):
		for i, id := range ids {
			r.q.Pairs[i].ID = id
		}
	case len(r.q.Steps):
		for i, id := range ids {
			r.q.Steps[i].ID = id
		}
	}
}

// lines cleans texts of one line each.
func lines(texts []string) []string {
	var out []string
	for _, s := range texts {
		out = append(out, modules.CleanLine(s))
	}
	return out
}

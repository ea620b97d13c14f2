package linear

import (
	"strconv"
	"strings"

	"fanal/modules"
	"fanal/modules/quiz"
	"fanal/study"
)

// take waits for an answer of the kind that the question wants. What cannot be one is not judged: one sentence says what to
// type, and the question stays open. It returns errSkip, or the error that leads away from the question.
func (s *session) take(run *study.Run, ask *study.Ask) (quiz.Answer, error) {
	q := ask.Question
	free := q.Type == quiz.FillIn || q.Type == quiz.LongFillIn
	ear := s.ear(run, free)
	switch q.Type {
	case quiz.Choice:
		return s.takeChoice(ask, ear)
	case quiz.TrueFalse:
		i, err := s.takeLetter(2, ear)
		return quiz.Answer{strconv.FormatBool(i == 0)}, err
	case quiz.FillIn:
		return s.takeGaps(run, ask, ear)
	case quiz.Numeric:
		return s.takeNumber(q, ear)
	case quiz.Matching:
		return s.takePairs(ask, ear)
	case quiz.Sequencing:
		return s.takeOrder(ask, ear)
	case quiz.LongFillIn:
		return s.takeText(run, ear, s.ear(run, false))
	}
	i, err := s.takeLetter(len(ask.Layout.Left), ear)
	if err == nil && ask.Layout.Left[i] == len(q.Scale) {
		return quiz.Answer{quiz.NA}, nil
	}
	return quiz.Answer{strconv.Itoa(i + 1)}, err
}

// takeLetter waits for one of the first n letters.
func (s *session) takeLetter(n int, ear func() (string, error)) (int, error) {
	picked, err := s.takeLetters(n, ear, func(p []int) bool { return len(p) == 1 }, func() string { return s.anyOf(n) })
	if err != nil {
		return 0, err
	}
	return picked[0], nil
}

// takeLetters says what to type and waits for letters that are right in form.
func (s *session) takeLetters(n int, ear func() (string, error), valid func([]int) bool, how func() string) ([]int, error) {
	s.say(how())
	for {
		text, err := ear()
		if err != nil {
			return nil, err
		}
		picked, ok := letters(text, n)
		if ok && valid(picked) {
			return picked, nil
		}
		s.misreadAs(text, how())
	}
}

func (s *session) takeChoice(ask *study.Ask, ear func() (string, error)) (quiz.Answer, error) {
	q := ask.Question
	n, pick := len(q.Options), max(q.Pick, 1)
	if pick == 1 {
		i, err := s.takeLetter(n, ear)
		if err != nil {
			return nil, err
		}
		return quiz.Answer{q.Options[ask.Layout.Left[i]].ID}, nil
	}
	picked, err := s.takeLetters(n, ear,
		func(p []int) bool { return len(p) == pick && distinct(p) },
		func() string { return s.words.N("linear-type-several", pick, "Example", example(pick)) })
	var a quiz.Answer
	for _, i := range picked {
		a = append(a, q.Options[ask.Layout.Left[i]].ID)
	}
	return a, err
}

func (s *session) takePairs(ask *study.Ask, ear func() (string, error)) (quiz.Answer, error) {
	q := ask.Question
	n := len(q.Pairs)
	picked, err := s.takeLetters(len(ask.Layout.Right), ear,
		func(p []int) bool { return len(p) == n },
		func() string { return s.words.N("linear-type-pairs", n, "Example", example(n)) })
	if err != nil {
		return nil, err
	}
	a := make(quiz.Answer, n)
	for i, p := range picked {
		a[ask.Layout.Left[i]], _ = q.RightItem(ask.Layout.Right[p])
	}
	return a, nil
}

func (s *session) takeOrder(ask *study.Ask, ear func() (string, error)) (quiz.Answer, error) {
	q := ask.Question
	n := len(q.Steps)
	picked, err := s.takeLetters(n, ear,
		func(p []int) bool { return len(p) == n && distinct(p) },
		func() string { return s.words.N("linear-type-order", n, "Example", example(n)) })
	var a quiz.Answer
	for _, i := range picked {
		a = append(a, q.Steps[ask.Layout.Left[i]].ID)
	}
	return a, err
}

// takeGaps waits for a text for each gap, one after the other. A letter stands for the word of the bank that it names,
// unless it is itself such a word.
func (s *session) takeGaps(run *study.Run, ask *study.Ask, ear func() (string, error)) (quiz.Answer, error) {
	q := ask.Question
	var a quiz.Answer
	if len(q.Bank) > 0 {
		s.tell("linear-type-bank")
	}
	for len(a) < len(q.Accept) {
		if len(q.Accept) > 1 {
			s.tell("linear-type-gap", "Gap", len(a)+1, "Gaps", len(q.Accept))
		} else if len(q.Bank) == 0 {
			s.tell("linear-type-text")
		}
		text, err := ear()
		for err == nil && text == "" {
			s.tell(nothing(run))
			text, err = ear()
		}
		if err != nil {
			return nil, err
		}
		a = append(a, s.fromBank(ask, text))
	}
	return a, nil
}

// nothing is the message for who typed nothing where something is wanted. A test shows no answer to who gives up.
func nothing(run *study.Run) string {
	if run.Context.IsTest() {
		return "type-something"
	}
	return "linear-type-something"
}

func (s *session) fromBank(ask *study.Ask, text string) string {
	for _, word := range ask.Question.Bank {
		if quiz.Same(word, text) {
			return text
		}
	}
	if picked, ok := letters(text, len(ask.Layout.Left)); ok && len(picked) == 1 {
		return ask.Question.Bank[ask.Layout.Left[picked[0]]]
	}
	return text
}

func (s *session) takeNumber(q *quiz.Question, ear func() (string, error)) (quiz.Answer, error) {
	how := s.words.T("linear-type-number")
	if q.Unit != "" {
		how = s.words.T("linear-type-number-in", "Unit", q.Unit)
	}
	s.say(how)
	for {
		text, err := ear()
		if err != nil {
			return nil, err
		}
		if len(quiz.Numbers(text, q.Unit)) > 0 {
			return quiz.Answer{text}, nil
		}
		s.misreadAs(text, how)
	}
}

// takeText waits for lines up to an empty one, then says the model answer and waits for how near it was. What has been
// written is kept line by line, for whoever goes elsewhere in between and for the battery.
func (s *session) takeText(run *study.Run, write, judge func() (string, error)) (quiz.Answer, error) {
	q := run.Step().Question
	s.tell("linear-type-lines")
	text := s.draft(run)
	if text != "" {
		s.tell("linear-draft")
		s.say(text)
	}
	for {
		line, err := write()
		switch {
		case err != nil:
			return nil, err
		case line != "":
			text = strings.TrimPrefix(text+"\n"+line, "\n")
			s.saveDraft(run, text)
		case text == "":
			s.tell(nothing(run))
		default:
			s.model(q)
			s.tell("linear-how-near")
			for i, near := range []string{"linear-near-2", "linear-near-1", "linear-near-0"} {
				s.option(i, s.words.T(near))
			}
			i, err := s.takeLetter(3, judge)
			return quiz.Answer{text, strconv.Itoa(2 - i)}, err
		}
	}
}

// draft is what the learner had written in answer to the current question.
func (s *session) draft(run *study.Run) string {
	l := run.Lesson()
	return s.desk.Store.Draft(s.desk.Learner.ID, l.Module, l.ID, run.Step().Question.ID)
}

// saveDraft keeps it. That it could not be kept is nothing to interrupt somebody for who writes: the answer will say so.
func (s *session) saveDraft(run *study.Run, text string) {
	l, q := run.Lesson(), run.Step().Question
	if q.Type == quiz.LongFillIn {
		_ = s.desk.Store.SaveDraft(s.desk.Learner.ID, l.Module, l.ID, q.ID, text)
	}
}

// model says the model answer and what a good answer has.
func (s *session) model(q *quiz.Question) {
	s.tell("linear-model")
	s.blocks([]modules.Block{{Markdown: q.Model}}, true)
	if len(q.Criteria) > 0 {
		s.tell("linear-criteria")
	}
	for _, c := range q.Criteria {
		s.hang("- "+s.inline(c), 2)
	}
}

// misreadAs is misread where the sentence is known.
func (s *session) misreadAs(text, sentence string) {
	s.misread(text, "linear-please", "Sentence", sentence)
}

// example is an answer of n letters, to show what one looks like.
func example(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(letter((i + 1) % n))
	}
	return b.String()
}

func distinct(picked []int) bool {
	seen := map[int]bool{}
	for _, p := range picked {
		seen[p] = true
	}
	return len(seen) == len(picked)
}

package linear

import (
	"errors"
	"fmt"
	"strings"

	"fanal/modules/quiz"
	"fanal/progress"
	"fanal/study"
)

// question asks the question of the current step, or says what was answered, and returns the step to go to.
func (s *session) question(run *study.Run) (int, error) {
	ask := run.Ask()
	s.scene(run, ask)
	s.put(ask)
	seen := ask.Outcome != nil
	if seen {
		s.given(ask)
	}
	for ask.Outcome == nil {
		settled, keep, err := s.answer(run, ask)
		if err != nil {
			return 0, err
		}
		// Only what is on the disk is acknowledged.
		switch err := keep(); {
		case errors.Is(err, progress.ErrFull):
			s.tell("linear-not-kept-full")
			continue
		case err != nil:
			s.tell("linear-not-kept")
			continue
		}
		s.saveDraft(run, "")
		run.Settle(settled)
	}
	switch {
	case !run.Context.IsTest():
		s.verdict(ask)
	case seen: // come back to, and not to be pushed on
		s.tell("test-silent")
	default: // nothing is said right or wrong before the end
		s.tell("verdict-noted")
		return run.At() + 1, nil
	}
	s.left(run)
	return s.after(run, ask)
}

// answer waits for a valid answer, or the wish to skip, and returns it on its way to be kept.
func (s *session) answer(run *study.Run, ask *study.Ask) (study.Settled, func() error, error) {
	given, err := s.take(run, ask)
	if errors.Is(err, errSkip) {
		settled, keep := run.Skip()
		return settled, keep, nil
	}
	if err != nil {
		return study.Settled{}, nil, err
	}
	sure, err := s.confidence(run)
	if errors.Is(err, errBack) { // to think again
		err = jump(run.At())
	}
	if err != nil {
		return study.Settled{}, nil, err
	}
	settled, keep := run.Answer(given, sure)
	return settled, keep, nil
}

// errSkip is a wish to see the answer instead of giving one.
var errSkip = errors.New("skip the question")

// ear returns what hears a line while a question is open: a hint is given on the way, and every other command leads away
// from the question as an error.
func (s *session) ear(run *study.Run, free bool) func() (string, error) {
	return func() (string, error) {
		for {
			t, err := s.hear(atQuestion, free)
			if err != nil {
				return "", err
			}
			switch t.cmd {
			case 0:
				return t.text, nil
			case 's':
				return "", errSkip
			case 'h':
				if run.Context.IsTest() {
					s.tell("test-silent")
				} else if hint := run.Hint(); hint != "" {
					s.tell("linear-hint", "Hint", inlineText(hint, s.words))
				} else {
					s.tell("linear-no-hint")
				}
			case 'g', 'e':
				if _, err := s.beside(run, t.cmd); err != nil {
					return "", err
				}
			default:
				to, err := s.obey(run, t.cmd)
				if err == nil {
					err = jump(to)
				}
				return "", err
			}
		}
	}
}

// scene says the situation that a question is about; once for several questions in a row.
func (s *session) scene(run *study.Run, ask *study.Ask) {
	if ask.Scene == nil {
		return
	}
	key := run.Lesson().ID + "/" + ask.Scene.ID
	if s.said == key {
		s.tell("linear-same-scene")
		s.said = "" // :r says it again
		return
	}
	s.said = key
	s.tell("linear-scene")
	s.blocks(ask.Scene.Text, true)
}

// put says a question: the prompt, what can be picked, and what to type.
func (s *session) put(ask *study.Ask) {
	q := ask.Question
	s.markdown(s.gaps(q.Prompt))
	switch q.Type {
	case quiz.Choice:
		for i, o := range ask.Layout.Left {
			s.option(i, s.inline(q.Options[o].Text))
		}
	case quiz.TrueFalse:
		s.option(0, s.words.T("linear-true"))
		s.option(1, s.words.T("linear-false"))
	case quiz.FillIn:
		if len(q.Bank) > 0 {
			s.tell("linear-bank")
		}
		for i, b := range ask.Layout.Left {
			s.option(i, s.inline(q.Bank[b]))
		}
	case quiz.Matching:
		for i, l := range ask.Layout.Left {
			s.hang(fmt.Sprintf("%d. %s", i+1, s.inline(q.Pairs[l].Left)), 3)
		}
		for i, r := range ask.Layout.Right {
			_, text := q.RightItem(r)
			s.option(i, s.inline(text))
		}
	case quiz.Sequencing:
		for i, l := range ask.Layout.Left {
			s.option(i, s.inline(q.Steps[l].Text))
		}
	case quiz.Likert:
		for i, l := range ask.Layout.Left {
			s.option(i, s.inline(s.scalePlace(q, l)))
		}
	}
}

// scalePlace is the text of a place of a likert scale, counted as in the layout.
func (s *session) scalePlace(q *quiz.Question, i int) string {
	if i < len(q.Scale) {
		return q.Scale[i]
	}
	return q.NotApplicable
}

func (s *session) inline(md string) string { return inlineText(md, s.words) }

// prompt is a prompt as one line of text.
func (s *session) prompt(md string) string { return s.inline(s.gaps(md)) }

// gaps names the gaps of a prompt in words, and numbers them where there are several.
func (s *session) gaps(md string) string {
	n := strings.Count(md, quiz.Gap)
	for i := 1; i <= n; i++ {
		name := s.words.T("linear-gap")
		if n > 1 {
			name = s.words.T("linear-gap-n", "Gap", i)
		}
		md = strings.Replace(md, quiz.Gap, name, 1)
	}
	return md
}

// after waits for what comes after a verdict: an empty line goes on; what was not right can be tried again, or shown.
func (s *session) after(run *study.Run, ask *study.Ask) (int, error) {
	offers := 0
	if out := ask.Outcome; canRetry(run, ask) && out.Judged && !out.Skipped && out.Correct != nil {
		s.option(0, s.words.T("linear-try-again"))
		s.option(1, s.words.T("linear-show-answer"))
		s.tell("linear-enter-or-letter", "Last", letter(1))
		offers = 2
	}
	for {
		t, err := s.hear(atVerdict, false)
		if err != nil {
			return 0, err
		}
		if done, err := s.beside(run, t.cmd); done || err != nil {
			if err != nil {
				return 0, err
			}
			continue
		}
		picked, ok := letters(t.text, offers)
		switch {
		case t.cmd == 'r' && canRetry(run, ask), ok && len(picked) == 1 && picked[0] == 0:
			run.Retry()
			return run.At(), nil
		case t.cmd != 0:
			return s.obey(run, t.cmd)
		case t.text == "":
			return run.At() + 1, nil
		case ok && len(picked) == 1:
			s.correct(ask)
		case offers > 0:
			s.misread(t.text, "linear-enter-or-letter", "Last", letter(offers-1))
		default:
			s.misread(t.text, "linear-enter-goes-on")
		}
	}
}

// canRetry tells whether a question can be asked again at once: one that was right has nothing to add, and a review and a
// test ask once.
func canRetry(run *study.Run, ask *study.Ask) bool {
	out := ask.Outcome
	return run.Context != study.Review && !run.Context.IsTest() && !(out.Judged && out.Right)
}

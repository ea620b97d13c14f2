package linear

import (
	"errors"

	"fanal/study"
)

// end is the end of a run: it is kept that it was gone through, then said what it came to, and offered to ask again only
// what was missed. It returns the lesson to go on with, "" for none.
func (s *session) end(run *study.Run) (next string, err error) {
	s.place(run.Finish())
	if run.Context.IsTest() {
		return "", s.testScores(run.Module())
	}
	for {
		s.gap()
		res, err := run.Result()
		if err != nil {
			s.trouble(err)
			return "", errBack
		}
		s.result(run, res)
		entries, enter := s.endEntries(run, res, &next), 0
		if run.Context == study.Review { // enough for today
			enter = len(entries) - 1
		}
		err = s.choose(entries, enter)
		switch {
		case errors.Is(err, errAgain):
			if err := run.Speak(s.words.Lang); err != nil {
				s.trouble(err)
			}
		case err != nil:
			return "", err
		default:
			return next, nil
		}
	}
}

func (s *session) endEntries(run *study.Run, res study.Result, next *string) []entry {
	var entries []entry
	if again := run.Again(); again != nil && len(res.Missed) > 0 {
		entries = append(entries, entry{s.words.N("linear-again", len(res.Missed)), func() (err error) {
			*next, err = s.walk(again)
			return err
		}})
	}
	if res.Next != "" {
		entries = append(entries, entry{s.words.T("linear-next-lesson", "Title", run.LessonTitle(res.Next)), func() error {
			*next = res.Next
			return nil
		}})
	}
	if run.Context == study.InLesson && run.Scales() {
		entries = append(entries, entry{s.words.T("profile-read"), func() error {
			o, err := s.desk.Overview(run.Module())
			if err != nil {
				return err
			}
			if err := s.profile(o); err != nil {
				return err
			}
			return errBack
		}})
	}
	to := "linear-to-module"
	if run.Context == study.Review {
		to = "linear-back-home"
	}
	return append(entries, entry{s.words.T(to), func() error { return errBack }})
}

// result says what is known and what to look at again, in words.
func (s *session) result(run *study.Run, res study.Result) {
	switch run.Context {
	case study.InLesson:
		s.tell("linear-end", "Title", run.Lesson().Title)
		if res.Open > 0 {
			s.say(s.words.N("result-open", res.Open))
		}
	case study.Review:
		s.tell("review-enough")
	default:
		s.tell("linear-end-again")
	}
	if res.Asked > 0 {
		s.say(s.words.N("linear-right-of", res.Right, "Asked", res.Asked))
	}
	if run.Context != study.Review {
		s.mastered(run)
	}
	if len(res.Missed) == 0 {
		if res.Asked > 0 {
			s.tell("linear-nothing-missed")
		}
	} else {
		s.tell("linear-look-again")
	}
	if run.Context == study.Review {
		defer s.reviewLeft()
	}
	for _, m := range res.Missed {
		prompt := s.prompt(m.Prompt)
		if m.Heading != "" {
			prompt = s.words.T("linear-reread", "Prompt", prompt, "Heading", s.inline(m.Heading))
		}
		s.hang("- "+prompt, 2)
	}
}

// reviewLeft says what is left to review, or when more comes.
func (s *session) reviewLeft() {
	if due := s.desk.DueCount(); due > 0 {
		s.say(s.words.N("review-left", due))
		return
	}
	s.tell("review-next")
}

// mastered says the state of the lesson, and which of its objectives are mastered.
func (s *session) mastered(run *study.Run) {
	o, err := s.desk.Overview(run.Module())
	if err != nil {
		return
	}
	for _, l := range o.Lessons {
		if l.ID == run.Lesson().ID && l.State == study.Mastered {
			s.tell("linear-lesson-mastered")
		}
	}
	mine := map[string]bool{}
	for _, id := range run.Lesson().Objectives {
		mine[id] = true
	}
	for _, ob := range o.Objectives() {
		if mine[ob.ID] && ob.Mastered {
			s.hang("- "+s.words.T("linear-objective-mastered", "Objective", ob.Sentence), 2)
		}
	}
}

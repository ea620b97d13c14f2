package linear

import (
	"errors"
	"fmt"

	"fanal/modules"
	"fanal/study"
)

// here are the commands that mean something in a lesson.
const (
	atText     = "rbofmgnuked"
	atQuestion = "hsrbofmge"
	atVerdict  = "rbofmgnuked"
)

// A jump is a wish to be at another step, given back as an error from wherever a line was heard.
type jump int

// Error implements error.
func (j jump) Error() string { return fmt.Sprintf("go to step %d", int(j)) }

// lesson opens a lesson where the learner left it and goes through it. It returns errBack for the way back to the module.
func (s *session) lesson(module, lesson string) error {
	for lesson != "" {
		run, err := s.desk.OpenLesson(module, lesson)
		if err != nil {
			s.trouble(err)
			return nil
		}
		if lesson, err = s.walk(run); err != nil {
			return err
		}
	}
	return nil
}

// walk goes through a run and its second rounds. It returns the lesson to go on with, "" for none.
func (s *session) walk(run *study.Run) (next string, err error) {
	s.introduce(run)
	for {
		run = s.anew(run)
		s.place(run.Mark())
		to, err := s.step(run)
		var j jump
		switch {
		case errors.Is(err, errAgain):
			if err := run.Speak(s.words.Lang); err != nil {
				s.trouble(err)
			}
			s.introduce(run)
			continue
		case errors.As(err, &j):
			to = int(j)
		case err != nil:
			return "", err
		}
		if to < 0 {
			return "", errBack
		}
		if !run.Go(to) {
			return s.end(run)
		}
	}
}

// introduce names the lesson and, where the learner is not at its beginning, the step.
func (s *session) introduce(run *study.Run) {
	s.gap()
	l := run.Lesson()
	switch {
	case run.Context == study.Again:
		s.say(s.words.N("linear-second-round", run.Len()))
		return
	case run.Context == study.Review:
		s.say(s.words.N("linear-review-begins", run.Len()))
		return
	case run.Context.IsTest():
		s.say(s.words.N("linear-test-begins", run.Len()))
		s.fallback(l.Lang)
		return
	}
	s.tell("linear-lesson", "Title", l.Title)
	s.fallback(l.Lang)
	if run.At() > 0 {
		s.tell("linear-resumed", "Step", run.At()+1, "Steps", run.Len())
	}
	s.tell("linear-enter-goes-on")
}

// step says a step and returns the index of the one to go to.
func (s *session) step(run *study.Run) (int, error) {
	s.gap()
	step := run.Step()
	if step.Lang != "" { // nobody has translated it yet
		s.fallback(step.Lang)
	}
	if step.Question != nil {
		s.tell("linear-question", "Step", run.At()+1, "Steps", run.Len())
		return s.question(run)
	}
	id := "linear-step"
	if step.Heading == "" {
		id = "linear-step-bare"
	}
	s.tell(id, "Step", run.At()+1, "Steps", run.Len(), "Heading", inlineText(step.Heading, s.words))
	return s.text(run)
}

// text says a piece of text and waits to go on. A folded solution is what can be picked.
func (s *session) text(run *study.Run) (int, error) {
	blocks := run.Step().Blocks
	s.blocks(blocks, false)
	s.left(run)
	folded := solutions(blocks)
	if folded > 0 {
		s.option(0, s.words.T("linear-show-solution"))
	}
	for {
		t, err := s.hear(atText, false)
		if err != nil {
			return 0, err
		}
		if done, err := s.beside(run, t.cmd); done || err != nil {
			if err != nil {
				return 0, err
			}
			continue
		}
		picked, ok := letters(t.text, 1)
		switch {
		case t.cmd != 0:
			return s.obey(run, t.cmd)
		case t.text == "":
			return run.At() + 1, nil
		case folded > 0 && ok && len(picked) == 1:
			for _, b := range blocks {
				if b.Callout == "solution" {
					s.blocks([]modules.Block{b}, true)
				}
			}
		case folded > 0:
			s.misread(t.text, "linear-enter-or-solution")
		default:
			s.misread(t.text, "linear-enter-goes-on")
		}
	}
}

// obey does what the commands of a lesson ask that lead to a step.
func (s *session) obey(run *study.Run, cmd byte) (int, error) {
	switch cmd {
	case 'b':
		return run.At() - 1, nil
	case 'm':
		return 0, errBack
	case 'o':
		return s.outline(run)
	case 'f':
		return s.seek(run)
	}
	return run.At(), nil // :r says the step again
}

// outline offers the steps of the run, with what is answered.
func (s *session) outline(run *study.Run) (int, error) {
	question := s.words.T("linear-outline")
	if run.Context == study.InLesson {
		question = s.words.T("linear-outline-of", "Minutes", s.words.Minutes(run.Lesson().Minutes())) + " " + question
	}
	i, err := s.pick(question, run.Len(), func(i int) string { return s.outlineText(run, i) }, run.At())
	if errors.Is(err, errBack) {
		return run.At(), nil
	}
	return i, err
}

func (s *session) outlineText(run *study.Run, i int) string {
	step := run.StepAt(i)
	text := inlineText(step.Heading, s.words)
	if text == "" {
		text = run.Lesson().Title
	}
	if step.Question != nil {
		what := "linear-a-question"
		if a := run.AskAt(i); a != nil && a.Outcome != nil {
			what = "linear-an-answered-question"
			if a.Outcome.Judged && !a.Outcome.Right && !run.Context.IsTest() {
				what = "linear-a-missed-question"
			}
		}
		text = s.words.T("linear-named", "Name", s.words.T(what), "Value", s.prompt(step.Question.Prompt))
	}
	if i == run.At() {
		return s.words.T("linear-you-are-here", "Text", text)
	}
	return text
}

// solutions counts the callouts that stay folded.
func solutions(blocks []modules.Block) int {
	n := 0
	for _, b := range blocks {
		if b.Callout == "solution" {
			n++
		}
	}
	return n
}

// blocks says Markdown and callouts. A callout is announced by its word; a solution is left out unless open.
func (s *session) blocks(blocks []modules.Block, open bool) {
	for _, b := range blocks {
		if b.Callout == "solution" && !open {
			continue
		}
		s.gap()
		if b.Callout != "" {
			s.tell("linear-callout", "Callout", s.words.T("callout-"+b.Callout))
		}
		s.markdown(b.Markdown)
	}
	s.gap()
}

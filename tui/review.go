package tui

import (
	"fanal/study"

	tea "charm.land/bubbletea/v2"
)

// beginReview makes the review of what is due.
func (s *home) beginReview() (move, tea.Cmd) {
	desk := s.app.desk.Apart()
	return move{}, func() tea.Msg {
		run, err := desk.OpenReview()
		if err != nil {
			return trouble(err)
		}
		return roundMsg{of: s, run: run}
	}
}

// confidenceOff is the value of the setting "confidence" with which nobody is asked how sure they are.
const confidenceOff = "off"

// asksSure tells whether the learner is asked how sure they are before an answer counts: in reviews, unless turned off.
func (s *asking) asksSure() bool {
	return s.run.Context == study.Review && s.app.desk.Setting("confidence") != confidenceOff
}

// keySure takes the one key after an answer in a review: sure, not sure, or never ask again.
func (s *asking) keySure(msg tea.KeyPressMsg) (deed, tea.Cmd) {
	sure := ""
	switch {
	case is(msg, "a"): // not Enter: pressed twice for one answer it would say something that nobody meant
		sure = "yes"
	case is(msg, "b"):
		sure = "no"
	case is(msg, "c"):
		settled, keep := s.run.Answer(s.given, "")
		s.sureAsk = false
		return taken, tea.Batch(s.keep(settled, keep), keeping(s.app.desk.Set("confidence", confidenceOff)))
	case is(msg, "esc", "backspace"):
		s.sureAsk = false
		return taken, nil
	default:
		return taken, nil
	}
	s.sureAsk = false
	settled, keep := s.run.Answer(s.given, sure)
	return taken, s.keep(settled, keep)
}

// sureLines ask how sure the learner is.
func (s *asking) sureLines(width int) []string {
	w := s.app.words
	lines := append([]string{""}, heading(s.app.theme.strong, w.T("sure-question"), width)...)
	for i, id := range []string{"sure-yes", "sure-no", "sure-off"} {
		lines = append(lines, hanging("  "+letter(i)+"  ", w.T(id), width)...)
	}
	return lines
}

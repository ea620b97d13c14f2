package people

import (
	"slices"
	"strconv"

	"fanal/progress"
)

// Mine is everything that is stored about a learner.
type Mine struct {
	Learner progress.Learner
	Codes   []string // that stand for them in the events: their own, and those of who was merged with them
	Events  []progress.Event
	Summary progress.Summary
	Drafts  []progress.Draft
	Tries   int            // wrong PINs in a row
	Held    map[string]int // by sentence of the table (see Abouts): how many records hold something of it
}

// Look gathers everything that is stored about a learner, those who were merged with them included. It reads the whole
// history, and belongs in the background. Error: [progress.ErrUnknown], and those of reading.
func Look(s *progress.Store, g *Gate, learner string) (Mine, error) {
	l, err := s.Learner(learner)
	if err != nil {
		return Mine{}, err
	}
	m := Mine{Learner: l, Held: map[string]int{}, Drafts: s.Drafts(l.ID), Tries: g.Tries(l.ID)}
	if m.Summary, err = s.Summary(l.ID); err != nil {
		return Mine{}, err
	}
	for e, err := range s.Events(l.ID) {
		if err != nil {
			return Mine{}, err
		}
		if !slices.Contains(m.Codes, e.Learner) {
			m.Codes = append(m.Codes, e.Learner)
		}
		m.Events = append(m.Events, e)
	}
	return m, m.count(s)
}

// count says how many records hold something of each sentence of the table.
func (m *Mine) count(s *progress.Store) error {
	for _, e := range m.Events {
		for about := range heldBy(e) {
			m.Held["mine-"+about]++
		}
	}
	m.Held["mine-draft"] = len(m.Drafts)
	m.Held["mine-tries"] = min(m.Tries, 1)
	m.Held["mine-state-place"], m.Held["mine-state-sum"], m.Held["mine-state-sessions"] = 1, 1, m.Summary.Sessions
	modules, err := s.Modules(m.Learner.ID)
	if err != nil {
		return err
	}
	for id, state := range modules {
		m.Held["mine-state-lessons"] += len(state.Lessons)
		m.Held["mine-state-objectives"] += len(state.Objectives)
		m.Held["mine-state-tests"] += len(state.Tests)
		for lesson := range state.Lessons {
			known, err := s.Questions(m.Learner.ID, id, lesson)
			if err != nil {
				return err
			}
			for _, q := range known {
				m.Held["mine-state-questions"]++
				if q.Box > 0 {
					m.Held["mine-state-boxes"]++
				}
			}
		}
	}
	marks, err := s.Marks(m.Learner.ID, "")
	m.Held["mine-state-marks"] = len(marks)
	return err
}

// heldBy returns the sentences of the table of which an event holds something.
func heldBy(e progress.Event) map[string]bool {
	held := map[string]bool{
		"code": true, "verb": true, "order": true,
		"time": !e.Time.IsZero(), "sitting": e.Sitting != "", "front": e.Front != "", "seed": e.Seed != 0, "lang": e.Lang != "", "place": e.Module != "",
		"question": e.Question != "", "response": len(e.Response) > 0, "score": e.Verb == progress.Answered,
		"help": e.Hinted || e.Sure != "", "millis": e.Millis > 0, "text": e.Text != "", "other": e.Other != "",
	}
	if p := e.Profile; p != nil {
		held["name"], held["pin"], held["role"] = p.Name != nil, p.PIN != nil, p.Role != nil
		held["lang"], held["settings"] = held["lang"] || p.Lang != nil, len(p.Settings) > 0
	}
	for about, yes := range held {
		if !yes {
			delete(held, about)
		}
	}
	return held
}

// Texts returns what the learner typed freely, the latest first, each with the event that holds it: notes, and answers
// that are no pick.
func (m Mine) Texts() []Text {
	var texts []Text
	for _, e := range slices.Backward(m.Events) {
		switch {
		case e.Verb == progress.Commented && e.Text != "":
			texts = append(texts, Text{e, e.Text})
		case e.Verb == progress.Answered && len(e.Response) == 2 && isJudgement(e.Response[1]):
			texts = append(texts, Text{e, e.Response[0]})
		}
	}
	return texts
}

// A Text is something that a learner typed freely.
type Text struct {
	progress.Event
	Typed string
}

// isJudgement tells whether a response is what follows a free text: how near the learner says that it is. See quiz.Answer.
func isJudgement(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 0 && n <= 2
}

// Answers returns how many questions were answered or skipped.
func (m Mine) Answers() (n int) {
	for _, e := range m.Events {
		if e.Verb == progress.Answered {
			n++
		}
	}
	return n
}

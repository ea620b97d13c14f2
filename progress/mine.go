package progress

import (
	"maps"
	"slices"
	"strings"
)

// A Draft is what somebody has written so far in answer to a question.
type Draft struct {
	Module, Lesson, Question string
	Text                     string
}

// Drafts returns a learner's texts that are on their way, in the order of their ids.
func (s *Store) Drafts(learner string) []Draft {
	s.drafting.Lock()
	defer s.drafting.Unlock()
	s.loadDrafts()
	var mine []Draft
	for _, key := range slices.Sorted(maps.Keys(s.drafts)) {
		p := strings.SplitN(key, "\n", 4)
		if len(p) == 4 && s.counts(Event{Learner: p[0]}, learner) {
			mine = append(mine, Draft{p[1], p[2], p[3], s.drafts[key]})
		}
	}
	return mine
}

package progress

// links says whose events are whose: which learners were merged into others, and which were erased. They are few, and they
// are folded before everything else.
type links struct {
	parent map[string]string
	erased map[string]bool
}

// newLinks folds the Merged and Erased events, in the order of the log.
func newLinks(events []Event) *links {
	l := &links{map[string]string{}, map[string]bool{}}
	for _, e := range events {
		l.add(e)
	}
	return l
}

// add folds one event. Two merges that contradict each other (A into B here, B into A there) end as one person under
// whichever came first in the log.
func (l *links) add(e Event) {
	switch e.Verb {
	case Erased:
		l.erased[e.Learner] = true
	case Merged:
		into, from := l.root(e.Learner), l.root(e.Other)
		if into != from {
			l.parent[from] = into
		}
	}
}

// root returns the learner that another was merged into in the end, or the same one.
func (l *links) root(id string) string {
	for {
		up, ok := l.parent[id]
		if !ok {
			return id
		}
		id = up
	}
}

// gone tells whether a learner asked to be forgotten. Those who were merged are one person: when one of them asked, all
// are gone, whichever was merged into which. So nothing that arrives later can bring back what was removed.
func (l *links) gone(id string) bool {
	if len(l.erased) == 0 {
		return false
	}
	root := l.root(id)
	for e := range l.erased {
		if l.root(e) == root {
			return true
		}
	}
	return false
}

// whose returns the learner under whom an event counts; ok is false when it counts no longer.
func (l *links) whose(id string) (root string, ok bool) {
	if l.gone(id) {
		return "", false
	}
	return l.root(id), true
}

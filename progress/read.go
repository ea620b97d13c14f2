package progress

import (
	"bytes"
	"cmp"
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Learners returns those who study here, in the order in which they came. Those who were merged into another or erased
// are not among them. It reads one record for each.
func (s *Store) Learners() ([]Learner, error) {
	var recs []*learnerRecord
	err := s.read(func(t tx, _ *links) error {
		for key := range t.from(bucketLearners, nil) {
			var r learnerRecord
			if err := readState(t, bucketLearners, string(key), &r); err != nil {
				return err
			}
			recs = append(recs, &r)
		}
		return nil
	})
	slices.SortFunc(recs, func(a, b *learnerRecord) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Learner.ID, b.Learner.ID))
	})
	var learners []Learner
	for _, r := range recs {
		learners = append(learners, r.Learner)
	}
	return learners, err
}

// Learner returns one of them. Whoever was merged into another is the other. Error: [ErrUnknown].
func (s *Store) Learner(id string) (Learner, error) {
	rec, err := s.learner(id)
	if err == nil && rec.Events == 0 {
		err = ErrUnknown
	}
	return rec.Learner, err
}

// Summary returns what the home screen needs; the zero Summary for somebody who has done nothing.
func (s *Store) Summary(learner string) (Summary, error) {
	rec, err := s.learner(learner)
	return rec.summary(), err
}

func (s *Store) learner(id string) (rec learnerRecord, err error) {
	err = s.state(id, func(t tx, who string) error { return readState(t, bucketLearners, who, &rec) })
	return rec, err
}

// state runs f for the learner that an id stands for, or not at all when they are gone.
func (s *Store) state(id string, f func(t tx, who string) error) error {
	return s.read(func(t tx, l *links) error {
		who, ok := l.whose(id)
		if !ok {
			return nil
		}
		return f(t, who)
	})
}

// Module returns what a learner has done in a module, in one record.
func (s *Store) Module(learner, module string) (m ModuleState, err error) {
	err = s.state(learner, func(t tx, who string) error {
		return readState(t, bucketModules, stateKey(who, module), &m)
	})
	return m, err
}

// Modules returns what a learner has done in every module that they began, by id.
func (s *Store) Modules(learner string) (map[string]ModuleState, error) {
	modules := map[string]ModuleState{}
	err := s.state(learner, func(t tx, who string) error {
		return under(t, bucketModules, who, func(key string) error {
			var m ModuleState
			err := readState(t, bucketModules, key, &m)
			modules[parts(key)[1]] = m
			return err
		})
	})
	return modules, err
}

// Questions returns what is known of the questions that a learner was asked in a lesson, by id. Tests are no lessons: see
// [ModuleState].
func (s *Store) Questions(learner, module, lesson string) (map[string]QuestionState, error) {
	known := map[string]QuestionState{}
	err := s.state(learner, func(t tx, who string) error {
		return readState(t, bucketQuestions, stateKey(who, module, lesson), &known)
	})
	return known, err
}

// Question returns what is known of one question; the zero value when it was never asked.
func (s *Store) Question(learner, module, lesson, question string) (QuestionState, error) {
	known, err := s.Questions(learner, module, lesson)
	return known[question], err
}

// Due returns the questions that are due in the learner's next session, the most urgent first. While the sitting
// [Summary.Sitting] is under way, those whose DueAt is above [Summary.Sessions] have time until the next one.
func (s *Store) Due(learner string) ([]DueQuestion, error) {
	var due []DueQuestion
	err := s.state(learner, func(t tx, who string) error {
		var rec learnerRecord
		if err := readState(t, bucketLearners, who, &rec); err != nil {
			return err
		}
		return under(t, bucketQuestions, who, func(key string) error {
			known := lessonQuestions{}
			if err := readState(t, bucketQuestions, key, &known); err != nil {
				return err
			}
			for id, q := range known {
				if q.inReview() && q.DueAt <= rec.Session+1 {
					p := parts(key)
					due = append(due, DueQuestion{p[1], p[2], id, *q})
				}
			}
			return nil
		})
	})
	sortDue(due)
	return due, err
}

// Marks returns the steps of a module on which a learner left something, in the order of their names; "" is every module.
func (s *Store) Marks(learner, module string) ([]MarkedStep, error) {
	var marked []MarkedStep
	err := s.state(learner, func(t tx, who string) error {
		if module != "" {
			who = stateKey(who, module)
		}
		return under(t, bucketMarks, who, func(key string) error {
			steps := lessonMarks{}
			if err := readState(t, bucketMarks, key, &steps); err != nil {
				return err
			}
			p := parts(key)
			for _, id := range slices.Sorted(maps.Keys(steps)) {
				marked = append(marked, MarkedStep{p[1], p[2], id, *steps[id]})
			}
			return nil
		})
	})
	return marked, err
}

// Mark returns what a learner left on a step.
func (s *Store) Mark(learner, module, lesson, step string) (Mark, error) {
	var mark Mark
	err := s.state(learner, func(t tx, who string) error {
		steps := lessonMarks{}
		err := readState(t, bucketMarks, stateKey(who, module, lesson), &steps)
		if m := steps[step]; m != nil {
			mark = *m
		}
		return err
	})
	return mark, err
}

// under visits the keys that begin with the given parts.
func under(t tx, bucket, prefix string, visit func(key string) error) error {
	from := []byte(prefix + "\x00")
	for k := range t.from(bucket, from) {
		if !bytes.HasPrefix(k, from) {
			break
		}
		if err := visit(string(k)); err != nil {
			return err
		}
	}
	return nil
}

func parts(key string) []string { return strings.Split(key, "\x00") }

// eventBatch is how many events are read in one transaction: enough to be quick, few enough to hold up nobody.
const eventBatch = 500

// Events returns the events of a learner, "" of everybody, in the order of the log. The store may be written to meanwhile.
// An error ends it.
func (s *Store) Events(learner string) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		for e, err := range s.entries(nil) {
			if err == nil && learner != "" && !s.counts(e.event, learner) {
				continue
			}
			var event Event
			if err == nil {
				if err = json.Unmarshal(e.value, &event); err != nil {
					err = damaged("event %x: %v", e.key, err)
				}
			}
			if !yield(event, err) || err != nil {
				return
			}
		}
	}
}

func (s *Store) counts(e Event, learner string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.links.root(e.Learner) == s.links.root(learner)
}

// entries returns the entries of the log from a key on, with the heads of their events.
func (s *Store) entries(from []byte) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		for {
			batch, next, err := s.batch(from)
			for _, e := range batch {
				if !yield(e, nil) {
					return
				}
			}
			if err != nil {
				yield(entry{}, err)
				return
			}
			if next == nil {
				return
			}
			from = next
		}
	}
}

// batch reads some entries from a key on, and returns the key to go on from, nil at the end.
func (s *Store) batch(from []byte) (batch []entry, next []byte, err error) {
	err = s.read(func(t tx, _ *links) error {
		n := 0
		for key, sealed := range t.from(bucketLog, from) {
			if n++; n > eventBatch {
				next = bytes.Clone(key)
				return nil
			}
			value, ok := unseal(key, sealed)
			if !ok {
				return damaged("the checksum of event %x is wrong", key)
			}
			head, _, err := headOf(value)
			if err != nil {
				return damaged("event %x: %v", key, err)
			}
			batch = append(batch, entry{key: bytes.Clone(key), value: bytes.Clone(value), event: head})
		}
		return nil
	})
	return batch, next, err
}

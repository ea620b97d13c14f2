package people

import "fanal/progress"

// Unite says that two learners are one person, under the first one's name and PIN: what the other did, here and wherever it
// is carried, counts as theirs from now on. It travels like everything else, and nothing takes it back. Errors are those of
// [progress.Store.Append].
func Unite(s *progress.Store, into, from string) error {
	_, err := s.Append(progress.Event{Learner: into, Verb: progress.Merged, Other: from})
	return err
}

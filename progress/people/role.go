package people

import "fanal/progress"

// Mediator is the role of who looks after a laptop and the people on it: they see how far everybody is, take a forgotten
// PIN away, and end a loan. A mediator always has a PIN.
const Mediator = "mediator"

// ErrNeedsPIN: a mediator without a PIN would be anybody.
var ErrNeedsPIN error = needsPIN{}

type needsPIN struct{}

// Error implements error.
func (needsPIN) Error() string { return "people: a mediator needs a PIN" }

// Spoken returns the message that says it to a person.
func (needsPIN) Spoken() (string, map[string]any) { return "mediator-needs-pin", nil }

// IsMediator tells whether a learner may do what mediators do.
func IsMediator(l progress.Learner) bool { return l.Role == Mediator && l.PIN != "" }

// Mediators returns the mediators of a laptop.
func Mediators(s *progress.Store) ([]progress.Learner, error) {
	all, err := s.Learners()
	var them []progress.Learner
	for _, l := range all {
		if IsMediator(l) {
			them = append(them, l)
		}
	}
	return them, err
}

// SetPIN gives a learner a PIN, or another one. Errors: [ErrPIN], and those of [progress.Store.Append].
func SetPIN(s *progress.Store, g *Gate, learner, typed string) error {
	phc, err := Hash(typed)
	if err != nil {
		return err
	}
	return setPIN(s, g, learner, phc)
}

// RemovePIN takes a learner's PIN away: their own wish, or a mediator's answer to a PIN that was forgotten. What they
// learnt stays as it is. Errors: [ErrNeedsPIN] for a mediator, and those of [progress.Store.Append].
func RemovePIN(s *progress.Store, g *Gate, learner string) error {
	l, err := s.Learner(learner)
	if err != nil {
		return err
	}
	if l.Role == Mediator {
		return ErrNeedsPIN
	}
	return setPIN(s, g, learner, "")
}

func setPIN(s *progress.Store, g *Gate, learner, phc string) error {
	_, err := s.Append(progress.Event{Learner: learner, Verb: progress.Profiled, Profile: &progress.Profile{PIN: &phc}})
	if err != nil {
		return err
	}
	return g.Forget(learner)
}

// Appoint makes a learner a mediator, or no longer one. Errors: [ErrNeedsPIN], and those of [progress.Store.Append].
func Appoint(s *progress.Store, learner string, mediator bool) error {
	l, err := s.Learner(learner)
	if err != nil {
		return err
	}
	role := ""
	if mediator {
		role = Mediator
		if l.PIN == "" {
			return ErrNeedsPIN
		}
	}
	_, err = s.Append(progress.Event{Learner: learner, Verb: progress.Profiled, Profile: &progress.Profile{Role: &role}})
	return err
}

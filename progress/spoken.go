package progress

import "errors"

// Spoken gives the id of the message that says the error to the learner: what has become of the answer, and what to do.
func (e *NotKeptError) Spoken() (id string, data map[string]any) {
	switch {
	case e.Full || errors.Is(e.Err, ErrFull):
		return "store-full", nil
	case errors.Is(e.Err, ErrReadOnly), errors.Is(e.Err, ErrPermission):
		return "store-read-only", nil
	}
	return "store-not-kept", map[string]any{"Error": e.Err}
}

// Spoken gives the id of the message that says the error to the learner.
func (e *DamageError) Spoken() (id string, data map[string]any) {
	return "store-damaged", map[string]any{"Detail": e.Detail}
}

package pack

import "fmt"

// An OlderError is the error of installing a version that is older than the one there, without having been asked to.
type OlderError struct{ ID, Have, Got string }

func (e *OlderError) Error() string {
	return fmt.Sprintf("%s %s is older than %s, which is installed", e.ID, e.Got, e.Have)
}

// Spoken returns the message that says it to a person.
func (e *OlderError) Spoken() (string, map[string]any) {
	return "pack-older", map[string]any{"ID": e.ID, "Have": e.Have, "Got": e.Got}
}

// An OtherKeyError is the error of installing a module under the id of one that somebody else has signed.
type OtherKeyError struct {
	ID        string
	Have, Got Key
}

func (e *OtherKeyError) Error() string {
	return fmt.Sprintf("%s is installed from the key %q, and this one is signed by %q", e.ID, e.Have.Words(), e.Got.Words())
}

// Spoken returns the message that says it to a person.
func (e *OtherKeyError) Spoken() (string, map[string]any) {
	return "pack-other-key", map[string]any{"ID": e.ID, "Have": e.Have.Words(), "Got": e.Got.Words()}
}

// An UnsignedError is the error of installing an unsigned module in the place of a signed one.
type UnsignedError struct {
	ID   string
	Have Key
}

func (e *UnsignedError) Error() string {
	return fmt.Sprintf("%s is installed from the key %q, and this one is not signed", e.ID, e.Have.Words())
}

// Spoken returns the message that says it to a person.
func (e *UnsignedError) Spoken() (string, map[string]any) {
	return "pack-unsigned-over-signed", map[string]any{"ID": e.ID, "Have": e.Have.Words()}
}

// A BuiltinError is the error of installing, in the place of a module that is part of the program, one whose signer this
// laptop does not trust.
type BuiltinError struct{ ID string }

func (e *BuiltinError) Error() string { return e.ID + " is part of the program" }

// Spoken returns the message that says it to a person.
func (e *BuiltinError) Spoken() (string, map[string]any) {
	return "pack-builtin", map[string]any{"ID": e.ID}
}

// A RevokedError is the error of taking what a withdrawn key has signed, or the key itself.
type RevokedError struct {
	Key  Key
	Name string // under which this laptop trusted it, or ""
}

func (e *RevokedError) Error() string { return fmt.Sprintf("the key %q was withdrawn", e.Key.Words()) }

// Spoken returns the message that says it to a person.
func (e *RevokedError) Spoken() (string, map[string]any) {
	return "pack-revoked", map[string]any{"Words": e.Key.Words(), "Name": e.Name}
}

// A RoomError is the error of a disk that has no room for a pack.
type RoomError struct {
	Need int64 // bytes; 0 when a write failed, and it is not known
	Free int64 // bytes
}

func (e *RoomError) Error() string {
	if e.Need == 0 {
		return "disk full"
	}
	return fmt.Sprintf("%d bytes needed, %d free", e.Need, e.Free)
}

// Spoken returns the message that says it to a person: in whole megabytes, the need rounded up and what is free down.
func (e *RoomError) Spoken() (string, map[string]any) {
	if e.Need == 0 {
		return "pack-disk-full", nil
	}
	return "pack-no-room", map[string]any{"Need": (e.Need + 999_999) / 1_000_000, "Free": e.Free / 1_000_000}
}

// busyError is the type of [ErrBusy].
type busyError struct{}

func (busyError) Error() string { return "another window is installing" }

// Spoken returns the message that says it to a person.
func (busyError) Spoken() (string, map[string]any) { return "pack-busy", nil }

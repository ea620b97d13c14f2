package progress

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// What can be wrong with a store. Errors of this package wrap one of them, with the data that a message needs.
var (
	// ErrBusy: another process has the folder open. Its number is in a [BusyError].
	ErrBusy = errors.New("progress: open in another process")
	// ErrReadOnly: the folder or its disk cannot be written to.
	ErrReadOnly = errors.New("progress: the folder is read-only")
	// ErrPermission: the system does not let this user read or write the folder.
	ErrPermission = errors.New("progress: no permission")
	// ErrNoLock: the folder's file system cannot lock files (some network drives), so that two programs could write at once.
	ErrNoLock = errors.New("progress: the file system cannot lock files")
	// ErrNotKept: a write failed, and nothing of what was to be kept is in the store. See [NotKeptError].
	ErrNotKept = errors.New("progress: not kept")
	// ErrFull: what was to be kept is not, for want of room on the disk.
	ErrFull = errors.New("progress: the disk is full")
	// ErrDamaged: the store holds what it never wrote. See [DamageError].
	ErrDamaged = errors.New("progress: damaged")
	// ErrNewer: a newer version of the program wrote the store. See [NewerError].
	ErrNewer = errors.New("progress: written by a newer version")
	// ErrClosed: the store was closed.
	ErrClosed = errors.New("progress: closed")
	// ErrUnknown: nobody of that id studies here.
	ErrUnknown = errors.New("progress: no such learner")
	// ErrInvalid: an event that no version of the program writes. See [InvalidError].
	ErrInvalid = errors.New("progress: not a valid event")
)

// A BusyError says which process has the folder open.
type BusyError struct{ PID int } // 0 when it could not be found out

// Error implements error.
func (e *BusyError) Error() string { return fmt.Sprintf("%v (%d)", ErrBusy, e.PID) }

// Is makes a BusyError an [ErrBusy].
func (e *BusyError) Is(target error) bool { return target == ErrBusy }

// A NewerError says which format was found, where [Format] is the newest that this program knows.
type NewerError struct{ Format int }

// Error implements error.
func (e *NewerError) Error() string { return fmt.Sprintf("%v: format %d", ErrNewer, e.Format) }

// Is makes a NewerError an [ErrNewer].
func (e *NewerError) Is(target error) bool { return target == ErrNewer }

// A DamageError says where damage was found, in words for a report to the makers.
type DamageError struct{ Detail string }

// Error implements error.
func (e *DamageError) Error() string { return fmt.Sprintf("%v: %s", ErrDamaged, e.Detail) }

// Is makes a DamageError an [ErrDamaged].
func (e *DamageError) Is(target error) bool { return target == ErrDamaged }

func damaged(format string, args ...any) error { return &DamageError{fmt.Sprintf(format, args...)} }

// A NotKeptError says why a write failed. Full tells that the disk has no room: bbolt hides the system's own error, so it
// is looked for there and in the room that is left.
type NotKeptError struct {
	Err  error
	Full bool
}

// Error implements error.
func (e *NotKeptError) Error() string { return fmt.Sprintf("%v: %v", ErrNotKept, e.Err) }

// Unwrap returns the cause.
func (e *NotKeptError) Unwrap() error { return e.Err }

// Is makes a NotKeptError an [ErrNotKept], and an [ErrFull] when the disk is.
func (e *NotKeptError) Is(target error) bool {
	return target == ErrNotKept || e.Full && target == ErrFull
}

// An InvalidError says what is wrong with an event.
type InvalidError struct{ Field, Detail string }

// Error implements error.
func (e *InvalidError) Error() string {
	return fmt.Sprintf("%v: %s: %s", ErrInvalid, e.Field, e.Detail)
}

// Is makes an InvalidError an [ErrInvalid].
func (e *InvalidError) Is(target error) bool { return target == ErrInvalid }

// classify puts the sentinel of this package before what the system said when a file could not be opened or made.
func classify(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", ErrPermission, err)
	case isFull(err):
		return &NotKeptError{Err: err, Full: true}
	}
	return err
}

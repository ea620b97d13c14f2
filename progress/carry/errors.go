package carry

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"unicode"
)

// A Reason is why a bundle is not taken, or not written. Each is an error by itself, so that errors.Is(err, carry.Cut) holds
// of the [*Refusal] that carries it, and each has a sentence in the four languages, "carry-" and its text.
type Reason string

// Error returns the reason in the machine's words.
func (r Reason) Error() string { return string(r) }

// Why a bundle is refused.
const (
	NotBundle Reason = "not-bundle" // no bundle at all
	Cut       Reason = "cut"        // begins as a bundle and does not end as one
	Altered   Reason = "altered"    // its bytes are not those that were written
	Newer     Reason = "newer"      // a newer version of the program wrote it
	Odd       Reason = "odd"        // its parts are not those of a bundle; Detail says what
	TooLarge  Reason = "too-large"  // more than one of the limits of this package
	BadEvent  Reason = "bad-event"  // an event that no version of the program writes; Detail says what
	Miscount  Reason = "miscount"   // not the events, or not the sums, that its end announces
	Coded     Reason = "coded"      // codes instead of names, where people are wanted
	Missing   Reason = "missing"    // there is no such file
	Unread    Reason = "unread"     // the disk or the stick cannot be read; Detail is what the system says
)

// Why a sealed bundle is not opened, and why one is not sealed.
const (
	NeedPassphrase  Reason = "need-passphrase"
	NeedKey         Reason = "need-key"
	WrongPassphrase Reason = "wrong-passphrase"
	WrongKey        Reason = "wrong-key"
	ShortPassphrase Reason = "short-passphrase" // of fewer than MinPassphrase characters
	NotKey          Reason = "not-key"          // neither an age key nor a file of them; Detail is what was given
)

// Why a bundle is not written.
const (
	Exists   Reason = "exists"    // there is a file of that name
	NoRoom   Reason = "no-room"   // the disk is full
	NoFolder Reason = "no-folder" // there is no such folder
	Guarded  Reason = "guarded"   // the folder, or the whole stick, is not to be written to
	NotRead  Reason = "not-read"  // what was read back is not what was written: the disk or the stick is bad
	Unsaved  Reason = "unsaved"   // it cannot be written there; Detail is what the system says
	Nothing  Reason = "nothing"   // there is nothing to carry
)

// A Refusal says why a bundle is not taken or not written.
type Refusal struct {
	Why    Reason
	File   string // path of the bundle, "" when it has none
	Detail string // in words for a report to the makers
}

func refuse(why Reason, detail string) *Refusal { return &Refusal{Why: why, Detail: detail} }

// Error says the refusal in the machine's words.
func (r *Refusal) Error() string {
	s := "carry: " + string(r.Why)
	if r.File != "" {
		s += " " + shown(r.File)
	}
	if r.Detail != "" {
		s += ": " + shown(r.Detail)
	}
	return s
}

// Is tells whether the refusal is for this reason. What lies under it is not unwrapped: that a bundle is damaged must not
// look as if the store were.
func (r *Refusal) Is(target error) bool { return target == error(r.Why) }

// Spoken returns the message that says the refusal to a person.
func (r *Refusal) Spoken() (id string, data map[string]any) {
	return "carry-" + string(r.Why), map[string]any{"File": shown(r.File), "Detail": shown(r.Detail)}
}

// about names the file that an error is about.
func about(path string, err error) error {
	var r *Refusal
	if errors.As(err, &r) && r.File == "" {
		r.File = path
	}
	return err
}

// because names the cause: a disk that cannot be read where the system says so, else why.
func because(err error, why Reason) error {
	var r *Refusal
	var path *fs.PathError
	switch {
	case err == nil, errors.As(err, &r), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return refuse(Missing, "")
	case errors.As(err, &path):
		return refuse(Unread, path.Err.Error())
	}
	return refuse(why, err.Error())
}

// shown makes a foreign text one line that any terminal can show.
func shown(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			return '?'
		}
		return r
	}, s)
	const most = 200
	if runes := []rune(s); len(runes) > most {
		s = "…" + string(runes[len(runes)-most:])
	}
	return s
}

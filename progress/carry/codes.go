package carry

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"iter"
	"strings"
	"time"

	"fanal/progress"

	"github.com/google/uuid"
)

// Codes put codes in the place of names, for a report to somebody who needs to know how many and how well, not who. A code
// is a keyed hash with a key that is drawn for each export and forgotten: the same person has another code in the next
// workshop's bundle, and nothing in two bundles says that they are about the same person. What could say it goes too: the
// ids of events and sittings, the seeds, the time of day, settings, PINs, notes, and everything that was typed.
//
// It is no anonymity: whoever has the names as well and looks at the answers finds out who is who.
type Codes struct {
	picked func(module, lesson, question string) bool
	key    []byte
}

// NewCodes draws a key. Picked says whether a question is answered by picking from what it offers; the answers to all others
// are left out. It is asked for every answer.
func NewCodes(picked func(module, lesson, question string) bool) *Codes {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails, see crypto/rand
	return &Codes{picked, key}
}

// codeStart begins the learner ids that are codes. No other id begins like it, so that people and codes are never mixed by
// mistake.
const codeStart = "code-"

// hash returns the keyed hash of something of a kind.
func (c *Codes) hash(kind, what string) []byte {
	h := hmac.New(sha256.New, c.key)
	h.Write([]byte(kind + "\x00" + what))
	return h.Sum(nil)
}

// crockford leaves out the letters that are taken for digits when a code is read aloud.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// code returns a learner's code, as in "K7Q2-MX4P": a thousand people share one once in two million exports.
func (c *Codes) code(learner string) string {
	s := crockford.EncodeToString(c.hash("learner", learner)[:5])
	return s[:4] + "-" + s[4:]
}

// events puts codes into events.
func (c *Codes) events(s *progress.Store, events iter.Seq2[progress.Event, error]) iter.Seq2[progress.Event, error] {
	return func(yield func(progress.Event, error) bool) {
		roots := map[string]string{} // the learner under whom an id counts; "" when they are gone
		n := uint64(0)
		for e, err := range events {
			if err != nil {
				yield(e, err)
				return
			}
			root, known := roots[e.Learner]
			if !known {
				l, err := s.Learner(e.Learner)
				if err != nil && !errors.Is(err, progress.ErrUnknown) {
					yield(e, err)
					return
				}
				root = l.ID
				roots[e.Learner] = root
			}
			coded, ok := c.event(e, root)
			if !ok {
				continue
			}
			n++
			coded.Counter = n
			if !yield(coded, nil) {
				return
			}
		}
	}
}

// event returns what of an event tells how somebody learns and not who they are; ok is false when that is nothing. The list
// is of what stays: what a later version adds to events is left out until somebody has thought about it.
func (c *Codes) event(e progress.Event, root string) (coded progress.Event, ok bool) {
	if root == "" {
		return coded, false
	}
	code := c.code(root)
	coded = progress.Event{
		ID: c.uuid(e.ID), Learner: codeStart + strings.ToLower(code), Verb: e.Verb,
		Time: e.Time.Truncate(24 * time.Hour), Front: e.Front, Lang: e.Lang,
		Module: e.Module, Version: e.Version, Lesson: e.Lesson, Step: e.Step,
	}
	if e.Sitting != "" {
		coded.Sitting = hex.EncodeToString(c.hash("sitting", e.Sitting)[:8])
	}
	switch e.Verb {
	case progress.Answered:
		coded.Question, coded.Objective, coded.Hash, coded.Context, coded.Instead = e.Question, e.Objective, e.Hash, e.Context, e.Instead
		coded.Attempt, coded.Score, coded.Right, coded.Hinted = e.Attempt, e.Score, e.Right, e.Hinted
		coded.Skipped, coded.Unjudged, coded.Sure = e.Skipped, e.Unjudged, e.Sure
		coded.Millis = (e.Millis + 500) / 1000 * 1000
		if c.picked(e.Module, e.Lesson, e.Question) && areIDs(e.Response) {
			coded.Response = e.Response
		}
	case progress.Reached, progress.Completed:
		coded.Context = e.Context
	case progress.Flagged, progress.Marked:
		if e.Text != "" {
			coded.Text = "on"
		}
	case progress.Profiled:
		if e.Learner != root || e.Profile == nil || e.Profile.Name == nil {
			return coded, false
		}
		coded.Profile = &progress.Profile{Name: &code, Lang: e.Profile.Lang}
	default:
		return coded, false
	}
	return coded, true
}

func (c *Codes) uuid(id string) string {
	u, _ := uuid.FromBytes(c.hash("event", id)[:16])
	u[6], u[8] = u[6]&0x0f|0x80, u[8]&0x3f|0x80 // version 8: of our own making
	return u.String()
}

// areIDs tells whether a response is made of what question files offer: ids, letters and numbers, never words typed with
// spaces.
func areIDs(response []string) bool {
	for _, s := range response {
		if len(s) > 64 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-_./") != "" {
			return false
		}
	}
	return true
}

// areCodes tells whether any of the learners is a code.
func areCodes[V any](learners map[string]V) bool {
	for id := range learners {
		if strings.HasPrefix(id, codeStart) {
			return true
		}
	}
	return false
}

package progress

import "time"

// A Verb says what kind of thing happened. Where xAPI has a verb for it, the value is xAPI's.
type Verb string

// The verbs of the log.
const (
	Answered  Verb = "answered"   // a question was answered, or skipped (Skipped)
	Reached   Verb = "progressed" // a step of a lesson was reached: where to go on from
	Completed Verb = "completed"  // a lesson or a test was gone through to its end
	Commented Verb = "commented"  // a note on a step: Text is the whole note, "" takes it away
	Flagged   Verb = "flagged"    // "I did not understand this": Text is "on" or ""
	Marked    Verb = "bookmarked" // a bookmark on a step: Text is "on" or ""
	Profiled  Verb = "profiled"   // something about the learner: Profile holds what changed
	Merged    Verb = "merged"     // another learner's events are this learner's too: Other is their id
	Erased    Verb = "erased"     // the learner asked to be forgotten: the one event that stays of them
)

// An Event says what happened, once. It is never changed. Its place in the history is its Counter, then its ID; its Time is
// a hint, since clocks are wrong. Text fields of foreign origin have passed the reading filter.
type Event struct {
	Counter uint64 `json:"n"`  // Lamport counter, from 1: above every counter seen when it was written
	ID      string `json:"id"` // random UUID, in its usual 36 characters
	Learner string `json:"learner"`
	Verb    Verb   `json:"verb"`

	Time    time.Time `json:"time,omitzero"`     // what the clock said, in UTC, to the second
	Sitting string    `json:"sitting,omitempty"` // random id of the sitting that it happened in
	Front   string    `json:"front,omitempty"`   // "screen" or "linear"
	Lang    string    `json:"lang,omitempty"`    // language in which it was shown

	Module  string `json:"module,omitempty"`
	Version string `json:"version,omitempty"`
	Lesson  string `json:"lesson,omitempty"`
	Step    string `json:"step,omitempty"` // see modules.Step: "t2" or "q:one-place"

	Question  string   `json:"question,omitempty"`
	Objective string   `json:"objective,omitempty"`
	Hash      string   `json:"hash,omitempty"`        // of the question's text as it was asked
	Context   string   `json:"context,omitempty"`     // where it was asked: "" the lesson, "again" its second round, "review", "test-a", "test-b"
	Attempt   int      `json:"attempt,omitempty"`     // 1 for the first answer to this question
	Seed      uint64   `json:"seed,omitempty,string"` // the order of the options came from it
	Response  []string `json:"response,omitempty"`    // a quiz.Answer
	Score     float64  `json:"score,omitempty"`       // 0 to 1
	Right     bool     `json:"right,omitempty"`
	Hinted    bool     `json:"hinted,omitempty"`
	Skipped   bool     `json:"skipped,omitempty"`
	Unjudged  bool     `json:"unjudged,omitempty"` // a likert answer: neither right nor wrong
	Sure      string   `json:"sure,omitempty"`     // "yes", "no", or "" when not asked
	Millis    int64    `json:"ms,omitempty"`       // from shown to answered, in milliseconds
	Instead   string   `json:"instead,omitempty"`  // in a review: the due question of the same objective that this one stood for

	Text    string   `json:"text,omitempty"`
	Profile *Profile `json:"profile,omitempty"`
	Other   string   `json:"other,omitempty"`
}

// A Profile is what changed about a learner; nil fields did not. The last one in the order of the log wins, field by field.
type Profile struct {
	Name     *string           `json:"name,omitempty"`
	Lang     *string           `json:"lang,omitempty"`
	PIN      *string           `json:"pin,omitempty"`  // an argon2id hash in PHC string form, "" for none
	Role     *string           `json:"role,omitempty"` // "" or "mediator"
	Settings map[string]string `json:"settings,omitempty"`
}

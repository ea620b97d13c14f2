// Package study is a learner at work: where they are, the next step, an answer and its verdict, what was missed, what is
// mastered. Both front ends use it; it knows no screen and draws nothing. An answer takes one way through it: it is judged
// by modules/quiz, kept by progress, and only then returned as an [Outcome].
package study

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"time"

	"fanal/modules"
	"fanal/progress"

	"github.com/google/uuid"
)

// SittingLength is how long a sitting lasts at most: the first answer after it begins a new one. A sitting is what review
// counts as a session. The length is measured by the clock that only runs forward, never by the time of day.
const SittingLength = 4 * time.Hour

// A Desk is one learner with their library and their progress, from a start of the program to its end. It is used from
// one goroutine at a time, but for the methods of [Run] that say otherwise; see [Desk.Apart].
type Desk struct {
	Library *modules.Library
	Store   *progress.Store
	Learner progress.Learner
	Lang    string        // of the interface, and of lessons where they have it
	Guest   bool          // nothing is written to disk
	Seed    func() uint64 // draws the seed of a question's layout; nil: by chance
	front   string
	sitting string
	began   time.Time
	whole   *Desk // of which this is a view apart; nil: of none
}

// Sit seats a learner at a desk. Front names the front end in the record: "screen" or "linear".
func Sit(lib *modules.Library, store *progress.Store, learner progress.Learner, lang, front string) *Desk {
	return &Desk{Library: lib, Store: store, Learner: learner, Lang: lang, front: front}
}

// Apart returns the desk as it is now, for another goroutine to read with while this one changes the language or answers. A
// run that is opened with it belongs to the desk itself: what is answered there is of the same sitting.
func (d *Desk) Apart() *Desk {
	view := *d
	view.whole = d.itself()
	return &view
}

func (d *Desk) itself() *Desk {
	if d.whole != nil {
		return d.whole
	}
	return d
}

// Register makes a learner with a name and a language, and returns them. Names need not be unique: two people may share
// one.
func Register(store *progress.Store, name, lang string) (progress.Learner, error) {
	id := uuid.NewString()
	name = CleanName(name)
	_, err := store.Append(progress.Event{
		Learner: id, Verb: progress.Profiled, Profile: &progress.Profile{Name: &name, Lang: &lang},
	})
	if err != nil {
		return progress.Learner{}, fmt.Errorf("register %q: %w", name, err)
	}
	return store.Learner(id)
}

// NameLength is how many characters of a name are kept at most: it has to fit a line of a list.
const NameLength = 200

// CleanName returns a name as it is kept: printable, on one line, without blanks around it.
func CleanName(name string) string {
	name = strings.TrimSpace(modules.CleanLine(name))
	if r := []rune(name); len(r) > NameLength {
		name = strings.TrimSpace(string(r[:NameLength]))
	}
	return name
}

// Rename changes the learner's name. Like the other changes here it is in force at once; the function that it returns
// keeps it, and may run in another goroutine.
func (d *Desk) Rename(name string) func() error {
	name = CleanName(name)
	d.Learner.Name = name
	return d.keep(&progress.Profile{Name: &name})
}

// Speak changes the language, now and for the next time.
func (d *Desk) Speak(lang string) func() error {
	d.Lang = lang
	if d.Learner.Lang == lang {
		return func() error { return nil }
	}
	d.Learner.Lang = lang
	return d.keep(&progress.Profile{Lang: &lang})
}

// Set changes a setting of the learner's.
func (d *Desk) Set(name, value string) func() error {
	settings := maps.Clone(d.Learner.Settings)
	if settings == nil {
		settings = map[string]string{}
	}
	settings[name] = value
	d.Learner.Settings = settings
	return d.keep(&progress.Profile{Settings: map[string]string{name: value}})
}

// Setting returns a setting of the learner's, or "".
func (d *Desk) Setting(name string) string { return d.Learner.Settings[name] }

func (d *Desk) keep(p *progress.Profile) func() error {
	e := progress.Event{Learner: d.Learner.ID, Verb: progress.Profiled, Profile: p}
	store := d.Store
	return func() error {
		_, err := store.Append(e)
		return err
	}
}

// seed draws the seed of a layout.
func (d *Desk) seed() uint64 {
	if d.Seed != nil {
		return d.Seed()
	}
	return rand.Uint64()
}

// event fills in what every event of this desk has in common.
func (d *Desk) event(verb progress.Verb) progress.Event {
	if d.sitting == "" || time.Since(d.began) > SittingLength {
		d.sitting, d.began = uuid.NewString(), time.Now()
	}
	return progress.Event{Learner: d.Learner.ID, Verb: verb, Sitting: d.sitting, Front: d.front, Lang: d.Lang}
}

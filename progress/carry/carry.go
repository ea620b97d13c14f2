// Package carry brings histories from one laptop to another by hand: a bundle is a file on a stick that holds what one
// learner, or everybody, has done, and it is merged into another laptop's store by the union of their events.
//
// A bundle is a zip archive, so that anybody can look into it with any tool:
//
//	fanal-progress.json   what the file is: its format, and the version that made it
//	events-0001.jsonl     events, a line each with its checksum, in the order of the log
//	events-0002.jsonl     …
//	end.json              what must have come: events and the XOR of their ids, in all, by learner and by file, each
//	                      file's SHA-256, and the modules that were studied, with their versions
//
// Its comment, the last bytes of the file, is the SHA-256 of every byte before it. A bundle of which one bit is not what was
// written is refused whole; see [Salvage] for what can still be had of it. The sums prove that nothing happened to a bundle
// on the way, not who made it.
//
// Sealed, a bundle is an age file (https://age-encryption.org/v1), for a key or for a passphrase. docs/carrying.md says all
// this to people who carry.
package carry

import (
	"encoding/hex"
	"errors"
	"slices"

	"fanal/progress"

	"github.com/google/uuid"
)

// Ext ends the names of bundles, sealed or not. It is not that of packed modules (".fanal"): whoever looks at a stick must
// see which file is a course that may be given to everybody and which is what a person did.
const Ext = ".fanal-progress"

// Format is the version of bundles that this program writes.
const Format = 1

// What a bundle may be at most. The limits are counted from the bytes, whatever its headers say.
const (
	MaxPacked   = 128 << 20 // bytes of the file
	MaxUnpacked = 768 << 20 // bytes of its parts together
	MaxRatio    = 200       // bytes unpacked for one packed; honest events come to about 15
	MaxEvents   = 1_500_000
	maxParts    = 4096
	maxPeople   = 20_000  // learners and module versions that one bundle names
	maxHead     = 4 << 10 // bytes of the first part
	maxEnd      = 8 << 20 // bytes of the last part
	maxListing  = 1 << 20 // bytes of the zip directory
	slack       = 1 << 20 // bytes that may be unpacked whatever the ratio: small files of zeros harm nobody
)

// The names of the parts.
const (
	headName    = "fanal-progress.json"
	eventsStart = "events-"
	eventsName  = eventsStart + "%04d.jsonl"
	endName     = "end.json"
)

// A head is the first part of a bundle.
type head struct {
	Format  int    `json:"format"`
	Program string `json:"program,omitempty"` // version of the program that wrote it
	Made    string `json:"made,omitempty"`    // the day, 2026-11-22, when the clock could be believed
	All     bool   `json:"all,omitempty"`     // of everybody, not of one learner
}

// A Sum is what two histories are compared by: those with the same of both are the same.
type Sum struct {
	Events uint64 `json:"events"`
	XOR    string `json:"xor"` // of the events' ids, in hexadecimal
}

// A Contents is what a bundle holds.
type Contents struct {
	Sum
	Made     string              // the day, "" when the clock was not to be believed
	Program  string              // version of the program that wrote it
	Codes    bool                // codes stand for names
	All      bool                // of everybody, not of one learner
	Learners map[string]Sum      // by the learner id of the events
	Modules  map[string][]string // versions, by module id, sorted
	parts    []part
}

// A part is one file of events.
type part struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
	Sum
}

// An end is the last part of a bundle.
type end struct {
	Sum
	Learners map[string]Sum      `json:"learners"`
	Modules  map[string][]string `json:"modules"`
	Parts    []part              `json:"parts"`
}

// A tally counts events as they go by.
type tally struct {
	all      count
	learners map[string]*count
	modules  map[string][]string
	versions int
}

type count struct {
	events uint64
	xor    uuid.UUID
}

func (c *count) add(id uuid.UUID) {
	c.events++
	for i := range id {
		c.xor[i] ^= id[i]
	}
}

func (c *count) sum() Sum { return Sum{c.events, hex.EncodeToString(c.xor[:])} }

func newTally() *tally {
	return &tally{learners: map[string]*count{}, modules: map[string][]string{}}
}

// errCrowd: more people or modules than any laptop has.
var errCrowd = errors.New("too many learners or modules")

// add counts an event.
func (t *tally) add(e progress.Event) error {
	id, err := uuid.Parse(e.ID)
	if err != nil {
		return err
	}
	t.all.add(id)
	c := t.learners[e.Learner]
	if c == nil {
		c = &count{}
		t.learners[e.Learner] = c
	}
	c.add(id)
	if e.Module != "" && !slices.Contains(t.modules[e.Module], e.Version) {
		t.modules[e.Module] = append(t.modules[e.Module], e.Version)
		t.versions++
	}
	if len(t.learners)+t.versions > maxPeople {
		return errCrowd
	}
	return nil
}

// end returns what must have come when all was counted.
func (t *tally) end(parts []part) end {
	e := end{Sum: t.all.sum(), Learners: map[string]Sum{}, Modules: t.modules, Parts: parts}
	for id, c := range t.learners {
		e.Learners[id] = c.sum()
	}
	for _, versions := range e.Modules {
		slices.Sort(versions)
	}
	return e
}

func contents(h head, e end) Contents {
	return Contents{
		Sum: e.Sum, Made: h.Made, Program: h.Program, Codes: areCodes(e.Learners), All: h.All,
		Learners: e.Learners, Modules: e.Modules, parts: e.Parts,
	}
}

// count undoes sum. A text that is no sum counts as another one than any that is.
func (s Sum) count() *count {
	c := &count{events: s.Events}
	if n, err := hex.Decode(c.xor[:], []byte(s.XOR[:min(len(s.XOR), 2*len(c.xor))])); err != nil || n != len(c.xor) {
		c.events = 0
	}
	return c
}

func (c *count) join(other *count) {
	c.events += other.events
	for i := range c.xor {
		c.xor[i] ^= other.xor[i]
	}
}

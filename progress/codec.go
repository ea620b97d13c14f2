package progress

import (
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
)

// castagnoli is the polynomial that processors know how to compute.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sumSize is the size in bytes of the checksum that ends every value.
const sumSize = 4

// seal appends the checksum over key and value, so that a value that ended up under another key shows as well.
func seal(key, value []byte) []byte {
	sum := crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, value)
	return binary.BigEndian.AppendUint32(value, sum)
}

// unseal returns the value without its checksum, and whether the checksum holds. It copies nothing.
func unseal(key, sealed []byte) ([]byte, bool) {
	n := len(sealed) - sumSize
	if n < 0 {
		return nil, false
	}
	sum := crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, sealed[:n])
	return sealed[:n:n], sum == binary.BigEndian.Uint32(sealed[n:])
}

// keySize is the size in bytes of an event's key: its counter, big-endian, and its id.
const keySize = 8 + 16

// eventKey returns the key of an event whose id is a UUID.
func eventKey(counter uint64, id uuid.UUID) []byte {
	return append(binary.BigEndian.AppendUint64(make([]byte, 0, keySize), counter), id[:]...)
}

// maxCounter is the highest counter that is believed. One event with a counter at the end of the range would leave no room
// for any after it.
const maxCounter = math.MaxUint64 >> 8

// maxLeap is how far beyond every counter seen here a foreign one may be: more than all laptops together will ever count,
// and too little for a stick, damaged or meant to harm, to use up the range.
const maxLeap = 1 << 40

// maxEvent is the longest event in bytes of JSON. The longest honest one is a free text of a few pages.
const maxEvent = 256 << 10

// encodeEvent returns an event's key and JSON, or an error when it is not one that may be kept.
func encodeEvent(e Event) (key, value []byte, err error) {
	id, err := checkEvent(&e)
	if err != nil {
		return nil, nil, err
	}
	value, err = json.Marshal(e)
	if err != nil {
		return nil, nil, &InvalidError{"event", err.Error()}
	}
	if len(value) > maxEvent {
		return nil, nil, &InvalidError{"event", "too long"}
	}
	return eventKey(e.Counter, id), value, nil
}

// decodeEvent reads the JSON of an event and checks it. Fields that it does not know are a newer version's and pass.
func decodeEvent(value []byte) (Event, []byte, error) {
	var e Event
	if len(value) > maxEvent {
		return e, nil, &InvalidError{"event", "too long"}
	}
	if err := json.Unmarshal(value, &e); err != nil {
		return Event{}, nil, &InvalidError{"event", err.Error()}
	}
	id, err := checkEvent(&e)
	if err != nil {
		return Event{}, nil, err
	}
	return e, eventKey(e.Counter, id), nil
}

// readRecord reads what the log holds under a key.
func readRecord(key, sealed []byte) (Event, error) {
	value, ok := unseal(key, sealed)
	if !ok {
		return Event{}, damaged("the checksum of event %x is wrong", key)
	}
	var e Event
	if err := json.Unmarshal(value, &e); err != nil {
		return Event{}, damaged("event %x: %v", key, err)
	}
	return e, nil
}

// checkEvent says whether an event may be in a log, and returns its id.
func checkEvent(e *Event) (uuid.UUID, error) {
	id, err := uuid.Parse(e.ID)
	switch {
	case err != nil || id.String() != e.ID:
		return id, &InvalidError{"id", "not a UUID"}
	case e.Counter == 0 || e.Counter > maxCounter:
		return id, &InvalidError{"n", "out of range"}
	case e.Learner == "":
		return id, &InvalidError{"learner", "none"}
	case e.Verb == "":
		return id, &InvalidError{"verb", "none"}
	case e.Verb == Merged && e.Other == "":
		return id, &InvalidError{"other", "none"}
	case !(e.Score >= 0 && e.Score <= 1):
		return id, &InvalidError{"score", "not between 0 and 1"}
	case !e.Time.IsZero() && (e.Time.Year() < 1 || e.Time.Year() > 9999):
		return id, &InvalidError{"time", "out of range"}
	}
	for _, s := range []string{e.Learner, e.Sitting, e.Module, e.Lesson, e.Step, e.Question, e.Objective, e.Context, e.Instead, e.Other} {
		if len(s) > 256 || strings.ContainsRune(s, 0) {
			return id, &InvalidError{"id", "too long, or with a zero"} // zero bytes part the keys of states
		}
	}
	bad := ""
	eachText(e, func(s *string) {
		if clean(*s) != *s {
			bad = *s
		}
	})
	if bad != "" {
		return id, &InvalidError{"text", "characters that no screen may get"}
	}
	return id, nil
}

// eachText visits every string of an event, but for map keys.
func eachText(e *Event, visit func(*string)) {
	for _, s := range []*string{
		(*string)(&e.Verb), &e.Learner, &e.Sitting, &e.Front, &e.Lang, &e.Module, &e.Version, &e.Lesson, &e.Step, &e.Question,
		&e.Objective, &e.Hash, &e.Context, &e.Instead, &e.Sure, &e.Text, &e.Other,
	} {
		visit(s)
	}
	for i := range e.Response {
		visit(&e.Response[i])
	}
	if p := e.Profile; p != nil {
		for _, s := range []*string{p.Name, p.Lang, p.PIN, p.Role} {
			if s != nil {
				visit(s)
			}
		}
		for k, v := range p.Settings {
			visit(&k)
			was := v
			if visit(&v); v != was {
				p.Settings[k] = v
			}
		}
	}
}

// clean takes out what can move a cursor, hide text or turn it round: controls but newline and tab, the marks of
// direction, characters without width, tags. Bytes that are no UTF-8 become U+FFFD. What was typed at a terminal or came
// on a stick is shown on screens later.
func clean(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] >= ' ' && s[i] < 0x7f
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == 0x2028, r == 0x2029, unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// cleaned returns the event with every text of it clean. The caller's response and profile stay as they are.
func cleaned(e Event) Event {
	e.Response = slices.Clone(e.Response)
	if e.Profile != nil {
		p := *e.Profile
		p.Settings = maps.Clone(p.Settings)
		for _, s := range []**string{&p.Name, &p.Lang, &p.PIN, &p.Role} {
			if *s != nil {
				v := **s
				*s = &v
			}
		}
		e.Profile = &p
	}
	eachText(&e, func(s *string) { *s = clean(*s) })
	return e
}

// stamp returns the time as an event keeps it: none, from a clock that is beyond all years.
func stamp(t time.Time) time.Time {
	t = t.UTC().Truncate(time.Second)
	if t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}

package progress

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/google/uuid"
)

// What is copied, moved and put together need not be decoded whole: the head of an event, as encodeEvent writes it, says
// its key, whose it is and what kind. It is read from bytes whose checksum holds over that very key.

// headOf reads the head of an event's JSON. The events that link people are read whole, and so is one that begins
// otherwise (another version may order the fields as it likes).
func headOf(value []byte) (e Event, key []byte, err error) {
	rest, ok := bytes.CutPrefix(value, []byte(`{"n":`))
	var n, id, learner, verb []byte
	n, rest, ok = cutAt(rest, `,"id":"`, ok)
	id, rest, ok = cutAt(rest, `","learner":"`, ok)
	learner, rest, ok = cutAt(rest, `","verb":"`, ok)
	verb, _, ok = cutAt(rest, `"`, ok)
	e = Event{ID: string(id), Learner: string(learner), Verb: Verb(verb)}
	uid, bad := uuid.ParseBytes(id)
	e.Counter, err = strconv.ParseUint(string(n), 10, 64)
	if !ok || err != nil || bad != nil || len(id) != 36 || bytes.ContainsAny(learner, "\\\"") || e.linking() {
		e = Event{}
		if err := json.Unmarshal(value, &e); err != nil {
			return e, nil, damaged("an event: %v", err)
		}
		if uid, err = checkEvent(&e); err != nil {
			return e, nil, err
		}
	}
	return e, eventKey(e.Counter, uid), nil
}

func cutAt(b []byte, sep string, ok bool) (before, after []byte, found bool) {
	if !ok {
		return nil, nil, false
	}
	return bytes.Cut(b, []byte(sep))
}

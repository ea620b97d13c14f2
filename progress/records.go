package progress

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// records are the states that a fold reads and changes, decoded. What is not there yet is taken over from the fold of the
// transaction before, or asked of the transaction; a fold from scratch asks nobody.
type records struct {
	tx    tx // nil: from scratch
	held  map[recordKey]any
	warm  map[recordKey]any
	wrong error // the first record that could not be read
}

type recordKey struct{ bucket, key string }

func newRecords(t tx) *records { return &records{tx: t, held: map[recordKey]any{}} }

// stateKey joins the parts of a key. No part holds a zero byte: see checkEvent.
func stateKey(parts ...string) string { return strings.Join(parts, "\x00") }

func (r *records) learner(who string) *learnerRecord {
	return record[learnerRecord](r, bucketLearners, who)
}

func (r *records) sitting(who, sitting string) *int {
	return record[int](r, bucketSittings, stateKey(who, sitting))
}

func (r *records) module(who, module string) *ModuleState {
	return record[ModuleState](r, bucketModules, stateKey(who, module))
}

func (r *records) questions(who, module, lesson string) *lessonQuestions {
	return record[lessonQuestions](r, bucketQuestions, stateKey(who, module, lesson))
}

func (r *records) marks(who, module, lesson string) *lessonMarks {
	return record[lessonMarks](r, bucketMarks, stateKey(who, module, lesson))
}

// record returns the record of a key: the one that is held, or the transaction's, or a new one.
func record[T any](r *records, bucket, key string) *T {
	k := recordKey{bucket, key}
	if held, ok := r.held[k]; ok {
		return held.(*T)
	}
	if warm, ok := r.warm[k]; ok {
		r.held[k] = warm
		return warm.(*T)
	}
	v := new(T)
	if r.tx != nil {
		if err := readState(r.tx, bucket, key, v); err != nil && r.wrong == nil {
			r.wrong = err
		}
	}
	r.held[k] = v
	return v
}

// readState decodes a record of a transaction into v, which stays as it is when there is none.
func readState(t tx, bucket, key string, v any) error {
	sealed := t.get(bucket, []byte(key))
	if sealed == nil {
		return nil
	}
	value, ok := unseal(sumKey(bucket, key), sealed)
	if !ok {
		return damaged("the checksum of %s %q is wrong", bucket, key)
	}
	if err := json.Unmarshal(value, v); err != nil {
		return damaged("%s %q: %v", bucket, key, err)
	}
	return nil
}

func writeState(t tx, bucket, key string, v any) error {
	value, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return writeSealed(t, bucket, key, seal(sumKey(bucket, key), value))
}

func writeSealed(t tx, bucket, key string, sealed []byte) error {
	if bytes.Equal(sealed, t.get(bucket, []byte(key))) {
		return nil
	}
	return t.put(bucket, []byte(key), sealed)
}

// statesSum is kept to show when states are missing, or are older than the log: a checksum in each tells nothing of those
// that are not there.
type statesSum struct {
	Records uint64
	Sum     uint64 // of their checksums
}

// count takes a record into the sum, or out of it.
func (s *statesSum) count(sealed []byte, in bool) {
	if len(sealed) < sumSize {
		return
	}
	n := uint64(binary.BigEndian.Uint32(sealed[len(sealed)-sumSize:]))
	if in {
		s.Records, s.Sum = s.Records+1, s.Sum+n
	} else {
		s.Records, s.Sum = s.Records-1, s.Sum-n
	}
}

// sumKey is what the checksum of a state covers beside its value.
func sumKey(bucket, key string) []byte { return []byte(bucket + "\x00" + key) }

// flush writes the records to a transaction, in the order of their keys, so that the same records make the same file.
func (r *records) flush(t tx) error {
	if r.wrong != nil {
		return r.wrong
	}
	var sum statesSum
	if err := readState(t, bucketMeta, keyStates, &sum); err != nil {
		return err
	}
	keys := slices.SortedFunc(maps.Keys(r.held), func(a, b recordKey) int {
		return strings.Compare(stateKey(a.bucket, a.key), stateKey(b.bucket, b.key))
	})
	for _, k := range keys {
		value, err := json.Marshal(r.held[k])
		if err != nil {
			return err
		}
		sealed := seal(sumKey(k.bucket, k.key), value)
		sum.count(t.get(k.bucket, []byte(k.key)), false)
		sum.count(sealed, true)
		if err := writeSealed(t, k.bucket, k.key, sealed); err != nil {
			return err
		}
	}
	return writeState(t, bucketMeta, keyStates, sum)
}

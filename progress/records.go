package progress

import (
	"bytes"
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
	sealed := seal(sumKey(bucket, key), value)
	if bytes.Equal(sealed, t.get(bucket, []byte(key))) {
		return nil
	}
	return t.put(bucket, []byte(key), sealed)
}

// sumKey is what the checksum of a state covers beside its value.
func sumKey(bucket, key string) []byte { return []byte(bucket + "\x00" + key) }

// flush writes the records to a transaction, in the order of their keys, so that the same records make the same file.
func (r *records) flush(t tx) error {
	if r.wrong != nil {
		return r.wrong
	}
	keys := slices.SortedFunc(maps.Keys(r.held), func(a, b recordKey) int {
		return strings.Compare(stateKey(a.bucket, a.key), stateKey(b.bucket, b.key))
	})
	for _, k := range keys {
		if err := writeState(t, k.bucket, k.key, r.held[k]); err != nil {
			return err
		}
	}
	return nil
}

package progress

import (
	"bytes"
	"iter"
	"maps"
	"slices"
	"sync"
)

// The buckets of a store. All but the log and the meta record follow from the log.
const (
	bucketMeta      = "meta"      // "format", "totals"
	bucketLog       = "log"       // counter and id: event
	bucketLinks     = "links"     // keys of the log's Merged and Erased events, so that they are found without a search
	bucketLearners  = "learners"  // learner: learnerRecord
	bucketSittings  = "sittings"  // learner, sitting: number of the session
	bucketModules   = "modules"   // learner, module: ModuleState
	bucketQuestions = "questions" // learner, module, lesson: QuestionState by question
	bucketMarks     = "marks"     // learner, module, lesson: Mark by step
)

// stateBuckets follow from the log, by learner.
var stateBuckets = []string{bucketLearners, bucketSittings, bucketModules, bucketQuestions, bucketMarks}

var allBuckets = append([]string{bucketMeta, bucketLog, bucketLinks}, stateBuckets...)

// A tx is what the store asks of a transaction. Bytes that it hands out are good until it ends.
type tx interface {
	get(bucket string, key []byte) []byte // nil when there is none
	put(bucket string, key, value []byte) error
	del(bucket string, key []byte) error
	from(bucket string, key []byte) iter.Seq2[[]byte, []byte] // in the order of keys; not to be changed meanwhile
	last(bucket string) []byte                                // the highest key, nil when there is none
}

// A db runs transactions: an update is kept whole or, when its function or the disk fails, not at all.
type db interface {
	view(func(tx) error) error
	update(func(tx) error) error
	close() error
}

// memory is the guest's store: a db that ends with the process and leaves nothing behind.
type memory struct {
	mu      sync.RWMutex
	buckets map[string]map[string][]byte
	undo    []func()
}

func newMemory() *memory {
	m := &memory{buckets: map[string]map[string][]byte{}}
	for _, b := range allBuckets {
		m.buckets[b] = map[string][]byte{}
	}
	return m
}

func (m *memory) view(f func(tx) error) error {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return f(m)
}

func (m *memory) update(f func(tx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.undo = m.undo[:0]
	err := f(m)
	if err != nil {
		for _, back := range slices.Backward(m.undo) {
			back()
		}
	}
	return err
}

func (m *memory) close() error { return nil }

func (m *memory) get(bucket string, key []byte) []byte { return m.buckets[bucket][string(key)] }

func (m *memory) put(bucket string, key, value []byte) error {
	m.remember(bucket, string(key))
	m.buckets[bucket][string(key)] = bytes.Clone(value)
	return nil
}

func (m *memory) del(bucket string, key []byte) error {
	m.remember(bucket, string(key))
	delete(m.buckets[bucket], string(key))
	return nil
}

func (m *memory) remember(bucket, key string) {
	old, had := m.buckets[bucket][key]
	m.undo = append(m.undo, func() {
		if had {
			m.buckets[bucket][key] = old
		} else {
			delete(m.buckets[bucket], key)
		}
	})
}

func (m *memory) from(bucket string, key []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func([]byte, []byte) bool) {
		for _, k := range slices.Sorted(maps.Keys(m.buckets[bucket])) {
			if k >= string(key) && !yield([]byte(k), m.buckets[bucket][k]) {
				return
			}
		}
	}
}

func (m *memory) last(bucket string) []byte {
	var last string
	for k := range m.buckets[bucket] {
		last = max(last, k)
	}
	if last == "" {
		return nil
	}
	return []byte(last)
}

package progress

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A draft is a free text on its way: kept every few seconds, so that a dead battery takes a sentence and not a page. It is
// no event; it goes when the answer is given.

const draftsName = "drafts.json"

// SaveDraft keeps what a learner has written so far in answer to a question; "" takes it away. Error: [ErrNotKept].
func (s *Store) SaveDraft(learner, module, lesson, question, text string) error {
	s.drafting.Lock()
	defer s.drafting.Unlock()
	s.loadDrafts()
	key := draftKey(learner, module, lesson, question)
	text = clean(text)
	if len(text) > maxEvent/2 || s.drafts[key] == text && !s.unsaved {
		return nil
	}
	if text == "" {
		delete(s.drafts, key)
	} else {
		s.drafts[key] = text
	}
	return s.writeDrafts()
}

// Draft returns what a learner had written, "" when there is none.
func (s *Store) Draft(learner, module, lesson, question string) string {
	s.drafting.Lock()
	defer s.drafting.Unlock()
	s.loadDrafts()
	return s.drafts[draftKey(learner, module, lesson, question)]
}

func draftKey(parts ...string) string { return strings.Join(parts, "\n") }

// loadDrafts reads the drafts once. A file that is not whole holds none: it is replaced whole, so that only a bad disk
// makes one.
func (s *Store) loadDrafts() {
	if s.drafts != nil {
		return
	}
	s.drafts = map[string]string{}
	if !s.Kept() {
		return
	}
	sealed, err := os.ReadFile(filepath.Join(s.dir, draftsName))
	if err != nil {
		return
	}
	if value, ok := unseal([]byte(draftsName), sealed); ok {
		_ = json.Unmarshal(value, &s.drafts)
	}
}

// writeDrafts puts the drafts on the disk. Until that is done the same text is tried again.
func (s *Store) writeDrafts() error {
	if !s.Kept() {
		return nil
	}
	s.unsaved = true
	path := filepath.Join(s.dir, draftsName)
	if len(s.drafts) == 0 {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return &NotKeptError{Err: err}
		}
		s.unsaved = false
		return nil
	}
	value, err := json.Marshal(s.drafts)
	if err != nil {
		return err
	}
	err = replaceFile(path, func(w io.Writer) error {
		_, err := w.Write(seal([]byte(draftsName), value))
		return err
	})
	if err != nil {
		return &NotKeptError{Err: err, Full: isFull(err)}
	}
	s.unsaved = false
	return nil
}

// dropDrafts removes the drafts of people who were erased.
func (s *Store) dropDrafts() error {
	s.drafting.Lock()
	defer s.drafting.Unlock()
	s.loadDrafts()
	for key := range s.drafts {
		if learner, _, _ := strings.Cut(key, "\n"); s.gone(learner) {
			delete(s.drafts, key)
		}
	}
	return s.writeDrafts()
}

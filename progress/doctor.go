package progress

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
)

// An Ailment is something wrong in a data folder.
type Ailment string

// What [Examine] may find, and [Repair] makes good.
const (
	StoreMissing    Ailment = "store-missing"    // the database is gone, though there was one
	StoreDamaged    Ailment = "store-damaged"    // the database is not what was written
	StoreBehind     Ailment = "store-behind"     // the journal or a copy holds events that the database has not
	StatesWrong     Ailment = "states-wrong"     // the states are not what follows from the log
	CopyBad         Ailment = "copy-bad"         // a copy cannot be read whole
	JournalBad      Ailment = "journal-bad"      // lines of a journal cannot be read, though they were written to their end
	DraftsBad       Ailment = "drafts-bad"       // the drafts cannot be read
	LeftOver        Ailment = "left-over"        // a file that was being written when something ended the program
	EraseUnfinished Ailment = "erase-unfinished" // files may still hold what an erased person did
	RoomLow         Ailment = "room-low"         // the disk is nearly full; only a person can help
)

// A Finding is one ailment. Fixed tells that [Repair] made it good.
type Finding struct {
	Ailment Ailment `json:"ailment"`
	File    string  `json:"file,omitempty"` // its name in the data folder
	Detail  string  `json:"detail,omitempty"`
	Fixed   bool    `json:"fixed"`
}

// A Report is what is in a data folder, and what is wrong with it.
type Report struct {
	Events   uint64    `json:"events"` // 0 while the database cannot be read
	Learners int       `json:"learners"`
	Copies   int       `json:"copies"`
	Journals int       `json:"journals"`
	Aside    []string  `json:"aside,omitempty"` // damaged files that were set aside before; they may be deleted
	Room     uint64    `json:"room"`            // bytes that are left on the disk, 0 when it cannot be told
	Findings []Finding `json:"findings"`
	Recovery *Recovery `json:"recovery,omitempty"` // what opening the store made good, when repairing
}

// LowRoom is how many bytes should be left on the disk: less, and the next sessions may not be kept.
const LowRoom = 16 << 20

func (r *Report) add(a Ailment, path, detail string) {
	f := Finding{Ailment: a, Detail: detail}
	if path != "" {
		f.File = filepath.Base(path)
	}
	r.Findings = append(r.Findings, f)
}

// Examine looks at everything in a data folder and changes nothing. Errors: [ErrBusy], [ErrNewer], [ErrReadOnly],
// [ErrPermission], [ErrNoLock]; damage is no error but a finding.
func Examine(dir string) (Report, error) {
	var r Report
	if _, err := os.Stat(dir); err != nil {
		return r, classify(err)
	}
	l, err := takeLock(dir, 0)
	if err != nil {
		return r, err
	}
	defer l.release()
	r.Findings = []Finding{}
	return r, r.examine(dir)
}

// Repair looks at everything and makes good what can be: the store is opened, which restores it where it has to be, its
// states are folded anew where they are wrong, and what cannot be read elsewhere is replaced by a fresh copy of what can.
func Repair(dir string, o Options) (r Report, err error) {
	if r, err = Examine(dir); err != nil || len(r.Findings) == 0 {
		return r, err
	}
	s, err := Open(dir, o)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	r.Recovery = s.Recovery()
	if err := s.Refold(); err != nil {
		return r, err
	}
	if err := s.Copy(); err != nil { // what is unreadable may go only when what is readable was copied
		return r, err
	}
	for i, f := range r.Findings {
		path := filepath.Join(dir, f.File)
		switch f.Ailment {
		case CopyBad:
			err = os.Remove(filepath.Join(dir, copyFolder, f.File))
		case JournalBad:
			err = os.Remove(filepath.Join(dir, journalFolder, f.File))
		case DraftsBad:
			err = os.Remove(path)
		case EraseUnfinished:
			if err := s.purge(); err != nil { // opening has tried, and is silent about why it could not
				return r, err
			}
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return r, classify(err)
		}
		r.Findings[i].Fixed = f.Ailment != RoomLow
	}
	return r, r.count(s)
}

// count says what is there now, after it was made good.
func (r *Report) count(s *Store) error {
	var e1, e2, e3 error
	var learners []Learner
	var copies []copyFile
	r.Events, _, e1 = s.Totals()
	learners, e2 = s.Learners()
	copies, e3 = copyFiles(s.dir)
	r.Learners, r.Copies = len(learners), len(copies)
	return errors.Join(e1, e2, e3)
}

// Refold makes every state anew from the log.
func (s *Store) Refold() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.over != nil {
		return s.over
	}
	s.warm, s.unchanged = nil, false
	err := s.db.update(func(t tx) error {
		l, err := readLinks(t)
		if err != nil {
			return err
		}
		return refoldAll(t, l)
	})
	if err != nil {
		s.shaky = true
		return &NotKeptError{Err: err, Full: isFull(err)}
	}
	return nil
}

func (r *Report) examine(dir string) error {
	for _, path := range besides(dir) {
		r.add(LeftOver, path, "")
	}
	for _, path := range asides(dir) {
		r.Aside = append(r.Aside, filepath.Base(path))
	}
	if room, err := Room(dir); err == nil {
		if r.Room = room; room < LowRoom {
			r.add(RoomLow, "", "")
		}
	}
	copies, err := copyFiles(dir)
	if err != nil {
		return classify(err)
	}
	r.Copies = len(copies)
	for _, c := range copies {
		if _, err := verifyCopy(c.path); err != nil {
			r.add(CopyBad, c.path, err.Error())
		}
	}
	if err := r.examineJournals(dir); err != nil {
		return classify(err)
	}
	if sealed, err := os.ReadFile(filepath.Join(dir, draftsName)); err == nil {
		if _, ok := unseal([]byte(draftsName), sealed); !ok {
			r.add(DraftsBad, draftsName, "")
		}
	}
	return r.examineStore(dir)
}

// examineJournals looks for lines that cannot be read. A last line without its end is how every crash leaves a journal.
func (r *Report) examineJournals(dir string) error {
	j := journal{dir: filepath.Join(dir, journalFolder)}
	seqs, err := sequence(j.dir, journalEnd)
	r.Journals = len(seqs)
	for _, seq := range seqs {
		var bad error
		eachRawLine(j.path(seq), plain, func(line []byte, err error) bool {
			if bad != nil {
				r.add(JournalBad, j.path(seq), bad.Error())
				return false
			}
			if s := string(line); err == nil && s != batchBegin && s != batchEnd {
				_, err = parseLine(line, headOf)
			}
			bad = err
			return true
		})
	}
	return err
}

func (r *Report) examineStore(dir string) error {
	path := filepath.Join(dir, storeName)
	s := Store{dir: dir}
	if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
		if s.hadStore() {
			r.add(StoreMissing, path, "")
		}
		return nil
	}
	if err := inspect(path); errors.Is(err, ErrDamaged) {
		r.add(StoreDamaged, path, err.Error())
		return nil
	} else if err != nil {
		return err
	}
	d, err := openBolt(path, false)
	if err != nil {
		return err
	}
	err = d.view(func(t tx) error { return r.examineRecords(t, dir) })
	return errors.Join(err, d.close())
}

func (r *Report) examineRecords(t tx, dir string) error {
	var sum totals
	if err := readState(t, bucketMeta, keyTotals, &sum); err != nil {
		return err
	}
	r.Events = sum.Events
	for range t.from(bucketLearners, nil) {
		r.Learners++
	}
	if t.get(bucketMeta, []byte(keyPurge)) != nil {
		r.add(EraseUnfinished, "", "")
	}
	l, err := readLinks(t)
	if err != nil {
		return err
	}
	behind := 0
	for _, source := range elsewhere(dir) {
		for e, err := range source() {
			if err == nil && t.get(bucketLog, e.key) == nil && (e.event.linking() || !l.gone(e.event.Learner)) {
				behind++
			}
		}
	}
	if behind > 0 {
		r.add(StoreBehind, storeName, "")
	}
	same, err := folded(t, l)
	if err == nil && !same {
		r.add(StatesWrong, storeName, "")
	}
	return err
}

// folded tells whether the states are what follows from the log: folded again from scratch, they are the same bytes.
func folded(t tx, l *links) (bool, error) {
	f := fold{l, newRecords(nil)}
	for key, sealed := range t.from(bucketLog, nil) {
		e, err := readRecord(key, sealed)
		if err != nil {
			return false, err
		}
		f.add(e)
	}
	scratch := newMemory()
	if err := f.flush(scratch); err != nil {
		return false, err
	}
	for _, bucket := range stateBuckets {
		n := 0
		for key, value := range t.from(bucket, nil) {
			n++
			if !bytes.Equal(value, scratch.get(bucket, key)) {
				return false, nil
			}
		}
		if n != len(scratch.buckets[bucket]) {
			return false, nil
		}
	}
	return true, nil
}

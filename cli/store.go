package cli

import (
	"errors"

	"fanal/progress"
	"fanal/study"
)

// A seat is an open store and, where one was named, who studies.
type seat struct {
	store   *progress.Store
	dir     string
	learner *progress.Learner // nil: not said
}

func (s *seat) close() { _ = s.store.Close() } // every answer is on the disk already

// seat opens the store and finds the learner that --learner names; a new one is made where create allows it. A guest gets
// a store in memory.
func (p *program) seat(create bool) (*seat, error) {
	if p.flags.guest {
		s := &seat{store: progress.OpenMemory()}
		l, err := study.Register(s.store, p.words.T("guest-name"), p.words.Lang)
		s.learner = &l
		return s, err
	}
	s, err := p.openStore()
	if err != nil || p.flags.learner == "" {
		return s, err
	}
	s.learner, err = p.learner(s.store, create)
	if err == nil && !create { // who opens the program is asked for their PIN there
		err = p.unlockLearner(s)
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// openStore opens the store of the data folder, with nobody seated.
func (p *program) openStore() (*seat, error) {
	s := &seat{dir: p.flags.dataDir()}
	var err error
	if s.store, err = progress.Open(s.dir, progress.Options{}); err != nil {
		return nil, storeError(err, s.dir)
	}
	return s, nil
}

// learner finds who --learner names: a name, or an id where several share the name.
func (p *program) learner(store *progress.Store, create bool) (*progress.Learner, error) {
	all, err := store.Learners()
	if err != nil {
		return nil, err
	}
	name := p.flags.learner
	var l progress.Learner
	if create && len(called(all, name)) == 0 {
		l, err = study.Register(store, name, p.words.Lang)
	} else {
		l, err = oneCalled(all, name)
	}
	if err != nil {
		return nil, err
	}
	return &l, nil
}

// storeError says in our words why the data folder cannot be used.
func storeError(err error, dir string) error {
	var (
		busy  *progress.BusyError
		newer *progress.NewerError
	)
	switch {
	case errors.As(err, &busy) && busy.PID > 0:
		return failed(err, "cli-store-busy-pid", "Dir", dir, "PID", busy.PID)
	case errors.Is(err, progress.ErrBusy):
		return failed(err, "cli-store-busy", "Dir", dir)
	case errors.Is(err, progress.ErrReadOnly), errors.Is(err, progress.ErrPermission):
		return failed(err, "cli-store-read-only", "Dir", dir)
	case errors.Is(err, progress.ErrNoLock):
		return failed(err, "cli-store-no-lock", "Dir", dir)
	case errors.Is(err, progress.ErrFull):
		return failed(err, "cli-store-full", "Dir", dir)
	case errors.As(err, &newer):
		return failed(err, "cli-store-newer", "Dir", dir)
	case errors.Is(err, progress.ErrDamaged):
		return failed(err, "cli-store-damaged", "Dir", dir)
	}
	return failed(err, "cli-store-other", "Dir", dir, "Error", err.Error())
}

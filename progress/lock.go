package progress

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// A lock keeps a second program out of the data folder. It has a file of its own, not the database: the database is
// replaced by renaming when it is restored, compacted or migrated, and the lock must hold across that.
type lock struct{ file *os.File }

const (
	lockName = "progress.lock"
	lockStep = 20 * time.Millisecond
)

// takeLock takes the folder's lock and writes this process's number into it. The system releases a lock with the process
// that held it, however that ended. Errors: [BusyError] when wait is over, [ErrNoLock], and what [classify] says.
func takeLock(dir string, wait time.Duration) (*lock, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, classify(err)
	}
	deadline := time.Now().Add(wait)
	for {
		err = tryLock(f)
		if err == nil {
			break
		}
		if !errors.Is(err, errLocked) {
			f.Close()
			return nil, errors.Join(ErrNoLock, err)
		}
		if time.Now().After(deadline) {
			pid := readPID(f)
			f.Close()
			return nil, &BusyError{pid}
		}
		time.Sleep(lockStep)
	}
	// The number is a courtesy to the second instance: on a full disk the lock holds without it.
	if f.Truncate(0) == nil {
		_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	return &lock{f}, nil
}

func readPID(f *os.File) int {
	buf := make([]byte, 20)
	n, _ := f.ReadAt(buf, 0)
	pid, err := strconv.Atoi(string(bytes.TrimSpace(buf[:n])))
	if err != nil {
		return 0
	}
	return pid
}

// release gives the lock back. The file stays: removing it would let two programs lock two files of one name.
func (l *lock) release() error {
	_ = l.file.Truncate(0)
	return l.file.Close()
}

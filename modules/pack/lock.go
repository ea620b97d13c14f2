package pack

import (
	"os"
	"path/filepath"
	"time"
)

// ErrBusy is the error of changing what another window of the program is changing.
var ErrBusy error = busyError{}

// lockName is the file that is locked while the modules or the keys of a data folder are changed. It stays, empty: one
// that was removed could be locked by two.
const lockName = "install.lock"

// locked does what changes a data folder, alone. The lock is the system's, and ends with the process.
func locked(dir string, do func() error) (err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	for deadline := time.Now().Add(time.Second); !tryLock(f); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			return ErrBusy
		}
	}
	return do()
}

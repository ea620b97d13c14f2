//go:build !windows

package find

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// tryLock locks a file, and tells whether it could. A file system without locks is no place for an index: the error says so.
func tryLock(f *os.File, kind lockKind) (bool, error) {
	how := unix.LOCK_SH
	if kind == exclusive {
		how = unix.LOCK_EX
	}
	err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) || errors.Is(err, unix.EINTR) {
		return false, nil
	}
	return err == nil, err
}

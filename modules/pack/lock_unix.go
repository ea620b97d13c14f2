//go:build !windows

package pack

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// tryLock locks a file, and tells whether it could. A file system without locks, as some sticks have, is taken for unlocked:
// what is written is whole there too, and two windows that install on one stick at once are rare.
func tryLock(f *os.File) bool {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	return err == nil || errors.Is(err, unix.ENOTSUP) || errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EINVAL)
}

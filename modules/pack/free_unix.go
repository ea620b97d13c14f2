//go:build linux || darwin || freebsd

package pack

import (
	"errors"

	"golang.org/x/sys/unix"
)

// Free returns how many bytes may be written to the disk that a folder is on; ok is false when the system does not say.
func Free(dir string) (bytes int64, ok bool) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, false
	}
	return int64(st.Bavail) * int64(st.Bsize), true
}

// isFull tells whether a write failed for want of room.
func isFull(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }

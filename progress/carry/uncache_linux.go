package carry

import (
	"os"

	"golang.org/x/sys/unix"
)

// uncache asks the system to forget what it has of a file in memory, so that it is read from the disk. It may refuse.
func uncache(f *os.File) { _ = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED) }

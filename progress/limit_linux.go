package progress

import (
	"errors"
	"os"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// limitProcess bounds the processor time and the memory of a child that looks at a damaged file. Where the system says no,
// the limits of time by the clock and of the stack are left.
func limitProcess(cpu time.Duration) {
	seconds := uint64(cpu / time.Second)
	_ = unix.Setrlimit(unix.RLIMIT_CPU, &unix.Rlimit{Cur: seconds, Max: seconds + 1})
	_ = unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: mostData, Max: mostData})
	if strconv.IntSize == 64 {
		_ = unix.Setrlimit(unix.RLIMIT_AS, &unix.Rlimit{Cur: 8 << 30, Max: 8 << 30})
	}
}

// syncData syncs what was written into a file whose length did not change.
func syncData(f *os.File) error {
	for {
		if err := unix.Fdatasync(int(f.Fd())); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}

// uncache lets go of what the system remembers of a synced file, so that reading it back asks the disk.
func uncache(fd uintptr) { _ = unix.Fadvise(int(fd), 0, 0, unix.FADV_DONTNEED) }

//go:build !linux

package progress

import (
	"os"
	"time"
)

// syncData syncs what was written into a file.
func syncData(f *os.File) error { return f.Sync() }

// limitProcess: only Linux is known to bound a process so. The limits of time by the clock and of the stack hold everywhere.
func limitProcess(time.Duration) {}

// uncache: elsewhere a copy is read back from wherever the system has it.
func uncache(uintptr) {}

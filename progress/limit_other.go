//go:build !linux

package progress

import "os"

// syncData syncs what was written into a file.
func syncData(f *os.File) error { return f.Sync() }

// limitMemory: only Linux is known to bound a process so. The limits of time and stack hold everywhere.
func limitMemory() {}

// uncache: elsewhere a copy is read back from wherever the system has it.
func uncache(uintptr) {}

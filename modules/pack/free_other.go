//go:build !linux && !darwin && !freebsd && !windows

package pack

// Free says that the system does not say how many bytes may be written.
func Free(string) (bytes int64, ok bool) { return 0, false }

// isFull cannot tell whether a write failed for want of room.
func isFull(error) bool { return false }

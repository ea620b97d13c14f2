//go:build !linux && !darwin && !windows

package progress

import "errors"

// Room returns how many bytes this user may still write to the disk of a folder. This system is not asked.
func Room(string) (uint64, error) { return 0, errors.ErrUnsupported }

//go:build !linux && !windows

package pack

import (
	"os"
	"path/filepath"

	"fanal/modules"
)

// Sticks returns the disks that somebody has plugged in: what macOS mounts under /Volumes, but for the disk of the system,
// which is a link there.
func Sticks() []Stick {
	entries, err := os.ReadDir("/Volumes")
	if err != nil {
		return nil
	}
	var found []Stick
	for _, e := range entries {
		if e.IsDir() && !modules.IsLitter(e.Name()) {
			found = append(found, Stick{Path: filepath.Join("/Volumes", e.Name()), Name: e.Name()})
		}
	}
	return found
}

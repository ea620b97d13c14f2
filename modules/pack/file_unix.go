//go:build !windows

package pack

import (
	"errors"
	"os"
	"syscall"
)

// syncFolder makes a rename in the folder last. Some file systems of sticks cannot sync a folder and say so: there is
// nothing more to do there.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}

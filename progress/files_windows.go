package progress

import (
	"errors"

	"golang.org/x/sys/windows"
)

// dirsSync: this system has no way to sync a folder, and needs none.
const dirsSync = false

func isFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

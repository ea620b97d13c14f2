//go:build unix

package progress

import (
	"errors"

	"golang.org/x/sys/unix"
)

const dirsSync = true

func isFull(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }

//go:build !linux

package carry

import "os"

// uncache: this system cannot be asked to forget what it has of a file in memory.
func uncache(*os.File) {}

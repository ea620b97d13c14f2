//go:build linux || darwin

package progress

import "golang.org/x/sys/unix"

// Room returns how many bytes this user may still write to the disk of a folder.
func Room(dir string) (uint64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return st.Bavail * uint64(st.Bsize), nil
}

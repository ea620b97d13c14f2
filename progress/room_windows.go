package progress

import "golang.org/x/sys/windows"

// Room returns how many bytes this user may still write to the disk of a folder.
func Room(dir string) (uint64, error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	return free, windows.GetDiskFreeSpaceEx(name, &free, nil, nil)
}

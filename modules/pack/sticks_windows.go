package pack

import "golang.org/x/sys/windows"

// Sticks returns the disks that somebody has plugged in, by their letters.
func Sticks() []Stick {
	drives, err := windows.GetLogicalDrives()
	if err != nil {
		return nil
	}
	var found []Stick
	for i := range 26 {
		if drives&(1<<i) == 0 {
			continue
		}
		path := string(rune('A'+i)) + `:\`
		root, err := windows.UTF16PtrFromString(path)
		if err != nil || windows.GetDriveType(root) != windows.DRIVE_REMOVABLE {
			continue
		}
		found = append(found, Stick{Path: path, Name: path[:2]})
	}
	return found
}

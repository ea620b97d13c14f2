package pack

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Sticks returns the disks that somebody has plugged in and the system has mounted, in the order in which it mounted them.
func Sticks() []Stick {
	f, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return nil
	}
	defer f.Close()
	return readMounts(f, removable)
}

// readMounts reads the kernel's list of mounts (proc_pid_mountinfo(5)) and keeps what is mounted where desktops mount
// sticks, or on a device that can be taken out.
func readMounts(r io.Reader, removable func(device string) bool) []Stick {
	var found []Stick
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 10 {
			continue
		}
		device, path := fields[2], unescapeMount(fields[4])
		usual := strings.HasPrefix(path, "/media/") || strings.HasPrefix(path, "/run/media/") || strings.HasPrefix(path, "/mnt/")
		if usual || path != "/" && !strings.HasPrefix(path, "/boot") && removable(device) {
			found = append(found, Stick{Path: path, Name: filepath.Base(path)})
		}
	}
	return found
}

// unescapeMount undoes the kernel's octal escapes of spaces, tabs, newlines and backslashes.
func unescapeMount(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+3 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+4], 8, 8); err == nil {
				b.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// removable asks the kernel whether the disk of a device ("8:17"), or the disk that it is a part of, can be taken out.
func removable(device string) bool {
	dir, err := filepath.EvalSymlinks("/sys/dev/block/" + device)
	if err != nil {
		return false
	}
	for _, dir := range []string{dir, filepath.Dir(dir)} {
		if b, err := os.ReadFile(filepath.Join(dir, "removable")); err == nil && strings.TrimSpace(string(b)) == "1" {
			return true
		}
	}
	return false
}

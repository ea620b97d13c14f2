package pack_test

import (
	"slices"
	"strings"
	"testing"

	"fanal/modules/pack"
)

// A stick that a desktop has mounted is found under its name, blanks and all; the machine's own disks are none.
func TestSticksAreFound(t *testing.T) {
	const mounts = `22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
23 22 0:21 / /proc rw,nosuid shared:5 - proc proc rw
30 22 8:1 / /boot/efi rw,relatime shared:9 - vfat /dev/sda1 rw
31 22 8:3 / /home rw,relatime shared:9 - ext4 /dev/sda3 rw
90 22 8:17 / /media/ines/CL\303\211\040USB rw,nosuid shared:40 - vfat /dev/sdb1 rw
91 22 8:33 / /run/media/ines/LUNE rw,nosuid shared:41 - exfat /dev/sdc1 rw
92 22 8:49 / /data\134odd rw,nosuid shared:42 - vfat /dev/sdd1 rw
short line
93 22 179:1 / / rw - ext4 /dev/mmcblk0p1 rw
`
	got := pack.ReadMounts(strings.NewReader(mounts), func(device string) bool { return device == "8:49" || device == "179:1" })
	want := []pack.Stick{
		{Path: "/media/ines/CLÉ USB", Name: "CLÉ USB"}, {Path: "/run/media/ines/LUNE", Name: "LUNE"}, {Path: `/data\odd`, Name: `data\odd`},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

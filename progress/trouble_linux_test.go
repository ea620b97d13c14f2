package progress_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"

	"fanal/progress"
)

// nobody runs f as a user whom the tests' folders do not belong to, when the tests run as root, who may do everything.
func nobody(t *testing.T, f func()) {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if os.Getuid() == 0 {
		if err := unix.Setfsuid(65534); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := unix.Setfsuid(0); err != nil {
				t.Fatal(err)
			}
		}()
	}
	f()
}

func TestAFolderWithoutPermissionIsSaidSo(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	nobody(t, func() {
		for _, path := range []string{dir, filepath.Join(dir, "new")} {
			if _, err := progress.Open(path, progress.Options{}); !errors.Is(err, progress.ErrPermission) {
				t.Errorf("%s: %v", path, err)
			}
		}
	})
	if found, _ := os.ReadDir(dir); len(found) > 0 {
		t.Errorf("left %v", found)
	}
}

func TestADatabaseWithoutPermissionIsNotTakenForDamaged(t *testing.T) {
	dir, ids := studied(t, 10)
	for _, d := range []string{filepath.Dir(dir), dir} {
		if err := os.Chmod(d, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(dir, "progress.lock"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "progress.db"), 0); err != nil {
		t.Fatal(err)
	}
	nobody(t, func() {
		if _, err := progress.Open(dir, progress.Options{}); !errors.Is(err, progress.ErrPermission) {
			t.Errorf("%v", err)
		}
	})
	if err := os.Chmod(filepath.Join(dir, "progress.db"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	if lost := missing(t, s, ids); lost > 0 || s.Recovery() != nil {
		t.Errorf("%d answers lost, %+v", lost, s.Recovery())
	}
}

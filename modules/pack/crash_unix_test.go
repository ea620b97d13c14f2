//go:build !windows

package pack_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"fanal/modules/pack"
)

// TestMain lets the test binary be the program that is killed or squeezed: with a task in the environment it installs
// instead of testing.
func TestMain(m *testing.M) {
	task := os.Getenv("FANAL_TEST_INSTALL")
	if task == "" {
		os.Exit(m.Run())
	}
	if err := child(strings.Split(task, "\n")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child installs the packs into the data folder, once with a limit on the size of files, else over and over.
func child(task []string) error {
	how, data, packs := task[0], task[1], task[2:]
	keys, err := pack.OpenKeyring(data)
	if err != nil {
		return err
	}
	s := pack.OpenShelf(data, keys)
	if how == "squeezed" {
		limit := syscall.Rlimit{Cur: 300_000, Max: 300_000}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			return err
		}
		_, err := s.Install(context.Background(), packs[0], true, nil)
		return err
	}
	fmt.Println("ready")
	for {
		for _, path := range packs {
			if _, err := s.Install(context.Background(), path, true, nil); err != nil {
				return err
			}
		}
	}
}

func childCommand(t *testing.T, task ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "FANAL_TEST_INSTALL="+strings.Join(task, "\n"))
	return cmd
}

// A battery that dies while a module is replaced leaves the one version or the other, whole; and what was being written is
// cleared by the next installation.
func TestAKilledInstallationLeavesAWholeModule(t *testing.T) {
	data := t.TempDir()
	packs := []string{
		mustPackFile(t, heavy(t, "1.0.0", 700_000), nil),
		mustPackFile(t, heavy(t, "1.0.1", 700_000), nil),
	}
	s := newShelf(t, data)
	mustInstall(t, s, packs[0])
	var leftovers int
	for range 30 {
		cmd := childCommand(t, append([]string{"on", data}, packs...)...)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Read(make([]byte, 6)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.IntN(25_000)) * time.Microsecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // killed: its error says so

		if _, man, err := pack.Verify(t.Context(), s.Path("garden"), nil); err != nil || !slices.Contains([]string{"1.0.0", "1.0.1"}, man.Version) {
			t.Fatalf("after the kill: %+v, %v", man, err)
		}
		if _, err := pack.OpenKeyring(data); err != nil {
			t.Fatalf("after the kill: %v", err)
		}
		leftovers += strings.Count(tree(t, filepath.Join(data, "modules")), ".fanal-new-")
	}
	if leftovers == 0 {
		t.Error("no kill came while a pack was being written: the test shows nothing")
	}
	if _, err := s.Install(t.Context(), packs[1], true, nil); err != nil {
		t.Fatal(err)
	}
	if left := tree(t, filepath.Join(data, "modules")); strings.Contains(left, ".fanal-new-") {
		t.Errorf("left behind:\n%s", left)
	}
}

// A disk that takes no more leaves the old version, and nothing beside it.
func TestAFullDiskLeavesTheOldVersion(t *testing.T) {
	data := t.TempDir()
	s := newShelf(t, data)
	mustInstall(t, s, mustPackFile(t, garden(), nil))
	before := tree(t, data)
	out, err := childCommand(t, "squeezed", data, mustPackFile(t, heavy(t, "2.0.0", 700_000), nil)).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "file too large") {
		t.Errorf("the write did not fail: %v, %s", err, out)
	}
	wantVersion(t, s, "1.0.0")
	if after := tree(t, data); after != before {
		t.Errorf("left behind:\n%s\nbefore:\n%s", after, before)
	}
}

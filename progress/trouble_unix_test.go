//go:build unix

package progress_test

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// TestClosedWindows: whoever closes the window ends the program, with nothing lost and the folder free.
func TestClosedWindows(t *testing.T) {
	t.Parallel()
	dir, acknowledged := t.TempDir(), map[string]bool{}
	windows := times(6, 1000)
	for i := range windows {
		cmd := exec.Command(os.Args[0], dir)
		cmd.Env = append(os.Environ(), roleVariable+"=answer")
		window, err := pty.Start(cmd)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(window)
		for range 1 + i%7 {
			if !lines.Scan() {
				t.Fatal("the program does not start any more")
			}
			acknowledged[strings.TrimSpace(lines.Text())] = true
		}
		if err := window.Close(); err != nil {
			t.Fatal(err)
		}
		ended := time.AfterFunc(10*time.Second, func() {
			t.Errorf("window %d: the program goes on without a window", i)
			_ = cmd.Process.Kill()
		})
		_ = cmd.Wait()
		ended.Stop()
	}
	s := open(t, dir)
	for _, e := range events(t, s, "") {
		delete(acknowledged, e.ID)
	}
	if len(acknowledged) > 0 {
		t.Errorf("%d answers lost in %d windows", len(acknowledged), windows)
	}
	if r := s.Recovery(); r != nil {
		t.Errorf("a closed window is no damage: %+v", r)
	}
}

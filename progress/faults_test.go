//go:build torture && linux

package progress_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"fanal/progress"
)

func init() { roles["stubborn"] = stubborn }

// stubborn is the role of a process whose disk fails it: it goes on as far as it can, and says what was acknowledged. It
// stays on one thread, since strace counts calls by thread, and speaks through a call of its own, so that it can be heard
// when writing fails.
func stubborn(dir string) error {
	runtime.LockOSThread()
	say := func(format string, args ...any) {
		_, _ = unix.Writev(1, [][]byte{fmt.Appendf(nil, format+"\n", args...)})
	}
	answers, err := strconv.Atoi(os.Getenv("FANAL_ANSWERS"))
	if err != nil {
		return err
	}
	n := 0
	for range 2 {
		s, err := progress.Open(dir, progress.Options{})
		if err != nil {
			say("refused %v", err)
			continue
		}
		for range answers {
			n++
			say("try %d", n)
			_, err := s.Append(numbered(n))
			switch {
			case err == nil:
				say("ack %d", n)
			case errors.Is(err, progress.ErrFull):
				say("full")
			case !errors.Is(err, progress.ErrNotKept) && !errors.Is(err, progress.ErrDamaged):
				return err
			}
			if n == 3 {
				_ = s.Copy()
				_ = s.SaveDraft("fatou", "m", "one", "q", "half")
			}
		}
		_ = s.Close()
	}
	say("alive")
	return nil
}

// A hearing is what a stubborn process said.
type hearing struct {
	acked map[int]bool
	tried int
	full  bool
	alive bool
	said  string
}

func hear(out []byte) (h hearing) {
	h.acked, h.said = map[int]bool{}, string(out)
	lines := bufio.NewScanner(strings.NewReader(h.said))
	for lines.Scan() {
		var n int
		if _, err := fmt.Sscanf(lines.Text(), "ack %d", &n); err == nil {
			h.acked[n] = true
		}
		if _, err := fmt.Sscanf(lines.Text(), "try %d", &n); err == nil {
			h.tried = n
		}
		h.full = h.full || lines.Text() == "full"
		h.alive = h.alive || lines.Text() == "alive"
	}
	return h
}

// held returns what is wrong with a folder after a stubborn process, "" when nothing is.
func (h hearing) held(v verdict) string {
	have := map[int]bool{}
	for _, n := range v.Numbers {
		have[n] = true
	}
	for n := range h.acked {
		if !have[n] {
			return fmt.Sprintf("answer %d is lost", n)
		}
	}
	if !h.alive || v.Died || !v.Opened || v.Wrong != "" || len(v.invented(h.tried)) > 0 {
		return "not well"
	}
	return ""
}

// besideNames are the files that are written in a row, and not in place.
func besideNames() []string {
	copyName := "copies/000002_" + time.Now().Format(time.DateOnly) + ".jsonl.gz.new"
	return []string{"progress.clean.new", "drafts.json.new", copyName}
}

// TestEveryCallFails lets every write, sync, rename and truncate of a run fail, one after the other, once and for good, as
// a disk with errors does and as a full one.
func TestEveryCallFails(t *testing.T) {
	c, place := newCourt(t), scratch(t)
	runs, heard := 0, map[string]int{}
	for _, call := range []string{"pwrite64", "write", "fsync", "fdatasync", "ftruncate", "renameat", "mkdirat", "unlinkat"} {
		for _, fault := range []string{"EIO", "ENOSPC"} {
			for _, for_ := range []string{"", "+"} {
				for k := 1; ; k++ {
					dir := layOut(t, place, nil)
					log := filepath.Join(place, "log")
					args := []string{
						"-f", "-o", log, "-e", "signal=none", "-e", "trace=" + call, "-e",
						fmt.Sprintf("inject=%s:error=%s:when=%d%s", call, fault, k, for_),
					}
					if call == "write" { // only ours: Go's own scheduler wakes itself with one, and takes a failure for the end
						for _, name := range besideNames() {
							args = append(args, "-P", filepath.Join(dir, name))
						}
					}
					cmd := exec.Command("strace", append(args, os.Args[0], dir)...)
					cmd.Env = append(os.Environ(), roleVariable+"=stubborn", "FANAL_ANSWERS=6")
					out, err := cmd.Output()
					h := hear(out)
					v := c.judge(t, dir)
					if wrong := h.held(v); wrong != "" || err != nil {
						t.Errorf("%s %s from call %d%s: %s: %v\n%s%+v", call, fault, k, for_, wrong, err, h.said, v)
					}
					injected := strings.Contains(string(read(t, log)), "(INJECTED)")
					for _, path := range []string{dir, log} {
						if err := os.RemoveAll(path); err != nil {
							t.Fatal(err)
						}
					}
					if !injected {
						break // there are not so many calls
					}
					runs++
					heard[call]++
				}
			}
		}
	}
	t.Logf("%d runs, of every call that failed: %v", runs, heard)
}

// TestFullDisks runs on 64 disks of different sizes, all too small. What was acknowledged is there when there is room
// again, and a full disk is called one.
func TestFullDisks(t *testing.T) {
	c, full := newCourt(t), 0
	for i := range 64 {
		dir := t.TempDir()
		size := fmt.Sprintf("size=%dk", 8+8*i)
		if out, err := exec.Command("mount", "-t", "tmpfs", "-o", size, "fanal-test", dir).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
		data := filepath.Join(dir, "data")
		cmd := exec.Command(os.Args[0], data)
		cmd.Env = append(os.Environ(), roleVariable+"=stubborn", "FANAL_ANSWERS=300")
		out, err := cmd.Output()
		h := hear(out)
		if h.full || strings.Contains(h.said, "refused "+progress.ErrNotKept.Error()) {
			full++
		}
		if out, err := exec.Command("mount", "-o", "remount,size=64m", dir).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if wrong := h.held(c.judge(t, data)); wrong != "" || err != nil {
			t.Errorf("%s: %s: %v\n%s", size, wrong, err, h.said)
		}
	}
	if full == 0 {
		t.Error("none of the disks was ever full")
	}
	t.Logf("%d of 64 disks were full", full)
}

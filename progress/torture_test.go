package progress_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"fanal/progress"
)

// The tortures are small by default, whole with FANAL_TORTURE=1 (make torture), and a tenth of that with FANAL_TORTURE=10.
// FANAL_SEED sets the seed; a failure prints what it needs to be tried again.

// times returns how often to do something.
func times(small, all int) int {
	if part, err := strconv.Atoi(os.Getenv("FANAL_TORTURE")); err == nil && part > 0 {
		return max(small, all/part)
	}
	return small
}

func seed() uint64 {
	n, _ := strconv.ParseUint(os.Getenv("FANAL_SEED"), 10, 64)
	return n
}

// scratch returns a folder in memory where there is one: what is replayed there has been cut off from the disk already,
// and syncing it again would only take time.
func scratch(t testing.TB) string {
	t.Helper()
	if dir, err := os.MkdirTemp("/dev/shm", "fanal"); err == nil {
		t.Cleanup(func() { os.RemoveAll(dir) })
		return dir
	}
	return t.TempDir()
}

// numbered is the n-th answer of a torture. What it holds follows from n, so that an answer that came back can be told
// from one that was invented or altered.
func numbered(n int) progress.Event {
	e := answer("fatou", fmt.Sprintf("q%d", n%9), n%3 != 0)
	e.Lesson, e.Sitting = fmt.Sprintf("lesson-%d", n%4), fmt.Sprintf("s%d", n/20)
	e.Response, e.Millis = []string{fmt.Sprintf("answer number %d", n)}, int64(n)
	return e
}

// same tells whether an event is the numbered answer that it says it is.
func same(e progress.Event) bool {
	want := numbered(int(e.Millis))
	return e.Learner == want.Learner && e.Verb == want.Verb && e.Question == want.Question && e.Lesson == want.Lesson &&
		e.Sitting == want.Sitting && e.Right == want.Right && e.Score == want.Score && len(e.Response) == 1 &&
		e.Response[0] == want.Response[0]
}

// A verdict is what a process found that opened a tortured folder as the program does.
type verdict struct {
	Opened   bool
	Error    string // why it could not be opened
	Numbers  []int  // of the answers that were there
	Wrong    string // what was there and should not be
	Recovery *progress.Recovery
	Died     bool // the process died,
	Slow     bool // or did not answer in time
}

// judge opens a folder, looks at everything, keeps one more answer and closes it.
func judge(dir string) (v verdict) {
	s, err := progress.Open(dir, progress.Options{})
	if err != nil {
		v.Error = err.Error()
		return v
	}
	v.Opened, v.Recovery = true, s.Recovery()
	seen := map[int64]bool{}
	for e, err := range s.Events("") {
		switch {
		case err != nil:
			v.Wrong = err.Error()
		case e.Front == "judge" || e.Verb != progress.Answered:
			continue
		case !same(e):
			v.Wrong = fmt.Sprintf("an event that nobody wrote: %+v", e)
		case seen[e.Millis]:
			v.Wrong = fmt.Sprintf("answer %d is there twice", e.Millis)
		}
		seen[e.Millis] = true
		v.Numbers = append(v.Numbers, int(e.Millis))
	}
	if ok, err := progress.Folded(s); v.Wrong == "" && (err != nil || !ok) {
		v.Wrong = fmt.Sprintf("the states are not what follows from the log (%v)", err)
	}
	more := numbered(1)
	more.Front = "judge"
	if _, err := s.Append(more); v.Wrong == "" && err != nil {
		v.Wrong = fmt.Sprintf("it keeps no answers any more: %v", err)
	}
	if err := s.Close(); v.Wrong == "" && err != nil {
		v.Wrong = fmt.Sprintf("closing: %v", err)
	}
	return v
}

// judgeFolders is the role of a process that judges the folders that it is told, a line each.
func judgeFolders(string) error {
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		if err := json.NewEncoder(os.Stdout).Encode(judge(in.Text())); err != nil {
			return err
		}
	}
	return in.Err()
}

// A court is a process that judges folders. One that dies of a folder is replaced.
type court struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// verdictTime is how long a folder may take: a hang is a failure like any other. Beside all the other tests of this house a
// machine is busy; the whole tortures have it for themselves.
func verdictTime() time.Duration {
	if times(0, 1) > 0 {
		return 5 * time.Second
	}
	return 20 * time.Second
}

func (c *court) open() error {
	c.cmd = exec.Command(os.Args[0], "judge")
	c.cmd.Env = append(os.Environ(), roleVariable+"=judge")
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	c.in, c.out = in, bufio.NewReaderSize(out, 1<<20)
	return c.cmd.Start()
}

func (c *court) judge(t testing.TB, dir string) (v verdict) {
	t.Helper()
	if c.cmd == nil {
		if err := c.open(); err != nil {
			t.Fatal(err)
		}
	}
	cmd, late := c.cmd, make(chan bool, 1)
	timer := time.AfterFunc(verdictTime(), func() {
		late <- true
		_ = cmd.Process.Kill()
	})
	defer timer.Stop()
	_, _ = fmt.Fprintln(c.in, dir)
	line, err := c.out.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &v)
	}
	if err != nil {
		c.close()
		return verdict{Died: true, Slow: len(late) > 0}
	}
	return v
}

func (c *court) close() {
	if c.cmd != nil {
		_ = c.in.Close()
		_ = c.cmd.Process.Kill()
		_ = c.cmd.Wait()
		c.cmd = nil
	}
}

func newCourt(t testing.TB) *court {
	c := &court{}
	t.Cleanup(c.close)
	return c
}

// lost returns the answers up to the n-th that a verdict misses.
func (v verdict) lost(n int) (lost []int) {
	have := map[int]bool{}
	for _, k := range v.Numbers {
		have[k] = true
	}
	for k := 1; k <= n; k++ {
		if !have[k] {
			lost = append(lost, k)
		}
	}
	return lost
}

// invented returns the answers after the n-th, which nobody had given yet.
func (v verdict) invented(n int) (more []int) {
	for _, k := range v.Numbers {
		if k > n {
			more = append(more, k)
		}
	}
	return more
}

// live is a life to be cut short: three sessions, a copy, drafts, closing in order. It says what it tries and what was
// acknowledged.
func live(dir string) error {
	n := 0
	for session := range 3 {
		s, err := progress.Open(dir, progress.Options{})
		if err != nil {
			return err
		}
		for range 18 {
			n++
			fmt.Printf("try %d\n", n)
			if _, err := s.Append(numbered(n)); err != nil {
				return err
			}
			fmt.Printf("ack %d\n", n)
		}
		if session == 1 {
			if err := s.Copy(); err != nil {
				return err
			}
			if err := s.SaveDraft("fatou", "m", "one", "q", "half a sentence"); err != nil {
				return err
			}
		}
		if err := s.Close(); err != nil {
			return err
		}
	}
	return nil
}

// layOut writes files into a new folder under a place.
func layOut(t testing.TB, place string, files map[string][]byte) string {
	t.Helper()
	dir, err := os.MkdirTemp(place, "case")
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if b == nil {
			err = os.MkdirAll(path, 0o700)
		} else {
			err = os.WriteFile(path, b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

//go:build unix

package main

import (
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// A window that is closed sends SIGHUP; the program must not stay behind with the folder locked, nor lose the last answer.
func TestClosedWindowEndsTheProgramAndKeepsTheAnswer(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGHUP, syscall.SIGTERM} {
		s := newStudent(t, "no-code", "what-it-is", "fr")
		first := 0
		for s.lesson.Steps[first].Question == nil {
			first++
		}
		talk := s.start("--learner", "Fatou", "open", "no-code/what-it-is")
		s.through(talk, 0, first)
		s.answer(talk, s.lesson.Steps[first].Question)
		s.must(talk.cmd.Process.Signal(sig))
		s.must(talk.listen())
		if !talk.over {
			t.Fatalf("%v: the program goes on", sig)
		}
		if _, n, _ := s.progress(); n != 1 {
			t.Errorf("%v: %d answers kept, want 1", sig, n)
		}
	}
}

// A terminal that cannot draw is spoken to line by line, in its width, and its own echo ends the typed lines.
func TestDumbTerminalIsSpokenToLineByLine(t *testing.T) {
	s := newStudent(t, "no-code", "what-it-is", "fr")
	cmd := s.program("--learner", "Fatou", "open", "no-code/what-it-is") // TERM is dumb
	f, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 50})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = f.Close()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	first := until(t, f, "\n> ")
	if _, err := io.WriteString(f, ":?\n"); err != nil {
		t.Fatal(err)
	}
	second := until(t, f, "\n> ")
	if strings.ContainsRune(first+second, 0x1b) {
		t.Errorf("moves the cursor:\n%q", first+second)
	}
	for line := range strings.SplitSeq(first, "\r\n") {
		if len([]rune(line)) > 50 {
			t.Errorf("wider than the terminal: %q", line)
		}
	}
	if !strings.HasPrefix(second, ":?\r\n") || strings.HasPrefix(second, ":?\r\n\r\n") {
		t.Errorf("after the typed line: %q", second)
	}
	if _, err := f.Write([]byte{4}); err != nil { // Ctrl-D at the start of a line: the end of the input
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(patience):
		t.Error("goes on after the end of the input")
	}
}

// until reads from a terminal up to what it must end with.
func until(t *testing.T, f *os.File, end string) string {
	t.Helper()
	if err := f.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	said := ""
	b := make([]byte, 4<<10)
	for !strings.HasSuffix(said, end) {
		n, err := f.Read(b)
		said += string(b[:n])
		if err != nil {
			t.Fatalf("%v; it said:\n%s", err, said)
		}
	}
	return said
}

//go:build unix

package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"fanal/progress"
	"fanal/progress/people"
	"fanal/study"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// What is typed for a PIN must not be read over a shoulder: not line by line, and not by a command that asks for it.
func TestTerminalShowsNothingOfAPIN(t *testing.T) {
	const pin = "24681357"
	s := newStudent(t, "no-code", "what-it-is", "fr")
	store, err := progress.Open(s.dir, progress.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l, err := study.Register(store, "Nour", "fr")
	if err != nil {
		t.Fatal(err)
	}
	if err := people.SetPIN(store, people.NewGate(s.dir), l.ID, pin); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	begin := func(size pty.Winsize, args ...string) *os.File {
		cmd := s.program(args...) // TERM is dumb
		f, err := pty.StartWithSize(cmd, &size)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			_ = f.Close()
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		})
		return f
	}
	write := func(f *os.File, text string) {
		if _, err := io.WriteString(f, text); err != nil {
			t.Fatal(err)
		}
	}

	common := pty.Winsize{Rows: 24, Cols: 80}
	f := begin(common, "progress", "--learner", "Nour")
	until(t, f, "? ")
	write(f, pin+"\n")
	text, _ := io.ReadAll(f) // ends with an error where a terminal does
	if said := string(text); strings.Contains(said, pin) || !strings.Contains(said, "Nour") {
		t.Errorf("a command:\n%s", said)
	}

	for _, size := range []pty.Winsize{common, {}} { // a serial line has no size
		f = begin(size, "--learner", "Nour")
		until(t, f, "\n> ")
		write(f, pin+"\n")
		if said := until(t, f, "\n> "); strings.Contains(said, pin) || !strings.Contains(said, "Nour") {
			t.Errorf("line by line, %d columns:\n%s", size.Cols, said)
		}
		write(f, ":?\n")
		if said := until(t, f, "\n> "); !strings.HasPrefix(said, ":?\r\n") || strings.HasPrefix(said, ":?\r\n\r\n") {
			t.Errorf("afterwards what is typed does not show again, or twice:\n%q", said)
		}
		write(f, ":q\n")
		_, _ = io.ReadAll(f)
	}
}

// Whoever presses Ctrl+C where a PIN is asked for leaves at once: what they type next is not taken for one, and shows.
func TestCtrlCLeavesAQuestionAtOnce(t *testing.T) {
	s := newStudent(t, "no-code", "what-it-is", "fr")
	store, err := progress.Open(s.dir, progress.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := study.Register(store, "Nour", "fr"); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	cmd := s.program("pin", "set", "--learner", "Nour")
	f, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = f.Close()
		_ = cmd.Process.Kill()
	})
	until(t, f, ": ")
	before, err := term.GetState(f.Fd())
	if err != nil {
		t.Fatal(err)
	}
	if before.Lflag&unix.ECHO != 0 {
		t.Error("what is typed shows")
	}
	if _, err := f.Write([]byte{3}); err != nil { // Ctrl+C
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 1 {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(patience):
		t.Fatal("goes on")
	}
	after, err := term.GetState(f.Fd())
	if err != nil {
		t.Fatal(err)
	}
	if after.Lflag&unix.ECHO == 0 {
		t.Error("the terminal stays silent")
	}
}

//go:build unix

package main

import (
	"syscall"
	"testing"
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

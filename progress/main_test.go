package progress_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"fanal/progress"
)

// Some tests need another process: to be killed, or to hold the folder. It is this test binary, told by this variable
// what to be.
const roleVariable = "FANAL_TEST_ROLE"

var roles = map[string]func(dir string) error{
	"answer": answerForEver,
	"hold":   hold,
	"judge":  judgeFolders,
	"live":   live,
	"drudge": drudge,
	"pulled": pulled,
}

func TestMain(m *testing.M) {
	progress.CheckMain()
	if role := roles[os.Getenv(roleVariable)]; role != nil {
		if err := role(os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// play starts another process in a role. It is killed when the test ends, if it still runs.
func play(t *testing.T, role, dir string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0], dir)
	cmd.Env = append(os.Environ(), roleVariable+"="+role)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return cmd, bufio.NewScanner(out)
}

func hold(dir string) error {
	s, err := progress.Open(dir, progress.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	fmt.Println("open")
	time.Sleep(time.Hour) // it is killed long before
	return nil
}

// answerForEver answers, and writes the id of every answer when it is kept.
func answerForEver(dir string) error {
	hung := make(chan os.Signal, 1)
	signal.Notify(hung, syscall.SIGHUP) // as main does: whoever started the tests may have had it ignored
	go func() {
		<-hung
		os.Exit(0)
	}()
	s, err := progress.Open(dir, progress.Options{})
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		e, err := s.Append(answer("fatou", fmt.Sprintf("q%d", i%40), i%3 != 0))
		if err != nil {
			return err
		}
		fmt.Println(e.ID)
	}
}

// answer is an answer to a question of the lesson "one" of the module "m".
func answer(learner, question string, right bool) progress.Event {
	score := 0.0
	if right {
		score = 1
	}
	return progress.Event{
		Learner: learner, Verb: progress.Answered, Sitting: "s1", Front: "screen", Lang: "fr",
		Module: "m", Version: "1.0.0", Lesson: "one", Step: "q:" + question, Question: question, Objective: "o1",
		Hash: "c0ffee", Attempt: 1, Seed: 7, Response: []string{"stale"}, Score: score, Right: right, Millis: 4200,
	}
}

func open(t testing.TB, dir string) *progress.Store {
	t.Helper()
	s, err := progress.Open(dir, progress.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func keep(t testing.TB, s *progress.Store, events ...progress.Event) []progress.Event {
	t.Helper()
	kept, err := s.AppendAll(events)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func events(t testing.TB, s *progress.Store, learner string) (all []progress.Event) {
	t.Helper()
	for e, err := range s.Events(learner) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// unpacked returns what a packed file holds, and any other as it is.
func unpacked(t testing.TB, b []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return b
	}
	all, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

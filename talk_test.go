package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// A talk is a conversation with the program in linear mode, through pipes. It holds the program to its protocol: whenever
// it waits, it has written "> " at the start of a line and nothing after it, and no other line begins like that.
type talk struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  chan []byte
	said string // since the last line typed
	all  string
	over bool
}

// patience is how long the program may take to say something.
const patience = 20 * time.Second

// startTalk runs a command and waits until it asks for something.
func startTalk(cmd *exec.Cmd) (*talk, error) {
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	t := &talk{cmd: cmd, in: in, out: make(chan []byte)}
	go func() {
		defer close(t.out)
		for {
			b := make([]byte, 32<<10)
			n, err := out.Read(b)
			if n > 0 {
				t.out <- b[:n]
			}
			if err != nil {
				return
			}
		}
	}()
	return t, t.listen()
}

// listen reads until the program waits or ends.
func (t *talk) listen() error {
	t.said = ""
	limit := time.After(patience)
	for {
		select {
		case b, ok := <-t.out:
			t.said += string(b)
			t.all += string(b)
			if !ok {
				t.over = true
				return t.cmd.Wait()
			}
			if t.said == "> " || strings.HasSuffix(t.said, "\n> ") {
				return t.manners()
			}
		case <-limit:
			return fmt.Errorf("the program neither waits nor ends after %v; it said:\n%s", patience, t.said)
		}
	}
}

// manners checks what was said: printable text, and one prompt.
func (t *talk) manners() error {
	if n := strings.Count("\n"+t.said, "\n> "); n != 1 {
		return fmt.Errorf("%d lines look like the prompt:\n%s", n, t.said)
	}
	for _, r := range t.said {
		if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x2028 && r <= 0x202e || r >= 0x200b && r <= 0x200f) {
			return fmt.Errorf("the program wrote %U:\n%q", r, t.said)
		}
	}
	return nil
}

// typeLine types a line and waits for what comes of it.
func (t *talk) typeLine(line string) error {
	if t.over {
		return errors.New("the program has ended already")
	}
	t.all += line + "\n"
	if _, err := io.WriteString(t.in, line+"\n"); err != nil {
		return err
	}
	return t.listen()
}

var pickable = regexp.MustCompile(`(?m)^([a-z])\) (.*)$`)

// letter finds the letter that a text can be picked by, where it was offered last: the text is the whole of what was
// offered, or its beginning.
func (t *talk) letter(text string) (string, error) {
	for _, exact := range []bool{true, false} {
		for _, m := range slices.Backward(pickable.FindAllStringSubmatch(t.all, -1)) {
			if m[2] == text || !exact && strings.HasPrefix(m[2], text) {
				return m[1], nil
			}
		}
	}
	return "", fmt.Errorf("%q cannot be picked:\n%s", text, t.said)
}

// hangUp ends the input and waits for the program to end.
func (t *talk) hangUp() error {
	if t.over {
		return nil
	}
	if err := t.in.Close(); err != nil {
		return err
	}
	if err := t.listen(); err != nil {
		return err
	}
	if !t.over {
		return errors.New("the program goes on after the end of its input")
	}
	return nil
}

// talk FILE ARGS… talks with fanal as FILE says, a line each:
//
//	hear TEXT    it has said this since the last line typed
//	line TEXT    a line of it begins so
//	quiet TEXT   it has not said this
//	type TEXT    type a line
//	pick A | B   type the letters of these, in this order
//	end          it has ended
//
// A line that begins with # is a remark. At the end of the file the input ends, and so must the program, with code 0.
func cmdTalk(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: talk FILE ARGS…")
	}
	cmd := exec.Command("fanal", args[1:]...)
	for _, dir := range strings.Split(ts.Getenv("PATH"), string(os.PathListSeparator)) {
		if _, err := os.Stat(dir + "/" + cmd.Args[0]); err == nil {
			cmd.Path, cmd.Err = dir+"/"+cmd.Args[0], nil
			break
		}
	}
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"HOME", "XDG_DATA_HOME", "LANG", "LC_ALL", "LANGUAGE", "FANAL_DATA", "TERM", "PATH", "TMPDIR", "GOCOVERDIR"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	t, err := startTalk(cmd)
	ts.Check(err)
	defer func() { _ = cmd.Process.Kill() }()
	n := 0
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		n++
		if err := t.follow(strings.TrimSpace(line)); err != nil {
			ts.Fatalf("%s:%d: %s: %v\n\nthe whole talk:\n%s", args[0], n, strings.TrimSpace(line), err, t.all)
		}
	}
	ts.Check(t.hangUp())
	ts.Logf("%s", t.all)
}

// follow does one line of a talk's file.
func (t *talk) follow(line string) error {
	verb, rest, _ := strings.Cut(line, " ")
	said := strings.ReplaceAll(t.said, "\u00a0", " ") // so that a script can be read and written
	switch verb {
	case "", "#":
	case "hear":
		if !strings.Contains(said, rest) {
			return fmt.Errorf("not heard, but:\n%s", t.said)
		}
	case "line":
		if !strings.Contains("\n"+said, "\n"+rest) {
			return fmt.Errorf("no line begins so:\n%s", t.said)
		}
	case "quiet":
		if strings.Contains(said, rest) {
			return fmt.Errorf("heard:\n%s", t.said)
		}
	case "type":
		return t.typeLine(rest)
	case "pick":
		letters := ""
		for text := range strings.SplitSeq(rest, " | ") {
			l, err := t.letter(text)
			if err != nil {
				return err
			}
			letters += l
		}
		return t.typeLine(letters)
	case "end":
		if !t.over {
			return errors.New("it goes on")
		}
	default:
		return fmt.Errorf("what is %q?", verb)
	}
	return nil
}

package bench

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// openScroll opens a lesson that is one step of numbered lines.
func openScroll(b testing.TB, fanal string) *terminal {
	b.Helper()
	dir := b.TempDir()
	writeScroll(b, dir, "scroll")
	t := start(b, home(b, fanal), fanal, "--module-dir", dir, "open", "scroll/one")
	t.until("ligne 010")
	for deadline := time.Now().Add(10 * time.Second); t.quiet(500*time.Millisecond) > 0 && time.Now().Before(deadline); {
		continue // what is done behind the first frame
	}
	return t
}

// furthest returns the highest number of a line on the screen, which the program draws anew when the window changes.
func (t *terminal) furthest() int {
	t.b.Helper()
	t.seen.Reset()
	t.wide = !t.wide
	size := pty.Winsize{Rows: 24, Cols: 80}
	if t.wide {
		size.Cols++
	}
	if err := pty.Setsize(t.pty, &size); err != nil {
		t.b.Fatal(err)
	}
	t.quiet(300 * time.Millisecond)
	last := 0
	for _, m := range regexp.MustCompile(`ligne (\d+)`).FindAllStringSubmatch(t.seen.String(), -1) {
		n, _ := strconv.Atoi(m[1])
		last = max(last, n)
	}
	return last
}

// A terminal over a slow line, or one that is read aloud, is told what has changed and nothing else.
func TestTheScreenSaysOnlyWhatIsNew(t *testing.T) {
	fanal := build(t, "..", "fanal")
	term := openScroll(t, fanal)
	defer term.end()
	if n := term.quiet(time.Second); n > 0 {
		t.Errorf("%d bytes were written while nobody touched a key", n)
	}
	var sizes []int
	for range 9 {
		term.press("\x1b[B")
		sizes = append(sizes, term.quiet(200*time.Millisecond))
	}
	slices.Sort(sizes)
	if line := sizes[len(sizes)/2]; line == 0 || line >= 120 {
		t.Errorf("a scrolled line takes %d bytes: %v", line, sizes)
	}
	term.press("q")
}

// Keys come in bursts, from a key that is held down, a slow line, or a laptop that was busy: none may be lost.
func TestTwentyKeysAtOnceAreAllTaken(t *testing.T) {
	fanal := build(t, "..", "fanal")
	term := openScroll(t, fanal)
	defer term.end()
	term.press("\x1b[B") // from here on a key is a line: the sign that something stands above has come
	term.quiet(300 * time.Millisecond)
	first := term.furthest()
	for round := 1; round <= 5; round++ {
		term.press(strings.Repeat("\x1b[B", 20))
		term.quiet(300 * time.Millisecond)
		got, want := term.furthest(), first+20*round
		for deadline := time.Now().Add(10 * time.Second); got < want && time.Now().Before(deadline); {
			got = term.furthest() // the machine is busy
		}
		if got != want {
			t.Fatalf("after %d keys line %d is the last, not %d", 20*round, got, want)
		}
	}
}

// An old console answers nothing that a program asks of it, and must not be waited for.
func TestATerminalThatAnswersNothingIsNotWaitedFor(t *testing.T) {
	fanal := build(t, "..", "fanal")
	env := home(t, fanal)
	var silent, answering []float64
	for range 5 {
		silent = append(silent, firstFrame(t, env, "Modules", fanal)().Seconds())
		answering = append(answering, answered(t, env, "Modules", fanal).Seconds())
	}
	if slow, quick := slices.Min(silent), slices.Min(answering); slow > quick+0.5 {
		t.Errorf("%.3f s where nothing is answered, %.3f s where everything is", slow, quick)
	}
}

// answered starts a program in a terminal that answers as present-day ones do, and returns how long it took to a text.
func answered(b testing.TB, env []string, text string, argv ...string) time.Duration {
	t := start(b, env, argv...)
	defer t.end()
	if _, err := t.pty.WriteString("\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\\x1b[?62;22c\x1b[?2026;2$y\x1b[?2027;2$y"); err != nil {
		b.Fatal(err)
	}
	return t.until(text)
}

// Package bench measures what a person waits for, from the outside: a program is started in a pseudo-terminal, and the
// clock runs from exec to the frame. Every figure stands beside that of another program in the same run, turn and turn
// about: machines drift, ratios of pairs drift less.
//
//	go test -run '^$' -bench . -benchtime 15x ./bench
package bench

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// built is the folder of the programs that were built, each once.
var built string

func TestMain(m *testing.M) {
	var err error
	if built, err = os.MkdirTemp("", "fanal-bench-"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(built)
	os.Exit(code)
}

// build builds a program as it is shipped, and returns its path.
func build(b testing.TB, dir, name string) string {
	b.Helper()
	bin := filepath.Join(built, name)
	if _, err := os.Stat(bin); err == nil {
		return bin
	}
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", bin, ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// A terminal is a program in a pseudo-terminal of 80 by 24 that answers no query.
type terminal struct {
	b     testing.TB
	cmd   *exec.Cmd
	pty   *os.File
	seen  bytes.Buffer
	began time.Time
	read  chan []byte
	wide  bool // by one column: see furthest
}

func start(b testing.TB, env []string, argv ...string) *terminal {
	b.Helper()
	t := &terminal{b: b, cmd: exec.Command(argv[0], argv[1:]...), read: make(chan []byte, 64)}
	t.cmd.Env = append(os.Environ(), append([]string{"TERM=xterm-256color", "LANG=fr_FR.UTF-8"}, env...)...)
	t.began = time.Now()
	var err error
	if t.pty, err = pty.StartWithSize(t.cmd, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		b.Fatal(err)
	}
	go func() {
		for {
			buf := make([]byte, 1<<16)
			n, err := t.pty.Read(buf)
			if n > 0 {
				t.read <- buf[:n]
			}
			if err != nil {
				close(t.read)
				return
			}
		}
	}()
	return t
}

// until waits for a text and returns how long it took since the beginning, or since the last key.
func (t *terminal) until(text string) time.Duration {
	t.b.Helper()
	limit := time.After(20 * time.Second)
	for !bytes.Contains(t.seen.Bytes(), []byte(text)) {
		select {
		case got, ok := <-t.read:
			if !ok {
				t.b.Fatalf("%v ended before it showed %q:\n%s", t.cmd.Args, text, t.seen.String())
			}
			t.seen.Write(got)
		case <-limit:
			t.b.Fatalf("%v never showed %q:\n%s", t.cmd.Args, text, t.seen.String())
		}
	}
	return time.Since(t.began)
}

// quiet reads until nothing has come for a while, and returns how many bytes came.
func (t *terminal) quiet(d time.Duration) int {
	n := 0
	for {
		select {
		case got, ok := <-t.read:
			if !ok {
				return n
			}
			n += len(got)
			t.seen.Write(got)
		case <-time.After(d):
			return n
		}
	}
}

// press sends keys; the clock begins anew.
func (t *terminal) press(keys string) {
	t.seen.Reset()
	t.began = time.Now()
	if _, err := io.WriteString(t.pty, keys); err != nil {
		t.b.Fatal(err)
	}
}

func (t *terminal) end() {
	_ = t.cmd.Process.Kill()
	_ = t.cmd.Wait()
	_ = t.pty.Close()
	for range t.read {
	}
}

// memory returns the peak of the resident memory, in kilobytes.
func (t *terminal) memory() float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", t.cmd.Process.Pid))
	if err != nil {
		return 0 // another system: the figure is left out
	}
	var kb float64
	for line := range strings.Lines(string(status)) {
		if v, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			_, _ = fmt.Sscan(v, &kb)
		}
	}
	return kb
}

func median(xs []float64) float64 {
	xs = slices.Clone(xs)
	slices.Sort(xs)
	return xs[len(xs)/2]
}

// pairs measures two things turn and turn about and reports the median of each, in milliseconds, and of their ratios.
func pairs(b *testing.B, ours, theirs func() time.Duration) {
	b.Helper()
	var a, c, ratios []float64
	for b.Loop() {
		x, y := ours().Seconds()*1000, theirs().Seconds()*1000
		a, c, ratios = append(a, x), append(c, y), append(ratios, x/y)
	}
	b.ReportMetric(median(a), "ms-ours")
	b.ReportMetric(median(c), "ms-theirs")
	b.ReportMetric(median(ratios), "ratio")
	b.ReportMetric(0, "ns/op")
}

func firstFrame(b testing.TB, env []string, text string, argv ...string) func() time.Duration {
	return func() time.Duration {
		t := start(b, env, argv...)
		defer t.end()
		return t.until(text)
	}
}

// home gives a data folder in which somebody studies already.
func home(b testing.TB, fanal string) []string {
	b.Helper()
	env := []string{"FANAL_DATA=" + b.TempDir()}
	t := start(b, env, fanal, "--learner", "Nour")
	t.until("Nour")
	t.press("q")
	_ = t.cmd.Wait()
	t.end()
	return env
}

// The first frame of home beside that of a program that does nothing but link the same libraries.
func BenchmarkHomeBesideYardstick(b *testing.B) {
	fanal, yardstick := build(b, "..", "fanal"), build(b, "yardstick", "yardstick")
	env := home(b, fanal)
	pairs(b, firstFrame(b, env, "Modules", fanal), firstFrame(b, nil, "Yardstick", yardstick))
}

// The first frame beside that of the programs people know, where they are installed (Debian: less, w3m,
// lookatme with python3-mistune0).
func BenchmarkHomeBesidePeers(b *testing.B) {
	fanal := build(b, "..", "fanal")
	env := home(b, fanal)
	file := filepath.Join(b.TempDir(), "lesson.md")
	if err := os.WriteFile(file, []byte("# Title\n\nFirstWords of a lesson.\n"), 0o644); err != nil {
		b.Fatal(err)
	}
	for _, peer := range []string{"less", "w3m", "lookatme"} {
		if _, err := exec.LookPath(peer); err != nil {
			b.Logf("%s is not installed: left out", peer)
			continue
		}
		b.Run(peer, func(b *testing.B) {
			pairs(b, firstFrame(b, env, "Modules", fanal), firstFrame(b, nil, "FirstWords", peer, file))
		})
	}
}

// A library of a thousand modules beside the bare one: only what is in sight may be opened.
func BenchmarkHomeWithThousandModules(b *testing.B) {
	fanal := build(b, "..", "fanal")
	env := home(b, fanal)
	dir := b.TempDir()
	for i := range 1000 {
		writeModule(b, dir, fmt.Sprintf("module-%04d", i))
	}
	pairs(b, firstFrame(b, env, "Modules", fanal, "--module-dir", dir), firstFrame(b, env, "Modules", fanal))
}

// A thousand packs that are installed beside none: an index is kept of them.
func BenchmarkHomeWithThousandPacks(b *testing.B) {
	fanal := build(b, "..", "fanal")
	bare, full := home(b, fanal), home(b, fanal)
	fillShelf(b, strings.TrimPrefix(full[0], "FANAL_DATA="), 1000)
	pairs(b, firstFrame(b, full, "Modules", fanal), firstFrame(b, bare, "Modules", fanal))
}

// The first screen of a lesson of 200 KB beside that of one of 10 KB.
func BenchmarkLongLesson(b *testing.B) {
	fanal := build(b, "..", "fanal")
	env := home(b, fanal)
	dir := b.TempDir()
	writeLesson(b, dir, "short", 10<<10)
	writeLesson(b, dir, "long", 200<<10)
	open := func(id string) func() time.Duration {
		return firstFrame(b, env, "FirstWords", fanal, "--module-dir", dir, "open", id+"/one")
	}
	pairs(b, open("long"), open("short"))
}

// A key to its frame on home, how many bytes it writes, and how much memory the program takes.
func BenchmarkKeyToFrame(b *testing.B) {
	fanal := build(b, "..", "fanal")
	env := home(b, fanal)
	t := start(b, env, fanal)
	defer t.end()
	t.until("Modules")
	t.quiet(200 * time.Millisecond)
	var ms, sizes []float64
	for i := 0; b.Loop(); i++ {
		key := "\x1b[B"
		if i%2 == 1 {
			key = "\x1b[A"
		}
		t.press(key)
		got, ok := <-t.read
		if !ok {
			b.Fatal("the program has gone")
		}
		ms = append(ms, time.Since(t.began).Seconds()*1000)
		sizes = append(sizes, float64(len(got)+t.quiet(60*time.Millisecond)))
	}
	b.ReportMetric(median(ms), "ms-key")
	b.ReportMetric(slices.Max(ms), "ms-slowest-key")
	b.ReportMetric(median(sizes), "bytes-key")
	b.ReportMetric(t.memory()/1024, "MiB")
	b.ReportMetric(0, "ns/op")
}

// The same for a line that is scrolled in a lesson.
func BenchmarkScrolledLine(b *testing.B) {
	fanal := build(b, "..", "fanal")
	t := openScroll(b, fanal)
	defer t.end()
	var ms, sizes []float64
	for i := 0; b.Loop(); i++ {
		key := "\x1b[B"
		if i/40%2 == 1 { // forty lines down, forty up
			key = "\x1b[A"
		}
		t.press(key)
		got, ok := <-t.read
		if !ok {
			b.Fatal("the program has gone")
		}
		ms = append(ms, time.Since(t.began).Seconds()*1000)
		sizes = append(sizes, float64(len(got)+t.quiet(60*time.Millisecond)))
	}
	b.ReportMetric(median(ms), "ms-line")
	b.ReportMetric(median(sizes), "bytes-line")
	b.ReportMetric(t.memory()/1024, "MiB")
	b.ReportMetric(0, "ns/op")
}

// Wake-ups a second of an idle screen beside the yardstick's, from the voluntary switches of all threads.
func BenchmarkIdleBesideYardstick(b *testing.B) {
	fanal, yardstick := build(b, "..", "fanal"), build(b, "yardstick", "yardstick")
	env := home(b, fanal)
	ours := start(b, env, fanal)
	defer ours.end()
	theirs := start(b, nil, yardstick)
	defer theirs.end()
	ours.until("Modules")
	theirs.until("Yardstick")
	ours.quiet(300 * time.Millisecond)
	var ratios, rate []float64
	for b.Loop() {
		a, c := ours.switches(), theirs.switches()
		if n := ours.quiet(time.Second); n > 0 {
			b.Fatalf("%d bytes written while nobody touched a key", n)
		}
		x, y := ours.switches()-a, theirs.switches()-c
		rate, ratios = append(rate, x), append(ratios, x/y)
	}
	b.ReportMetric(median(rate), "wakeups/s")
	b.ReportMetric(median(ratios), "ratio")
	b.ReportMetric(0, "ns/op")
}

func (t *terminal) switches() float64 {
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", t.cmd.Process.Pid))
	sum := 0.0
	for _, task := range tasks {
		status, err := os.ReadFile(task)
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(status)) {
			if v, ok := strings.CutPrefix(line, "voluntary_ctxt_switches:"); ok {
				var n float64
				_, _ = fmt.Sscan(v, &n)
				sum += n
			}
		}
	}
	return sum
}

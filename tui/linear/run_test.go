package linear_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fanal/locale"
	"fanal/modules"
	"fanal/progress"
	"fanal/study"
	"fanal/tui/linear"

	"github.com/mattn/go-runewidth"
)

const manifest = `format = 1
id = "%s"
version = "1.0.0"
kind = "course"
license = "CC0-1.0"
authors = ["a test"]
source = "fr"
languages = ["fr", "en"]
lessons = ["one"]
level = "basic"
audience = ["learner"]
[[objective]]
id = "try"
[mastery]
correct = 2
of = 3
`

const questions = `objectives = ["try"]
sources = []
[[question]]
id = "sky"
type = "true-false"
objective = "try"
prompt = "Le ciel est en haut, ce que tout le monde sait depuis toujours, et plus encore les personnes qui lèvent la tête. Est-ce vrai ?"
answer = true
explanation = "Levez la tête."
`

// library makes a library of n small modules.
func library(t *testing.T, n int) *modules.Library {
	t.Helper()
	fsys := fstest.MapFS{}
	for i := range n {
		id := fmt.Sprintf("m%03d", i)
		for name, text := range map[string]string{
			"module.toml":   fmt.Sprintf(manifest, id),
			"fr/index.md":   fmt.Sprintf("# Module %d\n\nPetit.\n", i),
			"fr/index.toml": "[objectives]\ntry = \"essayer\"\n",
			"fr/one.md":     "# Une leçon\n\n" + strings.Repeat("Des mots pour une ligne qui est longue. ", 12) + "\n",
			"fr/one.toml":   questions,
			"en/index.md":   fmt.Sprintf("# Module %d\n\nSmall.\n", i),
			"en/index.toml": "[objectives]\ntry = \"try\"\n",
			"en/one.md":     "# A lesson\n\nWords.\n",
			"en/one.toml":   strings.NewReplacer("Le ciel", "The sky").Replace(questions),
		} {
			fsys[id+"/"+name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	lib := &modules.Library{}
	if err := lib.Add(fsys, modules.Origin{Kind: modules.Folder}); err != nil {
		t.Fatal(err)
	}
	return lib
}

// A call is one run of the front end, spoken to line by line.
type call struct {
	t    *testing.T
	in   *io.PipeWriter
	out  chan string
	done chan error
	end  context.CancelFunc
}

// run starts the front end for a learner of a new store.
func run(t *testing.T, lib *modules.Library, change func(*linear.Options)) *call {
	t.Helper()
	store := progress.OpenMemory()
	l, err := study.Register(store, "Fatou", "fr")
	if err != nil {
		t.Fatal(err)
	}
	in, typed := io.Pipe()
	written, out := io.Pipe()
	o := linear.Options{Library: lib, Store: store, Learner: &l, Lang: "fr", In: in, Out: out}
	if change != nil {
		change(&o)
	}
	ctx, cancel := context.WithCancel(t.Context())
	c := &call{t: t, in: typed, out: make(chan string), done: make(chan error, 1), end: cancel}
	go func() {
		c.done <- linear.Run(ctx, o)
		_ = out.Close()
	}()
	go func() {
		defer close(c.out)
		said := ""
		b := make([]byte, 4<<10)
		for {
			n, err := written.Read(b)
			said += string(b[:n])
			if err != nil {
				c.out <- said
				return
			}
			if said == "> " || strings.HasSuffix(said, "\n> ") {
				c.out <- said
				said = ""
			}
		}
	}()
	t.Cleanup(func() {
		cancel()
		_ = typed.Close()
		_ = written.Close()
	})
	return c
}

// hear returns what was said up to the next prompt, or to the end.
func (c *call) hear() string {
	c.t.Helper()
	select {
	case s := <-c.out:
		return s
	case <-time.After(10 * time.Second):
		c.t.Fatal("neither a prompt nor an end")
		return ""
	}
}

// say types a line and returns what comes of it.
func (c *call) say(line string) string {
	c.t.Helper()
	if _, err := io.WriteString(c.in, line+"\n"); err != nil {
		c.t.Fatal(err)
	}
	return c.hear()
}

func (c *call) wait() error {
	c.t.Helper()
	select {
	case err := <-c.done:
		return err
	case <-time.After(10 * time.Second):
		c.t.Fatal("it does not end")
		return nil
	}
}

func TestAnswerIsAcknowledgedOnlyWhenItIsKept(t *testing.T) {
	var store *progress.Store
	c := run(t, library(t, 1), func(o *linear.Options) {
		o.Module, o.Lesson = "m000", "one"
		store = o.Store
	})
	c.hear()
	if s := c.say(""); !strings.Contains(s, "a) Vrai") {
		t.Fatalf("not the question:\n%s", s)
	}
	if err := store.Close(); err != nil { // from here on nothing can be kept
		t.Fatal(err)
	}
	words := locale.New("fr")
	s := c.say("a")
	if strings.Contains(s, words.T("verdict-right")) {
		t.Errorf("acknowledged what is not kept:\n%s", s)
	}
	if !strings.Contains(s, words.T("linear-not-kept")) {
		t.Errorf("does not say that the answer is not kept:\n%s", s)
	}
}

func TestLanguageChangesOnTheSpot(t *testing.T) {
	var store *progress.Store
	var id string
	c := run(t, library(t, 1), func(o *linear.Options) {
		o.Module, o.Lesson = "m000", "one"
		store, id = o.Store, o.Learner.ID
	})
	c.hear()
	c.say("")
	if s := c.say(":l en"); !strings.Contains(s, "Step 2 of 2. Question\nThe sky") || !strings.Contains(s, "a) True") {
		t.Fatalf("not the same step in English:\n%s", s)
	}
	if l, err := store.Learner(id); err != nil || l.Lang != "en" { // the learner's own from now on
		t.Errorf("the learner's language is %q, %v", l.Lang, err)
	}
	if s := c.say("a"); !strings.HasPrefix(s, "\nRight.\n") {
		t.Errorf("the verdict:\n%s", s)
	}
	if s := c.say(":l xx"); !strings.Contains(s, "‘xx’ is not a language") || !strings.Contains(s, "a) Français") {
		t.Errorf("a language that is none of ours:\n%s", s)
	}
	if s := c.say("a"); !strings.Contains(s, "\nJuste.\n") { // what was answered stays answered
		t.Errorf("back in French:\n%s", s)
	}
	q, err := store.Question(id, "m000", "one", "sky")
	if err != nil || q.Attempts != 1 || !q.Right {
		t.Errorf("the answer is %+v, %v", q, err)
	}
}

func TestEndOfInputAndEndOfProgramAreNoErrors(t *testing.T) {
	for name, stop := range map[string]func(*call){
		"the input ends":        func(c *call) { _ = c.in.Close() },
		"the program is to end": func(c *call) { c.end() },
		"the learner leaves":    func(c *call) { _, _ = io.WriteString(c.in, ":q\n") },
		"the last line is not whole": func(c *call) {
			_, _ = io.WriteString(c.in, ":q")
			_ = c.in.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := run(t, library(t, 1), nil)
			c.hear()
			stop(c)
			if s := c.hear(); s != "\n" {
				t.Errorf("said %q at the end", s)
			}
			if err := c.wait(); err != nil {
				t.Errorf("ended with %v", err)
			}
		})
	}
}

// broken is an output that nobody reads.
type broken struct{}

var errBroken = errors.New("nobody reads this")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestOutputThatNobodyReadsEndsTheProgram(t *testing.T) {
	c := run(t, library(t, 1), func(o *linear.Options) { o.Out = broken{} })
	if err := c.wait(); !errors.Is(err, errBroken) {
		t.Errorf("ended with %v, want %v", err, errBroken)
	}
}

func TestLongLibraryComesAPageAtATime(t *testing.T) {
	c := run(t, library(t, 47), nil)
	if s := c.hear(); !strings.Contains(s, "b) 47 modules\n") || strings.Contains(s, "Module 3") {
		t.Fatalf("home:\n%s", s)
	}
	s := c.say("b")
	if !strings.Contains(s, "a) Module 0,") || !strings.Contains(s, "t) Module 19,") || !strings.Contains(s, "u) ") || strings.Contains(s, "v) ") {
		t.Fatalf("first page:\n%s", s)
	}
	c.say("u")
	if s = c.say("u"); !strings.Contains(s, "a) Module 40,") || !strings.Contains(s, "g) Module 46,") {
		t.Fatalf("third page:\n%s", s)
	}
	if s = c.say("h"); !strings.Contains(s, "a) Module 0,") { // after the last page, the first again
		t.Fatalf("after the last page:\n%s", s)
	}
	if s = c.say("c"); !strings.Contains(s, "Module 2\n") {
		t.Fatalf("the third module:\n%s", s)
	}
}

func TestLinesFitTheTerminalAndOptionsStayApart(t *testing.T) {
	const width = 40
	c := run(t, library(t, 1), func(o *linear.Options) { o.Module, o.Lesson, o.Width = "m000", "one", width })
	all := c.hear() + c.say("") + c.say("x") + c.say("a") + c.say(":?")
	for line := range strings.Lines(all) {
		if n := runewidth.StringWidth(strings.TrimSuffix(line, "\n")); n > width {
			t.Errorf("%d columns: %q", n, line)
		}
	}
}

func TestWithoutATerminalAParagraphIsALine(t *testing.T) {
	c := run(t, library(t, 1), func(o *linear.Options) { o.Module, o.Lesson = "m000", "one" })
	c.hear()
	if s := c.say(""); !strings.Contains(s, "\nLe ciel est en haut, ce que tout le monde sait depuis toujours, et plus encore les personnes qui lèvent la tête. Est-ce vrai ?\na) Vrai\nb) Faux\n") {
		t.Errorf("the question is not line by line:\n%s", s)
	}
}

// With an echo the terminal itself ends the line that was typed; without one the program does.
func TestAnswerBeginsOnALineOfItsOwn(t *testing.T) {
	for _, echo := range []bool{false, true} {
		c := run(t, library(t, 1), func(o *linear.Options) { o.Echo = echo })
		c.hear()
		if s := c.say(":?"); strings.HasPrefix(s, "\n") == echo {
			t.Errorf("echo %v: %q", echo, s)
		}
	}
}

func TestOverlongLineIsCutAndTheNextOneIsRead(t *testing.T) {
	c := run(t, library(t, 1), nil)
	c.hear()
	if s := c.say(strings.Repeat("x", 1<<20)); !strings.Contains(s, "Tapez une lettre") {
		t.Fatalf("after a megabyte:\n%.300s", s)
	}
	if s := c.say("b"); !strings.Contains(s, "Module 0\n") {
		t.Errorf("the next line was not read:\n%.300s", s)
	}
}

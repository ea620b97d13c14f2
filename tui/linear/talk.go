package linear

import (
	"bufio"
	"context"
	"errors"
	"io"
	"regexp"
	"strings"

	"fanal/modules"

	"github.com/mattn/go-runewidth"
)

// prompt is what stands at the start of a line, and nothing after it, whenever the program waits.
const prompt = "> "

// lineLimit is how many bytes of a typed line are taken; what is beyond is dropped, like a form that is full.
const lineLimit = 16 << 10

// A talk is the conversation: lines out, wrapped and filtered, and lines in.
type talk struct {
	out   *bufio.Writer
	width int  // columns; 0: a paragraph is a line
	echo  bool // what is typed, and its line end, shows by itself
	want  chan struct{}
	got   chan heard
}

type heard struct {
	line string
	err  error
}

// newTalk begins a conversation. Lines are read by a goroutine of its own, one at a time and only when asked for, so that a
// program that is told to end while it waits can do so; the goroutine ends with the input, or after stop.
func newTalk(in io.Reader, out io.Writer, width int, echo bool) *talk {
	t := &talk{
		out: bufio.NewWriter(NewFilter(out)), width: width, echo: echo,
		want: make(chan struct{}), got: make(chan heard, 1),
	}
	r := bufio.NewReader(in)
	go func() {
		for range t.want {
			line, err := readLine(r)
			t.got <- heard{line, err}
		}
	}()
	return t
}

func (t *talk) stop() { close(t.want) }

// readLine reads to the end of a line or of the input. The last line needs no line end.
func readLine(r *bufio.Reader) (string, error) {
	var b []byte
	for {
		piece, more, err := r.ReadLine()
		if err != nil {
			if errors.Is(err, io.EOF) && len(b) > 0 {
				err = nil
			}
			return string(b), err
		}
		b = append(b, piece[:min(len(piece), lineLimit-len(b))]...)
		if !more {
			return string(b), nil
		}
	}
}

// read waits for a line. It returns io.EOF at the end of the input, the context's error when the program is to end, and
// the output's when nobody can read what is asked.
func (t *talk) read(ctx context.Context) (string, error) {
	_, _ = t.out.WriteString(prompt)
	if err := t.out.Flush(); err != nil {
		return "", err
	}
	h := heard{err: ctx.Err()}
	if h.err == nil {
		t.want <- struct{}{}
		select {
		case <-ctx.Done():
			h.err = ctx.Err()
		case h = <-t.got:
		}
	}
	// Without an echo the cursor still stands behind the prompt; at the end, always.
	if !t.echo || h.err != nil {
		_ = t.out.WriteByte('\n')
	}
	return modules.CleanLine(h.line), h.err
}

// say writes a paragraph.
func (t *talk) say(text string) { t.hang(text, 0) }

// gap leaves an empty line.
func (t *talk) gap() { _ = t.out.WriteByte('\n') }

// doubled is a full stop after a mark that ends a sentence by itself: a title that asks, in a sentence about it. A voice
// stumbles over it.
var doubled = regexp.MustCompile(`([?!…])\.(\s|$)`)

// hang writes a paragraph whose second and further lines are indented.
func (t *talk) hang(text string, indent int) {
	text = doubled.ReplaceAllString(text, "$1$2")
	for par := range strings.SplitSeq(text, "\n") {
		for _, l := range wrap(par, t.width, indent) {
			t.line(l)
		}
	}
}

// line writes a line as it stands. Only the program's own prompt may begin like a prompt, once all that is invisible is
// gone.
func (t *talk) line(l string) {
	l = strings.Map(visible, l)
	if strings.HasPrefix(l, ">") {
		l = " " + l
	}
	_, _ = t.out.WriteString(l + "\n")
}

// wrap breaks a paragraph between words into lines of at most width columns; further lines are indented. A word that is
// wider stands alone. A width of 0 breaks nothing.
func wrap(text string, width, indent int) []string {
	if width <= 0 || runewidth.StringWidth(text) <= width {
		return []string{text}
	}
	var lines []string
	pad := strings.Repeat(" ", indent)
	lead := text[:len(text)-len(strings.TrimLeft(text, " "))]
	cur, used := lead, len(lead)
	empty := true
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' }) {
		n := runewidth.StringWidth(word)
		if !empty && used+1+n > width {
			lines = append(lines, cur)
			cur, used, empty = pad, indent, true
		}
		if !empty {
			cur, used = cur+" ", used+1
		}
		cur, used, empty = cur+word, used+n, false
	}
	return append(lines, cur)
}

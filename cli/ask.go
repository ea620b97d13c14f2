package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"fanal/tui/linear"
)

// An asker asks questions on the error stream, so that what a command writes can go into a file, and reads the answers line
// by line.
type asker struct {
	p  *program
	in *bufio.Reader
}

func (p *program) asker() *asker { return &asker{p, bufio.NewReader(p.In)} }

// ask asks a question and returns the answer without the blanks around it. At the end of the input it returns io.EOF.
func (a *asker) ask(question string) (string, error) {
	return a.line(question, !isTerminal(a.p.In))
}

// secret asks for a passphrase or a PIN. On a terminal it is not shown; elsewhere it is the next line.
func (a *asker) secret(question string) (string, error) {
	end := !isTerminal(a.p.In)
	if file, ok := a.p.In.(*os.File); ok && !end {
		if undo, ok := linear.Hush(file.Fd()); ok {
			defer func() { _ = undo() }()
			end = true
		}
	}
	line, err := a.line(question, end)
	if err == io.EOF {
		err = failed(err, "cli-no-passphrase")
	}
	return line, err
}

// line says a question and waits for a line, the last of which may lack its end, or for the wish to end the program:
// whoever presses Ctrl+C must not have to press Enter as well. Where the end of what is typed does not show, end writes it.
func (a *asker) line(question string, end bool) (string, error) {
	say := linear.NewFilter(a.p.Err)
	fmt.Fprint(say, question+" ")
	type heard struct {
		line string
		err  error
	}
	got := make(chan heard, 1)
	go func() { // ends with the program where nobody types any more
		line, err := a.in.ReadString('\n')
		got <- heard{line, err}
	}()
	var h heard
	select {
	case h = <-got:
	case <-a.p.ctx.Done():
		h.err = a.p.ctx.Err()
	}
	if end || h.err != nil {
		fmt.Fprintln(say)
	}
	line := strings.TrimSpace(h.line)
	if h.err == io.EOF && line != "" {
		h.err = nil
	}
	return line, h.err
}

// complain says an error that does not end the command.
func (p *program) complain(err error) {
	fmt.Fprintf(linear.NewFilter(p.Err), "fanal: %s\n", p.words.Error(err))
}

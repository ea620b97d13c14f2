package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"fanal/tui/linear"

	"github.com/charmbracelet/x/term"
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
	say := linear.NewFilter(a.p.Err)
	fmt.Fprint(say, question+" ")
	line, err := a.in.ReadString('\n')
	if !isTerminal(a.p.In) {
		fmt.Fprintln(say)
	}
	if err := a.p.ctx.Err(); err != nil {
		return "", err
	}
	line = strings.TrimSpace(line)
	if err == io.EOF && line != "" {
		err = nil
	}
	return line, err
}

// secret asks for a passphrase. On a terminal it is not shown; elsewhere it is the next line.
func (a *asker) secret(question string) (string, error) {
	file, ok := a.p.In.(*os.File)
	if !ok || !isTerminal(file) {
		line, err := a.ask(question)
		if err == io.EOF {
			err = failed(err, "cli-no-passphrase")
		}
		return line, err
	}
	if undo, ok := linear.Hush(file.Fd()); ok {
		defer func() { _ = undo() }()
	}
	say := linear.NewFilter(a.p.Err)
	fmt.Fprint(say, question+" ")
	answer, err := term.ReadPassword(file.Fd())
	fmt.Fprintln(say)
	return string(answer), errors.Join(err, a.p.ctx.Err())
}

// complain says an error that does not end the command.
func (p *program) complain(err error) {
	fmt.Fprintf(linear.NewFilter(p.Err), "fanal: %s\n", p.words.Error(err))
}

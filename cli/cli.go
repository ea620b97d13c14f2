// Package cli is the command line: it reads what was typed behind the program's name, wires the rooms together and starts
// what was asked for. One file holds one command. Its help and its errors speak the four languages of the interface.
//
// Exit codes, see [Code]: 0 done, 1 failed, 2 misused.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"fanal/locale"
	"fanal/tui/linear"
)

// Streams are what the program reads and writes. The program asks them whether they are terminals.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// A program is one call of the command line.
type program struct {
	Streams
	ctx   context.Context
	words *locale.Printer
	text  io.Writer // Out behind the last filter, for everything but the screens
	flags flags
	asked *asker // once something was asked
}

// Run does what args, the words behind the program's name, ask for. What goes wrong is said on s.Err in the language of the
// interface and returned, for [Code].
func Run(ctx context.Context, args []string, s Streams) error {
	p := &program{Streams: s, ctx: ctx, words: locale.New(language(args)), text: linear.NewFilter(s.Out)}
	root := p.root()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil || ctx.Err() != nil && errors.Is(err, context.Canceled) { // whoever stops it knows why
		return err
	}
	say := linear.NewFilter(s.Err)
	fmt.Fprintf(say, "fanal: %s\n", p.words.Error(err))
	if Code(err) == 2 {
		fmt.Fprintln(say, p.words.T("cli-see-help", "Command", cmd.CommandPath()))
	}
	return err
}

// Code is the exit code for what [Run] returned: 0 when it was done, 2 when the command line was wrong, else 1.
func Code(err error) int {
	var p *problem
	switch {
	case err == nil:
		return 0
	case errors.As(err, &p) && p.misuse:
		return 2
	}
	return 1
}

// language is the language for the help and the errors: what --lang says, wherever it stands, or the system's. It is read
// before anything else is, for an error in the flags before it to be said in it.
func language(args []string) string {
	for i, a := range args {
		value, found := strings.CutPrefix(a, "--lang=")
		switch {
		case a == "--":
			return locale.System()
		case a == "--lang" && i+1 < len(args):
			value, found = args[i+1], true
		}
		if found && locale.Speaks(value) {
			return value
		}
	}
	return locale.System()
}

// A problem is what this package itself finds wrong: a message, its data, and whether the command line is to blame.
type problem struct {
	id     string
	data   map[string]any
	misuse bool
	cause  error
}

// Error implements error, in words for a log.
func (p *problem) Error() string {
	if p.cause != nil {
		return fmt.Sprintf("%s %v: %v", p.id, p.data, p.cause)
	}
	return fmt.Sprintf("%s %v", p.id, p.data)
}

// Spoken implements [locale.Spoken].
func (p *problem) Spoken() (string, map[string]any) { return p.id, p.data }

// Unwrap returns the cause.
func (p *problem) Unwrap() error { return p.cause }

// misused returns a problem with the command line. Data are pairs of a name and a value.
func misused(id string, data ...any) error { return &problem{id: id, data: pairs(data), misuse: true} }

// failed returns a problem with the world.
func failed(cause error, id string, data ...any) error {
	return &problem{id: id, data: pairs(data), cause: cause}
}

func pairs(data []any) map[string]any {
	m := map[string]any{}
	for i := 0; i+1 < len(data); i += 2 {
		m[fmt.Sprint(data[i])] = data[i+1]
	}
	return m
}

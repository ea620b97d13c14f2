package linear

import (
	"bufio"
	"io"
	"strings"

	"fanal/locale"
)

// Set gives Markdown as the front end writes it, before the last filter.
func Set(md, lang string) string {
	var lines []string
	for _, p := range paragraphs(md, locale.New(lang)) {
		lines = append(lines, p.text)
	}
	return strings.Join(lines, "\n")
}

var (
	Wrap    = wrap
	Letters = letters
	Command = command
)

// SayAll writes Markdown the whole way out: set, wrapped, guarded.
func SayAll(md string, width int, t *Talk) {
	s := &session{talk: &t.talk, words: locale.New("fr"), set: paragraphs}
	s.width = width
	s.markdown(md)
	_ = s.out.Flush()
}

// SayUnset writes Markdown that cannot be set.
func SayUnset(md string, t *Talk) {
	s := &session{talk: &t.talk, words: locale.New("fr"), set: func(string, *locale.Printer) []para { panic(md) }}
	s.markdown(md)
	_ = s.out.Flush()
}

// A Talk is one that only speaks.
type Talk struct{ talk }

// Speaker returns a talk that writes to w.
func Speaker(w io.Writer) *Talk { return &Talk{talk{out: bufio.NewWriter(NewFilter(w))}} }

package linear

import (
	"io"
	"unicode"
	"unicode/utf8"
)

// NewFilter returns a writer that lets only printable characters, spaces and line ends through to w: no escape, no control
// character, nothing that turns the direction of the text or hides in it. Tabs become spaces, bytes that are no UTF-8 the
// replacement character. It is the last thing before the terminal, whatever foreign text came that far.
func NewFilter(w io.Writer) io.Writer { return &filter{w: w} }

type filter struct {
	w    io.Writer
	tail []byte // the beginning of a character whose end has not been written yet
}

// Write filters p. Like every writer that changes what it is given, it counts the bytes that it took, not those it wrote.
func (f *filter) Write(p []byte) (int, error) {
	b := append(f.tail, p...)
	clean := make([]byte, 0, len(b))
	for len(b) > 0 {
		if !utf8.FullRune(b) {
			break
		}
		r, n := utf8.DecodeRune(b)
		if r = visible(r); r >= 0 {
			clean = utf8.AppendRune(clean, r)
		}
		b = b[n:]
	}
	f.tail = append([]byte(nil), b...)
	if _, err := f.w.Write(clean); err != nil {
		return 0, err
	}
	return len(p), nil
}

// visible is what is written for a character; negative is nothing.
func visible(r rune) rune {
	switch {
	case r == '\n' || Printable(r):
		return r
	case r == '\t':
		return ' '
	}
	return -1
}

// Printable tells whether a character shows as itself: letters, marks, numbers, signs and spaces do; controls, line
// separators, the characters that set a direction and the invisible ones do not.
func Printable(r rune) bool {
	switch {
	case unicode.Is(unicode.Zs, r):
		return true
	case r == 0x034f, r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0100 && r <= 0xe01ef: // joiner and variation selectors
		return false
	case r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x3164, r == 0xffa0: // fillers that draw nothing
		return false
	}
	return unicode.IsPrint(r)
}

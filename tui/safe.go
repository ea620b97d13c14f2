package tui

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// safe is the last filter before the terminal: printable characters, line ends, and the style sequences that our theme
// makes. Foreign text has passed a filter when it was read; this one stands because a Markdown renderer decodes entities
// after any filter of the source.
func safe(s string) string {
	if !suspicious(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if s[i] == 0x1b {
			if n := styleLen(s[i:]); n > 0 {
				b.WriteString(s[i : i+n])
				i += n
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\n':
			b.WriteByte('\n')
		case r == utf8.RuneError && n == 1:
			b.WriteRune('\ufffd')
		case printable(r):
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// suspicious tells whether s holds anything but printable ASCII, line ends, style sequences of ours and letters: the
// common case needs no copy.
func suspicious(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= 0x20 && c < 0x7f || c == '\n':
			i++
		case c == 0x1b:
			n := styleLen(s[i:])
			if n == 0 {
				return true
			}
			i += n
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 || !printable(r) {
				return true
			}
			i += n
		default:
			return true
		}
	}
	return false
}

// printable keeps letters, marks, numbers, signs and the no-break space; not controls, not the characters that change
// the direction of the text or hide in it.
func printable(r rune) bool {
	return r == '\u00a0' || r == '\u202f' || unicode.IsPrint(r) && !unicode.Is(unicode.Cf, r) && !(r >= 0xe0000 && r <= 0xe0fff)
}

// ourStyles are the style sequences that the theme and the lessons' style make, and no others: bold, faint, italic and
// reverse, the two colours of a verdict, and the end of them. Conceal, blink and colours of a text's own are not among them.
var ourStyles = []string{
	"\x1b[m", "\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[3m", "\x1b[7m", "\x1b[1;3m", "\x1b[1;32m", "\x1b[1;33m",
}

// styleLen returns the length of the style sequence at the start of s, or 0 where there is none that we make.
func styleLen(s string) int {
	for _, seq := range ourStyles {
		if strings.HasPrefix(s, seq) {
			return len(seq)
		}
	}
	return 0
}

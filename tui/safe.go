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

// styleLen returns the length of the style sequence at the start of s, or 0 where there is none that we make: bold, faint,
// italic, underline and reverse, on and off, and the sixteen colours of the text. Conceal and blink are not among them.
func styleLen(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	end := strings.IndexByte(s, 'm')
	if end < 0 || end > 16 {
		return 0
	}
	for part := range strings.SplitSeq(s[2:end], ";") {
		switch part {
		case "", "0", "1", "2", "3", "4", "7", "22", "23", "24", "27", "39", "49",
			"30", "31", "32", "33", "34", "35", "36", "37", "90", "91", "92", "93", "94", "95", "96", "97":
		default:
			return 0
		}
	}
	return end + 1
}

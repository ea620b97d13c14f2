package modules

import (
	"errors"
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean is the filter of everything foreign at reading: a module's texts, a learner's name, the name of a file. What is
// left cannot steer a terminal, turn the direction of a line round or hide between letters.
//
// Newline and tab stay; CR and CRLF become newlines; no other control character stays, nor DEL, nor the controls of
// direction, of zero width, of tags and of variation. Bytes that are no UTF-8 become U+FFFD each.
//
// Character references too: a text that is Markdown is decoded once more by its renderer, and "&#27;" would become an
// escape. So a reference to a character that may not stand in a text becomes U+FFFD, in every text, whether a renderer
// will see it or not. Other references stay as they are written. Clean(Clean(s)) is Clean(s).
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r':
			if !strings.HasPrefix(s[i+1:], "\n") {
				b.WriteByte('\n')
			}
		case r == '\u2028' || r == '\u2029':
			b.WriteByte(' ')
		case allowed(r):
			b.WriteRune(r) // U+FFFD for what is no UTF-8
		}
		i += size
	}
	return cleanReferences(b.String())
}

// CleanLine is Clean for what stands on one line, a title or a name: newlines and tabs become spaces, and none stands
// around it.
func CleanLine(s string) string {
	return strings.Trim(strings.NewReplacer("\n", " ", "\t", " ").Replace(Clean(s)), " ")
}

// isPlain says whether there is nothing to clean for sure: most texts pass without a copy.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7f || c == '&' {
			return false
		}
		if c < utf8.RuneSelf {
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if size == 1 || !allowed(r) || r == '\u2028' || r == '\u2029' {
			return false
		}
		i += size - 1
	}
	return true
}

// allowed says whether a character may stand in a text.
func allowed(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return true
	case r < ' ', r >= 0x7f && r < 0xa0:
		return false
	case r < 0x300:
		return r != 0xad // the soft hyphen
	case unicode.Is(unicode.Cf, r): // direction, zero width, tags
		return unicode.Is(visibleFormat, r)
	case unicode.Is(unicode.Variation_Selector, r), unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r): // drawn as nothing
		return false
	case r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef: // no characters
		return false
	}
	return true
}

// visibleFormat are the characters that Unicode calls format and that are drawn: the Arabic signs around a number.
var visibleFormat = &unicode.RangeTable{R16: []unicode.Range16{{0x600, 0x605, 1}, {0x6dd, 0x6dd, 1}, {0x8e2, 0x8e2, 1}}}

// cleanReferences replaces the character references to what may not stand in a text.
func cleanReferences(s string) string {
	const longest = 40 // in bytes; the longest name of HTML has 32
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return s
	}
	var b strings.Builder
	for at >= 0 {
		b.WriteString(s[:at])
		s = s[at:]
		length := referenceLength(s, longest)
		if length > 0 && !referenceAllowed(s[1:length]) {
			b.WriteRune(utf8.RuneError)
			s = s[length:]
		} else {
			b.WriteByte('&')
			s = s[1:]
		}
		at = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}

// referenceLength gives the length of the reference that s begins with, its semicolon included when there is one; 0 when
// it begins with none. Zeros in front of a number may be many.
func referenceLength(s string, longest int) int {
	i := 1
	if strings.HasPrefix(s[i:], "#") {
		i++
		if i < len(s) && (s[i] == 'x' || s[i] == 'X') {
			i++
		}
		for i < len(s) && s[i] == '0' {
			i++
		}
	}
	for end := min(len(s), i+longest); i < end && isAlphanumeric(s[i]); {
		i++
	}
	if i < len(s) && s[i] == ';' {
		i++
	}
	if i <= 1 {
		return 0
	}
	return i
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// referenceAllowed says whether a reference, without its ampersand, gives only characters that may stand in a text. Numbers
// are read here, since HTML's own way maps some controls to other signs and Markdown does not.
func referenceAllowed(ref string) bool {
	name := strings.TrimSuffix(ref, ";")
	if digits, ok := strings.CutPrefix(name, "#"); ok {
		base := 10
		if hex := strings.TrimLeft(digits, "xX"); hex != digits {
			digits, base = hex, 16
		}
		// Where letters follow the digits without a semicolon, some decoders take the digits alone.
		for end := len(digits); end > 0; end-- {
			n, err := strconv.ParseUint(digits[:end], base, 32)
			if errors.Is(err, strconv.ErrRange) || err == nil && (n > unicode.MaxRune || !allowed(rune(n))) {
				return false // past the last character too: a decoder that counts in 32 bits comes round to a control
			}
			if strings.HasSuffix(ref, ";") && err == nil {
				break
			}
		}
		return true
	}
	for _, r := range html.UnescapeString("&" + ref) {
		if !allowed(r) {
			return false
		}
	}
	return true
}

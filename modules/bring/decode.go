package bring

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"fanal/modules"
)

// decode makes clean text of a file's bytes, with newlines only and as many lines as there were. read says as what a file
// that is no UTF-8 was read: UTF-16 when it says so itself, else the encoding of Windows in western Europe, which holds
// Latin 1 too. A file that is UTF-8 but for some damage stays what it is.
func decode(data []byte) (text, read string) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return cleaned(fromUTF16(data[2:], binary.LittleEndian)), "UTF-16"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return cleaned(fromUTF16(data[2:], binary.BigEndian)), "UTF-16"
	case !utf8.Valid(data) && !mostlyUTF8(data):
		return cleaned(fromWindows(data)), "Windows-1252"
	case !utf8.Valid(data):
		return cleaned(string(data)), "UTF-8 (?)"
	}
	return cleaned(string(data)), ""
}

func cleaned(text string) string { return strings.ReplaceAll(modules.Clean(text), blank, "\ufffd") }

// fromUTF16 reads UTF-16; half a character becomes U+FFFD.
func fromUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(data)/2+1)
	for ; len(data) > 1; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	if len(data) == 1 {
		units = append(units, utf8.RuneError)
	}
	return string(utf16.Decode(units))
}

// windows are the characters that Windows-1252 has where Latin 1 has controls, from 0x80 on; what it leaves free becomes
// U+FFFD.
const windows = "€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ"

// fromWindows reads Windows-1252.
func fromWindows(data []byte) string {
	high := []rune(windows)
	text := make([]rune, len(data))
	for i, c := range data {
		text[i] = rune(c)
		if c >= 0x80 && c < 0xa0 {
			text[i] = high[c-0x80]
		}
	}
	return string(text)
}

// mostlyUTF8 says whether more characters of several bytes are well formed than not.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		data = data[size:]
	}
	return good > bad
}

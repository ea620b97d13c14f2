package bring

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"fanal/modules"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode makes clean text of a file's bytes, with newlines only and as many lines as there were. read says as what a file
// that is no UTF-8 was read: UTF-16 when it says so itself, else the encoding of Windows in western Europe, which holds
// Latin 1 too. A file that is UTF-8 but for some damage stays what it is.
func decode(data []byte) (text, read string) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		read = "UTF-16"
		data = convert(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), data)
	case !utf8.Valid(data) && !mostlyUTF8(data):
		read = "Windows-1252"
		data = convert(charmap.Windows1252, data)
	case !utf8.Valid(data):
		read = "UTF-8 (?)"
	}
	return strings.ReplaceAll(modules.Clean(string(data)), blank, "\ufffd"), read
}

// convert decodes; what means nothing in the encoding becomes U+FFFD.
func convert(e encoding.Encoding, data []byte) []byte {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return data
	}
	return out
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

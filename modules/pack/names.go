package pack

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fanal/modules"
)

// The limits of a name.
const (
	MaxName  = 200 // bytes of a whole path
	MaxDepth = 6   // elements of a path
)

// CheckName tells whether a path may stand in a module: at most [MaxName] bytes and [MaxDepth] elements, each of small
// letters, digits, dots, dashes and underscores, beginning with a letter or a digit, not ending in a dot, and no name that
// Windows keeps for itself. Such a path means one and the same file on every system, and can be shown on any terminal.
//
// It is our own check because os.Root, fs.ValidPath and filepath.IsLocal each let through what harms another system:
// "C:\x", "con", an escape sequence, a twin that differs by case alone. The error is a [*Refusal] that says which rule.
func CheckName(name string) error {
	if why := nameFault(name); why != "" {
		return refuse(why, name)
	}
	return nil
}

func nameFault(name string) Reason {
	if plainName(name) {
		return ""
	}
	switch {
	case name == "":
		return NameEmpty
	case len(name) > MaxName:
		return NameLong
	case hasControl(name):
		return NameControl
	case len(name) > 1 && name[1] == ':':
		return NameDrive
	case strings.Contains(name, `\`):
		return NameBackslash
	case name[0] == '/':
		return NameAbsolute
	}
	depth := 0
	for element := range strings.SplitSeq(name, "/") {
		if depth++; depth > MaxDepth {
			return NameDeep
		}
		if why := elementFault(element); why != "" {
			return why
		}
	}
	return ""
}

// plainName tells of the plainest names, in a hurry: one element, with letters at its ends and nothing to look at twice.
func plainName(name string) bool {
	letter := func(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
	if len(name) < 5 || len(name) > MaxName || !letter(name[0]) || !letter(name[len(name)-1]) || name[3] == '.' || name[4] == '.' {
		return false // three or four letters before a dot could be a device
	}
	for i := range len(name) {
		if c := name[i]; !letter(c) && c != '-' && c != '.' && c != '_' {
			return false
		}
	}
	return true
}

func elementFault(s string) Reason {
	switch {
	case s == "":
		return NameEmpty
	case s == "..":
		return NameParent
	}
	if modules.IsDevice(strings.ToLower(s)) {
		return NameReserved
	}
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.', r == '_', r == '-':
		case r >= 'A' && r <= 'Z':
			return NameCapital
		default:
			return NameLetter
		}
	}
	switch {
	case s[0] == '.' || s[0] == '_' || s[0] == '-':
		return NameStart
	case s[len(s)-1] == '.':
		return NameDot
	}
	return ""
}

// hasControl tells whether a name holds what a terminal obeys or a reader cannot see: controls, marks of direction,
// characters without width, bytes that are not UTF-8.
func hasControl(name string) bool {
	if !utf8.ValidString(name) {
		return true
	}
	return strings.ContainsFunc(name, func(r rune) bool {
		return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co)
	})
}

// nested tells whether a file is an archive within the pack, by its name and by its first bytes. What is in there would be
// read by nobody and verified by nothing. Office documents are archives too, and are what exercises are made of.
func nested(name string, head []byte) bool {
	dot := strings.LastIndexByte(name, '.')
	switch name[dot+1:] {
	case "odt", "ods", "odp", "odg", "ott", "ots", "otp", "docx", "xlsx", "pptx", "epub":
		return false
	case "fanal", "zip", "7z", "rar", "tar", "gz", "tgz", "bz2", "xz", "zst", "jar", "apk", "iso", "cab":
		return true
	}
	for _, magic := range []string{"PK\x03\x04", "PK\x05\x06", "7z\xbc\xaf", "Rar!", "\x1f\x8b", "\xfd7zXZ"} {
		if strings.HasPrefix(string(head), magic) {
			return true
		}
	}
	return false
}

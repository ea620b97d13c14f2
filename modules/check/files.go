package check

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fanal/modules"
)

// The limits of a path within a module.
const (
	longestPath = 200 // bytes
	deepestPath = 6   // elements
	mostFiles   = 4096
)

// list finds the module's files and checks their names. What a system or an editor leaves behind is no part of a module.
func (c *checker) list() {
	_ = fs.WalkDir(c.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			if name != "." { // without a folder, loading says so
				c.add(&modules.Problem{File: modules.CleanLine(name), Code: modules.Unreadable, Err: err})
			}
			return nil
		case name != "." && modules.IsLitter(d.Name()) && d.IsDir():
			return fs.SkipDir
		case d.IsDir() || modules.IsLitter(d.Name()) || name == "fanal.sum" || name == "fanal.sum.minisig":
			return nil
		case len(c.files) >= mostFiles:
			return fs.SkipAll
		}
		c.files = append(c.files, name)
		if safe := safePath(name); safe != name {
			c.say(spot{file: line(name)}, UnsafePath, "", name, safe)
		}
		return nil
	})
	slices.Sort(c.files)
}

var unsafeRun = regexp.MustCompile(`[^a-z0-9._-]+`)

// safePath gives the path itself when it means one and the same file on every system, and else one like it that does; "" for
// one that would have to be made shorter.
func safePath(name string) string {
	var parts []string
	for part := range strings.SplitSeq(name, "/") {
		part = unsafeRun.ReplaceAllString(modules.Unaccented(part), "-")
		part = strings.TrimRight(strings.TrimLeft(part, "._-"), ".")
		if modules.IsDevice(part) {
			part = "a-" + part
		}
		parts = append(parts, cmp.Or(part, "file"))
	}
	if safe := strings.Join(parts, "/"); len(safe) <= longestPath && len(parts) <= deepestPath {
		return safe
	}
	return ""
}

// isText tells whether a file is one that a module's readers read.
func isText(name string) bool {
	return strings.HasSuffix(name, ".md") || strings.HasSuffix(name, ".toml")
}

// texts looks at every byte of every text for what may not stand in one.
func (c *checker) texts() {
	for _, name := range c.files {
		if !isText(name) || strings.HasPrefix(name, "files/") {
			continue
		}
		info, err := fs.Stat(c.fsys, name)
		if err != nil || info.Size() > 256<<10 { // said by loading
			continue
		}
		data, err := fs.ReadFile(c.fsys, name)
		if err != nil || bytes.IndexByte(data, 0) >= 0 { // no text, which loading says
			continue
		}
		once := map[modules.Code]bool{}
		if foreign(data) {
			once[BadUTF8] = true
		}
		n := 0
		for text := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
			n++
			c.letters(name, n, strings.TrimRight(text, "\r\n"), once)
		}
	}
}

// foreign tells whether a file is in another encoding as a whole, and not UTF-8 with some damage.
func foreign(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		switch r, size := utf8.DecodeRune(data); {
		case size > 1:
			good++
			data = data[size:]
		default:
			if r == utf8.RuneError {
				bad++
			}
			data = data[1:]
		}
	}
	return bad > good
}

// letters checks one line of a file. The first character of each kind is enough, and of the kinds in once, the first of the
// file: then their value becomes false.
func (c *checker) letters(name string, n int, text string, once map[modules.Code]bool) {
	if modules.Clean(text) == text {
		return
	}
	at := spot{file: name, line: n}
	seen := map[modules.Code]bool{}
	for code, first := range once {
		seen[code] = !first
	}
	col := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		col++
		code, value := modules.Code(""), fmt.Sprintf("U+%04X", r)
		switch {
		case r == utf8.RuneError && size == 1:
			code, value = BadUTF8, fmt.Sprintf("%02X", text[i])
		case r == '&':
			if ref := reference.FindString(text[i:]); ref != "" && modules.Clean(ref) != ref {
				r, _ := utf8.DecodeRuneInString(html.UnescapeString(ref))
				code, value = cmp.Or(kindOf(r), ControlChar), fmt.Sprintf("U+%04X", r)
			}
		default:
			code = kindOf(r)
		}
		if code != "" && !seen[code] {
			seen[code] = true
			if once[code] {
				once[code] = false
			}
			at.col = col
			c.say(at, code, "", value, "")
		}
		i += size
	}
}

var reference = regexp.MustCompile(`^&(#[0-9]{1,10}|#[xX][0-9a-fA-F]{1,10}|[A-Za-z0-9]{1,32});?`)

// kindOf gives the code of a character that may not stand in a text, "" for one that may.
func kindOf(r rune) modules.Code {
	switch {
	case modules.Clean(string(r)) == string(r):
		return ""
	case unicode.IsControl(r):
		return ControlChar
	case unicode.Is(unicode.Bidi_Control, r):
		return BidiChar
	}
	return HiddenChar
}

// unused says which files no learner gets to.
func (c *checker) unused() {
	folders := map[string]bool{}
	for _, name := range c.files {
		top, _, inFolder := strings.Cut(name, "/")
		switch {
		case !inFolder || c.read[name] || folders[top]:
		case top == "files":
			c.say(spot{file: name}, UnusedFile, "", "", "")
		case !slices.Contains(c.plan.languages, top):
			folders[top] = true
			c.say(spot{file: top}, UnusedFolder, "", top, "")
		default:
			c.say(spot{file: name}, UnusedFile, "", strings.TrimSuffix(path.Base(name), path.Ext(name)), "")
		}
	}
}

package modules

import (
	"strconv"
	"strings"
)

// A scanner goes through a TOML file without making anything of it. It does two things that the parser cannot: it holds
// the limits on brackets and dotted keys before the parser sees the file, and it says where each key stands.
//
// Paths are those of [table]: "mastery.correct", "question[2].option[0].id", "lessons[3]".
type scanner struct {
	src   string
	note  func(path string, offset int) // told of each table, key and item; may be nil
	array func(name string)             // told of each table of a top-level array of tables; may be nil

	at     int
	depth  int
	tables map[string]int // how many tables each array of tables has so far; filled for note only
	parts  []string       // of the key read last
	fault  *fault
}

// scan goes through the file. A fault is a limit that it breaks. A syntax error is none, the parser says it better: then
// end, the offset up to which the file was understood, is less than its length, and no parser may see what comes after the
// line in which it lies.
func (s *scanner) scan() (end int, f *fault) {
	s.tables = map[string]int{}
	path := ""
	for {
		s.skip(" \t\n")
		if s.at == len(s.src) {
			break
		}
		ok := false
		if s.src[s.at] == '[' {
			path, ok = s.header()
		} else {
			ok = s.pair(path)
		}
		s.skip(" \t")
		if !ok || s.at < len(s.src) && s.src[s.at] != '\n' {
			break
		}
	}
	return s.at, s.fault
}

// skip passes over the given characters, and over comments.
func (s *scanner) skip(chars string) {
	for s.at < len(s.src) {
		switch c := s.src[s.at]; {
		case strings.IndexByte(chars, c) >= 0:
			s.at++
		case c == '#':
			if n := strings.IndexByte(s.src[s.at:], '\n'); n >= 0 {
				s.at += n
			} else {
				s.at = len(s.src)
			}
		default:
			return
		}
	}
}

// take passes over a character if it is there.
func (s *scanner) take(token string) bool {
	if !strings.HasPrefix(s.src[s.at:], token) {
		return false
	}
	s.at += len(token)
	return true
}

// header reads "[a.b]" or "[[a.b]]" and gives the path of the table that begins there, when somebody wants to know.
func (s *scanner) header() (path string, ok bool) {
	start := s.at
	s.at++
	array := s.take("[")
	s.skip(" \t")
	parts := s.key()
	if parts == nil {
		return "", false
	}
	if array && len(parts) == 1 && s.array != nil {
		s.array(parts[0])
	}
	if s.note != nil {
		path = s.enter(parts, array, start)
	}
	if array {
		return path, s.take("]]")
	}
	return path, s.take("]")
}

// enter gives the path of the table that a header names.
func (s *scanner) enter(parts []string, array bool, start int) (path string) {
	for i, part := range parts {
		path = join(path, part)
		if array && i == len(parts)-1 {
			s.note(path, start)
			s.tables[path]++
		}
		if n := s.tables[path]; n > 0 {
			path = item(path, n-1)
		}
	}
	s.note(path, start)
	return path
}

// pair reads "key = value".
func (s *scanner) pair(path string) bool {
	start := s.at
	parts := s.key()
	if parts == nil {
		return false
	}
	if s.note != nil {
		for _, part := range parts {
			path = join(path, part)
			s.note(path, start)
		}
	}
	if !s.take("=") {
		return false
	}
	s.skip(" \t")
	return s.value(path)
}

// key reads a key of one part or several, and the spaces after it. It gives nil where there is none, or too long a one; the
// parts are good until the next key is read.
func (s *scanner) key() []string {
	s.parts = s.parts[:0]
	for {
		s.spaces()
		start := s.at
		var part string
		switch {
		case s.take(`"`), s.take(`'`):
			if !s.quoted(s.src[start : start+1]) {
				return nil
			}
			part = s.src[start+1 : s.at-1]
		default:
			for s.at < len(s.src) && strings.IndexByte(" \t\n=.,[]{}#\"'", s.src[s.at]) < 0 {
				s.at++
			}
			part = s.src[start:s.at]
			if part == "" {
				return nil
			}
		}
		if s.parts = append(s.parts, part); len(s.parts) > maxKeyParts {
			s.fault = &fault{start, Problem{Code: TooMany, Key: "key parts", Value: strconv.Itoa(len(s.parts)), Want: strconv.Itoa(maxKeyParts)}}
			return nil
		}
		s.spaces()
		if !s.take(".") {
			return s.parts
		}
	}
}

func (s *scanner) spaces() {
	for s.at < len(s.src) && (s.src[s.at] == ' ' || s.src[s.at] == '\t') {
		s.at++
	}
}

// value reads a value of any type.
func (s *scanner) value(path string) bool {
	for _, quote := range []string{`"""`, `'''`, `"`, `'`} {
		if s.take(quote) {
			return s.quoted(quote)
		}
	}
	if s.take("[") {
		return s.nested(func() bool { return s.list(path) })
	}
	if s.take("{") {
		return s.nested(func() bool { return s.inline(path) })
	}
	start := s.at
	for s.at < len(s.src) && strings.IndexByte(",]}#\n[{\"'=", s.src[s.at]) < 0 {
		s.at++
	}
	return strings.TrimSpace(s.src[start:s.at]) != ""
}

// nested reads what is in brackets, one level deeper.
func (s *scanner) nested(read func() bool) bool {
	if s.depth++; s.depth > maxNesting {
		s.fault = &fault{s.at - 1, Problem{Code: TooDeep, Want: strconv.Itoa(maxNesting)}}
		return false
	}
	ok := read()
	s.depth--
	return ok
}

// quoted reads the rest of a string that began with quote, its end included.
func (s *scanner) quoted(quote string) bool {
	stops := quote[:1] + "\n"
	if quote[0] == '"' {
		stops += `\`
	}
	for {
		n := strings.IndexAny(s.src[min(s.at, len(s.src)):], stops)
		if n < 0 {
			s.at = len(s.src)
			return false
		}
		s.at += n
		switch {
		case s.take(quote):
			for n := 0; n < 2 && len(quote) == 3 && s.take(quote[:1]); n++ { // up to two quotes may stand before the end
			}
			return true
		case s.src[s.at] == '\\':
			s.at += 2
		case s.src[s.at] == '\n' && len(quote) == 1:
			return false
		default:
			s.at++
		}
	}
}

func (s *scanner) list(path string) bool {
	for i := 0; ; i++ {
		s.skip(" \t\n")
		if s.take("]") {
			return true
		}
		of := ""
		if s.note != nil {
			of = item(path, i)
			s.note(of, s.at)
		}
		if s.at == len(s.src) || !s.value(of) {
			return false
		}
		s.skip(" \t\n")
		if !s.take(",") {
			return s.take("]")
		}
	}
}

func (s *scanner) inline(path string) bool {
	for {
		s.skip(" \t\n")
		if s.take("}") {
			return true
		}
		if !s.pair(path) {
			return false
		}
		s.skip(" \t\n")
		if !s.take(",") {
			return s.take("}")
		}
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func item(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

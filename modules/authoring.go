package modules

import (
	"io/fs"

	"github.com/yuin/goldmark/ast"
)

// What the tools of authors need of the readers, so that they read as a learner's program does and within the same limits.

// ReadText reads a text file of a module as its parsers want it: UTF-8 throughout, newlines only, no byte order mark. It is
// not clean. ok is false for a file that cannot be read, or that is no text of at most 256 KiB.
func ReadText(fsys fs.FS, name string) (src string, ok bool) {
	return readText(fsys, name, func(*Problem) {})
}

// ParseTOML gives what a TOML file holds, as its decoder does: maps, slices, strings, int64, float64, bool and time.Time.
// It is nil for what is beyond the limits or no TOML.
func ParseTOML(src string) map[string]any {
	if t := parseTOML("", src, func(*Problem) {}); t != nil {
		return t.m
	}
	return nil
}

// Places tells where the keys of a TOML file stand: its line and column, from 1, the column in characters. A path is one
// like "question[2].option[0].text"; one that is not written down has the place of its nearest parent that is.
func Places(src string) func(path string) (line, col int) {
	f := &tomlFile{src: src}
	return func(path string) (line, col int) { return place(src, f.offset(path)) }
}

// Place turns an offset in a text, in bytes, into a line and a column, from 1, the column in characters.
func Place(src string, offset int) (line, col int) { return place(src, offset) }

// ParseMarkdown parses a text as lessons are parsed. It is nil for what is beyond the limits.
func ParseMarkdown(src string) ast.Node {
	doc, f := parseMarkdown(src)
	if f != nil {
		return nil
	}
	return doc
}

// OffsetOf gives where in its text a parsed node begins, in bytes, as near as the parser tells.
func OffsetOf(n ast.Node) int { return offsetOf(n) }

// PlainText gives the text of a parsed node without marks, on one line.
func PlainText(n ast.Node, src []byte) string { return plain(n, src) }

// CountWords counts the words of a Markdown text as a lesson's are: ask lines and the marks of callouts not counted.
func CountWords(md string) int { return countWords(md) }

// Nearest gives the known word that was most likely meant, or "".
func Nearest(word string, known []string) string { return nearest(word, known) }

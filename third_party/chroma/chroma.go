// Package chroma stands in for github.com/alecthomas/chroma/v2, the syntax highlighter that glamour links.
//
// Lessons are prose; the built-in theme has no syntax colours. The real package parses its lexers and styles before main
// runs: 15 ms and 10 MB on every start, for nothing that is shown. This module keeps the few names that glamour uses and
// writes code as it stands. go.mod replaces the one by the other; take the replacement out and everything still works,
// only slower.
package chroma

// TokenType names a kind of token.
type TokenType int

// The token types that glamour's styles name.
const (
	Text TokenType = iota
	Error
	Comment
	CommentPreproc
	Keyword
	KeywordReserved
	KeywordNamespace
	KeywordType
	Operator
	Punctuation
	Name
	NameBuiltin
	NameTag
	NameAttribute
	NameClass
	NameConstant
	NameDecorator
	NameException
	NameFunction
	NameOther
	Literal
	LiteralNumber
	LiteralDate
	LiteralString
	LiteralStringEscape
	GenericDeleted
	GenericEmph
	GenericInserted
	GenericStrong
	GenericSubheading
	Background
)

// StyleEntries maps token types to the words that style them.
type StyleEntries map[TokenType]string

// A Style is a named set of entries.
type Style struct{ Name string }

// MustNewStyle returns a style that keeps its name alone.
func MustNewStyle(name string, _ StyleEntries) *Style { return &Style{Name: name} }

package modules

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Problem is a fault in a module's files: where it is and what it is, as data, so that the interface can say it in any
// language. Its own words, from Error, are English and meant for logs and tests.
type Problem struct {
	File      string // path within the module, with slashes
	Line, Col int    // from 1, Col in characters; 0 where the fault has no place within the file
	Thing     Thing  // what it is about, "" for the file as a whole
	ID        string // the id of that thing, "" when it has none
	Code      Code
	Key       string // the TOML key concerned
	Value     string // what stands there
	Want      string // what could stand there: see each code
	Err       error  // the cause outside of the module, such as a disk that cannot be read
}

// A Thing is a part of a module that a problem is about.
type Thing string

// The things that have ids.
const (
	ThingQuestion  Thing = "question"
	ThingOption    Thing = "option"
	ThingPair      Thing = "pair"
	ThingStep      Thing = "step"
	ThingScene     Thing = "scene"
	ThingTerm      Thing = "term"
	ThingSource    Thing = "source"
	ThingObjective Thing = "objective"
	ThingAdvice    Thing = "advice"
)

// A Code says what kind of fault a problem is.
type Code string

// The codes. Value and Want are set as the comments say.
const (
	MissingFile Code = "missing-file" // no file of that name; Key: "copy" where the source language has it, to copy from
	Unreadable  Code = "unreadable"   // Err: why
	TooBig      Code = "too-big"      // Value, Want: bytes, and how many are allowed
	HasNUL      Code = "nul"          // a zero byte: no text file
	BadSyntax   Code = "bad-syntax"   // no TOML. Value: the parser's words, in English; Key, Want: the slip that it is, and its word, see slip
	TooDeep     Code = "too-deep"     // nested deeper than Want levels
	TooMany     Code = "too-many"     // Key: of what ("headings", "links", "comments", "fences", "cells", "key parts", "options"…); Value, Want: how many, at most
	TooLong     Code = "too-long"     // Key: what ("line", "word", "code block", "id"); Want: how many bytes at most

	UnknownKey  Code = "unknown-key"  // Want: the nearest known key, or ""
	MissingKey  Code = "missing-key"  // Key has to be there, and not empty
	WrongType   Code = "wrong-type"   // Value, Want: names of types, see typeName
	BadValue    Code = "bad-value"    // Want: the values or the form allowed
	NewerFormat Code = "newer-format" // Value, Want: the format of the file, and the newest that this program reads
	DuplicateID Code = "duplicate-id" // the thing's id is there twice
	SameText    Code = "same-text"    // Value is the text of two parts that a learner must tell apart
	UnknownID   Code = "unknown-id"   // Value names no such thing; Want: the nearest one, or ""
	UnknownLang Code = "unknown-lang" // Value: a language that the module does not have
	NoCorrect   Code = "no-correct"   // no option is correct
	WrongPick   Code = "wrong-pick"   // pick is Value, and Want options are correct
	TooFew      Code = "too-few"      // Key: fewer than Want of them
	WrongGaps   Code = "wrong-gaps"   // Value lists of answers for Want gaps
	NotInBank   Code = "not-in-bank"  // the bank offers no accepted word for gap number Value
	NoTitle     Code = "no-title"     // the text does not begin with a # heading
	SecondTitle Code = "second-title" // Value: another # heading
	BadCallout  Code = "bad-callout"  // Value: a callout's name; Want: the nearest known one, or ""
	BadAsk      Code = "bad-ask"      // an ask line that is not on a line of its own, outside of lists and quotes
	UnknownAsk  Code = "unknown-ask"  // Value: the question that it names; Want: the nearest, or ""
	AskTwice    Code = "ask-twice"    // Value: the question is placed a second time
	NoSteps     Code = "no-steps"     // a lesson without text and question, a test without question: nothing to go through
)

// words are the English of each code.
var words = map[Code]string{
	MissingFile: `missing file`,
	Unreadable:  `cannot be read`,
	TooBig:      `has {value} bytes, more than {want}`,
	HasNUL:      `holds a zero byte: not a text file`,
	BadSyntax:   `not valid TOML: {value}`,
	TooDeep:     `nested more than {want} deep`,
	TooMany:     `{value} {key}, more than {want}`,
	TooLong:     `{key} longer than {want} bytes`,
	UnknownKey:  `unknown key "{key}"`,
	MissingKey:  `"{key}" is missing`,
	WrongType:   `"{key}" is a {value}, not a {want}`,
	BadValue:    `"{key}" is "{value}", not {want}`,
	NewerFormat: `format {value} is newer than {want}, the newest that can be read`,
	DuplicateID: `id used twice`,
	SameText:    `"{value}" stands there twice`,
	UnknownID:   `{key} "{value}" is not known`,
	UnknownLang: `there is no edition in "{value}"`,
	NoCorrect:   `no option is correct`,
	WrongPick:   `pick is {value}, but {want} options are correct`,
	TooFew:      `fewer than {want} {key}`,
	WrongGaps:   `{value} lists of answers for {want} gaps`,
	NotInBank:   `the bank offers no accepted word for gap {value}`,
	NoTitle:     `does not begin with its title, a # heading`,
	SecondTitle: `a second # heading, "{value}"`,
	BadCallout:  `unknown callout "{value}"`,
	BadAsk:      `an ask line must stand alone, outside of lists and quotes`,
	UnknownAsk:  `asks the question "{value}", which the .toml does not have`,
	AskTwice:    `question "{value}" is placed twice`,
	NoSteps:     `nothing to read and nothing to answer`,
}

// nearestCodes are those whose Want is a guess at what was meant.
var nearestCodes = map[Code]bool{UnknownKey: true, UnknownID: true, BadCallout: true, UnknownAsk: true}

// Error gives "file:line:col: thing "id": what is wrong", in English.
func (p *Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
		if p.Col > 0 {
			fmt.Fprintf(&b, ":%d", p.Col)
		}
	}
	b.WriteString(": ")
	if p.Thing != "" {
		fmt.Fprintf(&b, "%s %q: ", p.Thing, p.ID)
	}
	b.WriteString(strings.NewReplacer("{key}", p.Key, "{value}", p.Value, "{want}", p.Want).Replace(words[p.Code]))
	if nearestCodes[p.Code] && p.Want != "" {
		fmt.Fprintf(&b, "; did you mean %q?", p.Want)
	}
	if p.Err != nil && p.Code == Unreadable { // elsewhere it only says the same again
		fmt.Fprintf(&b, ": %v", p.Err)
	}
	return b.String()
}

// Unwrap gives the cause: errors.Is(err, fs.ErrNotExist) holds for a missing file.
func (p *Problem) Unwrap() error { return p.Err }

// A report takes problems as they are found. Who loads stops at the first; who checks wants them all.
type report func(*Problem)

// first gives a report that keeps the first problem, and a function that returns it as an error.
func first() (report, func() error) {
	var kept *Problem
	keep := func(p *Problem) {
		if kept == nil {
			kept = p
		}
	}
	return keep, func() error {
		if kept == nil {
			return nil
		}
		return kept
	}
}

// quoted makes foreign text fit for a message: one line, clean, not long.
func quoted(s string) string {
	const most = 60
	s = CleanLine(s)
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return s
}

// nearest gives the known word that was most likely meant, or "".
func nearest(word string, known []string) string {
	best, found := max(1, len(word)/3)+1, ""
	for _, k := range known {
		if d := distance(strings.ToLower(word), k, best); d < best {
			best, found = d, k
		}
	}
	return found
}

// distance is Levenshtein's, cut short where the lengths alone make it limit or more.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j]+1, before+1)
		}
	}
	return row[len(b)]
}

// place turns an offset in a text into line and column.
func place(src string, offset int) (line, col int) {
	before := src[:min(max(offset, 0), len(src))]
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[start:]) + 1
}

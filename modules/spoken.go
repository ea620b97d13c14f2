package modules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Spoken gives the message that says the problem to a person: where it is, and its sentence.
func (p *Problem) Spoken() (id string, data map[string]any) {
	return "check-at", map[string]any{"Place": p.Place(), "What": sentence{p}}
}

// Place writes where the problem is, as compilers do: "fr/brew.md:3:1".
func (p *Problem) Place() string {
	s := p.File
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Col)
	}
	return s
}

// A sentence is a problem without its place.
type sentence struct{ *Problem }

// Spoken gives the message.
func (s sentence) Spoken() (id string, data map[string]any) { return s.Sentence() }

// Sentence gives the message that says what is wrong and what to write, without the place: "check-" and the problem's code.
// Codes that cover several faults which an author would repair differently have a message for each.
func (p *Problem) Sentence() (id string, data map[string]any) {
	data = map[string]any{"Thing": string(p.Thing), "ID": p.ID, "Key": p.Key, "Value": p.Value, "Want": p.Want}
	if p.Err != nil {
		data["Error"] = p.Err.Error()
	}
	id = "check-" + string(p.Code)
	switch p.Code {
	case WrongType:
		id += "-" + strings.ReplaceAll(p.Want, " ", "-")
	case TooLong:
		id += "-" + strings.ReplaceAll(p.Key, " ", "-")
	case TooMany:
		id += "-" + manyOf(p.Key)
	case BadSyntax, MissingFile:
		if p.Key != "" {
			id += "-" + p.Key
		}
	case BadValue:
		switch {
		case p.Want == idForm:
			return "check-bad-id", data
		case p.Want == takenForm:
			return "check-taken-id", data
		case strings.Contains(p.Want, ", "):
			return "check-bad-choice", data
		}
		if m := rangeForm.FindStringSubmatch(p.Want); m != nil {
			data["Low"], data["High"] = m[1], m[2]
			return "check-bad-range", data
		}
	}
	if p.Want != "" && slices.Contains(guesses, p.Code) {
		id += "-near"
	}
	return id, data
}

// guesses are the codes that have a message of their own where Want is a guess at what was meant.
var guesses = []Code{UnknownKey, UnknownID, BadCallout, UnknownAsk, MissingFile}

// idForm is what a problem says of an id's form.
const idForm = "small letters, digits and hyphens"

// takenForm is what a problem says of an id that is a name already, of another file of the format or of a part of Windows.
const takenForm = "a name that is free"

var rangeForm = regexp.MustCompile(`^from (\S+) to (\S+)$`)

// manyOf names what there is too much of: parts of a text, or parts of a question, which are called by their key.
func manyOf(key string) string {
	switch key {
	case "headings", "fences", "links", "comments":
		return key
	case "columns", "rows", "cells":
		return "cells"
	case "key parts":
		return "key-parts"
	}
	return "parts"
}

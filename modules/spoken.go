package modules

import (
	"regexp"
	"slices"
	"strings"
)

// Spoken gives the message that says the problem to a person, "check-" and its code, and what is in it. Codes that cover
// several faults which an author would repair differently have a message for each.
func (p *Problem) Spoken() (id string, data map[string]any) {
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
	case BadValue:
		switch {
		case p.Want == idForm:
			return "check-bad-id", data
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

var rangeForm = regexp.MustCompile(`^from (\S+) to (\S+)$`)

// manyOf names what there is too much of: parts of a text, or parts of a question, which are called by their key.
func manyOf(key string) string {
	switch key {
	case "headings", "fences", "links":
		return key
	case "columns", "rows", "cells":
		return "cells"
	case "key parts":
		return "key-parts"
	}
	return "parts"
}

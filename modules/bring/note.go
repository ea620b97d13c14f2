package bring

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fanal/modules"
)

// A Note says what was bent, left out or found of a question, or of a file.
type Note struct {
	File string // its name as given
	Line int    // from 1; 0 for the file as a whole
	Name string // the question's name or its first words; "" when the note is about no single question
	Out  bool   // the question was left out
	Why  []Reason
}

// Error gives the note in English, for logs and tests.
func (n Note) Error() string {
	what := "bent"
	if n.Out {
		what = "left out"
	}
	var why []string
	for _, r := range n.Why {
		why = append(why, r.Error())
	}
	return fmt.Sprintf("%s:%d: %q %s: %s", n.File, n.Line, n.Name, what, strings.Join(why, "; "))
}

// A Reason is why: a code and what belongs to it.
type Reason struct {
	Code  Code
	Value string           // see the codes; several, with commas between them
	N     int              // see the codes
	Cause *modules.Problem // of Refused

	said []string // the values one by one
}

// Error gives the code and its data, for logs and tests.
func (r Reason) Error() string {
	s := string(r.Code)
	if r.Value != "" {
		s += " " + strconv.Quote(r.Value)
	}
	if r.Cause != nil {
		s += " " + r.Cause.Error()
	}
	return s
}

// Spoken gives the message that says the reason to a person, "bring-" and its code; see package locale.
func (r Reason) Spoken() (id string, data map[string]any) {
	data = map[string]any{"Value": r.Value}
	if r.N > 0 {
		data["N"] = r.N
	}
	if r.Code == Refused {
		return r.Cause.Spoken()
	}
	return "bring-" + string(r.Code), data
}

// A Code names what was found.
type Code string

// Why a question is left out.
const (
	Braces    Code = "braces"     // an opening brace without a closing one, or the other way round
	Stray     Code = "stray"      // answers outside of braces
	NoPrompt  Code = "no-prompt"  // nothing is asked
	NoRight   Code = "no-right"   // no answer is right
	FewParts  Code = "few-parts"  // fewer than two answers to choose from, or pairs
	ManyParts Code = "many-parts" // N answers, more than there are letters
	NotNumber Code = "not-number" // Value is no number
	UnlikeAll Code = "unknown"    // Value is a type of question that nobody here knows
	Refused   Code = "refused"    // beyond the limits of a module: Cause
)

// How a question, or a file, is bent.
const (
	Encoding       Code = "encoding"         // not UTF-8: read as Value
	Empty          Code = "empty"            // the file holds no question
	TooBig         Code = "too-big"          // more than [MaxFile] bytes: not read
	BadTOML        Code = "bad-toml"         // no TOML: not read
	BadComment     Code = "bad-comment"      // a comment of fanal's that cannot be read
	Partial        Code = "partial"          // Value was worth a part of the points, and is wrong now
	Uneven         Code = "uneven"           // right answers of unequal worth are worth the same now
	SeveralRight   Code = "several-right"    // N right answers of which one was enough: all are asked for now
	Glued          Code = "glued"            // an = within Value begins a right answer, as in Moodle
	Joined         Code = "joined"           // Value, a left side without an arrow, was joined with what followed
	SameText       Code = "same-text"        // Value stood there twice
	EmptyPart      Code = "empty-part"       // an empty answer was taken away
	SeveralNumbers Code = "several-numbers"  // only the first of several right numbers is taken: not Value
	NumbersAsWords Code = "numbers-as-words" // Value are several right numbers, which are compared as words now
	Wildcard       Code = "wildcard"         // a star in Value stood for any text
	NoModel        Code = "no-model"         // an essay without anything to compare with
	NoArrow        Code = "no-arrow"         // Value belongs to nothing: offered as a wrong one
	SecondBraces   Code = "second-braces"    // only the first braces hold answers, the others are text
	Media          Code = "media"            // Value (an image, a sound…) could not be carried
	NoExplanation  Code = "no-explanation"   // N questions of a file say their right answer for want of an explanation
	CodeAnswer     Code = "code-answer"      // code or a long text to type: learners compare it themselves
	Tracing        Code = "tracing"          // a program to trace is asked about in one question
	Justify        Code = "justify"          // learners were asked why they answered so, and are not now
	UnknownKey     Code = "unknown-key"      // Value is a key that nobody here knows
	AllRight       Code = "all-right"        // all N answers of a choice are right: a scale without a right answer now
	AsMatching     Code = "as-matching"      // written as a matching question
	AsEither       Code = "as-either"        // written as a choice in which every answer is right
	Arrow          Code = "arrow"            // -> within a text is written →
	InComments     Code = "in-comments"      // N questions have parts that stand in comments only, which Moodle does not read
	TextStays      Code = "text-stays"       // the text of N lessons is not written: GIFT is for questions
)

// Codes gives every code, for those who have a sentence for each. Refused has the sentences of its cause.
func Codes() []Code {
	return []Code{
		Braces, Stray, NoPrompt, NoRight, FewParts, ManyParts, NotNumber, UnlikeAll,
		Encoding, Empty, TooBig, BadTOML, BadComment, Partial, Uneven, SeveralRight, Glued, Joined, SameText, EmptyPart, SeveralNumbers, NumbersAsWords, Wildcard,
		NoModel, NoArrow, SecondBraces, Media, NoExplanation, CodeAnswer, Tracing, Justify, UnknownKey, AllRight, AsMatching, AsEither, Arrow, InComments, TextStays,
	}
}

// longestQuote is how much of a foreign text a note repeats, in characters.
const longestQuote = 50

// quote makes a foreign text fit for a note.
func quote(s string) string {
	s = squeeze(modules.CleanLine(s))
	if r := []rune(s); len(r) > longestQuote {
		return string(r[:longestQuote]) + "…"
	}
	return s
}

// reasons are what is found of one question, each kind once, with all that it is about.
type reasons []Reason

func (r *reasons) add(code Code, value string) {
	value = quote(value)
	i := slices.IndexFunc(*r, func(o Reason) bool { return o.Code == code })
	if i < 0 {
		*r = append(*r, Reason{Code: code, Value: value, said: []string{value}})
		return
	}
	if known := &(*r)[i]; value != "" && !slices.Contains(known.said, value) {
		known.said = append(known.said, value)
		known.Value = strings.Join(known.said, ", ")
	}
}

func (r *reasons) count(code Code, n int) { *r = append(*r, Reason{Code: code, N: n}) }

func sortNotes(notes []Note, files []string) {
	slices.SortStableFunc(notes, func(a, b Note) int {
		return cmp.Or(cmp.Compare(slices.Index(files, a.File), slices.Index(files, b.File)), cmp.Compare(a.Line, b.Line))
	})
}

func itoa(n int) string { return strconv.Itoa(n) }

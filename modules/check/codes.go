package check

import "fanal/modules"

// The errors that loading does not find. A module with any of them is not packed.
const (
	BadUTF8       modules.Code = "bad-utf8"           // Value: the byte, in hexadecimal
	ControlChar   modules.Code = "control-char"       // Value: the character, as U+001B, or the reference that makes it
	BidiChar      modules.Code = "bidi-char"          // Value: a character that turns the direction of the text
	HiddenChar    modules.Code = "hidden-char"        // Value: a character that nobody sees
	UnsafePath    modules.Code = "unsafe-path"        // Want: a path that is safe everywhere
	RawHTML       modules.Code = "raw-html"           // Value: the tag
	NoAlt         modules.Code = "no-alt"             // Value: the image
	BadLink       modules.Code = "bad-link"           // Value: where it leads
	UnknownTerm   modules.Code = "unknown-term"       // Value, Want: the term's id, the nearest one
	UnknownLesson modules.Code = "unknown-lesson"     // Value, Want: the lesson's id, the nearest one
	UnknownFile   modules.Code = "unknown-file"       // Value, Want: the path, the nearest one
	UnknownSource modules.Code = "unknown-source"     // Value, Want: the source's id, the nearest one
	NoExplanation modules.Code = "no-explanation"     //
	NoSentence    modules.Code = "no-sentence"        // of the objective ID
	Unnamed       modules.Code = "unnamed-objective"  // no lesson names the objective ID
	Unserved      modules.Code = "unserved-objective" // no question of a lesson serves the objective ID
	IDElsewhere   modules.Code = "id-elsewhere"       // Value: the other file that has the question's id
	Lacks         modules.Code = "lacks"              // the source has the thing, this edition has not
	Extra         modules.Code = "extra"              // this edition has the thing, the source has not
	Differs       modules.Code = "differs"            // Key: what; Value, Want: what it is here, and in the source
	OtherCount    modules.Code = "other-count"        // Key: of what; Value, Want: how many here, and in the source
	OtherOrder    modules.Code = "other-order"        // the parts named Key stand in another order than in the source
	OtherSteps    modules.Code = "other-steps"        // Value, Want: what stands there, and what in the source, see pageSteps
	OldCopy       modules.Code = "old-copy"           // nobody has translated a word of the file, and the source is made otherwise now; Want: the language
	OtherForms    modules.Code = "other-forms"        // the objective ID has Value questions here, Want in test-a
)

// The warnings.
const (
	ShortLesson   modules.Code = "short-lesson"    // Value: words
	LongLesson    modules.Code = "long-lesson"     // Value: words
	LongSentence  modules.Code = "long-sentence"   // Value: words; Key: how it begins
	LongHeading   modules.Code = "long-heading"    // Value: characters
	WideTable     modules.Code = "wide-table"      // Value: columns
	LongStretch   modules.Code = "long-stretch"    // Value: words without a question
	NoFeedback    modules.Code = "no-feedback"     //
	KeyLongest    modules.Code = "key-longest"     // Value of Want choice questions, those with the ids Key
	KeyPlace      modules.Code = "key-place"       // Value of Want right options stand at place number Key
	AllOfAbove    modules.Code = "all-of-above"    // Value: the option
	ManyTrueFalse modules.Code = "many-true-false" // Value of Want questions
	Emoji         modules.Code = "emoji"           // Value: the sign
	Inclusive     modules.Code = "inclusive"       // Value: the word
	Stale         modules.Code = "stale"           // Key: the part, see [modules.Part]
	Untranslated  modules.Code = "untranslated"    // Value parts of Want
	UnusedFile    modules.Code = "unused-file"     //
	UnusedFolder  modules.Code = "unused-folder"   //
	UnusedTerm    modules.Code = "unused-term"     //
	UnusedSource  modules.Code = "unused-source"   //
	UnknownModule modules.Code = "unknown-module"  // Value: its id
)

var warnings = []modules.Code{
	ShortLesson, LongLesson, LongSentence, LongHeading, WideTable, LongStretch, NoFeedback, KeyLongest, KeyPlace, AllOfAbove, ManyTrueFalse,
	Emoji, Inclusive, Stale, Untranslated, UnusedFile, UnusedFolder, UnusedTerm, UnusedSource, UnknownModule,
}

var ours = append([]modules.Code{
	BadUTF8, ControlChar, BidiChar, HiddenChar, UnsafePath, RawHTML, NoAlt, BadLink, UnknownTerm, UnknownLesson, UnknownFile, UnknownSource,
	NoExplanation, NoSentence, Unnamed, Unserved, IDElsewhere, Lacks, Extra, Differs, OtherCount, OtherOrder, OtherSteps, OldCopy, OtherForms,
}, warnings...)

// guesses are the codes whose Want is a guess, with a message of their own where there is one.
var guesses = []modules.Code{UnsafePath, UnknownTerm, UnknownLesson, UnknownFile, UnknownSource}

// The thresholds of the warnings.
const (
	fewestWords     = 500 // of a lesson of a course
	mostWords       = 900
	longestSentence = 25  // words
	longestHeading  = 60  // characters
	mostColumns     = 3   // of a table
	longestStretch  = 250 // words without a question
	enoughChoices   = 5   // choice questions from which on their right options are compared
	mostLongest     = 0.4 // share of choice questions whose right option is the longest
	mostSamePlace   = 0.7 // share of right options at one place in the file
)

// Codes gives every code of this package, for those who have a sentence for each.
func Codes() []modules.Code { return ours }

// Package quiz knows the eight kinds of question: what each one is made of, in which order its parts are shown, and what
// an answer is worth. Everything here is pure: no file, no clock, no screen. The kinds and the way an answer is written
// down are those of the xAPI interaction types, so that a record maps one to one.
package quiz

// A Type names a kind of question. The values are the xAPI interaction types, as module files write them.
type Type string

// The eight kinds.
const (
	Choice     Type = "choice"
	TrueFalse  Type = "true-false"
	FillIn     Type = "fill-in"
	Numeric    Type = "numeric"
	Matching   Type = "matching"
	Sequencing Type = "sequencing"
	LongFillIn Type = "long-fill-in"
	Likert     Type = "likert"
)

// Gap marks, in the prompt of a fill-in question, a place to fill.
const Gap = "{{}}"

// A Question is one question in one language, as its module's file states it, already checked and filtered. Which fields
// are set depends on Type; the others are zero.
type Question struct {
	ID          string
	Type        Type
	Objective   string // id of the objective that it serves
	Scene       string // id of the scene that it is asked under, or ""
	Prompt      string // inline Markdown; a fill-in prompt may hold gaps
	Hint        string
	Explanation string
	Feedback    string // said after a wrong answer, for the types without options

	Options []Option // choice
	Pick    int      // choice: how many options are right, at least 1
	Shuffle bool     // choice: whether the options are shuffled on screen

	Truth bool // true-false: whether the statement holds

	Accept [][]string // fill-in: the accepted texts, one list per gap; a prompt without gaps has one list
	Bank   []string   // fill-in: words offered
	Exact  bool       // fill-in: compared letter by letter

	Number    float64 // numeric: the right number
	Tolerance float64 // numeric: how far from it still counts, 0 or more
	Unit      string  // numeric: shown after the number, ignored when typed

	Pairs       []Pair   // matching
	Distractors []string // matching: further right-hand items that belong to nothing

	Steps []Item // sequencing: in the right order

	Model    string   // long-fill-in: a model answer, Markdown
	Criteria []string // long-fill-in: what a good answer has

	Scale         []string // likert: from the lowest to the highest
	NotApplicable string   // likert: the text of a further choice outside the scale, or ""
}

// An Option is one of the offered answers of a choice question.
type Option struct {
	ID       string
	Text     string
	Correct  bool
	Feedback string // said when it was picked
}

// A Pair is a left item of a matching question and the right item that belongs to it.
type Pair struct {
	ID, Left, Right string
}

// An Item is a step of a sequencing question.
type Item struct {
	ID, Text string
}

// An Answer is what a learner gave, in ids and typed texts, independent of the order on screen and, but for what was
// typed, of the language:
//
//	choice        the ids of the picked options
//	true-false    "true" or "false"
//	fill-in       the typed text of each gap, in order
//	numeric       the typed number
//	matching      for each pair in the order of the file, the id of the pair whose right item was chosen for it,
//	              "distractor-N" (from 1) for a distractor, or "" for none
//	sequencing    the ids of the steps in the order given
//	long-fill-in  the text, then how near the model it was in the learner's own judgement: "0", "1" or "2"
//	likert        the place on the scale, from "1", or "n/a"
type Answer []string

// A Verdict says what an answer is worth.
type Verdict struct {
	Score  float64 // 0 to 1
	Right  bool    // Score is 1
	Judged bool    // false for likert, which has no right answer: Score and Right then mean nothing
	Parts  []bool  // per option, gap, pair or step, in the order of the file: whether that part was right (an option: rightly picked or left alone; a step: it follows the one it should); else nil
}

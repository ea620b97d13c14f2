package progress

// A Learner is someone who studies here, folded from the Profiled events.
type Learner struct {
	ID       string
	Name     string
	Lang     string            `json:",omitempty"` // "fr", "en", "es", "it"
	PIN      string            `json:",omitempty"` // PHC string, "" for none
	Role     string            `json:",omitempty"` // "" or "mediator"
	Settings map[string]string `json:",omitempty"`
}

// A Summary is what the home screen needs to know of a learner, in one record.
type Summary struct {
	Events   uint64 // events of this learner
	XOR      string // of their ids, in hexadecimal: two histories with the same Events and XOR are the same
	Sessions int    // sittings with at least one answer
	Sitting  string // the last of them to begin
	Module   string // where the learner was last
	Lesson   string
	Step     string
	Due      int // questions due for review in the next session
	DueNow   int // questions due in the session of Sitting: what counts while that sitting is under way
}

// A LessonMark is what the fold knows of one lesson without its questions. A lesson with a mark has begun.
type LessonMark struct {
	Step     string    `json:",omitempty"` // last step reached
	Passes   int       `json:",omitempty"` // how many times it was gone through to its end (Completed events); 0: never
	Answered int       `json:",omitempty"` // different questions answered or skipped
	Judged   int       `json:",omitempty"` // of those, how many have a right answer at all
	Right    int       `json:",omitempty"` // of those, how many were right at the last answer
	Recent   []Outcome `json:",omitempty"` // the last answers that count for mastery, oldest first, at most RecentKept
}

// RecentKept is how many answers of a lesson or an objective a state keeps: no module may ask for mastery over more.
const RecentKept = 20

// An Outcome is one judged answer, as mastery counts it. Which ones count is the module's to say.
type Outcome struct {
	Question string `json:"q"`
	Right    bool   `json:"r,omitempty"`
	Hinted   bool   `json:"h,omitempty"`
	Skipped  bool   `json:"s,omitempty"`
	Context  string `json:"c,omitempty"` // Event.Context. A lesson's answers hold none of a test's, an objective's do
}

// A ModuleState is what the fold knows of one learner in one module.
type ModuleState struct {
	Version    string                `json:",omitempty"` // of the module, when last studied
	Lessons    map[string]LessonMark `json:",omitempty"` // by lesson id
	Objectives map[string][]Outcome  `json:",omitempty"` // by objective id: the last answers, oldest first, at most RecentKept
	Tests      map[string]TestMark   `json:",omitempty"` // by form: "test-a", "test-b"
}

// A TestMark is what the fold knows of a test. A run begins with the first answer after the last one's end.
type TestMark struct {
	Step      string             `json:",omitempty"`
	Completed int                `json:",omitempty"` // how many times it was gone through
	Over      bool               `json:",omitempty"` // the last run was gone through: the next answer begins another
	Right     map[string]bool    `json:",omitempty"` // by question id, of the last run
	Scores    map[string]float64 `json:",omitempty"` // by question id, of the last run, between 0 and 1
}

// A QuestionState is what the fold knows of one question, for one learner. Answers given in a test are not in it.
type QuestionState struct {
	Attempts  int      `json:",omitempty"`        // answers and skips
	Pass      int      `json:",omitempty"`        // LessonMark.Passes when the lesson last asked it: equal to it still, it was answered in the pass under way
	Right     bool     `json:",omitempty"`        // at the last one
	Hinted    bool     `json:",omitempty"`        // the last one came after a hint
	Skipped   bool     `json:",omitempty"`        // the last one was a skip
	Unjudged  bool     `json:",omitempty"`        // the last one was neither right nor wrong
	SureWrong bool     `json:",omitempty"`        // the last one was wrong, and the learner had been sure: what to clear up first
	Wrong     int      `json:",omitempty"`        // times failed in all
	Response  []string `json:",omitempty"`        // the last answer
	Seed      uint64   `json:",omitempty,string"` // of the layout that it was given to, when the lesson last asked it
	Hash      string   `json:",omitempty"`        // of the text that it was given to
	Objective string   `json:",omitempty"`
	Box       int      `json:",omitempty"` // Leitner box, 1 to 5; 0 when not in review
	DueAt     int      `json:",omitempty"` // the session in which it is due
	Session   int      `json:",omitempty"` // the session in which it last came into a box
	Aside     bool     `json:",omitempty"` // failed so often that review no longer asks it: it needs a person, not a repetition
}

// A Mark is what a learner left on a step.
type Mark struct {
	Note     string `json:",omitempty"`
	Unclear  bool   `json:",omitempty"` // "I did not understand this"
	Bookmark bool   `json:",omitempty"`
}

// A DueQuestion is a question to ask again, and what is known of it.
type DueQuestion struct {
	Module, Lesson, Question string
	QuestionState
}

// A MarkedStep is a step with the mark on it.
type MarkedStep struct {
	Module, Lesson, Step string
	Mark
}

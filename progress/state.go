package progress

// A Learner is someone who studies here, folded from the Profiled events.
type Learner struct {
	ID       string
	Name     string
	Lang     string // "fr", "en", "es", "it"
	PIN      string // PHC string, "" for none
	Role     string // "" or "mediator"
	Settings map[string]string
}

// A Summary is what the home screen needs to know of a learner, in one record.
type Summary struct {
	Events   uint64 // events of this learner
	XOR      string // of their ids, in hexadecimal: two histories with the same Events and XOR are the same
	Sessions int    // sittings with at least one answer
	Module   string // where the learner was last
	Lesson   string
	Step     string
	Due      int // questions due for review in the next session
}

// A LessonMark is what the fold knows of one lesson without its questions. A lesson with a mark has begun.
type LessonMark struct {
	Step      string    // last step reached
	Completed bool      // gone through to the end at least once
	Answered  int       // different questions answered or skipped
	Right     int       // of those, how many were right at the last answer
	Recent    []Outcome // the last answers that count for mastery, oldest first, at most RecentKept
}

// RecentKept is how many answers of a lesson or an objective a state keeps: no module may ask for mastery over more.
const RecentKept = 20

// An Outcome is one answer, as mastery counts it.
type Outcome struct {
	Question string `json:"q"`
	Right    bool   `json:"r,omitempty"`
	Hinted   bool   `json:"h,omitempty"`
}

// A ModuleState is what the fold knows of one learner in one module.
type ModuleState struct {
	Version    string                // of the module, when last studied
	Lessons    map[string]LessonMark // by lesson id
	Objectives map[string][]Outcome  // by objective id: the last answers, oldest first, at most RecentKept
	Tests      map[string]TestMark   // by form: "test-a", "test-b"
}

// A TestMark is what the fold knows of a test.
type TestMark struct {
	Step      string
	Completed int             // how many times it was gone through
	Right     map[string]bool // by question id, of the last run
	Scores    map[string]float64
}

// A QuestionState is what the fold knows of one question, for one learner.
type QuestionState struct {
	Attempts  int      // answers and skips
	Right     bool     // at the last one
	Wrong     int      // times failed in all
	Response  []string // the last answer
	Hash      string   // of the text that it was given to
	Objective string
	Box       int // Leitner box, 1 to 5; 0 when not in review
	DueAt     int // the session in which it is due
}

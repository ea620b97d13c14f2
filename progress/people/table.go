package people

// Leaving says whether a stored field leaves the laptop in a bundle that is exported for another one.
type Leaving string

// The ways in which a field leaves. Where codes stand for names, names, roles and PINs are left out, people get codes in
// place of their own, and of what was typed freely nothing goes.
const (
	Leaves     Leaving = "yes"   // as it is
	LeavesBare Leaving = "codes" // as it is in a bundle with names, changed or left out in one with codes
	Stays      Leaving = "no"    // never: it is made again from what arrives, or concerns this laptop alone
)

// A Field is one thing that the program stores about a person.
type Field struct {
	Record string // the type that holds it, as the code calls it
	Name   string // and the name of the field there
	About  string // message id: what it is, a colon, and why it is kept
	Leaves Leaving
}

// Fields is the table of everything that is stored about anybody: the screen "My data", the exported page and
// docs/privacy.md are made from it. Tests hold every record, every key of the database and every file of the data folder
// to it.
func Fields() []Field {
	var all []Field
	for _, g := range groups {
		for _, record := range g.records {
			for _, name := range record.names {
				all = append(all, Field{record.record, name, "mine-" + g.about, g.leaves})
			}
		}
	}
	return all
}

// A group is the fields that one sentence explains.
type group struct {
	about   string
	leaves  Leaving
	records []fieldsOf
}

type fieldsOf struct {
	record string
	names  []string
}

func of(record string, names ...string) fieldsOf { return fieldsOf{record, names} }

// Abouts are the sentences of the table, in its order, each once.
func Abouts() []string {
	var ids []string
	for _, g := range groups {
		ids = append(ids, "mine-"+g.about)
	}
	return ids
}

// LeavingOf returns how the fields that a sentence of [Abouts] explains leave.
func LeavingOf(about string) Leaving {
	for _, g := range groups {
		if "mine-"+g.about == about {
			return g.leaves
		}
	}
	return Stays
}

var groups = []group{
	{"name", LeavesBare, []fieldsOf{of("Profile", "Name"), of("Learner", "Name")}},
	{"lang", Leaves, []fieldsOf{of("Profile", "Lang"), of("Learner", "Lang"), of("Event", "Lang")}},
	{"pin", LeavesBare, []fieldsOf{of("Profile", "PIN"), of("Learner", "PIN")}},
	{"role", LeavesBare, []fieldsOf{of("Profile", "Role"), of("Learner", "Role")}},
	{"settings", LeavesBare, []fieldsOf{of("Profile", "Settings"), of("Learner", "Settings")}},
	{"code", LeavesBare, []fieldsOf{of("Event", "Learner"), of("Learner", "ID")}},
	{"other", LeavesBare, []fieldsOf{of("Event", "Other")}},
	{"verb", Leaves, []fieldsOf{of("Event", "Verb", "Profile")}},
	{"order", LeavesBare, []fieldsOf{of("Event", "Counter", "ID")}},
	{"time", LeavesBare, []fieldsOf{of("Event", "Time")}},
	{"sitting", LeavesBare, []fieldsOf{of("Event", "Sitting")}},
	{"front", Leaves, []fieldsOf{of("Event", "Front")}},
	{"place", Leaves, []fieldsOf{of("Event", "Module", "Version", "Lesson", "Step")}},
	{"question", Leaves, []fieldsOf{of("Event", "Question", "Objective", "Hash", "Context", "Instead", "Attempt")}},
	{"seed", LeavesBare, []fieldsOf{of("Event", "Seed")}},
	{"response", LeavesBare, []fieldsOf{of("Event", "Response")}},
	{"score", Leaves, []fieldsOf{of("Event", "Score", "Right", "Unjudged", "Skipped")}},
	{"help", Leaves, []fieldsOf{of("Event", "Hinted", "Sure")}},
	{"millis", LeavesBare, []fieldsOf{of("Event", "Millis")}},
	{"text", LeavesBare, []fieldsOf{of("Event", "Text")}},
	{"draft", Stays, []fieldsOf{of("Draft", "Module", "Lesson", "Question", "Text")}},
	{"tries", Stays, []fieldsOf{of("Gate", "Tries")}},
	{"state-place", Stays, []fieldsOf{
		of("learnerRecord", "Learner", "Place"), of("ModuleState", "Version"), of("LessonMark", "Step"), of("TestMark", "Step"),
	}},
	{"state-sum", Stays, []fieldsOf{of("learnerRecord", "First", "Events", "XOR")}},
	{"state-sessions", Stays, []fieldsOf{
		of("learnerRecord", "Session", "Sitting", "Due"), of("sitting", "Number"),
	}},
	{"state-lessons", Stays, []fieldsOf{
		of("ModuleState", "Lessons"), of("LessonMark", "Passes", "Answered", "Judged", "Right", "Recent"),
	}},
	{"state-objectives", Stays, []fieldsOf{
		of("ModuleState", "Objectives"), of("Outcome", "Question", "Right", "Hinted", "Skipped", "Context"),
	}},
	{"state-tests", Stays, []fieldsOf{
		of("ModuleState", "Tests"), of("TestMark", "Completed", "Over", "Right", "Scores"),
	}},
	{"state-questions", Stays, []fieldsOf{
		of("QuestionState", "Attempts", "Pass", "Right", "Hinted", "Skipped", "Unjudged", "SureWrong", "Wrong", "Response", "Seed", "Hash", "Objective"),
	}},
	{"state-boxes", Stays, []fieldsOf{of("QuestionState", "Box", "DueAt", "Session", "Aside")}},
	{"state-marks", Stays, []fieldsOf{of("Mark", "Note", "Unclear", "Bookmark")}},
}

// A Place is a file of the data folder, or several.
type Place struct {
	Pattern  string // of its path in the folder, for path.Match
	Personal bool   // holds something about a person, and goes with them
}

// Places are the files of the data folder. What is erased is looked for in each of them, whether it is listed or not.
func Places() []Place {
	return []Place{
		{"progress.db", true},       // every event, and what follows from them
		{"progress.db.*", true},     // a damaged or older one, set aside
		{"journal/*.jsonl", true},   // the events since the last copy, a second time
		{"copies/*.jsonl.gz", true}, // every event, packed
		{"drafts.json", true},       // texts on their way
		{TriesFile, true},           // how often a PIN was mistyped
		{"progress.clean", false},   // sums of the database's blocks
		{"progress.lock", false},    // the number of the running program
	}
}

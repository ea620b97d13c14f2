package bring_test

import (
	"slices"
	"strings"
	"testing"

	"fanal/modules/bring"
)

const book = `
multipart.lamp = "A lamp burns *oil*."

[[questions]]
id = "8f4a3f3e-0c57-4b8c-93a1-000000000000"
type = "MultipleChoice"
prompt.prompt = "What does a **lamp** need?"
prompt.distractors = ["Water", "` + "`sand`" + `"]
answer.answer = "Oil"
context = "Oil burns; water does not."
multipart = "lamp"

[[questions]]
type = "MultipleChoice"
prompt.prompt = "Which burn?"
prompt.distractors = ["Stone"]
prompt.answerIndex = 0
answer.answer = ["Wood", "Coal"]
multipart = "lamp"

[[questions]]
type = "ShortAnswer"
prompt.prompt = "The word for the light of a boat?"
answer.answer = "lantern"
answer.alternatives = ["fanal", "lantern "]
answer.case = "any"
prompt.image = "boat.png"
promptExplanation = true

[[questions]]
type = "ShortAnswer"
prompt.prompt = "Write a loop."
prompt.response = "code"
answer.answer = "for {}"

[[questions]]
type = "Tracing"
prompt.program = "fn main() {\n  println!(\"{}\", 1);\n}"
answer.doesCompile = true
answer.stdout = "1"

[[questions]]
type = "Tracing"
prompt.program = "let x = 1;\nx = 2;"
answer.doesCompile = false
answer.lineNumber = 2

[[questions]]
type = "Matching"
prompt.prompt = "?"
`

func TestABookOfQuizzesBecomesALesson(t *testing.T) {
	r := bring.Mdbook([]bring.File{{Name: "src/lamps_and_oil.toml", Data: []byte(book)}}, options("lamps"))
	m := opened(t, r)
	l, err := m.Lesson("en", "lamps-and-oil")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, q := range l.Questions() {
		got = append(got, said(q))
	}
	want := []string{
		"choice: What does a **lamp** need? ~Water ~`sand` =Oil why: Oil burns; water does not.",
		"choice: Which burn? =Wood =Coal ~Stone",
		`fill-in: The word for the light of a boat? [["lantern" "fanal"]]`,
		"long-fill-in: Write a loop. model: ```\nfor {}\n```",
		"fill-in: What does it print?\n\n```\nfn main() {\n  println!(\"{}\", 1);\n}\n``` [[\"1\"]]",
		"numeric: Which line is refused?\n\n```\nlet x = 1;\nx = 2;\n``` 2±0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	q := l.Questions()
	if q[0].Scene != "lamp" || q[1].Scene != "lamp" || len(l.Scenes["lamp"].Text) != 1 || q[1].Shuffle || !q[4].Exact || q[1].Pick != 2 {
		t.Errorf("scene, order or exactness is lost: %+v", l.Scenes)
	}
	var notes []string
	for _, n := range r.Notes {
		notes = append(notes, n.Error())
	}
	for _, want := range []string{
		`src/lamps_and_oil.toml:0: "" bent: no-explanation`,
		`src/lamps_and_oil.toml:21: "The word for the light of a boat?" bent: unknown-key "image, case"; justify`,
		`src/lamps_and_oil.toml:30: "Write a loop." bent: code-answer`,
		`src/lamps_and_oil.toml:48: "?" left out: unknown "Matching"`,
	} {
		if !slices.Contains(notes, want) {
			t.Errorf("nobody said %s; said:\n%s", want, strings.Join(notes, "\n"))
		}
	}
}

func TestABookThatIsNoneIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		code bring.Code
	}{
		"no TOML":     {"[[questions]\n", bring.BadTOML},
		"no question": {"title = \"x\"\n", bring.Empty},
		"brackets":    {"x = " + strings.Repeat("[", 1<<20), bring.BadTOML},
	} {
		r := bring.Mdbook([]bring.File{{Name: "a.toml", Data: []byte(c.data)}}, options("a"))
		if r.Questions != 0 || !slices.ContainsFunc(r.Notes, func(n bring.Note) bool { return n.Why[0].Code == c.code }) {
			t.Errorf("%s: %d questions, said %v", name, r.Questions, r.Notes)
		}
	}
}

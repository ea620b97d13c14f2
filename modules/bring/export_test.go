package bring_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fanal/modules"
	"fanal/modules/bring"
)

// hard is a module with one question of each kind, written to break GIFT.
var hard = fstest.MapFS{
	"hard/module.toml": file(`format = 1
id = "hard"
version = "1.0.0"
kind = "job"
license = "CC0-1.0"
authors = ["Somebody: a {test}"]
source = "en"
languages = ["en"]
lessons = ["only"]
[[objective]]
id = "try"
`),
	"hard/en/index.md":   file("# Hard / easy\n\nTricky: {all} of it.\n"),
	"hard/en/index.toml": file("[objectives]\ntry = \"Try = it\"\n"),
	"hard/en/only.md":    file("# A // title: {here}\n\n<!-- ask: gaps -->\n\nText.\n"),
	"hard/en/only.toml": file(`objectives = ["try"]
[[scene]]
id = "sea"
text = """
Before.

> [!NOTE]
> Look: {this} = that.
"""
[[question]]
id = "choice"
type = "choice"
objective = "try"
scene = "sea"
pick = 3
shuffle = false
prompt = "[html] is ~ one: {a} = # \\\\ [x]"
hint = "Line one.\n\nLine -> two."
explanation = "####\n\n- a\n- b"
[[question.option]]
id = "a"
text = "%50%half"
correct = true
feedback = "#no"
[[question.option]]
id = "b"
text = "[html]"
correct = true
[[question.option]]
id = "c"
text = "= x -> y"
correct = true
feedback = "a -> b"
[[question.option]]
id = "d"
text = "// no comment"
[[question]]
id = "either"
type = "true-false"
objective = "try"
prompt = "// TRUE"
answer = false
feedback = "#x"
explanation = "T"
[[question]]
id = "typed"
type = "fill-in"
objective = "try"
prompt = "What is ____ here, and ***?"
answers = ["TRUE", "%5", "a*b", "x = {y}"]
exact = true
feedback = "No."
explanation = "Why."
[[question]]
id = "gap"
type = "fill-in"
objective = "try"
prompt = "{{}} comes first."
answers = [["One"]]
bank = ["One", "Two"]
explanation = "Why."
[[question]]
id = "gaps"
type = "fill-in"
objective = "try"
prompt = "From {{}} to {{}}, and {{}}."
answers = [["one", "1"], ["two"], ["three"]]
bank = ["one", "two", "three", "four"]
feedback = "Count."
explanation = "Why."
[[question]]
id = "number"
type = "numeric"
objective = "try"
prompt = "How many?"
answer = -0.000125
tolerance = 1e-7
unit = "%"
explanation = "Why."
[[question]]
id = "pairs"
type = "matching"
objective = "try"
prompt = "Match."
distractors = ["none", "= [x]"]
feedback = "Again."
explanation = "Why."
[[question.pair]]
id = "p"
left = "1 = 1"
right = "*so*"
[[question.pair]]
id = "q"
left = "[x]"
right = "%5%"
[[question]]
id = "order"
type = "sequencing"
objective = "try"
prompt = "In order."
explanation = "Why."
[[question.step]]
id = "first"
text = "{wake}"
[[question.step]]
id = "then"
text = "wash"
[[question.step]]
id = "last"
text = "go: now"
[[question]]
id = "free"
type = "long-fill-in"
prompt = "Tell."
model = "So #:\n\n1. a\n2. b"
criteria = ["one", "= two"]
explanation = "Why."
[[question]]
id = "where"
type = "likert"
prompt = "Where?"
scale = ["low", "= mid", "high"]
not_applicable = "n/a"
`),
}

func file(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

func hardModule(t *testing.T) *modules.Module {
	t.Helper()
	var lib modules.Library
	if err := lib.Add(hard, modules.Origin{Kind: modules.Folder}); err != nil {
		t.Fatal(err)
	}
	m := lib.Module("hard")
	m.Inspect(func(p *modules.Problem) { t.Fatal(p) })
	return m
}

func TestWhatBreaksGIFTComesBackUnbroken(t *testing.T) {
	m := hardModule(t)
	data, notes, err := bring.WriteGIFT(m, "en")
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, n := range notes {
		said = append(said, n.Error())
	}
	want := []string{
		`:0: "" bent: in-comments`, `only:0: "gaps" bent: as-matching`, `only:0: "order" bent: as-matching`, `only:0: "where" bent: as-either`,
	}
	if !slices.Equal(said, want) {
		t.Errorf("said %q, not %q", said, want)
	}
	r := bring.GIFT([]bring.File{{Name: "x.gift", Data: data}}, options("hard"))
	for _, n := range r.Notes {
		t.Error(n)
	}
	back := opened(t, r)
	l, err := m.Lesson("en", "only")
	if err != nil {
		t.Fatal(err)
	}
	got, err := back.Lesson("en", "only")
	if err != nil {
		t.Fatal(err)
	}
	sameQuestions(t, "only", l.Questions(), got.Questions())
	if got.Title != l.Title || !reflect.DeepEqual(got.Scenes, l.Scenes) {
		t.Errorf("%q, %+v", got.Title, got.Scenes)
	}
}

func TestAnArrowInAPairIsSaid(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, f := range hard {
		fsys[name] = f
	}
	fsys["hard/en/only.toml"] = file(strings.Replace(string(hard["hard/en/only.toml"].Data), `left = "1 = 1"`, `left = "1 -> 1"`, 1))
	var lib modules.Library
	if err := lib.Add(fsys, modules.Origin{Kind: modules.Folder}); err != nil {
		t.Fatal(err)
	}
	data, notes, err := bring.WriteGIFT(lib.Module("hard"), "en")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(notes, func(n bring.Note) bool { return n.Name == "pairs" && n.Why[0].Code == bring.Arrow }) {
		t.Errorf("said %v", notes)
	}
	if !strings.Contains(string(data), "=1 → 1 -> *so*") {
		t.Errorf("the pair is not one any more:\n%s", data)
	}
}

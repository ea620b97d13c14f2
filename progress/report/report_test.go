package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fanal/locale"
	"fanal/modules"
	"fanal/progress"
	"fanal/progress/report"
	"fanal/study"
)

// library is one course of two lessons, and its two tests.
func library(t *testing.T) *modules.Library {
	t.Helper()
	lesson := func(title, id string) (md, toml string) {
		return "# " + title + "\n\n## Read\n\nText.\n", strings.ReplaceAll(questionFile, "ID", id)
	}
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"garden/module.toml": `
format = 1
id = "garden"
version = "1.2.0"
kind = "course"
license = "CC0-1.0"
authors = ["us"]
source = "en"
languages = ["en"]
lessons = ["soil", "water"]
level = "basic"
audience = ["learner"]
requires = []
tags = []
[[objective]]
id = "dig"
competences = []
[mastery]
correct = 2
of = 3
`,
		"garden/en/index.md":      "# The garden; \"ours\"\n\nDig.\n",
		"garden/en/index.toml":    "[objectives]\ndig = \"dig a bed\"\n",
		"garden/en/glossary.toml": "",
		"garden/en/test-a.toml":   strings.ReplaceAll(testFile, "FORM", "a"),
		"garden/en/test-b.toml":   strings.ReplaceAll(testFile, "FORM", "b"),
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for id, title := range map[string]string{"soil": "The soil", "water": "The water"} {
		md, toml := lesson(title, id)
		fsys["garden/en/"+id+".md"] = &fstest.MapFile{Data: []byte(md)}
		fsys["garden/en/"+id+".toml"] = &fstest.MapFile{Data: []byte(toml)}
	}
	lib := &modules.Library{}
	if err := lib.Add(fsys, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	return lib
}

const questionFile = `
objectives = ["dig"]
sources = []
[[question]]
id = "ID-tool"
type = "choice"
objective = "dig"
prompt = "Which tool?"
explanation = "A spade."
  [[question.option]]
  id = "rake"
  text = "A rake"
  feedback = "No."
  [[question.option]]
  id = "spade"
  text = "A spade"
  correct = true
  feedback = "Yes."
  [[question.option]]
  id = "hose"
  text = "=cmd|' /C calc'!A0"
  feedback = "No."
[[question]]
id = "ID-dry"
type = "true-false"
objective = "dig"
prompt = "Dry ground is light."
answer = false
feedback = "No."
explanation = "It is hard."
`

const testFile = `
[[question]]
id = "FORM-one"
type = "true-false"
objective = "dig"
prompt = "One."
answer = true
explanation = "Yes."
[[question]]
id = "FORM-two"
type = "true-false"
objective = "dig"
prompt = "Two."
answer = true
explanation = "Yes."
`

// A class is a store with the means to let people answer.
type class struct {
	t     *testing.T
	store *progress.Store
	now   time.Time
	ids   map[string]string
}

func newClass(t *testing.T, names ...string) *class {
	t.Helper()
	c := &class{t, progress.OpenMemory(), time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC), map[string]string{}}
	for _, name := range names {
		l, err := study.Register(c.store, name, "en")
		if err != nil {
			t.Fatal(err)
		}
		c.ids[name] = l.ID
	}
	return c
}

// does keeps an event of somebody, some time after the one before.
func (c *class) does(who string, later time.Duration, e progress.Event) {
	c.t.Helper()
	c.now = c.now.Add(later)
	e.Learner, e.Time, e.Sitting = c.ids[who], c.now, "sitting-"+who
	if e.Module == "" {
		e.Module, e.Version = "garden", "1.2.0"
	}
	if _, err := c.store.Append(e); err != nil {
		c.t.Fatal(err)
	}
}

func answer(lesson, question string, right bool, response ...string) progress.Event {
	e := progress.Event{
		Verb: progress.Answered, Lesson: lesson, Question: question, Objective: "dig", Right: right, Response: response, Millis: 3000,
	}
	if strings.HasPrefix(lesson, "test-") {
		e.Context = lesson
	}
	return e
}

func (c *class) report(f report.Filter) report.Report {
	c.t.Helper()
	r, err := report.Make(c.store, library(c.t), "en", f)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

func (c *class) test(who, form string, right ...bool) {
	c.t.Helper()
	for i, ok := range right {
		c.does(who, 10*time.Second, answer("test-"+form, form+"-"+[]string{"one", "two"}[i], ok, strconv.FormatBool(ok)))
	}
	c.does(who, time.Second, progress.Event{Verb: progress.Completed, Lesson: "test-" + form, Context: "test-" + form})
}

// afternoon is three people, two of one name, who learn together.
func afternoon(t *testing.T) *class {
	t.Helper()
	c := newClass(t, "Nour", "Ali", "Eva")
	firstForm := map[string]string{}
	for who, id := range c.ids {
		desk := study.Sit(library(t), c.store, progress.Learner{ID: id}, "en", "screen")
		firstForm[who] = strings.TrimPrefix(string(desk.FirstForm("garden")), "test-")
	}
	other := map[string]string{"a": "b", "b": "a"}
	c.test("Nour", firstForm["Nour"], true, false)
	for _, who := range []string{"Nour", "Ali", "Eva"} {
		c.does(who, 30*time.Second, progress.Event{Verb: progress.Reached, Lesson: "soil", Step: "t1"})
	}
	c.does("Nour", 2*time.Minute, answer("soil", "soil-tool", false, "rake"))
	c.does("Nour", time.Minute, answer("soil", "soil-tool", true, "spade"))
	c.does("Ali", time.Minute, answer("soil", "soil-tool", false, "rake"))
	hinted := answer("soil", "soil-tool", true, "spade")
	hinted.Hinted = true
	c.does("Eva", time.Minute, hinted)
	c.does("Nour", time.Hour, answer("soil", "soil-dry", true, "false")) // away for an hour: five minutes
	c.does("Ali", time.Second, answer("soil", "soil-dry", false, "true"))
	skipped := answer("soil", "soil-dry", false)
	skipped.Skipped = true
	c.does("Eva", time.Second, skipped)
	c.does("Nour", time.Second, progress.Event{Verb: progress.Completed, Lesson: "soil"})
	c.test("Nour", other[firstForm["Nour"]], true, true)
	return c
}

func TestReportSaysWhatEachPersonDid(t *testing.T) {
	c := afternoon(t)
	r := c.report(report.Filter{})
	if len(r.People) != 3 || len(r.People[0].Modules) != 1 {
		t.Fatalf("%+v", r.People)
	}
	m := r.People[0].Modules[0]
	if m.Title != `The garden; "ours"` || m.Version != "1.2.0" || !m.Here || m.Lessons != 2 || m.Begun != 1 || m.Done != 1 || m.Mastered != 1 || m.Answers != 7 {
		t.Errorf("%+v", m)
	}
	if m.Before != (report.Score{Right: 1, Asked: 2}) || m.After != (report.Score{Right: 2, Asked: 2}) {
		t.Errorf("tests: %+v %+v", m.Before, m.After)
	}
	if points, ok := m.Gain(); !ok || points != 50 {
		t.Errorf("gain %d %v", points, ok)
	}
	if o := m.Objectives; len(o) != 1 || o[0].Sentence != "dig a bed" || !o[0].Mastered {
		t.Errorf("%+v", o)
	}
	if points, ok := m.Objectives[0].Gain(); !ok || points != 50 {
		t.Errorf("gain of the objective %d %v", points, ok)
	}
	if _, ok := r.People[1].Modules[0].Gain(); ok {
		t.Error("a gain without tests")
	}
}

// 3 s (the first answer) + 10 s + 1 s + 30 s, then two of the others' half minutes, two minutes and one, an hour that
// counts as five minutes and the rest: what Nour's own events are apart.
func TestMinutesAreTimeAtWorkAndNotTimeAway(t *testing.T) {
	c := newClass(t, "Nour")
	c.does("Nour", 0, answer("soil", "soil-tool", false, "rake"))             // 3 s: what the answer took
	c.does("Nour", 2*time.Minute, answer("soil", "soil-tool", true, "spade")) // 2 min
	c.does("Nour", time.Hour, answer("soil", "soil-dry", true, "false"))      // away: 5 min
	c.does("Nour", -20*time.Hour, answer("soil", "soil-dry", true, "false"))  // the clock was turned back: 3 s
	c.does("Nour", time.Minute, progress.Event{Verb: progress.Completed, Lesson: "soil"})
	if m := c.report(report.Filter{}).People[0].Modules[0]; m.Minutes != 8 {
		t.Errorf("%d minutes, want 8", m.Minutes)
	}
}

func TestQuestionsSayWhoKnewItAtOnceAndWhatTheOthersChose(t *testing.T) {
	r := afternoon(t).report(report.Filter{})
	found := map[string]report.Question{}
	for _, q := range r.Questions {
		found[q.ID] = q
	}
	tool, dry := found["soil-tool"], found["soil-dry"]
	if tool.People != 3 || tool.First != 0 || tool.Answers != 4 || tool.Wrong != "rake" || tool.WrongText != "A rake" || tool.WrongPeople != 2 {
		t.Errorf("%+v", tool) // right after a hint, or at the second answer, is not at once
	}
	if dry.People != 3 || dry.First != 1 || dry.Wrong != "true" || dry.WrongPeople != 1 || report.WrongName(dry, locale.New("fr")) != "Vrai" {
		t.Errorf("%+v", dry)
	}
	if tool.LessonTitle != "The soil" || tool.Prompt != "Which tool?" {
		t.Errorf("%+v", tool)
	}
	if r.Questions[0].ID != "soil-tool" {
		t.Errorf("the hardest is not first: %s", r.Questions[0].ID)
	}
}

func TestReportCanBeAboutAPersonAModuleOrADay(t *testing.T) {
	c := afternoon(t)
	c.does("Ali", 0, progress.Event{Verb: progress.Reached, Module: "away", Version: "1.0.0", Lesson: "x", Step: "t1"})
	if r := c.report(report.Filter{Learner: c.ids["Ali"]}); len(r.People) != 1 || r.People[0].Name != "Ali" || r.Questions[0].People != 1 {
		t.Errorf("one person: %+v", r)
	}
	if m := c.report(report.Filter{}).People[1].Modules; len(m) != 2 || m[1].Module != "away" || m[1].Here || m[1].Begun != 1 {
		t.Errorf("a module that is not here: %+v", m)
	}
	if r := c.report(report.Filter{Module: "garden"}); len(r.People[1].Modules) != 1 {
		t.Errorf("one module: %+v", r.People[1])
	}
	if r := c.report(report.Filter{Leave: func(l progress.Learner) bool { return l.Name == "Eva" }}); len(r.People) != 2 || r.Left != 1 || r.Questions[0].People != 2 {
		t.Errorf("without Eva: %+v", r)
	}
	c.now = time.Date(2009, 1, 1, 0, 0, 0, 0, time.UTC) // a dead battery
	c.does("Ali", 0, answer("water", "water-dry", true, "false"))
	c.now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	c.does("Ali", 0, answer("water", "water-tool", true, "spade"))
	r := c.report(report.Filter{Since: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)})
	if len(r.Questions) != 1 || r.Questions[0].ID != "water-tool" || r.Undated != 1 || len(r.People) != 3 || len(r.People[0].Modules) != 0 {
		t.Errorf("since a day: %+v", r)
	}
}

func TestTwoPeopleWhoAreOneCountOnce(t *testing.T) {
	c := afternoon(t)
	if _, err := c.store.Append(progress.Event{Learner: c.ids["Nour"], Verb: progress.Merged, Other: c.ids["Ali"]}); err != nil {
		t.Fatal(err)
	}
	r := c.report(report.Filter{})
	if len(r.People) != 2 {
		t.Fatalf("%d people", len(r.People))
	}
	for _, q := range r.Questions {
		if q.ID == "soil-tool" && (q.People != 2 || q.WrongPeople != 1) {
			t.Errorf("%+v", q)
		}
	}
}

func TestTableOpensAsNumbersAndTexts(t *testing.T) {
	c := afternoon(t)
	evil := `=HYPERLINK("x"); ` + "é"
	if _, err := c.store.Append(progress.Event{Learner: c.ids["Ali"], Verb: progress.Profiled, Profile: &progress.Profile{Name: &evil}}); err != nil {
		t.Fatal(err)
	}
	r := c.report(report.Filter{})
	for _, lang := range locale.Languages {
		for _, mark := range []rune{';', ',', '\t'} {
			for table, width := range map[report.Table]int{report.People: 17, report.Objectives: 10, report.Questions: 10} {
				var b bytes.Buffer
				if err := r.WriteCSV(&b, table, locale.New(lang), mark); err != nil {
					t.Fatal(err)
				}
				text := b.String()
				if !strings.HasPrefix(text, "\uFEFF\"") || !strings.HasSuffix(text, "\r\n") {
					t.Errorf("%s %s: %q", lang, table, text)
				}
				rd := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\uFEFF")))
				rd.Comma = mark
				rows, err := rd.ReadAll()
				if err != nil || len(rows) < 2 || len(rows[0]) != width {
					t.Fatalf("%s %s: %d columns in %d rows, %v", lang, table, len(rows[0]), len(rows), err)
				}
				for _, head := range rows[0] {
					if strings.HasPrefix(head, "report-") || head == "" {
						t.Errorf("%s: head %q", lang, head)
					}
				}
				bare := barePattern(text, mark)
				for _, field := range bare {
					if _, err := strconv.Atoi(field); field != "" && err != nil {
						t.Errorf("%s %s: %q is neither a whole number nor in quotes", lang, table, field)
					}
				}
				for _, row := range rows[1:] {
					for _, cell := range row {
						if strings.HasPrefix(cell, "=") {
							t.Errorf("%s: a spreadsheet would compute %q", table, cell)
						}
					}
				}
			}
		}
	}
}

// barePattern returns the fields of a table that stand outside quotes.
func barePattern(text string, mark rune) (bare []string) {
	var b strings.Builder
	quoted := false
	for _, r := range strings.TrimPrefix(text, "\uFEFF") {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		default:
			b.WriteRune(r)
		}
	}
	for line := range strings.SplitSeq(b.String(), "\r\n") {
		bare = append(bare, strings.Split(line, string(mark))...)
	}
	return bare
}

func TestPageSaysEveryBarInWords(t *testing.T) {
	r := afternoon(t).report(report.Filter{})
	for _, lang := range locale.Languages {
		var b bytes.Buffer
		if err := r.WriteHTML(&b, locale.New(lang), lang); err != nil {
			t.Fatal(err)
		}
		page := b.String()
		bars := strings.Count(page, `class="bar" aria-hidden="true"`)
		if bars < 6 {
			t.Errorf("%s: %d bars", lang, bars)
		}
		for part := range strings.SplitSeq(page, `class="bar" aria-hidden="true"`) {
			if _, after, ok := strings.Cut(part, "</span></span>"); ok && (after == "" || after[0] == '<') {
				t.Errorf("%s: a bar without words: %.80q", lang, after)
			}
		}
		for _, want := range []string{"Nour", "dig a bed", "Which tool?", "A rake", `The garden; &#34;ours&#34;`} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: %q is missing", lang, want)
			}
		}
		for _, not := range []string{"report-", "<script", "http", "<no value>", "ZgotmplZ"} {
			if strings.Contains(page, not) {
				t.Errorf("%s: %q is on the page", lang, not)
			}
		}
		var lines []string
		r.Write(locale.New(lang), func(line string) { lines = append(lines, line) })
		if all := strings.Join(lines, "\n"); strings.Contains(all, "report-") || !strings.Contains(all, "dig a bed") {
			t.Errorf("%s:\n%s", lang, all)
		}
	}
}

func TestJSONIsTheReport(t *testing.T) {
	r := afternoon(t).report(report.Filter{})
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var again report.Report
	if err := json.Unmarshal(text, &again); err != nil || fmt.Sprint(again) != fmt.Sprint(r) {
		t.Errorf("%v\n%v\n%v", err, again, r)
	}
}

func TestEmptyLaptopMakesAnEmptyReport(t *testing.T) {
	r := newClass(t).report(report.Filter{})
	var b bytes.Buffer
	if err := r.WriteHTML(&b, locale.New("en"), "en"); err != nil || len(r.People) != 0 || r.Questions == nil {
		t.Errorf("%+v %v", r, err)
	}
}

package modules_test

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"fanal/modules"
	"fanal/modules/quiz"
)

func TestTheManifestSaysWhatTheModuleIs(t *testing.T) {
	m, err := open(nil).Manifest()
	if err != nil {
		t.Fatal(err)
	}
	if m.ID != "tea" || m.Kind != modules.Course || m.Source != "fr" || m.Mastery != (modules.Mastery{Correct: 2, Of: 3}) {
		t.Errorf("manifest = %+v", m)
	}
	if len(m.Objectives) != 2 || m.Objectives[0].ID != "boil" || m.Objectives[0].Competences[0] != "digcomp-3.0:1.3" {
		t.Errorf("objectives = %+v", m.Objectives)
	}
	without, err := open(map[string]string{"module.toml": strings.Split(manifest, "[mastery]")[0]}).Manifest()
	if err != nil || without.Mastery != (modules.Mastery{Correct: 4, Of: 5}) {
		t.Errorf("a module without a rule of its own has %+v, %v", without, err)
	}
}

func TestALessonIsCutIntoSteps(t *testing.T) {
	l := mustLesson(t, open(nil), "fr", "brew")
	var got []string
	for _, s := range l.Steps {
		what := s.ID + " [" + s.Heading + "]"
		for _, b := range s.Blocks {
			what += " " + b.Callout + ":" + b.Markdown
		}
		if (s.Question != nil) != strings.HasPrefix(s.ID, "q:") {
			t.Errorf("step %s holds the question %v", s.ID, s.Question)
		}
		got = append(got, what)
	}
	want := []string{
		"t1 [] :Before all.",
		"t2 [Water] :Take a kettle.",
		"q:hot [Water]",
		"t3 [Water] :Then wait.",
		"q:cold [Cold]",
		"q:who [Cold]", // of the same scene: asked in a row
		"t4 [Nothing yet]",
		"t5 [End] summary:Short. :And a kettle, a pot.",
		"q:how-hot []", // what no line places comes after the text, in the order of the file
		"q:last []",
	}
	if !slices.Equal(got, want) {
		t.Errorf("steps:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if l.Title != "Brew tea" || l.Module != "tea" || l.Lang != "fr" {
		t.Errorf("lesson is %q of %q in %q", l.Title, l.Module, l.Lang)
	}
	if !slices.Equal(l.Terms, []string{"kettle", "pot"}) {
		t.Errorf("terms = %q", l.Terms)
	}
	if scene := l.Scenes["kitchen"].Text; len(scene) != 2 || scene[0].Markdown != "A **kitchen**." || scene[1] != (modules.Block{Callout: "note", Markdown: "It is cold."}) {
		t.Errorf("scene = %q", scene)
	}
}

func TestQuestionsOfASceneThatNoLinePlacesStayInARow(t *testing.T) {
	md := "# Brew\n\nText.\n"
	l := mustLesson(t, open(map[string]string{"fr/brew.md": md}), "fr", "brew")
	var ids []string
	for _, q := range l.Questions() {
		ids = append(ids, q.ID)
	}
	if want := []string{"hot", "how-hot", "cold", "who", "last"}; !slices.Equal(ids, want) {
		t.Errorf("questions are asked in the order %q, want %q", ids, want)
	}
}

func TestEveryTypeOfQuestionIsRead(t *testing.T) {
	const more = `
[[question]]
id = "match"
type = "matching"
objective = "boil"
prompt = "Match."
feedback = "Look again."
distractors = ["z"]
pair = [ { id = "p", left = "l", right = "r" }, { id = "q", left = "m", right = "r" } ]

[[question]]
id = "gaps"
type = "fill-in"
objective = "boil"
prompt = "{{}} and {{}}"
answers = [["a", "b"], ["c"]]
bank = ["c", "b", "d"]
exact = true

[[question]]
id = "write"
type = "long-fill-in"
prompt = "Write."
model = """
One.

Two."""
criteria = ["short", "true"]

[[question]]
id = "feel"
type = "likert"
prompt = "I feel well."
scale = ["no", "yes"]
not_applicable = "no answer"

[[question]]
id = "two"
type = "choice"
objective = "boil"
prompt = "Two."
pick = 2
shuffle = false
option = [ { id = "a", text = "A", correct = true }, { id = "b", text = "B", correct = true, feedback = "F" } ]
`
	l := mustLesson(t, open(map[string]string{"fr/brew.toml": lesson + more}), "fr", "brew")
	byID := map[string]*quiz.Question{}
	for _, q := range l.Questions() {
		byID[q.ID] = q
	}
	if q := byID["match"]; len(q.Pairs) != 2 || q.Pairs[1] != (quiz.Pair{ID: "q", Left: "m", Right: "r"}) || q.Distractors[0] != "z" || q.Feedback != "Look again." {
		t.Errorf("matching = %+v", q)
	}
	if q := byID["gaps"]; len(q.Accept) != 2 || !slices.Equal(q.Accept[0], []string{"a", "b"}) || len(q.Bank) != 3 || !q.Exact {
		t.Errorf("fill-in = %+v", q)
	}
	if q := byID["write"]; q.Model != "One.\n\nTwo." || len(q.Criteria) != 2 {
		t.Errorf("long-fill-in = %+v", q)
	}
	if q := byID["feel"]; len(q.Scale) != 2 || q.NotApplicable != "no answer" {
		t.Errorf("likert = %+v", q)
	}
	if q := byID["two"]; q.Pick != 2 || q.Shuffle || q.Options[1].Feedback != "F" {
		t.Errorf("choice of two = %+v", q)
	}
	if q := byID["who"]; q.Pick != 1 || !q.Shuffle || !q.Options[0].Correct || q.Options[1].Correct {
		t.Errorf("choice = %+v", q)
	}
	if q := byID["hot"]; !q.Truth {
		t.Errorf("true-false = %+v", q)
	}
	if q := byID["how-hot"]; q.Number != 100 || q.Tolerance != 0 || q.Unit != "°C" {
		t.Errorf("numeric = %+v", q)
	}
	if q := byID["last"]; len(q.Steps) != 2 || q.Steps[0] != (quiz.Item{ID: "a", Text: "Fill"}) {
		t.Errorf("sequencing = %+v", q)
	}
}

func TestTheIndexHasTitleSummaryAndIntroduction(t *testing.T) {
	i, err := open(nil).Index("fr")
	if err != nil {
		t.Fatal(err)
	}
	if i.Lang != "fr" || i.Title != "Le thé" || i.Summary != "Un petit module." || i.Objectives["pour"] != "Verser" {
		t.Errorf("index = %+v", i)
	}
	if len(i.Intro) != 1 || i.Intro[0].Markdown != "## Suite\n\nTexte." {
		t.Errorf("introduction = %q", i.Intro)
	}
}

func TestTheOtherFilesAreReadToo(t *testing.T) {
	m := open(map[string]string{
		"fr/advice.toml":    "[[advice]]\nobjective = \"boil\"\nup_to = 33.3\ntext = \"Start.\"\n",
		"fr/facilitator.md": "# Pour vous\n\n## Avant\n\nPréparez.\n",
	})
	test, err := m.Test("fr", "b")
	if err != nil || test.ID != "test-b" || test.Title != "" || len(test.Steps) != 5 || len(test.Scenes) != 1 {
		t.Errorf("test = %+v, %v", test, err)
	}
	if terms, err := m.Glossary("fr"); err != nil || len(terms) != 1 || terms[0] != (modules.Term{ID: "kettle", Term: "bouilloire", Definition: "Un pot."}) {
		t.Errorf("glossary = %+v, %v", terms, err)
	}
	if s, err := m.Sources(); err != nil || len(s) != 1 || s[0] != (modules.Source{ID: "book", Title: "A book", Date: "2020-01-31"}) {
		t.Errorf("sources = %+v, %v", s, err)
	}
	if a, err := m.Advice("en"); err != nil || len(a) != 1 || a[0] != (modules.Advice{Objective: "boil", UpTo: 33.3, Text: "Start."}) {
		t.Errorf("advice = %+v, %v", a, err)
	}
	if f, err := m.Facilitator("fr"); err != nil || f.Title != "Pour vous" || len(f.Steps) != 1 || f.Steps[0].Heading != "Avant" {
		t.Errorf("facilitator's text = %+v, %v", f, err)
	}
	if names, err := m.Files(); err != nil || !slices.Equal(names, []string{"files/list.csv"}) {
		t.Errorf("files = %q, %v", names, err)
	}
	if data, err := m.File("files/list.csv"); err != nil || string(data) != "a;b\n" {
		t.Errorf("file = %q, %v", data, err)
	}
	for _, name := range []string{"module.toml", "files/../module.toml", "/files/list.csv", "files/none.csv", "files", ""} {
		if data, err := m.File(name); err == nil || strings.HasPrefix(name, "files/n") != errors.Is(err, fs.ErrNotExist) && name != "files" && data != nil {
			t.Errorf("file %q = %q, %v", name, data, err)
		}
	}
}

func TestWhatAModuleNeedNotHave(t *testing.T) {
	m := open(map[string]string{"sources.toml": "", "fr/glossary.toml": "", "fr/test-a.toml": "", "files/list.csv": ""})
	if s, err := m.Sources(); s != nil || err != nil {
		t.Errorf("sources = %v, %v", s, err)
	}
	if g, err := m.Glossary("fr"); g != nil || err != nil {
		t.Errorf("glossary = %v, %v", g, err)
	}
	if a, err := m.Advice("fr"); a != nil || err != nil {
		t.Errorf("advice = %v, %v", a, err)
	}
	if f, err := m.Files(); f != nil || err != nil {
		t.Errorf("files = %v, %v", f, err)
	}
	if _, err := m.Test("fr", "a"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a test that is not there gives %v", err)
	}
	if _, err := m.Facilitator("fr"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a facilitator's text that is not there gives %v", err)
	}
	if _, err := m.Lesson("fr", "brow"); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), `"brew"`) {
		t.Errorf("a lesson that is not there gives %v", err)
	}
}

func TestWhatALanguageLacksComesFromTheSource(t *testing.T) {
	m := open(map[string]string{"en/brew.toml": "objectives = [\"boil\"]\n", "en/serve.md": "# Serve\n"})
	for asked, want := range map[string]string{"fr": "fr", "en": "en", "en-GB": "en", "EN_us": "en", "it": "fr", "": "fr", "../fr": "fr"} {
		if got := m.Edition(asked); got != want {
			t.Errorf("who asks for %q gets %q, want %q", asked, got, want)
		}
	}
	if l := mustLesson(t, m, "en", "serve"); l.Lang != "fr" || l.Title != "Servir" {
		t.Errorf("a lesson without its .toml is %q in %q", l.Title, l.Lang)
	}
	if l := mustLesson(t, m, "it", "serve"); l.Lang != "fr" {
		t.Errorf("a lesson in a language that the module lacks is in %q", l.Lang)
	}
	if g, err := m.Glossary("en"); err != nil || len(g) != 1 {
		t.Errorf("glossary = %v, %v", g, err)
	}
	for _, name := range []string{"en/index.md", "en/index.toml"} {
		if i, err := open(map[string]string{name: ""}).Index("en"); err != nil || i.Lang != "fr" || i.Title != "Le thé" {
			t.Errorf("without %s the index is %+v, %v", name, i, err)
		}
	}
}

func TestOutlinesCountAsLessonsDo(t *testing.T) {
	m := open(map[string]string{"fr/serve.toml": "objectives = [\"pour\"]\n# [[question]]\nsources = [\"[[question]]\", '''\n[[question]]\n''']\n"})
	outlines, err := m.Outline("fr")
	if err != nil || len(outlines) != 2 {
		t.Fatal(outlines, err)
	}
	sum := 0
	for _, o := range outlines {
		l := mustLesson(t, m, "fr", o.ID)
		if o.Title != l.Title || o.Words != l.Words || o.Questions != len(l.Questions()) || o.Minutes() != l.Minutes() || o.Lang != l.Lang {
			t.Errorf("outline %+v of the lesson %q with %d words and %d questions", o, l.Title, l.Words, len(l.Questions()))
		}
		sum += l.Minutes()
	}
	if all, err := m.Minutes("fr"); err != nil || all != sum {
		t.Errorf("all lessons take %d minutes, %v; want %d", all, err, sum)
	}
	if l := mustLesson(t, m, "fr", "brew"); l.Words != 20 || l.Minutes() != 4 { // 20/120 + 5×40/60 = 3.5
		t.Errorf("%d words, %d minutes", l.Words, l.Minutes())
	}
	if title, err := m.Title("en"); err != nil || title != "Tea" {
		t.Errorf("title = %q, %v", title, err)
	}
}

func TestTitlesAreTheSameWithAndWithoutParsing(t *testing.T) {
	for _, title := range []string{
		"# Tea", "#  Tea  ", "# Tea #", "# *Tea* & `milk`", "# C#", "# [Tea](glossary:kettle)", "# Tea\tfor two", "\ufeff# Tea", "\n\n# Tea\r\n",
		"# Tea &amp; milk", "# <b>Tea</b>", "# \\# Tea", "# Tea\u202e", "   # Tea", "# 1. Tea",
	} {
		m := open(map[string]string{"fr/index.md": title + "\n\nText.\n"})
		quick, err := m.Title("fr")
		index, err2 := m.Index("fr")
		if err != nil || err2 != nil || quick != index.Title || quick == "" {
			t.Errorf("%q: title %q, %v; index %+v, %v", title, quick, err, index, err2)
		}
	}
}

// A counter counts the files that are opened in it.
type counter struct {
	fs.FS
	opened atomic.Int64
}

func (c *counter) Open(name string) (fs.File, error) {
	c.opened.Add(1)
	return c.FS.Open(name)
}

func TestOpeningReadsNothingAndTheManifestIsReadOnce(t *testing.T) {
	c := &counter{FS: tea(nil)}
	m := modules.Open(c, modules.Origin{Kind: modules.Folder, Path: "sticks/tea"})
	if m.ID() != "tea" || c.opened.Load() != 0 {
		t.Errorf("opening %q opened %d files", m.ID(), c.opened.Load())
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := m.Manifest(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := c.opened.Load(); n != 1 {
		t.Errorf("reading the manifest eight times opened %d files", n)
	}
}

func TestTheIDComesFromWhereTheModuleIs(t *testing.T) {
	tests := map[modules.Origin]string{
		{Kind: modules.Folder, Path: "a/b/tea"}:           "tea",
		{Kind: modules.Pack, Path: "a/tea-1.2.0.fanal"}:   "tea",
		{Kind: modules.Pack, Path: "no-code-1.0.0.fanal"}: "no-code",
		{Kind: modules.Pack, Path: "Copy of it.fanal"}:    "tea", // then the manifest says it
		{Kind: modules.Folder, Path: "."}:                 "tea",
		{Kind: modules.Folder, Path: "../.."}:             "tea",
		{Kind: modules.Folder, Path: "E:/"}:               "tea", // a stick that holds one module and nothing else
		{}:                                                "tea",
	}
	for origin, want := range tests {
		if got := modules.Open(tea(nil), origin).ID(); got != want {
			t.Errorf("%+v holds %q, want %q", origin, got, want)
		}
	}
}

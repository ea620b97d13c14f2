package study_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fanal/modules"
	"fanal/modules/quiz"
	"fanal/progress"
	"fanal/study"
)

// garden is a lesson with a text, a choice, a text, a number, and a scene of its own question, in two languages.
func garden(t *testing.T) *modules.Library {
	t.Helper()
	toml := func(prompt string) string {
		return `objectives = ["see"]
sources = []
[[scene]]
id = "rain"
text = "` + prompt + `, la pluie"
[[question]]
id = "tool"
type = "choice"
objective = "see"
prompt = "` + prompt + `"
hint = "h"
explanation = "e"
[[question.option]]
id = "rake"
text = "r"
correct = true
feedback = "yes"
[[question.option]]
id = "saw"
text = "s"
feedback = "no"
[[question.option]]
id = "axe"
text = "a"
feedback = "no"
[[question.option]]
id = "hoe"
text = "o"
feedback = "no"
[[question]]
id = "rows"
type = "numeric"
objective = "see"
prompt = "` + prompt + ` ?"
answer = 4
feedback = "count"
explanation = "e"
[[question]]
id = "wet"
type = "true-false"
objective = "see"
scene = "rain"
prompt = "p"
answer = true
explanation = "e"
`
	}
	fsys := fstest.MapFS{}
	text := "# One\n\n## A\n\nText.\n\n<!-- ask: tool -->\n\n## B\n\nMore.\n\n<!-- ask: rows -->\n\n## Talk\n\nWhat do you think?\n"
	for name, b := range map[string]string{
		"m/module.toml": manifestIn(`"fr", "en"`),
		"m/fr/index.md": "# M\n\nUn module.\n", "m/fr/index.toml": "[objectives]\nsee = \"voir\"\n",
		"m/en/index.md": "# M\n\nA module.\n", "m/en/index.toml": "[objectives]\nsee = \"see\"\n",
		"m/fr/one.md": text, "m/fr/one.toml": toml("Quel outil"),
		"m/en/one.md": text, "m/en/one.toml": toml("Which tool"),
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(b)}
	}
	lib := &modules.Library{}
	if err := lib.Add(fsys, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	return lib
}

func learner(t *testing.T, store *progress.Store) progress.Learner {
	t.Helper()
	l, err := study.Register(store, "Nour", "fr")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func open(t *testing.T, d *study.Desk) *study.Run {
	t.Helper()
	r, err := d.OpenLesson("m", "one")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func goTo(t *testing.T, r *study.Run, step string) {
	t.Helper()
	for i := range r.Len() {
		if r.StepAt(i).ID == step || r.StepAt(i).Question != nil && r.StepAt(i).Question.ID == step {
			r.Go(i)
			if err := r.Mark()(); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("no step %q", step)
}

// Who closes the lid and comes back finds the step they were at, and what they answered where it stood on the screen.
func TestWhoComesBackFindsTheirStepAndTheirAnswerWhereItStood(t *testing.T) {
	lib, store := garden(t), progress.OpenMemory()
	l := learner(t, store)
	for range 20 { // a layout drawn anew would be another one most of the time
		r := open(t, sitting(lib, store, l))
		goTo(t, r, "tool")
		if r.Ask().Outcome != nil {
			r.Retry()
		}
		give(t, r, "saw")
		before := r.Ask().Layout
		goTo(t, r, "rows")

		r = open(t, sitting(lib, store, l))
		if r.Step().Question == nil || r.Step().Question.ID != "rows" {
			t.Fatalf("back at %q, not where it was left", r.Step().ID)
		}
		goTo(t, r, "tool")
		a := r.Ask()
		if a.Outcome == nil || a.Outcome.Right || !slices.Equal(a.Outcome.Answer, quiz.Answer{"saw"}) {
			t.Fatalf("the answer is gone: %+v", a.Outcome)
		}
		if !slices.Equal(a.Layout.Left, before.Left) {
			t.Fatalf("the options stood as %v and stand as %v", before.Left, a.Layout.Left)
		}
	}
}

func TestAVerdictIsNotPartOfTheRunBeforeItIsKept(t *testing.T) {
	lib, store := garden(t), progress.OpenMemory()
	r := open(t, sitting(lib, store, learner(t, store)))
	goTo(t, r, "tool")
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	_, keep := r.Answer(quiz.Answer{"rake"}, "")
	if err := keep(); !errors.Is(err, progress.ErrClosed) {
		t.Fatalf("an answer that cannot be kept: %v", err)
	}
	if r.Ask().Outcome != nil {
		t.Error("the answer counts though it was not kept")
	}
}

func TestASkippedQuestionShowsItsAnswerAndComesBack(t *testing.T) {
	lib, store := garden(t), progress.OpenMemory()
	l := learner(t, store)
	r := open(t, sitting(lib, store, l))
	goTo(t, r, "tool")
	s, keep := r.Skip()
	if err := keep(); err != nil {
		t.Fatal(err)
	}
	r.Settle(s)
	if out := r.Ask().Outcome; !out.Skipped || out.Right || !slices.Equal(out.Correct, quiz.Answer{"rake"}) {
		t.Errorf("%+v", out)
	}
	if q, _ := store.Question(l.ID, "m", "one", "tool"); !q.Skipped || q.Right || q.Wrong != 1 || q.Box != 1 {
		t.Errorf("it counts as known: %+v", q)
	}
	again := r.Again()
	if again == nil || again.Step().Question.ID != "tool" {
		t.Fatal("it is not asked again")
	}
}

func TestASecondRoundAsksOnlyWhatWasMissed(t *testing.T) {
	lib, store := garden(t), progress.OpenMemory()
	r := open(t, sitting(lib, store, learner(t, store)))
	goTo(t, r, "tool")
	give(t, r, "saw")
	if out := r.Ask().Outcome; !slices.Equal(out.Feedback, []string{"no"}) {
		t.Errorf("feedback %q is not that of the option", out.Feedback)
	}
	goTo(t, r, "rows")
	give(t, r, "4")
	goTo(t, r, "wet")
	give(t, r, "false")
	res, err := r.Result()
	if err != nil || res.Asked != 3 || res.Right != 1 || len(res.Missed) != 2 || res.Missed[0].Heading != "A" || res.Missed[1].Heading != "B" {
		t.Fatalf("%+v %v", res, err)
	}
	again := r.Again()
	var asked []string
	for i := range again.Len() {
		asked = append(asked, again.StepAt(i).Question.ID)
	}
	if !slices.Equal(asked, []string{"tool", "wet"}) {
		t.Fatalf("asks %v", asked)
	}
	if again.Go(1); again.Ask().Scene == nil || again.Ask().Attempt != 2 {
		t.Errorf("without its scene, or not counted: %+v", again.Ask())
	}
	again.Go(0)
	give(t, again, "rake")
	again.Go(1)
	give(t, again, "true")
	if more := again.Again(); more != nil {
		t.Errorf("asks %d more though all was right", more.Len())
	}
}

func TestAnotherLanguageKeepsTheStepTheOrderAndTheAnswer(t *testing.T) {
	lib, store := garden(t), progress.OpenMemory()
	r := open(t, sitting(lib, store, learner(t, store)))
	goTo(t, r, "tool")
	give(t, r, "saw")
	before := r.Ask()
	layout := before.Layout
	if err := r.Speak("en"); err != nil {
		t.Fatal(err)
	}
	a := r.Ask()
	if a.Question.Prompt != "Which tool" || a.Outcome == nil || !slices.Equal(a.Layout.Left, layout.Left) || r.At() != 1 {
		t.Errorf("%q at %d, %+v", a.Question.Prompt, r.At(), a.Outcome)
	}
}

// A lesson is mastered by different questions, without hints, among the last answers: not by one question again and again.
func TestMasteryIsNotGivenForOneQuestionNorForHints(t *testing.T) {
	right := func(questions ...string) (answers []given) {
		for _, q := range questions {
			answers = append(answers, given{question: q})
		}
		return answers
	}
	for _, tt := range []struct {
		name    string
		answers []given
		want    study.State
	}{
		{"four different ones right", right("q0", "q1", "q2", "q3"), study.Mastered},
		{"one question four times", append([]given{{question: "q1", wrong: true}}, right("q0", "q0", "q0", "q0")...), study.Done},
		{"three of the last five", append([]given{{question: "q3", wrong: true}, {question: "q4", wrong: true}}, right("q0", "q1", "q2")...), study.Done},
		{"one of the four after a hint", append(right("q0", "q1", "q2"), given{question: "q3", hinted: true}), study.Done},
		{"the last five count", append(right("q0", "q1", "q2", "q3"), given{question: "q4", wrong: true}), study.Mastered},
		{"and no more", append(right("q0", "q1", "q2", "q3"), given{question: "q4", wrong: true}, given{question: "q5", wrong: true}), study.Done},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lib, store := library(t, 6), progress.OpenMemory()
			l := learner(t, store)
			for _, g := range tt.answers {
				_, err := store.Append(progress.Event{
					Learner: l.ID, Verb: progress.Answered, Sitting: "s", Module: "m", Lesson: "one", Question: g.question,
					Right: !g.wrong, Hinted: g.hinted,
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if _, err := store.Append(progress.Event{Learner: l.ID, Verb: progress.Completed, Module: "m", Lesson: "one"}); err != nil {
				t.Fatal(err)
			}
			g, err := sitting(lib, store, l).Glance(lib.Module("m"))
			if err != nil || g.Lessons[0].State != tt.want {
				t.Errorf("%v %v, want %v", g.Lessons[0].State, err, tt.want)
			}
		})
	}
}

type given struct {
	question      string
	wrong, hinted bool
}

func TestAHintIsSaidOnceAndNoted(t *testing.T) {
	lib, store := garden(t), progress.OpenMemory()
	l := learner(t, store)
	r := open(t, sitting(lib, store, l))
	goTo(t, r, "tool")
	if r.Hint() != "h" {
		t.Fatal("no hint")
	}
	give(t, r, "rake")
	if q, _ := store.Question(l.ID, "m", "one", "tool"); !q.Right || !q.Hinted {
		t.Errorf("the hint is not in the record: %+v", q)
	}
}

func TestAModuleThatIsNotHereIsSaidSo(t *testing.T) {
	lib, store := garden(t), progress.OpenMemory()
	d := sitting(lib, store, learner(t, store))
	for _, at := range [][2]string{{"nowhere", "one"}, {"m", "nothing"}} {
		if _, err := d.OpenLesson(at[0], at[1]); !errors.Is(err, study.ErrNoLesson) {
			t.Errorf("%v: %v", at, err)
		}
	}
}

// The screens open a lesson in the background: the answers in it are of one sitting with the others, for one evening counts
// as one session.
func TestALessonOpenedApartIsOfTheSameSitting(t *testing.T) {
	lib, store := garden(t), progress.OpenMemory()
	l := learner(t, store)
	d := sitting(lib, store, l)
	goTo(t, open(t, d), "t1")
	apart := d.Apart()
	before := apart.Lang
	_ = d.Speak("fr")
	if apart.Lang != before {
		t.Error("the view changed with the desk")
	}
	r := open(t, apart)
	if err := r.Mark()(); err != nil {
		t.Fatal(err)
	}
	if err := open(t, d).Mark()(); err != nil {
		t.Fatal(err)
	}
	sittings := map[string]bool{}
	for e, err := range store.Events(l.ID) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Verb == progress.Reached {
			sittings[e.Sitting] = true
		}
	}
	if len(sittings) != 1 {
		t.Errorf("%d sittings", len(sittings))
	}
}

// Who begins a lesson with its title and looks at it is told what is missing; nobody's program ends by it.
func TestALessonThatIsNotWrittenYetIsSaidSo(t *testing.T) {
	lib := &modules.Library{}
	lib.Put(modules.Open(fstest.MapFS{
		"module.toml": {Data: []byte(`format = 1
id = "m"
version = "1.0.0"
kind = "course"
license = "MIT"
source = "en"
languages = ["en"]
lessons = ["one"]
`)},
		"en/index.md": {Data: []byte("# M\n\nA module.\n")},
		"en/one.md":   {Data: []byte("# One\n")}, "en/one.toml": {},
		"en/test-a.toml": {}, "en/test-b.toml": {},
	}, modules.Origin{Kind: modules.Folder, Path: "m"}))
	store := progress.OpenMemory()
	d := sitting(lib, store, learner(t, store))
	var p *modules.Problem
	if _, err := d.OpenLesson("m", "one"); !errors.As(err, &p) || p.Code != modules.NoSteps || p.File != "en/one.md" {
		t.Errorf("the lesson: %v", err)
	}
	if _, err := d.OpenTest(lib.Module("m"), study.TestA); !errors.As(err, &p) || p.Code != modules.NoSteps || p.File != "en/test-a.toml" {
		t.Errorf("the test: %v", err)
	}
}

// A name is one line of a list, whatever was typed or pasted for it, and finds its person again.
func TestNameIsKeptAsItCanBeShown(t *testing.T) {
	store := progress.OpenMemory()
	for typed, want := range map[string]string{
		"  Fatou ":                "Fatou",
		"Fa\x1b[31mtou\nDiallo":   study.CleanName("Fa\x1b[31mtou\nDiallo"),
		strings.Repeat("é", 5000): strings.Repeat("é", study.NameLength),
	} {
		l, err := study.Register(store, typed, "fr")
		if err != nil {
			t.Fatal(err)
		}
		if l.Name != want || study.CleanName(l.Name) != l.Name || strings.ContainsAny(l.Name, "\x1b\n") {
			t.Errorf("%.20q is kept as %q, want %q", typed, l.Name, want)
		}
	}
}

package study_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"fanal/modules"
	"fanal/modules/quiz"
	"fanal/progress"
	"fanal/study"
)

// The worked example of docs/review.md is what a mediator reads: what it says must be what happens.
func TestWorkedExampleOfTheDocsIsWhatHappens(t *testing.T) {
	doc, err := os.ReadFile("../docs/review.md")
	if err != nil {
		t.Fatal(err)
	}
	store := progress.OpenMemory()
	l, err := study.Register(store, "Nour", "fr")
	if err != nil {
		t.Fatal(err)
	}
	session, rows := 0, 0
	answer := func(question, how string) {
		t.Helper()
		e := progress.Event{
			Learner: l.ID, Verb: progress.Answered, Sitting: "sitting-" + strconv.Itoa(session),
			Module: "m", Lesson: "one", Question: question, Context: "review",
			Right: how == "right" || how == "hinted", Hinted: how == "hinted", Skipped: how == "skipped",
		}
		if _, err := store.Append(e); err != nil {
			t.Fatal(err)
		}
	}
	for line := range strings.Lines(string(doc)) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 {
			continue
		}
		at, err := strconv.Atoi(strings.TrimSpace(cells[1]))
		if err != nil {
			continue // the head of the table
		}
		for session < at-1 { // the sessions between are spent on something else
			session++
			answer("other", "right")
		}
		session++
		answer("q", strings.TrimSpace(cells[2]))
		q, err := store.Question(l.ID, "m", "one", "q")
		if err != nil {
			t.Fatal(err)
		}
		if got, want := strconv.Itoa(q.Box), strings.TrimSpace(cells[3]); got != want {
			t.Errorf("session %d: box %s, the docs say %s", at, got, want)
		}
		if got, want := strconv.Itoa(q.DueAt), strings.TrimSpace(cells[4]); got != want {
			t.Errorf("session %d: due in %s, the docs say %s", at, got, want)
		}
		rows++
	}
	if rows < 10 {
		t.Fatalf("the table has %d rows", rows)
	}
}

// manifestIn is the manifest of a module m in some languages, the French first.
func manifestIn(languages string) string {
	return `format = 1
id = "m"
version = "1.0.0"
kind = "course"
license = "CC0-1.0"
authors = ["us"]
source = "fr"
languages = [` + languages + `]
lessons = ["one"]
level = "basic"
audience = ["learner"]
requires = []
tags = []
[[objective]]
id = "see"
competences = ["digcomp-3.0:1.3"]
[mastery]
correct = 4
of = 5
`
}

// library is one lesson with so many true-false questions on one objective.
func library(t *testing.T, questions int) *modules.Library {
	t.Helper()
	var qs strings.Builder
	qs.WriteString("objectives = [\"see\"]\nsources = []\n")
	for i := range questions {
		qs.WriteString("[[question]]\nid = \"q" + strconv.Itoa(i) + "\"\ntype = \"true-false\"\nobjective = \"see\"\n" +
			"prompt = \"p\"\nanswer = true\nexplanation = \"e\"\n")
	}
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"m/module.toml": manifestIn(`"fr"`), "m/fr/index.md": "# M\n\nUn module.\n", "m/fr/index.toml": "[objectives]\nsee = \"voir\"\n",
		"m/fr/one.md": "# Une\n\n## A\n\nTexte.\n", "m/fr/one.toml": qs.String(),
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	lib := &modules.Library{}
	if err := lib.Add(fsys, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	return lib
}

// sitting seats the same learner anew.
func sitting(lib *modules.Library, store *progress.Store, l progress.Learner) *study.Desk {
	return study.Sit(lib, store, l, "fr", "screen")
}

func give(t *testing.T, r *study.Run, answer string) {
	t.Helper()
	settled, keep := r.Answer(quiz.Answer{answer}, "")
	if err := keep(); err != nil {
		t.Fatal(err)
	}
	r.Settle(settled)
}

func TestReviewIsShortAndBeginsWithWhatWasMissedMost(t *testing.T) {
	lib, store := library(t, 20), progress.OpenMemory()
	l, err := study.Register(store, "Nour", "fr")
	if err != nil {
		t.Fatal(err)
	}
	run, err := sitting(lib, store, l).OpenLesson("m", "one")
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < run.Len(); i++ {
		run.Go(i)
		answer := "true"
		if run.Step().Question.ID == "q13" {
			answer = "false"
		}
		give(t, run, answer)
	}
	again, err := sitting(lib, store, l).OpenReview()
	if err != nil || again == nil {
		t.Fatalf("%v %v", again, err)
	}
	if again.Len() != study.ReviewLength {
		t.Errorf("%d questions: a review is to end before it tires", again.Len())
	}
	if id := again.Step().Question.ID; id != "q13" {
		t.Errorf("begins with %s", id)
	}
}

func TestReviewAsksASiblingOfWhatIsDueAndMovesBoth(t *testing.T) {
	lib, store := library(t, 2), progress.OpenMemory()
	l, err := study.Register(store, "Nour", "fr")
	if err != nil {
		t.Fatal(err)
	}
	run, err := sitting(lib, store, l).OpenLesson("m", "one")
	if err != nil {
		t.Fatal(err)
	}
	run.Go(1)
	give(t, run, "true")
	run.Go(2)
	give(t, run, "true")
	// q1 moves on to box 2 in the next session, so that only q0 is due in the one after.
	second := sitting(lib, store, l)
	r2, err := second.OpenReview()
	if err != nil {
		t.Fatal(err)
	}
	for i := range r2.Len() {
		if r2.Go(i); r2.Step().Question.ID == "q1" {
			give(t, r2, "true")
		} else {
			give(t, r2, "false")
		}
	}
	r3, err := sitting(lib, store, l).OpenReview()
	if err != nil || r3 == nil || r3.Len() != 1 {
		t.Fatalf("%v %v", r3, err)
	}
	if id := r3.Step().Question.ID; id != "q1" {
		t.Fatalf("asks %s, not its sibling", id)
	}
	give(t, r3, "true")
	if q, _ := store.Question(l.ID, "m", "one", "q0"); q.Box != 2 {
		t.Errorf("what was due stays in box %d", q.Box)
	}
}

func TestQuestionFailedEightTimesIsLeftToAPerson(t *testing.T) {
	lib, store := library(t, 1), progress.OpenMemory()
	l, err := study.Register(store, "Nour", "fr")
	if err != nil {
		t.Fatal(err)
	}
	for range 8 {
		run, err := sitting(lib, store, l).OpenLesson("m", "one")
		if err != nil {
			t.Fatal(err)
		}
		run.Go(1)
		give(t, run, "false")
	}
	if run, err := sitting(lib, store, l).OpenReview(); err != nil || run != nil {
		t.Errorf("it is asked a ninth time: %v", err)
	}
}

package study_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"fanal/modules"
	"fanal/modules/quiz"
	"fanal/progress"
	"fanal/study"
)

const feedbackManifest = `format = 1
id = "m"
version = "1.2.0"
kind = "job"
license = "CC0-1.0"
authors = ["a test"]
source = "fr"
languages = ["fr", "en"]
lessons = ["one"]
level = "basic"
audience = ["learner"]
[[objective]]
id = "try"
`

const feedbackQuestions = `objectives = ["try"]
sources = []
[[question]]
id = "tool"
type = "choice"
objective = "try"
prompt = "Quel outil ?"
explanation = "La bêche."
[[question.option]]
id = "spade"
text = "La bêche"
correct = true
[[question.option]]
id = "rake"
text = "Le râteau"
[[question.option]]
id = "hose"
text = "Le tuyau"
[[question]]
id = "free"
type = "long-fill-in"
prompt = "Racontez."
model = "Tout."
criteria = ["dit quelque chose"]
explanation = "Voilà."
`

func feedbackModule(t *testing.T) *modules.Module {
	t.Helper()
	return modules.Open(fstest.MapFS{
		"module.toml": {Data: []byte(feedbackManifest)},
		"fr/index.md": {Data: []byte("# M\n\nPetit.\n")}, "fr/index.toml": {Data: []byte("[objectives]\ntry = \"essayer\"\n")},
		"fr/one.md": {Data: []byte("# Une\n\n## Creuser\n\nOn creuse.\n")}, "fr/one.toml": {Data: []byte(feedbackQuestions)},
		"en/index.md": {Data: []byte("# M\n\nSmall.\n")}, "en/index.toml": {Data: []byte("[objectives]\ntry = \"try\"\n")},
		"en/one.md": {Data: []byte("# One\n\n## Digging\n\nWe dig.\n")}, "en/one.toml": {Data: []byte(strings.Replace(feedbackQuestions, "Quel outil ?", "Which tool?", 1))},
	}, modules.Origin{Kind: modules.Folder, Path: "m"})
}

func TestAuthorLearnsHowEachQuestionFaredAndNobodysName(t *testing.T) {
	m := feedbackModule(t)
	store := progress.OpenMemory()
	lib := &modules.Library{}
	lib.Put(m)
	hash := map[string]string{}
	for _, lang := range []string{"fr", "en"} {
		l, err := m.Lesson(lang, "one")
		if err != nil {
			t.Fatal(err)
		}
		hash[lang] = quiz.Hash(l.Questions()[0])
		hash["free"] = quiz.Hash(l.Questions()[1])
	}
	var who []string
	for i := range 3 {
		l, err := study.Register(store, fmt.Sprintf("Personne-%d", i), "fr")
		if err != nil {
			t.Fatal(err)
		}
		who = append(who, l.ID)
	}
	answer := func(learner int, change func(*progress.Event)) {
		t.Helper()
		e := progress.Event{Learner: who[learner], Verb: progress.Answered, Module: "m", Lesson: "one", Step: "q:tool", Question: "tool", Hash: hash["fr"]}
		change(&e)
		if _, err := store.Append(e); err != nil {
			t.Fatal(err)
		}
	}
	pick := func(option string, right bool) func(*progress.Event) {
		return func(e *progress.Event) { e.Response, e.Right = []string{option}, right }
	}
	answer(0, pick("rake", false))
	answer(0, pick("spade", true)) // a second try
	answer(1, func(e *progress.Event) { pick("spade", true)(e); e.Hash = hash["en"] })
	answer(2, func(e *progress.Event) { e.Skipped = true })
	answer(2, func(e *progress.Event) { pick("hose", false)(e); e.Hash = "another text" })
	answer(1, func(e *progress.Event) { pick("spade", true)(e); e.Module = "other" })
	answer(1, func(e *progress.Event) {
		e.Question, e.Step, e.Hash, e.Response = "free", "q:free", hash["free"], []string{"un secret de Personne-1", "2"}
		e.Right = true
	})
	for _, l := range []int{0, 2} {
		answer(l, func(e *progress.Event) { e.Verb, e.Step, e.Question, e.Text = progress.Flagged, "t1", "", "on" })
	}
	answer(1, func(e *progress.Event) {
		e.Verb, e.Step, e.Question, e.Text = progress.Commented, "t1", "", "Personne-0 ne sait rien"
	})

	f, err := study.GatherFeedback(store, m)
	if err != nil {
		t.Fatal(err)
	}
	if f.Version != "1.2.0" || f.Learners != 3 || len(f.Questions) != 2 {
		t.Fatalf("%+v", f)
	}
	want := study.Fared{
		Lesson: "one", ID: "tool", Prompt: "Quel outil ?", Learners: 3, FirstRight: 1, FirstSkipped: 1, Answers: 3, Older: 1,
		Options: []study.Picked{{"spade", "La bêche", true, 2}, {"rake", "Le râteau", false, 1}, {"hose", "Le tuyau", false, 0}},
	}
	if got := f.Questions[0]; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if none := f.Questions[0].Nobody(); len(none) != 1 || none[0] != "hose" {
		t.Errorf("nobody picks %v", none)
	}
	if len(f.Unclear) != 1 || *f.Unclear[0] != (study.UnclearStep{Lesson: "one", Step: "t1", Heading: "Creuser", Learners: 2}) {
		t.Errorf("not understood: %+v", f.Unclear)
	}
	for _, private := range append(who, "Personne", "secret") {
		if strings.Contains(fmt.Sprintf("%+v", f), private) {
			t.Errorf("the feedback holds %q", private)
		}
	}
}

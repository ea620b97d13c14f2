package progress_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"fanal/progress"
)

// said builds an answer: "right", "wrong", "hinted" (right after a hint), "skip", "sure" (sure, and wrong), "scale".
func said(sitting, question, how, context string) progress.Event {
	e := answer("fatou", question, how == "right" || how == "hinted")
	e.Sitting, e.Context = sitting, context
	e.Hinted, e.Skipped, e.Unjudged = how == "hinted", how == "skip", how == "scale"
	if how == "sure" {
		e.Sure = "yes"
	}
	return e
}

func TestQuestionsComeBackBySessions(t *testing.T) {
	type step struct{ sitting, how, context string }
	for _, c := range []struct {
		name     string
		steps    []step
		box, due int
	}{
		{"the first answer opens the first box", []step{{"s1", "right", ""}}, 1, 2},
		{"wrong is due in the next session", []step{{"s1", "wrong", ""}}, 1, 2},
		{"a skip counts as not known", []step{{"s1", "skip", ""}}, 1, 2},
		{"with a hint it stays where it is", []step{{"s1", "hinted", ""}}, 1, 2},
		{"the second round is no proof", []step{{"s1", "wrong", ""}, {"s1", "right", "again"}}, 1, 2},
		{"failing the second round brings it back", []step{{"s1", "right", ""}, {"s1", "wrong", "again"}}, 1, 2},
		{"a session later it is", []step{{"s1", "wrong", ""}, {"s2", "right", "review"}}, 2, 4},
		{"twice in one session moves it once", []step{{"s1", "wrong", ""}, {"s2", "right", ""}, {"s2", "right", "review"}}, 2, 4},
		{
			"five boxes, and it stays in the last",
			[]step{{"s1", "right", ""}, {"s2", "right", ""}, {"s3", "right", ""}, {"s4", "right", ""}, {"s5", "right", ""}},
			5, 21,
		},
		{"one error and it begins again", []step{{"s1", "right", ""}, {"s2", "right", ""}, {"s3", "wrong", ""}}, 1, 4},
		{"a test moves nothing", []step{{"s1", "right", "test-a"}}, 0, 0},
		{"a scale has no box", []step{{"s1", "scale", ""}}, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := progress.OpenMemory()
			for _, st := range c.steps {
				keep(t, s, said(st.sitting, "q", st.how, st.context))
			}
			q, err := s.Question("fatou", "m", "one", "q")
			if err != nil || q.Box != c.box || q.DueAt != c.due {
				t.Errorf("box %d due in session %d, want %d and %d (%v)", q.Box, q.DueAt, c.box, c.due, err)
			}
		})
	}
}

func TestReviewAsksWhatMattersFirst(t *testing.T) {
	s := progress.OpenMemory()
	keep(t, s,
		said("s1", "known", "right", ""), said("s1", "failed", "wrong", ""), said("s1", "sure", "sure", ""),
		said("s1", "scale", "scale", ""))
	for range 8 {
		keep(t, s, said("s1", "hopeless", "wrong", "again"))
	}
	var asked []string
	due, err := s.Due("fatou")
	for _, q := range due {
		asked = append(asked, q.Question)
	}
	if want := []string{"sure", "failed", "known"}; err != nil || !slices.Equal(asked, want) {
		t.Errorf("review asks %v, want %v (%v)", asked, want, err)
	}
	sum, err := s.Summary("fatou")
	if err != nil || sum.Due != 3 || sum.DueNow != 0 || sum.Sessions != 1 || sum.Sitting != "s1" {
		t.Errorf("summary %+v, %v", sum, err)
	}
	keep(t, s, said("s2", "other", "right", ""))
	if sum, _ = s.Summary("fatou"); sum.DueNow != 3 || sum.Due != 4 {
		t.Errorf("in the second session %d are due, and %d in the next, want 3 and 4", sum.DueNow, sum.Due)
	}
	if q, _ := s.Question("fatou", "m", "one", "hopeless"); !q.Aside || q.Wrong != 8 {
		t.Errorf("failed eight times: %+v", q)
	}
}

func TestALessonsMarkSaysHowFarOneIs(t *testing.T) {
	s := progress.OpenMemory()
	reach := answer("fatou", "", false)
	reach.Verb, reach.Step, reach.Question = progress.Reached, "t2", ""
	end := reach
	end.Verb, end.Step = progress.Completed, "q:last"
	keep(t, s, reach, said("s1", "a", "right", ""), said("s1", "b", "wrong", ""), said("s1", "c", "scale", ""), said("s1", "d", "skip", ""))
	m, err := s.Module("fatou", "m")
	if err != nil {
		t.Fatal(err)
	}
	want := progress.LessonMark{Step: "t2", Answered: 4, Judged: 3, Right: 1, Recent: []progress.Outcome{
		{Question: "a", Right: true}, {Question: "b"}, {Question: "d", Skipped: true},
	}}
	if got := m.Lessons["one"]; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	keep(t, s, end, said("s1", "b", "right", "again"))
	m, _ = s.Module("fatou", "m")
	if got := m.Lessons["one"]; got.Passes != 1 || got.Right != 2 || got.Answered != 4 || got.Step != "" {
		t.Errorf("after the second round: %+v", got)
	}
	if q, _ := s.Question("fatou", "m", "one", "b"); q.Pass != 0 || q.Attempts != 2 || q.Wrong != 1 {
		t.Errorf("the second round is no new pass: %+v", q)
	}
	sum, _ := s.Summary("fatou")
	if sum.Module != "m" || sum.Lesson != "one" || sum.Step != "q:last" {
		t.Errorf("left at %q %q %q", sum.Module, sum.Lesson, sum.Step)
	}
	for i := range 2 * progress.RecentKept {
		keep(t, s, said("s1", fmt.Sprint(i), "right", ""))
	}
	m, _ = s.Module("fatou", "m")
	if n := len(m.Objectives["o1"]); n != progress.RecentKept {
		t.Errorf("%d answers kept for the objective", n)
	}
}

func TestATestIsCountedRunByRun(t *testing.T) {
	s := progress.OpenMemory()
	end := said("s1", "", "", "test-a")
	end.Verb = progress.Completed
	keep(t, s, said("s1", "a", "wrong", "test-a"), said("s1", "b", "right", "test-a"), end)
	m, _ := s.Module("fatou", "m")
	if got := m.Tests["test-a"]; got.Completed != 1 || got.Right["a"] || !got.Right["b"] || got.Scores["b"] != 1 {
		t.Errorf("first run: %+v", got)
	}
	keep(t, s, said("s2", "a", "right", "test-a"))
	m, _ = s.Module("fatou", "m")
	if got := m.Tests["test-a"]; got.Completed != 1 || len(got.Right) != 1 || !got.Right["a"] || got.Over {
		t.Errorf("second run: %+v", got)
	}
	if len(m.Lessons) != 0 || len(m.Objectives["o1"]) != 3 {
		t.Errorf("a test is no lesson, and counts for its objective: %+v", m)
	}
}

func TestNotesAndBookmarksStayUntilTakenAway(t *testing.T) {
	s := progress.OpenMemory()
	mark := func(verb progress.Verb, step, text string) progress.Event {
		return progress.Event{Learner: "fatou", Verb: verb, Module: "m", Lesson: "one", Step: step, Text: text}
	}
	keep(t, s, mark(progress.Commented, "t1", "ask Awa"), mark(progress.Flagged, "t1", "on"), mark(progress.Marked, "t2", "on"),
		mark(progress.Commented, "t3", "x"), mark(progress.Commented, "t3", ""))
	got, err := s.Marks("fatou", "")
	want := []progress.MarkedStep{
		{Module: "m", Lesson: "one", Step: "t1", Mark: progress.Mark{Note: "ask Awa", Unclear: true}},
		{Module: "m", Lesson: "one", Step: "t2", Mark: progress.Mark{Bookmark: true}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v (%v)", got, want, err)
	}
	if one, err := s.Mark("fatou", "m", "one", "t2"); err != nil || !one.Bookmark {
		t.Errorf("%+v, %v", one, err)
	}
}

func named(id, name string) progress.Event {
	return progress.Event{Learner: id, Verb: progress.Profiled, Profile: &progress.Profile{Name: &name}}
}

func TestOnePersonOnTwoLaptopsBecomesOne(t *testing.T) {
	s := progress.OpenMemory()
	keep(t, s, named("a", "Fatou"), named("b", "Fatou D."), answer("a", "q1", true), answer("b", "q2", false), answer("b", "q3", true))
	keep(t, s, progress.Event{Learner: "a", Verb: progress.Merged, Other: "b"})
	learners, err := s.Learners()
	if err != nil || len(learners) != 1 || learners[0].ID != "a" || learners[0].Name != "Fatou" {
		t.Fatalf("learners %+v, %v", learners, err)
	}
	m, _ := s.Module("b", "m")
	if got := m.Lessons["one"]; got.Answered != 3 || got.Right != 2 {
		t.Errorf("both histories: %+v", got)
	}
	if got := len(events(t, s, "a")); got != 6 {
		t.Errorf("%d events", got)
	}
	keep(t, s, answer("b", "q4", true)) // the other laptop does not know yet
	if sum, _ := s.Summary("a"); sum.Events != 7 {
		t.Errorf("events after the merge are lost: %+v", sum)
	}
}

func TestWhoAskedToBeForgottenIs(t *testing.T) {
	s := progress.OpenMemory()
	keep(t, s, named("a", "Fatou"), answer("a", "q1", true), named("b", "Ines"), answer("b", "q1", true))
	old := events(t, s, "")
	keep(t, s, progress.Event{Learner: "a", Verb: progress.Erased})
	if _, err := s.Append(answer("a", "q2", true)); !errors.Is(err, progress.ErrUnknown) {
		t.Errorf("answering as somebody who is gone: %v", err)
	}
	if _, err := s.AddForeign(old); err != nil { // from an old stick
		t.Error(err)
	}
	learners, _ := s.Learners()
	if len(learners) != 1 || learners[0].ID != "b" {
		t.Errorf("learners %+v", learners)
	}
	if _, err := s.Learner("a"); err == nil {
		t.Error("the erased learner is still there")
	}
	for _, bucket := range []string{"learners", "sittings", "modules", "questions", "marks"} {
		for _, key := range progress.Keys(s, bucket) {
			if key[0] == 'a' {
				t.Errorf("%s still holds %q", bucket, key)
			}
		}
	}
	for _, e := range events(t, s, "") {
		if e.Learner == "a" && e.Verb != progress.Erased {
			t.Errorf("event %+v", e)
		}
	}
}

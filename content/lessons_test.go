package content_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fanal/content"
	"fanal/modules"
	"fanal/modules/quiz"
)

// A lesson of a course tries people in several ways, serves what it promises, lets them practise and gives a group
// something to talk about.
func TestLessonsOfCoursesAreWhole(t *testing.T) {
	eachEdition(t, func(t *testing.T, e *edition) {
		if !e.isCourse() {
			return
		}
		for _, l := range e.lessons {
			kinds, served := map[quiz.Type]bool{}, map[string]bool{}
			for _, q := range l.Questions() {
				kinds[q.Type], served[q.Objective] = true, true
			}
			if n := len(l.Questions()); len(kinds) < 3 || n < 6 {
				t.Errorf("%s: %d questions of %d kinds", l.ID, n, len(kinds))
			}
			for _, o := range l.Objectives {
				if !served[o] {
					t.Errorf("%s: nothing asks for %q, which the lesson promises", l.ID, o)
				}
			}
			for o := range served {
				if !slices.Contains(l.Objectives, o) {
					t.Errorf("%s: a question asks for %q, which the lesson does not promise", l.ID, o)
				}
			}
			for _, callout := range []string{"exercise", "solution", "summary", "debate"} {
				if blocks(e, l.ID, callout) == "" {
					t.Errorf("%s has no %s", l.ID, callout)
				}
			}
		}
	})
}

// The screens list what a module teaches, and write "(mastered)" behind it: a full stop in between reads as a slip.
func TestObjectivesAreWrittenAsTheItemsOfAList(t *testing.T) {
	eachEdition(t, func(t *testing.T, e *edition) {
		for id, sentence := range e.index.Objectives {
			if strings.HasSuffix(sentence, ".") {
				t.Errorf("%s ends in a full stop: %s", id, sentence)
			}
		}
	})
}

// Whoever answers is told why, whatever the answer was: many right ones were guessed.
func TestEveryAnswerIsExplained(t *testing.T) {
	eachEdition(t, func(t *testing.T, e *edition) {
		for _, l := range e.pages() {
			for _, q := range l.Questions() {
				for _, o := range q.Options {
					if o.Feedback == "" {
						t.Errorf("%s/%s: nothing is said about %q", l.ID, q.ID, o.ID)
					}
				}
				if q.Feedback == "" && e.isCourse() && len(q.Options) == 0 && q.Type != quiz.Likert && q.Type != quiz.LongFillIn {
					t.Errorf("%s/%s: nothing is said after a wrong answer", l.ID, q.ID)
				}
			}
		}
	})
}

// The test before and the one after measure the same thing in the same way, with other scenes.
func TestTheTwoFormsOfATestAreParallel(t *testing.T) {
	eachEdition(t, func(t *testing.T, e *edition) {
		if len(e.tests) == 0 {
			return
		}
		a, b := e.tests[0].Questions(), e.tests[1].Questions()
		if len(a) != 10 || len(b) != 10 {
			t.Fatalf("%d and %d questions", len(a), len(b))
		}
		for i := range a {
			same := a[i].Type == b[i].Type && a[i].Objective == b[i].Objective && a[i].Pick == b[i].Pick &&
				strings.TrimPrefix(a[i].ID, "a-") == strings.TrimPrefix(b[i].ID, "b-")
			if !same || questionText(a[i]) == questionText(b[i]) {
				t.Errorf("%s and %s are not a pair", a[i].ID, b[i].ID)
			}
		}
	})
}

// Who reads of a law or a figure sees when it was checked, in the lesson itself; what it rests on carries the same day.
func TestLawAndFiguresSayWhenTheyWereChecked(t *testing.T) {
	stamp := map[string]string{
		"fr": "Vérifié le 22 novembre 2026", "en": "Checked on 22 November 2026",
		"es": "Verificado el 22 de noviembre de 2026", "it": "Verificato il 22 novembre 2026",
	}
	eachEdition(t, func(t *testing.T, e *edition) {
		for _, l := range e.lessons {
			text := strings.ReplaceAll(pageText(e, l.ID), "\u00a0", " ")
			if len(l.Sources) > 0 && !strings.Contains(text, stamp[e.lang]) {
				t.Errorf("%s rests on %q and does not say when that was checked", l.ID, l.Sources)
			}
		}
	})
	var lib modules.Library
	if err := lib.Add(content.FS, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	for _, m := range lib.All() {
		sources, err := m.Sources()
		if err != nil {
			t.Error(err)
		}
		for _, s := range sources {
			if _, err := time.Parse(time.DateOnly, s.Checked); err != nil || s.Title == "" || s.Publisher == "" {
				t.Errorf("%s: source %q lacks its title, its publisher or the day it was checked: %+v", m.ID(), s.ID, s)
			}
		}
	}
}

// A step is seen as a whole on a screen of 80 by 24 before the learner answers anything about it.
func TestStepsFitOnASmallScreen(t *testing.T) {
	const width, height = 72, 20
	eachEdition(t, func(t *testing.T, e *edition) {
		for _, l := range e.lessons {
			for _, s := range l.Steps {
				if s.Question != nil {
					continue
				}
				lines := 3 // an empty one, the heading, an empty one
				for i, b := range s.Blocks {
					if i > 0 {
						lines++
					}
					switch b.Callout {
					case "":
						lines += wrapped(b.Markdown, width)
					case "solution": // folded
						lines++
					default:
						lines += 1 + wrapped(b.Markdown, width-2)
					}
				}
				if lines > height {
					t.Errorf("%s/%s %q has %d lines", l.ID, s.ID, s.Heading, lines)
				}
			}
		}
	})
}

// wrapped is how many lines a text takes, wrapped between words.
func wrapped(md string, width int) int {
	n := 0
	for line := range strings.SplitSeq(strings.NewReplacer("**", "", "`", "").Replace(strings.TrimSpace(md)), "\n") {
		n++
		at := 0
		for _, word := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' }) {
			w := utf8.RuneCountInString(word)
			if at > 0 && at+1+w > width {
				n, at = n+1, 0
			}
			if at > 0 {
				at++
			}
			at += w
		}
	}
	return n
}

// What is there, for whoever plans a workshop or a translation.
func TestCounts(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "%-18s %-4s %7s %7s %9s %6s %6s %8s\n", "module", "", "lessons", "words", "questions", "tests", "terms", "minutes")
	eachEdition(t, func(t *testing.T, e *edition) {
		words, questions, tests, minutes := 0, 0, 0, 0
		for _, l := range e.lessons {
			words, questions, minutes = words+l.Words, questions+len(l.Questions()), minutes+l.Minutes()
		}
		for _, l := range e.tests {
			tests += len(l.Questions())
		}
		if words == 0 || questions == 0 || len(e.terms) == 0 {
			t.Errorf("%d words, %d questions, %d terms", words, questions, len(e.terms))
		}
		fmt.Fprintf(&b, "%-18s %-4s %7d %7d %9d %6d %6d %8d\n", e.module, e.lang, len(e.lessons), words, questions, tests, len(e.terms), minutes)
	})
	t.Log("\n" + b.String())
}

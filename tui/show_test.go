package tui

import (
	"regexp"
	"strings"
	"testing"

	"fanal/locale"
	"fanal/modules"
	"fanal/modules/quiz"
)

// Who corrects on paper has nothing but the letters: each must stand before the text that it means on that same paper.
func TestTheLettersOfAnAnswerOnPaperMeanWhatIsPrintedBesideThem(t *testing.T) {
	matching := &quiz.Question{
		ID: "pairs", Type: quiz.Matching, Prompt: "Which goes with which?", Explanation: "Because.",
		Pairs:       []quiz.Pair{{ID: "one", Left: "a spade", Right: "digs"}, {ID: "two", Left: "a can", Right: "waters"}, {ID: "three", Left: "a rake", Right: "levels"}},
		Distractors: []string{"sings"},
	}
	order := &quiz.Question{
		ID: "order", Type: quiz.Sequencing, Prompt: "In which order?", Explanation: "Because.",
		Steps: []quiz.Item{{ID: "dig", Text: "dig"}, {ID: "sow", Text: "sow"}, {ID: "water", Text: "water"}, {ID: "wait", Text: "wait"}},
	}
	choice := &quiz.Question{
		ID: "pick", Type: quiz.Choice, Pick: 2, Prompt: "Which two?", Explanation: "Because.",
		Options: []quiz.Option{{ID: "x", Text: "stone"}, {ID: "y", Text: "seed", Correct: true}, {ID: "z", Text: "bulb", Correct: true}},
	}
	share := &quiz.Question{ID: "share", Type: quiz.Numeric, Prompt: "How much?", Number: 12.5, Unit: "%", Explanation: "Because."}
	lesson := &modules.Lesson{ID: "a-lesson", Title: "Paper", Lang: "en"}
	for _, q := range []*quiz.Question{matching, order, choice, share} {
		lesson.Steps = append(lesson.Steps, modules.Step{Question: q})
	}
	if page := RenderLesson(lesson, locale.New("en"), 60, false); strings.Contains(page, "\n= ") || strings.Contains(page, "Because") {
		t.Errorf("answers that nobody asked for:\n%s", page)
	}
	page := RenderAnswers(lesson, locale.New("fr"), 60, false)
	asked := strings.Split(page, "\n? ")[1:]
	if len(asked) != 4 {
		t.Fatalf("%d questions:\n%s", len(asked), page)
	}
	// lettered gives the text behind a letter, as it is printed in one question.
	lettered := func(part, letter string) string {
		m := regexp.MustCompile(`(?m)^  ` + letter + `(?: \[ _ \])?  (.*)$`).FindStringSubmatch(part)
		if m == nil {
			t.Fatalf("no letter %s in\n%s", letter, part)
		}
		return m[1]
	}
	said := func(part string) []string {
		m := regexp.MustCompile(`(?m)^= (.*)$`).FindStringSubmatch(part)
		if m == nil || !strings.Contains(part, "Because.") {
			t.Fatalf("no answer, or no reason, in\n%s", part)
		}
		return strings.Split(m[1], ", ")
	}
	for i, right := range said(asked[0]) {
		if number, letter, _ := strings.Cut(right, " "); number != string(rune('1'+i)) || lettered(asked[0], letter) != matching.Pairs[i].Right {
			t.Errorf("pair %d: %q in\n%s", i+1, right, asked[0])
		}
	}
	for i, letter := range said(asked[1]) {
		if lettered(asked[1], letter) != order.Steps[i].Text {
			t.Errorf("step %d: %q in\n%s", i+1, letter, asked[1])
		}
	}
	if got := said(asked[2]); len(got) != 2 || lettered(asked[2], got[0]) != "seed" || lettered(asked[2], got[1]) != "bulb" {
		t.Errorf("picks %q in\n%s", got, asked[2])
	}
	if !strings.Contains(asked[3], "= 12,5 %") {
		t.Errorf("a number is not written as the language writes it:\n%s", asked[3])
	}
}

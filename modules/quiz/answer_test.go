package quiz_test

import (
	"slices"
	"testing"

	"fanal/modules/quiz"
)

// everyType has a question of each kind with a right answer.
func everyType() []*quiz.Question {
	return []*quiz.Question{
		choice(false, true, true),
		{Type: quiz.TrueFalse},
		{Type: quiz.TrueFalse, Truth: true},
		{Type: quiz.FillIn, Accept: [][]string{{"one, two", "b"}, {"3 000"}}},
		{Type: quiz.FillIn, Accept: [][]string{{"Exact"}}, Exact: true},
		numeric(-1234567.5, 0, "kg"),
		numeric(.000001, 0, ""),
		matching(),
		sequencing("a", "b", "c"),
		{Type: quiz.LongFillIn, Model: "A model."},
	}
}

func TestWhatASkippedQuestionShowsIsRight(t *testing.T) {
	for _, q := range everyType() {
		if v := quiz.Grade(q, quiz.CorrectAnswer(q)); !v.Right || v.Score != 1 {
			t.Errorf("%s: %q scores %+v", q.Type, quiz.CorrectAnswer(q), v)
		}
	}
	if a := quiz.CorrectAnswer(&quiz.Question{Type: quiz.Likert, Scale: []string{"a"}}); a != nil {
		t.Errorf("a scale shows %q as the right answer", a)
	}
}

func TestAnswersAreWrittenAsXAPIWritesThem(t *testing.T) {
	likert := &quiz.Question{Type: quiz.Likert, Scale: []string{"a", "b"}}
	tests := []struct {
		q    *quiz.Question
		a    quiz.Answer
		want string
	}{
		{choice(true, true), quiz.Answer{"b", "a"}, "b[,]a"},
		{choice(true, true), nil, ""},
		{&quiz.Question{Type: quiz.TrueFalse}, quiz.Answer{"true"}, "true"},
		{fillIn("x"), quiz.Answer{"two words"}, "two words"},
		{&quiz.Question{Type: quiz.FillIn, Accept: [][]string{{"x"}, {"y"}}}, quiz.Answer{"x", "z"}, "x[,]z"},
		{numeric(72, 0, "%"), quiz.Answer{"71,5 %"}, "71.5"},
		{numeric(1500, 0, ""), quiz.Answer{"1.500"}, "1500"},
		{numeric(1.5, 0, ""), quiz.Answer{"1.500"}, "1.5"},
		{numeric(72, 0, "%"), quiz.Answer{"many"}, "many"},
		{matching(), quiz.Answer{"form", "distractor-2", "", "view"}, "table[.]form[,]form[.]distractor-2[,]list[.]view"},
		{sequencing("a", "b"), quiz.Answer{"b", "a"}, "b[,]a"},
		{&quiz.Question{Type: quiz.LongFillIn}, quiz.Answer{"my text", "2"}, "my text"},
		{likert, quiz.Answer{"2"}, "2"},
		{likert, quiz.Answer{quiz.NA}, "n/a"},
	}
	for _, tt := range tests {
		if got := quiz.Response(tt.q, tt.a); got != tt.want {
			t.Errorf("%s: Response(%q) = %q, want %q", tt.q.Type, tt.a, got, tt.want)
		}
	}
}

func TestRightItemsAreNamedAsAnswersNameThem(t *testing.T) {
	q := matching()
	var ids, texts []string
	for _, i := range []int{0, 3, 4, 5} {
		id, text := q.RightItem(i)
		ids, texts = append(ids, id), append(texts, text)
	}
	if !slices.Equal(ids, []string{"table", "list", "distractor-1", "distractor-2"}) || !slices.Equal(texts, []string{"keeps", "shows", "draws", "sings"}) {
		t.Errorf("right items are %q %q", ids, texts)
	}
}

func TestHashFollowsTheMeaningAndNothingElse(t *testing.T) {
	base := func() *quiz.Question {
		return &quiz.Question{
			ID: "q", Type: quiz.Choice, Prompt: "What?", Pick: 1, Options: []quiz.Option{{ID: "a", Text: "A", Correct: true}, {ID: "b", Text: "B"}},
			Bank: []string{"x", "y"}, Accept: [][]string{{"x"}, {"y"}}, Scale: []string{"s"}, Criteria: []string{"c"},
			Pairs: []quiz.Pair{{"p", "l", "r"}}, Steps: []quiz.Item{{"s", "S"}},
		}
	}
	first := quiz.Hash(base())
	if want := "272fb1154dc01a90"; first != want {
		t.Errorf("Hash = %q, want %q as in the first release: logs hold it", first, want)
	}
	same := map[string]func(*quiz.Question){
		"hint":        func(q *quiz.Question) { q.Hint = "h" },
		"explanation": func(q *quiz.Question) { q.Explanation = "e" },
		"feedback":    func(q *quiz.Question) { q.Options[0].Feedback, q.Feedback = "f", "f" },
		"id":          func(q *quiz.Question) { q.ID = "other" },
		"shuffle":     func(q *quiz.Question) { q.Shuffle = true },
	}
	for name, change := range same {
		if q := base(); quiz.Hash(changed(q, change)) != first {
			t.Errorf("another %s is taken for another question", name)
		}
	}
	other := map[string]func(*quiz.Question){
		"type":               func(q *quiz.Question) { q.Type = quiz.FillIn },
		"prompt":             func(q *quiz.Question) { q.Prompt = "What" },
		"option's text":      func(q *quiz.Question) { q.Options[1].Text = "C" },
		"right option":       func(q *quiz.Question) { q.Options[0].Correct, q.Options[1].Correct = false, true },
		"truth":              func(q *quiz.Question) { q.Truth = true },
		"gap":                func(q *quiz.Question) { q.Accept = [][]string{{"x", "y"}} },
		"accepted text":      func(q *quiz.Question) { q.Accept[0][0] = "z" },
		"bank":               func(q *quiz.Question) { q.Bank = []string{"xy"} },
		"bank to distractor": func(q *quiz.Question) { q.Bank, q.Distractors = nil, q.Bank },
		"number":             func(q *quiz.Question) { q.Number = 1 },
		"tolerance":          func(q *quiz.Question) { q.Tolerance = 1 },
		"unit":               func(q *quiz.Question) { q.Unit = "kg" },
		"exactness":          func(q *quiz.Question) { q.Exact = true },
		"pair":               func(q *quiz.Question) { q.Pairs[0].Right = "rr" },
		"step":               func(q *quiz.Question) { q.Steps[0].Text = "T" },
		"model":              func(q *quiz.Question) { q.Model = "m" },
		"criterion":          func(q *quiz.Question) { q.Criteria[0] = "d" },
		"scale":              func(q *quiz.Question) { q.Scale = []string{"s", "t"} },
		"choice outside":     func(q *quiz.Question) { q.NotApplicable = "n" },
	}
	seen := map[string]string{first: "the first question"}
	for name, change := range other {
		h := quiz.Hash(changed(base(), change))
		if who, twice := seen[h]; twice {
			t.Errorf("another %s hashes as %s", name, who)
		}
		seen[h] = "another " + name
	}
}

func changed(q *quiz.Question, change func(*quiz.Question)) *quiz.Question {
	change(q)
	return q
}

package quiz_test

import (
	"fmt"
	"slices"
	"testing"

	"fanal/modules/quiz"
)

func TestTheSameSeedLaysOutTheSameForEver(t *testing.T) {
	// These are what the first release gave. They must never change: logs keep the seed, not the order.
	q := choice(true, false, false, false, false, false)
	got := fmt.Sprint(quiz.Arrange(q, 0).Left, quiz.Arrange(q, 1).Left, quiz.Arrange(q, 1<<63).Left)
	if want := "[4 2 5 3 0 1] [0 1 3 2 4 5] [3 2 5 4 0 1]"; got != want {
		t.Errorf("orders = %s, want %s", got, want)
	}
}

func TestEveryPartIsLaidOutOnce(t *testing.T) {
	unshuffled := choice(true, false, false)
	unshuffled.Shuffle = false
	bank := fillIn("b")
	bank.Bank = []string{"a", "b", "c"}
	tests := []struct {
		q           *quiz.Question
		left, right int
		leftInOrder bool
	}{
		{choice(true, false, false, false), 4, 0, false},
		{unshuffled, 3, 0, true},
		{&quiz.Question{Type: quiz.TrueFalse}, 2, 0, true},
		{fillIn("a"), 0, 0, true},
		{bank, 3, 0, false},
		{numeric(1, 0, ""), 0, 0, true},
		{matching(), 4, 6, true},
		{sequencing("a", "b", "c"), 3, 0, false},
		{sequencing("a"), 1, 0, true},
		{&quiz.Question{Type: quiz.LongFillIn}, 0, 0, true},
		{&quiz.Question{Type: quiz.Likert, Scale: []string{"1", "2", "3"}}, 3, 0, true},
		{&quiz.Question{Type: quiz.Likert, Scale: []string{"1", "2", "3"}, NotApplicable: "n/a"}, 4, 0, true},
	}
	for _, tt := range tests {
		for seed := range uint64(200) {
			l := quiz.Arrange(tt.q, seed)
			if tt.leftInOrder && !slices.IsSorted(l.Left) {
				t.Fatalf("%s: left order %v", tt.q.Type, l.Left)
			}
			for side, want := range map[*[]int]int{&l.Left: tt.left, &l.Right: tt.right} {
				sorted := slices.Sorted(slices.Values(*side))
				if len(sorted) != want || want > 0 && (sorted[0] != 0 || sorted[want-1] != want-1 || len(slices.Compact(sorted)) != want) {
					t.Fatalf("%s, seed %d: %+v is no order of %d", tt.q.Type, seed, l, want)
				}
			}
		}
	}
}

func TestStepsNeverStandInTheRightOrder(t *testing.T) {
	for _, ids := range [][]string{{"a", "b"}, {"a", "b", "c"}, {"a", "b", "c", "d", "e"}} {
		for seed := range uint64(500) {
			if l := quiz.Arrange(sequencing(ids...), seed); slices.IsSorted(l.Left) {
				t.Fatalf("seed %d shows %d steps solved", seed, len(ids))
			}
		}
	}
}

func TestEveryPlaceIsAsLikelyForTheRightOption(t *testing.T) {
	const n, seeds = 4, 8000
	var at [n]int
	q := choice(true, false, false, false)
	for seed := range uint64(seeds) {
		at[slices.Index(quiz.Arrange(q, seed).Left, 0)]++
	}
	for place, count := range at {
		if count < seeds/n*9/10 || count > seeds/n*11/10 {
			t.Errorf("the right option stands at place %d in %d of %d layouts", place, count, seeds)
		}
	}
}

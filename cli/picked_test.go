package cli

import (
	"testing"

	"fanal/modules/quiz"
)

// A report with codes in place of names keeps the letters that were picked and drops what was typed: of both tests, since
// half of the people begin with the one and half with the other.
func TestPicksOfBothTestsStayInAnExportWithCodes(t *testing.T) {
	t.Setenv("FANAL_DATA", t.TempDir())
	lib, err := (&program{}).library()
	if err != nil {
		t.Fatal(err)
	}
	picked, asked := pickedIn(lib), 0
	for _, form := range []string{"a", "b"} {
		l, err := lib.Module("ai-ethics").Test("en", form)
		if err != nil {
			t.Fatal(err)
		}
		for _, st := range l.Steps {
			asked++
			q := st.Question
			want := q.Type != quiz.Numeric && q.Type != quiz.FillIn && q.Type != quiz.LongFillIn
			if got := picked("ai-ethics", "test-"+form, q.ID); got != want {
				t.Errorf("test %s, %s question %s: picked %v", form, q.Type, q.ID, got)
			}
		}
	}
	if asked != 20 {
		t.Errorf("%d questions in the two tests", asked)
	}
}

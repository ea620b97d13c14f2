package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"fanal/content"
	"fanal/locale"
	"fanal/modules"
	"fanal/modules/quiz"
)

// A student goes through a lesson in linear mode by what stands on the lines, and knows the right answers from the module.
type student struct {
	t      *testing.T
	dir    string
	lesson *modules.Lesson
}

func newStudent(t *testing.T, module, lesson, lang string) *student {
	t.Helper()
	var lib modules.Library
	if err := lib.Add(content.FS, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	l, err := lib.Module(module).Lesson(lang, lesson)
	if err != nil {
		t.Fatal(err)
	}
	return &student{t: t, dir: t.TempDir(), lesson: l}
}

// program returns a call of fanal: the test binary under its other name. See TestMain.
func (s *student) program(args ...string) *exec.Cmd {
	path, err := exec.LookPath("fanal") // testscript.Main puts it there
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.Command(path, append([]string{"--data", s.dir}, args...)...)
	cmd.Env = append(os.Environ(), "LC_ALL=fr_FR.UTF-8", "LANGUAGE=", "TERM=dumb")
	return cmd
}

func (s *student) start(args ...string) *talk {
	s.t.Helper()
	talk, err := startTalk(s.program(args...))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = talk.cmd.Process.Kill() })
	return talk
}

// progress returns what "fanal progress --json" says of the lesson.
func (s *student) progress() (state string, answered, right int) {
	s.t.Helper()
	out, err := s.program("progress", "--json").Output()
	if err != nil {
		s.t.Fatal(err)
	}
	var told struct {
		Modules []struct {
			ID      string
			Lessons []struct {
				ID, State       string
				Answered, Right int
			}
		}
	}
	if err := json.Unmarshal(out, &told); err != nil {
		s.t.Fatal(err)
	}
	for _, m := range told.Modules {
		for _, l := range m.Lessons {
			if m.ID == s.lesson.Module && l.ID == s.lesson.ID {
				return l.State, l.Answered, l.Right
			}
		}
	}
	s.t.Fatal("the lesson is not in the progress")
	return "", 0, 0
}

func (s *student) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// picks returns the letters of texts, in their order.
func (s *student) picks(t *talk, texts ...string) string {
	s.t.Helper()
	all := ""
	for _, text := range texts {
		l, err := t.letter(strings.NewReplacer("**", "", "`", "").Replace(text))
		s.must(err)
		all += l
	}
	return all
}

// answer gives the right answer to a question, as it stands on the lines.
func (s *student) answer(t *talk, q *quiz.Question) {
	s.t.Helper()
	words := locale.New("fr")
	switch q.Type {
	case quiz.Choice:
		var right []string
		for _, o := range q.Options {
			if o.Correct {
				right = append(right, o.Text)
			}
		}
		s.must(t.typeLine(s.picks(t, right...)))
	case quiz.TrueFalse:
		id := "linear-false"
		if q.Truth {
			id = "linear-true"
		}
		s.must(t.typeLine(s.picks(t, words.T(id))))
	case quiz.FillIn:
		for _, accept := range q.Accept {
			s.must(t.typeLine(accept[0]))
		}
	case quiz.Numeric:
		s.must(t.typeLine(words.Decimal(q.Number, 6)))
	case quiz.Matching:
		var right []string
		for _, p := range q.Pairs {
			right = append(right, p.Right)
		}
		s.must(t.typeLine(s.picks(t, right...)))
	case quiz.Sequencing:
		var right []string
		for _, st := range q.Steps {
			right = append(right, st.Text)
		}
		s.must(t.typeLine(s.picks(t, right...)))
	case quiz.LongFillIn:
		s.must(t.typeLine("Ma réponse."))
		s.must(t.typeLine(""))
		s.must(t.typeLine("a"))
	default:
		s.must(t.typeLine("a"))
	}
}

// through goes from one step of the lesson up to another, answering right.
func (s *student) through(t *talk, from, to int) {
	s.t.Helper()
	for i := from; i < to; i++ {
		step := s.lesson.Steps[i]
		if step.Question != nil {
			s.answer(t, step.Question)
			word := locale.New("fr").T("verdict-right")
			if step.Question.Type != quiz.Likert && !strings.Contains(t.said, "\n"+word+"\n") {
				s.t.Fatalf("no verdict %q after the right answer to %s:\n%s", word, step.Question.ID, t.all)
			}
		} else if !strings.Contains(t.said, step.Heading) {
			s.t.Fatalf("step %d is not %q:\n%s", i+1, step.Heading, t.said)
		}
		s.must(t.typeLine(""))
	}
}

// The main job, in French, on the real lesson: to the middle, away, back to the same step, to the end, and the truth about
// it.
func TestFirstLessonCanBeStudiedToItsEndLineByLine(t *testing.T) {
	s := newStudent(t, "no-code", "what-it-is", "fr")
	middle, end := len(s.lesson.Steps)/2, len(s.lesson.Steps)
	first := s.start("--learner", "Fatou", "open", "no-code/what-it-is")
	s.through(first, 0, middle)
	// The lid is closed: the input ends, and nothing else is said.
	s.must(first.hangUp())
	answered := questions(s.lesson.Steps[:middle])
	if state, n, right := s.progress(); state != "begun" || n != answered || right != answered {
		t.Fatalf("in the middle: %s, %d answered, %d right; want begun, %d, %d", state, n, right, answered, answered)
	}

	second := s.start() // nothing but the name of the program, and the first thing it offers
	s.must(second.typeLine(""))
	s.through(second, middle, end)
	state, n, right := s.progressAfter(second)
	if all := questions(s.lesson.Steps); state != "mastered" || n != all || right != all {
		t.Errorf("at the end: %s, %d answered, %d right; want mastered, %d, %d", state, n, right, all, all)
	}
}

// progressAfter lets a program end first: one at a time has the folder open.
func (s *student) progressAfter(t *talk) (string, int, int) {
	s.t.Helper()
	s.must(t.hangUp())
	return s.progress()
}

func questions(steps []modules.Step) int {
	n := 0
	for _, s := range steps {
		if s.Question != nil {
			n++
		}
	}
	return n
}

package modules

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fanal/modules/quiz"
)

// Lesson ids of what is read as lessons are, and is none.
const (
	testA       = "test-a"
	testB       = "test-b"
	facilitator = "facilitator"
)

// readLesson reads a lesson from its two files. base is their path without ".md" and ".toml".
func readLesson(l *Lesson, base, md, tomlSrc string, m *Manifest, rep report) {
	rep, faulty := noting(rep)
	text := cutFile(base+".md", md, asLesson, rep)
	questions := readQuestionFile(l, base+".toml", tomlSrc, m, rep)
	if text == nil {
		return
	}
	l.Title, l.Terms, l.Files, l.Words = text.title, text.terms, text.files, countWords(md)
	l.Steps = steps(text.pieces, questions, func(offset int, p Problem) { reportAt(base+".md", md, offset, p, rep) })
	if len(l.Steps) == 0 && !faulty() { // else what is wrong may be why
		reportAt(base+".md", md, 0, Problem{Code: NoSteps}, rep)
	}
}

// noting gives a report that also notes whether it was told of anything.
func noting(rep report) (noted report, any func() bool) {
	told := false
	return func(p *Problem) { told = true; rep(p) }, func() bool { return told }
}

// cutFile cuts a file of its own.
func cutFile(name, src string, mode cutMode, rep report) *cutText {
	return cut(src, mode, func(offset int, p Problem) { reportAt(name, src, offset, p, rep) })
}

func reportAt(name, src string, offset int, p Problem, rep report) {
	p.File = name
	// Offsets are those in the clean text: its lines are those of the file, its columns nearly so.
	p.Line, p.Col = place(Clean(src), offset)
	rep(&p)
}

// readQuestionFile reads a lesson's .toml, or a test's, into l, and gives its questions.
func readQuestionFile(l *Lesson, name, src string, m *Manifest, rep report) []*quiz.Question {
	root := parseTOML(name, src, rep)
	if root == nil {
		return nil
	}
	known := m.objectiveIDs()
	l.Objectives = root.idList("objectives", known)
	l.Sources = root.lines("sources")
	if root.has("objectives") && len(l.Objectives) > 0 {
		known = l.Objectives
	}
	l.Scenes = map[string]Scene{}
	var scenes []string
	seen := map[string]bool{}
	for _, t := range root.list(string(ThingScene)) {
		id := t.about(ThingScene)
		t.once(seen)
		t.require("text")
		l.Scenes[id] = Scene{ID: id, Text: t.cutBlocks("text")}
		scenes = append(scenes, id)
		t.close()
	}
	questions := readQuestions(root, known, scenes)
	root.close()
	return questions
}

// steps makes the steps of a lesson: its text, with the questions where they are placed, and the others after it.
// Questions of one scene stay in a row: those that no line places come after the last one that a line does.
func steps(pieces []piece, questions []*quiz.Question, rep func(offset int, p Problem)) []Step {
	s := stepper{byID: map[string]*quiz.Question{}, placed: map[string]bool{}, questions: questions, lastOf: map[string]int{}}
	var ids []string
	for _, q := range questions {
		s.byID[q.ID] = q
		ids = append(ids, q.ID)
	}
	for i, p := range pieces {
		q := s.byID[p.ask]
		switch {
		case p.ask == "":
		case q == nil:
			rep(p.offset, Problem{Code: UnknownAsk, Value: quoted(p.ask), Want: nearest(p.ask, ids)})
		case s.placed[q.ID]:
			rep(p.offset, Problem{Code: AskTwice, Value: q.ID})
		default:
			s.placed[q.ID] = true
			s.lastOf[q.Scene] = i
		}
	}
	for i, p := range pieces {
		if p.ask == "" {
			s.text(p)
		} else if q := s.byID[p.ask]; q != nil {
			s.ask(q, p.heading)
			if q.Scene != "" && s.lastOf[q.Scene] == i {
				s.restOfScene(q.Scene, p.heading)
			}
		}
	}
	for _, q := range questions {
		if s.placed[q.ID] {
			continue
		}
		if q.Scene != "" {
			s.restOfScene(q.Scene, "")
			continue
		}
		s.ask(q, "")
	}
	return s.steps
}

type stepper struct {
	questions []*quiz.Question
	byID      map[string]*quiz.Question
	placed    map[string]bool
	lastOf    map[string]int // the piece that places the last question of a scene
	texts     int
	steps     []Step
}

func (s *stepper) text(p piece) {
	s.texts++
	s.steps = append(s.steps, Step{ID: stepID(s.texts), Heading: p.heading, Blocks: p.blocks})
}

func (s *stepper) ask(q *quiz.Question, heading string) {
	s.placed[q.ID] = true
	s.steps = append(s.steps, Step{ID: "q:" + q.ID, Heading: heading, Question: q})
}

func (s *stepper) restOfScene(scene, heading string) {
	for _, q := range s.questions {
		if q.Scene == scene && !s.placed[q.ID] {
			s.ask(q, heading)
		}
	}
}

// countWords counts the words of a text without parsing it: what stands between spaces and has a letter or a digit.
// Comments (the ask lines) and the marks of callouts are not counted.
func countWords(md string) int {
	n := 0
	inWord := false                       // from a word's first letter or digit, where it is counted, to its end
	ended := strings.LastIndex(md, "-->") // from here on no comment ends, and none is looked through in vain
	for i := 0; i < len(md); {
		if !inWord {
			if skip := uncounted(md[i:], i <= ended); skip > 0 {
				i += skip
				continue
			}
		}
		r, size := rune(md[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(md[i:])
		}
		i += size
		switch {
		case unicode.IsSpace(r):
			inWord = false
		case !inWord && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			inWord = true
			n++
		}
	}
	return n
}

// uncounted gives the length of the comment, if one ends in it, or the mark of a callout that a text begins with, or 0.
func uncounted(md string, ends bool) int {
	switch {
	case ends && strings.HasPrefix(md, "<!--"):
		if n := strings.Index(md, "-->"); n >= 0 {
			return n + len("-->")
		}
	case strings.HasPrefix(md, "[!"):
		if m := calloutForm.FindStringIndex(md[:min(len(md), 40)]); m != nil {
			return m[1]
		}
	}
	return 0
}

// minutes says how long a text with questions takes: 120 words a minute and 40 seconds a question, rounded up.
func minutes(words, questions int) int { return (words + 80*questions + 119) / 120 }

// Questions gives the questions of a lesson in the order in which they are asked.
func (l *Lesson) Questions() []*quiz.Question {
	var questions []*quiz.Question
	for _, s := range l.Steps {
		if s.Question != nil {
			questions = append(questions, s.Question)
		}
	}
	return questions
}

// Minutes says how long the lesson takes: 120 words a minute and 40 seconds a question, rounded up.
func (l *Lesson) Minutes() int { return minutes(l.Words, len(l.Questions())) }

func stepID(n int) string { return "t" + strconv.Itoa(n) }

package find

import "strings"

// What a [Hit] leads to.
const (
	InModule   = "module"   // the module's own title or summary
	InLesson   = "lesson"   // the title of a lesson
	InStep     = "step"     // a heading or a text
	InQuestion = "question" // the prompt of a question
	InGlossary = "term"     // the glossary: Term is the id of the entry
)

// A Hit is a place where what was looked for stands.
type Hit struct {
	Kind        string `json:"kind"`
	Module      string `json:"module"`
	Lesson      string `json:"lesson,omitempty"` // of a term: the first that uses it, "" when none does
	Step        string `json:"step,omitempty"`   // its id, see modules.Step
	StepNumber  int    `json:"stepNumber,omitempty"`
	Term        string `json:"term,omitempty"`
	ModuleTitle string `json:"moduleTitle"`
	LessonTitle string `json:"lessonTitle,omitempty"`
	Heading     string `json:"heading,omitempty"` // that the step stands under; of a term, the term itself
	Snippet     string `json:"snippet"`           // the sentence
	Marks       []Span `json:"marks"`             // the words in Snippet that were found, in bytes
}

// Results are what a query found, the best first.
type Results struct {
	Query   string `json:"query"`
	Hits    []Hit  `json:"hits"`
	Found   int    `json:"found"`   // how many places there are, shown or not
	Missing int    `json:"missing"` // modules of the library that the index does not have yet
}

// hit makes of a candidate what is shown.
func (s *search) hit(c candidate) (h Hit, err error) {
	if err := s.rec.decode(s.bucket.Get([]byte(c.id))); err != nil {
		return h, err
	}
	own, err := s.rec.group(0)
	if err != nil {
		return h, err
	}
	g := own
	if c.group > 0 {
		if g, err = s.rec.group(c.group); err != nil {
			return h, err
		}
	}
	from := s.rec.groups[c.group]
	i := c.part - from
	if i < 0 || i >= len(g.parts) {
		return h, errRecord
	}
	kindAt := func(i int) kind { return kind(s.rec.kinds[from+i] & kindMask) }
	h = Hit{Module: c.id, ModuleTitle: own.title, Marks: []Span{}}
	h.describe(g, i, c.group, kindAt)
	st := s.voc.stemmer(g.lang)
	var marks []Span
	if h.Snippet, marks = snippet(g.parts[i].text, s.q, st); marks != nil {
		h.Marks = marks
	}
	return h, nil
}

// describe says what the i-th part of a group is.
func (h *Hit) describe(g *group, i, group int, kindAt func(int) kind) {
	k := kindAt(i)
	switch {
	case group == 0:
		h.Kind = InModule
		return
	case k == aTerm || k == aDefinition:
		h.Kind = InGlossary
		if k == aDefinition && i > 0 {
			i--
		}
		h.Term, h.Heading = g.parts[i].step, g.parts[i].text
		if i+1 < len(g.parts) {
			first, _, _ := strings.Cut(g.parts[i+1].step, "\n")
			u := readUse(first)
			h.Lesson, h.LessonTitle, h.StepNumber, h.Step = u.Lesson, u.Title, u.Number, u.Step
		}
		return
	case k == aTitle:
		h.Kind = InLesson
	case k == aPrompt:
		h.Kind = InQuestion
	default:
		h.Kind = InStep
	}
	h.Lesson, h.LessonTitle = g.id, g.title
	h.StepNumber, h.Step = unplace(g.parts[i].step)
	for j := i; j >= 0; j-- {
		if kindAt(j) == aHeading {
			h.Heading = g.parts[j].text
			break
		}
	}
}

// stemmer gives the one of a text's language.
func (v vocabulary) stemmer(lang string) *stemmer {
	for _, st := range v.stemmers {
		if st.lang == lang {
			return st
		}
	}
	return newStemmer(lang)
}

// Place says where the hit is: the id of a message of the interface, and its values.
func (h *Hit) Place() (id string, data []any) {
	data = []any{"Module", h.ModuleTitle, "Lesson", h.LessonTitle, "Step", h.StepNumber, "Term", h.Heading}
	return map[string]string{
		InModule: "search-in-module", InLesson: "search-in-lesson", InStep: "search-in-step", InQuestion: "search-in-question",
		InGlossary: "search-in-term",
	}[h.Kind], data
}

package find

import (
	"strconv"
	"strings"

	"fanal/modules"
	"fanal/modules/quiz"
)

// A kind says what sort of text a part of a module is. The lower, the more it says about what stands there.
type kind byte

const (
	aTitle      kind = iota // of the module or a lesson
	aHeading                // in a lesson
	aTerm                   // of the glossary
	aPrompt                 // of a question
	aText                   // of a step, or the summary of a module
	aDefinition             // of a term
)

// weight is what a word found in a part of this kind counts.
func (k kind) weight() int {
	switch k {
	case aTitle:
		return 8
	case aHeading, aTerm:
		return 4
	case aPrompt:
		return 2
	}
	return 1
}

// A part is a text that is found as a whole: words in quotes stay together within it.
type part struct {
	kind kind
	step string // where it leads: see place; of a definition, where its term is used
	text string
}

// A group is the parts that belong together: the module's own, those of one lesson, or the glossary.
type group struct {
	id    string // of the module or the lesson; "" for the glossary
	title string
	lang  string // of its texts
	parts []part
}

// place says where a part leads: the number of a step in its lesson, from 1, and its id.
func place(number int, id string) string { return strconv.Itoa(number) + ":" + id }

// unplace takes it apart. What is none gives 0.
func unplace(s string) (number int, id string) {
	n, id, ok := strings.Cut(s, ":")
	if !ok {
		return 0, ""
	}
	number, _ = strconv.Atoi(n)
	return number, id
}

// collect reads what there is to find in a module. A lesson that cannot be read has nothing to find; what is wrong with it
// is said when it is opened.
func collect(m *modules.Module, lang string) ([]group, error) {
	man, err := m.Manifest()
	if err != nil {
		return nil, err
	}
	own := group{id: man.ID, title: man.ID, lang: m.Edition(lang), parts: []part{{kind: aTitle, text: man.ID}}}
	if idx, err := m.Index(lang); err == nil {
		own.title, own.lang = idx.Title, idx.Lang
		own.parts = []part{{kind: aTitle, text: idx.Title}, {kind: aText, text: idx.Summary}}
	}
	groups := []group{own}
	var lessons []*modules.Lesson
	for _, id := range man.Lessons {
		l, err := m.Lesson(lang, id)
		if err != nil {
			continue
		}
		lessons = append(lessons, l)
		groups = append(groups, collectLesson(l))
	}
	if g := collectTerms(m, lang, lessons, groups[1:]); len(g.parts) > 0 {
		groups = append(groups, g)
	}
	return groups, nil
}

func collectLesson(l *modules.Lesson) group {
	g := group{id: l.ID, title: l.Title, lang: l.Lang}
	first := ""
	if len(l.Steps) > 0 {
		first = place(1, l.Steps[0].ID)
	}
	g.parts = append(g.parts, part{aTitle, first, l.Title})
	heading, scenes := "", map[string]bool{}
	for i := range l.Steps {
		s := &l.Steps[i]
		at := place(i+1, s.ID)
		if s.Heading != heading && s.Heading != "" {
			g.parts = append(g.parts, part{aHeading, at, s.Heading})
		}
		heading = s.Heading
		if s.Question == nil {
			g.parts = append(g.parts, part{aText, at, plainBlocks(s.Blocks)})
			continue
		}
		if scene, ok := l.Scenes[s.Question.Scene]; ok && !scenes[scene.ID] {
			scenes[scene.ID] = true
			g.parts = append(g.parts, part{aText, at, plainBlocks(scene.Text)})
		}
		g.parts = append(g.parts, part{aPrompt, at, plainPrompt(s.Question)})
	}
	return g
}

// plainPrompt gives a question's prompt, its gaps as dots.
func plainPrompt(q *quiz.Question) string {
	return plain(strings.ReplaceAll(q.Prompt, quiz.Gap, "…"))
}

// collectTerms gives the glossary, each term with the lessons that use it.
func collectTerms(m *modules.Module, lang string, lessons []*modules.Lesson, read []group) group {
	g := group{lang: m.Edition(lang)}
	terms, err := m.Glossary(lang)
	if err != nil {
		return g
	}
	st := newStemmer(g.lang)
	for _, t := range terms {
		var uses []string
		for i, l := range lessons {
			for _, id := range l.Terms {
				if id == t.ID {
					number, step := unplace(firstUse(t.Term, &read[i], st))
					uses = append(uses, Use{l.ID, l.Title, number, step}.String())
				}
			}
		}
		g.parts = append(g.parts, part{aTerm, t.ID, plain(t.Term)}, part{aDefinition, strings.Join(uses, "\n"), plain(t.Definition)})
	}
	return g
}

// firstUse gives the step of a lesson in whose text a term stands first, or else the lesson's first.
func firstUse(term string, g *group, st *stemmer) string {
	q := parse(`"`+term+`"`, g.lang, []*stemmer{st})
	for _, p := range g.parts {
		if p.kind == aText && len(q.inText(p.text, st)) > 0 {
			return p.step
		}
	}
	if len(g.parts) == 0 {
		return ""
	}
	return g.parts[0].step
}

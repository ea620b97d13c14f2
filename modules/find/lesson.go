package find

import (
	"math/bits"
	"unicode/utf8"

	"fanal/modules"
)

// A Page is one step of what somebody is reading, with the scene of its question if it has one.
type Page struct {
	Step  *modules.Step
	Scene *modules.Scene
}

// A Match is a page on which what was looked for stands.
type Match struct {
	Page    int // its index
	Snippet string
	Marks   []Span // the words in Snippet, in bytes
}

// InPages looks for a query in the pages of a lesson, in their order, by the same rules as [Index.Search]: in headings,
// texts and prompts, never in options or answers. lang is the language that the lesson is in.
func InPages(pages []Page, lang, text string) []Match {
	st := newStemmer(lang)
	q := parse(text, lang, []*stemmer{st})
	if len(q.elements) == 0 {
		return nil
	}
	texts := make([]string, len(pages))
	heading := ""
	for i, p := range pages {
		texts[i] = pageText(p, &heading)
	}
	q.forgiveIn(texts, st)
	masks, most := make([]uint16, len(pages)), 0
	for i, t := range texts {
		for _, f := range q.inText(t, st) {
			masks[i] |= 1 << f.element
		}
		most = max(most, bits.OnesCount16(masks[i]))
	}
	must := q.mustHave()
	var matches []Match
	for i, m := range masks {
		if m != 0 && m&must == must && bits.OnesCount16(m) == most {
			s, marks := snippet(texts[i], q, st)
			matches = append(matches, Match{i, s, marks})
		}
	}
	return matches
}

// pageText gives what is found on a page. A heading is found where it stands first.
func pageText(p Page, heading *string) string {
	text := ""
	if p.Step.Heading != *heading && p.Step.Heading != "" {
		text = p.Step.Heading + "\n"
	}
	*heading = p.Step.Heading
	if p.Scene != nil {
		text += plainBlocks(p.Scene.Text) + "\n"
	}
	if p.Step.Question != nil {
		return text + plainPrompt(p.Step.Question)
	}
	return text + plainBlocks(p.Step.Blocks)
}

// forgiveIn looks for slips in the words that stand nowhere in the texts.
func (q *query) forgiveIn(texts []string, st *stemmer) {
	var missing []*sought
	slips := map[*sought][]word{}
	for _, el := range q.elements {
		for _, s := range el.words {
			if canSlip(s.form) {
				missing = append(missing, s)
			}
		}
	}
	for _, t := range texts {
		words(t, st.lang, func(start, end int) bool {
			w := st.word(t[start:end])
			for i, s := range missing {
				if s == nil {
					continue
				}
				if _, ok := s.match(w); ok {
					missing[i] = nil
				} else if s.near(w) {
					slips[s] = append(slips[s], w)
				}
			}
			return true
		})
	}
	for _, s := range missing {
		if s == nil {
			continue
		}
		for _, w := range slips[s] {
			s.slips, s.slipStems = append(s.slips, w.form), append(s.slipStems, w.stems...)
		}
	}
}

// near tells whether a word of a text is one slip away, or has a stem that is.
func (s *sought) near(w word) bool {
	if oneSlip(s.form, w.form) {
		return true
	}
	for _, a := range s.stems {
		for _, b := range w.stems {
			if utf8.RuneCountInString(a) >= slipStem && oneSlip(a, b) {
				return true
			}
		}
	}
	return false
}

package find

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// mostElements is how many words and phrases of a query are looked for; who types more has said enough.
const mostElements = 8

// prefixLetters is how many letters the word that is being typed has at least before words that begin so are found.
const prefixLetters = 2

// A query is what is looked for: words, and phrases in quotes.
type query struct {
	elements []element
}

// An element is a word, or the words of a phrase, which stay together.
type element struct {
	words  []*sought
	phrase bool
}

// A sought word is one that is looked for.
type sought struct {
	word
	typed     bool     // the last one, perhaps not typed to its end: words that begin so are meant too
	slips     []string // words that may have been meant, where nothing else was found
	slipStems []string // and their stems
}

// parse reads a query. The learner's language says what an apostrophe cuts off; the stemmers are those of the languages of
// the texts that will be searched.
func parse(text, lang string, stemmers []*stemmer) *query {
	q := &query{}
	phrase := element{phrase: true}
	endPhrase := func() {
		if len(phrase.words) > 0 {
			q.add(phrase)
		}
		phrase = element{phrase: true}
	}
	for i, piece := range splitQuotes(text) {
		quoted := i%2 == 1
		words(piece, lang, func(start, end int) bool {
			w := newSought(piece[start:end], stemmers)
			if quoted {
				phrase.words = append(phrase.words, w)
			} else {
				q.add(element{words: []*sought{w}})
			}
			return len(q.elements) < mostElements && len(phrase.words) < mostElements
		})
		endPhrase()
	}
	if r, _ := utf8.DecodeLastRuneInString(text); isWordRune(r) && len(q.elements) > 0 {
		last := q.elements[len(q.elements)-1]
		w := last.words[len(last.words)-1]
		w.typed = utf8.RuneCountInString(w.form) >= prefixLetters
	}
	return q
}

// splitQuotes cuts a text at its quotes: what stands at an odd place was in quotes.
func splitQuotes(text string) []string {
	var pieces []string
	from := 0
	for i, r := range text {
		if strings.ContainsRune(`"“”„«»`, r) {
			pieces = append(pieces, text[from:i])
			from = i + utf8.RuneLen(r)
		}
	}
	return append(pieces, text[from:])
}

func newSought(raw string, stemmers []*stemmer) *sought {
	w := &sought{word: word{form: fold(raw)}}
	for _, st := range stemmers {
		for _, s := range st.word(raw).stems {
			if !slices.Contains(w.stems, s) {
				w.stems = append(w.stems, s)
			}
		}
	}
	return w
}

// add adds an element, unless it is there already or there are enough.
func (q *query) add(e element) {
	same := func(o element) bool {
		return slices.EqualFunc(o.words, e.words, func(a, b *sought) bool { return a.form == b.form })
	}
	if len(q.elements) < mostElements && !slices.ContainsFunc(q.elements, same) {
		q.elements = append(q.elements, e)
	}
}

// The ways in which a word is found, the poorest first.
const (
	bySlip = iota
	byBeginning
	byStem
	byForm
)

// match tells how a word of a text is one that is sought.
func (s *sought) match(w word) (how int, ok bool) {
	switch {
	case w.form == s.form:
		return byForm, true
	case slices.ContainsFunc(w.stems, func(stem string) bool { return slices.Contains(s.stems, stem) }):
		return byStem, true
	case s.typed && strings.HasPrefix(w.form, s.form):
		return byBeginning, true
	case slices.Contains(s.slips, w.form), slices.ContainsFunc(w.stems, func(stem string) bool { return slices.Contains(s.slipStems, stem) }):
		return bySlip, true
	}
	return 0, false
}

// A find is a place in a text where an element of a query stands.
type find struct {
	Span
	element int
	how     int
}

// inText finds the elements of a query in a text, in the order of the text. Of a phrase each word is a find of its own.
func (q *query) inText(text string, st *stemmer) []find {
	var finds []find
	var spans []Span
	var all []word
	words(text, st.lang, func(start, end int) bool {
		spans = append(spans, Span{start, end})
		all = append(all, st.word(text[start:end]))
		return true
	})
	for e, el := range q.elements {
		for i := 0; i+len(el.words) <= len(all); i++ {
			worst, ok := byForm, true
			for j := 0; ok && j < len(el.words); j++ {
				var how int
				how, ok = el.words[j].match(all[i+j])
				worst = min(worst, how)
			}
			for j := 0; ok && j < len(el.words); j++ {
				finds = append(finds, find{spans[i+j], e, worst})
			}
		}
	}
	slices.SortStableFunc(finds, func(a, b find) int { return a.Start - b.Start })
	return slices.CompactFunc(finds, func(a, b find) bool { return a.Span == b.Span && a.element == b.element })
}

package find

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/spanish"
	"golang.org/x/text/unicode/norm"
)

// longestWord is how many bytes of a word are compared.
const longestWord = 64

// fold makes of a word what words are compared by: small letters without accents, ligatures taken apart.
func fold(word string) string {
	ascii := true
	for i := 0; i < len(word); i++ {
		if c := word[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			ascii = false
			break
		}
	}
	if !ascii {
		var b strings.Builder
		for _, r := range norm.NFD.String(word) {
			switch {
			case unicode.Is(unicode.Mn, r):
			case r == 'œ' || r == 'Œ':
				b.WriteString("oe")
			case r == 'æ' || r == 'Æ':
				b.WriteString("ae")
			case r == 'ß' || r == 'ẞ':
				b.WriteString("ss")
			default:
				b.WriteRune(unicode.ToLower(r))
			}
		}
		word = b.String()
	}
	if len(word) > longestWord {
		word = strings.ToValidUTF8(word[:longestWord], "")
	}
	return word
}

// isApostrophe tells whether a character stands where a letter has been left out.
func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// words visits the words of a text in their order: runs of letters and digits. What an apostrophe has cut down to a
// syllable is no word: "l’" in "l’adresse", "dell’" in "dell’utente", the "s" in "it’s". The visit ends when it returns
// false.
func words(text, lang string, visit func(start, end int) bool) {
	after := false // an apostrophe stands right before
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if !isWordRune(r) {
			after = isApostrophe(r) && after
			i += size
			continue
		}
		start, letters := i, 0
		for i < len(text) {
			r, size = rune(text[i]), 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(text[i:])
			}
			if !isWordRune(r) {
				break
			}
			letters++
			i += size
		}
		before := false
		if i < len(text) && isApostrophe(r) {
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			before = unicode.IsLetter(next)
		}
		cut := before && letters <= 4 && lang != "en" || after && letters <= 2 && lang == "en"
		after = before
		if !cut && !visit(start, i) {
			return
		}
	}
}

// A word is one as it is compared: its form, and the stems that it shares with its kin. There are two where accents make a
// difference to the stemmer: "données" is "don" as it is written and "donne" without its accent, and both ways of typing
// it are to be found.
type word struct {
	form  string
	stems []string
}

// A stemmer knows the words of one language. It is used by one goroutine.
type stemmer struct {
	lang string
	stem func(*snowballstem.Env) bool // nil: a language whose endings we do not know
	env  *snowballstem.Env
	kept map[string]word
}

// mostKept is how many words a stemmer remembers before it begins again.
const mostKept = 1 << 15

func newStemmer(lang string) *stemmer {
	s := &stemmer{lang: lang, env: snowballstem.NewEnv(""), kept: map[string]word{}}
	switch lang {
	case "fr":
		s.stem = french.Stem
	case "en":
		s.stem = english.Stem
	case "es":
		s.stem = spanish.Stem
	case "it":
		s.stem = italian.Stem
	}
	return s
}

// word returns a word of a text as it is compared.
func (s *stemmer) word(raw string) word {
	if w, ok := s.kept[raw]; ok {
		return w
	}
	w := word{form: fold(raw)}
	w.stems = []string{s.stemOf(w.form)}
	if lower := s.accented(strings.ToLower(norm.NFC.String(raw))); lower != w.form && len(lower) <= longestWord {
		if second := fold(s.stemOf(lower)); second != w.stems[0] {
			w.stems = append(w.stems, second)
		}
	}
	if len(s.kept) >= mostKept {
		clear(s.kept)
	}
	s.kept[strings.Clone(raw)] = w
	return w
}

// accented gives a word its accent back where it can be told: French has "ée" at the end of its words, and no "ee".
func (s *stemmer) accented(lower string) string {
	if s.lang != "fr" {
		return lower
	}
	for _, end := range []string{"ee", "ees"} {
		if stem, ok := strings.CutSuffix(lower, end); ok {
			return stem + "é" + end[1:]
		}
	}
	return lower
}

func (s *stemmer) stemOf(w string) string {
	if s.stem == nil {
		return w
	}
	s.env.SetCurrent(w)
	s.stem(s.env)
	return s.env.Current()
}

// slipLetters is how many letters a word has at least for one slip in it to be forgiven: in a shorter one, one letter
// makes another word.
const slipLetters = 5

// slipStem is how many letters the stem of such a word has at least to be compared with other stems.
const slipStem = 4

// canSlip tells whether a slip in the word is forgiven. A number with another digit is another number.
func canSlip(form string) bool {
	return utf8.RuneCountInString(form) >= slipLetters && strings.IndexFunc(form, unicode.IsDigit) < 0
}

// oneSlip tells whether two different words are one slip apart: a letter too many, one too few, another one, or two
// neighbours swapped.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > utf8.UTFMax {
		return false
	}
	p := 0 // what they begin with alike
	for p < len(a) && a[p] == b[p] {
		p++
	}
	for p > 0 && p < len(b) && !utf8.RuneStart(b[p]) {
		p--
	}
	x, y := []rune(a[p:]), []rune(b[p:])
	e := 0 // what they end in alike
	for e < len(x) && e < len(y) && x[len(x)-1-e] == y[len(y)-1-e] {
		e++
	}
	x, y = x[:len(x)-e], y[:len(y)-e]
	switch {
	case len(x)+len(y) == 0:
		return false
	case len(x) <= 1 && len(y) <= 1:
		return true
	}
	return len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
}

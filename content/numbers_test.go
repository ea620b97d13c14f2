package content_test

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fanal/content"
)

// What is counted, dated or priced is the same in every language: a learner who changes language must not meet another
// figure, and a mediator with two groups must be able to correct both with one sheet.
func TestEditionsSayTheSameNumbers(t *testing.T) {
	for _, id := range content.Modules {
		editions := editions(t)[id]
		source := map[string][]float64{}
		for _, p := range editions[0].passages() {
			source[p.where] = append(source[p.where], telling(numbers(p.text, editions[0].lang))...)
		}
		for _, e := range editions[1:] {
			said := map[string][]float64{}
			for _, p := range e.passages() {
				said[p.where] = append(said[p.where], telling(numbers(p.text, e.lang))...)
			}
			for _, where := range slices.Sorted(maps.Keys(source)) {
				slices.Sort(source[where])
				slices.Sort(said[where])
				if !slices.Equal(source[where], said[where]) {
					t.Errorf("%s/%s: %v, in %s: %v", e, where, said[where], editions[0].lang, source[where])
				}
			}
		}
	}
}

var (
	listMarks = regexp.MustCompile("`[^`]*`|(?m:^\\d+\\. )") // and code: formulas are each language's own
	clock     = regexp.MustCompile(`\b\d{1,2}(?:[\s\x{a0}]h[\s\x{a0}]|:)\d{2}\b`)
	figures   = map[string]*regexp.Regexp{
		"fr": regexp.MustCompile(`\d{1,3}(?:\x{a0}\d{3}\b)+(?:,\d+)?|\d+(?:,\d+)?`),
		"en": regexp.MustCompile(`\d{1,3}(?:,\d{3}\b)+(?:\.\d+)?|\d+(?:\.\d+)?`),
		"es": regexp.MustCompile(`\d{1,3}(?:\x{a0}\d{3}\b)+(?:,\d+)?|\d+(?:,\d+)?`),
		"it": regexp.MustCompile(`\d{1,3}(?:\.\d{3}\b)+(?:,\d+)?|\d+(?:,\d+)?`),
	}
)

// telling leaves out whole numbers up to 31: days, hours and a few of something are words in one language, digits in another.
func telling(all []float64) []float64 {
	return slices.DeleteFunc(all, func(n float64) bool { return n <= 31 && n == math.Trunc(n) })
}

// numbers are the numbers that a text in a language names in digits, in the writing of that language, times of the
// clock excepted.
func numbers(text, lang string) []float64 {
	decimal, thousands := ",", "\u00a0"
	switch lang {
	case "en":
		decimal, thousands = ".", ","
	case "it":
		thousands = "."
	}
	text = clock.ReplaceAllString(listMarks.ReplaceAllString(text, " "), " ")
	var all []float64
	for _, s := range figures[lang].FindAllString(text, -1) {
		s = strings.ReplaceAll(strings.ReplaceAll(s, thousands, ""), decimal, ".")
		if n, err := strconv.ParseFloat(s, 64); err == nil {
			all = append(all, n)
		}
	}
	return all
}

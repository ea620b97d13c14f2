package content_test

import (
	"regexp"
	"strings"
	"testing"
)

// Every language is set as its readers know it, so that nothing breaks at a line's end or is read wrongly aloud.
func TestTypographyIsThatOfTheLanguage(t *testing.T) {
	code := regexp.MustCompile("`[^`]*`|https?://\\S+|\\d:\\d|«[?!]»")
	wrong := map[string]map[string]*regexp.Regexp{
		"fr": {
			"no no-break space before it": regexp.MustCompile(`[^\s\x{a0}][;:?!»%](?:[\s».,)]|$)|[ \n][;:?!»]|\d[ \n]%`),
			"no no-break space after it":  regexp.MustCompile(`«[^\x{a0}]`),
			"quotes of another language":  regexp.MustCompile(`[‘“”]`),
		},
		"en": {
			"a space before it":          regexp.MustCompile(`[\s\x{a0}][;:?!,]|\d[\s\x{a0}]%`),
			"quotes of another language": regexp.MustCompile(`[«»“”]`),
		},
		"es": {
			"a space beside it":            regexp.MustCompile(`[\s\x{a0}][;:?!,»]|[«¿¡][\s\x{a0}]`),
			"no no-break space before it":  regexp.MustCompile(`\d[^\x{a0}\d]?%`),
			"quotes of another language":   regexp.MustCompile(`[‘“”]`),
			"a question or cry not opened": regexp.MustCompile(`(?m)^[^¿\n]*\?|^[^¡\n]*!`),
		},
		"it": {
			"a space beside it":          regexp.MustCompile(`[\s\x{a0}][;:?!,»]|\d[\s\x{a0}]%|«[\s\x{a0}]`),
			"quotes of another language": regexp.MustCompile(`[‘“”]`),
		},
	}
	straight := regexp.MustCompile(`["']`)
	eachEdition(t, func(t *testing.T, e *edition) {
		for _, p := range e.passages() {
			text := code.ReplaceAllString(p.text, "x")
			if at := straight.FindStringIndex(text); at != nil {
				t.Errorf("%s: a straight quote: %s", p.where, around(text, at))
			}
			for what, re := range wrong[e.lang] {
				if at := re.FindStringIndex(text); at != nil {
					t.Errorf("%s: %s: %s", p.where, what, around(text, at))
				}
			}
		}
	})
}

// around shows where in a text something is.
func around(text string, at []int) string {
	from, to := max(at[0]-25, 0), min(at[1]+15, len(text))
	return strings.ToValidUTF8(text[from:to], "")
}

package check

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"fanal/modules"
)

// A sentence is where one begins in a text, in bytes, and how many words it has.
type sentence struct{ start, words int }

// sentences cuts a text. A sentence ends at a full stop, a question mark, an exclamation mark or three dots that a space
// follows, with or without closing quotes between, and at the end of the text: a number or an abbreviation within a word
// ends none, and one that does makes sentences shorter, never longer. A word has a letter or a digit.
func sentences(text string) []sentence {
	var all []sentence
	cur := sentence{start: -1}
	end := func() {
		if cur.words > 0 {
			all = append(all, cur)
		}
		cur = sentence{start: -1}
	}
	inWord, stopped := false, false
	for i, r := range text {
		switch {
		case r == '\f': // a line that its author ended
			end()
			inWord, stopped = false, false
		case unicode.IsSpace(r):
			if stopped {
				end()
			}
			inWord, stopped = false, false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if cur.start < 0 {
				cur.start = i
			}
			if !inWord {
				cur.words++
			}
			inWord, stopped = true, false
		case strings.ContainsRune(".!?…", r):
			stopped = true
		case !strings.ContainsRune(`"»”’')]`, r):
			stopped = false
		}
	}
	end()
	return all
}

// beginning gives the first words of a text, of which there are more.
func beginning(text string) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(6, len(words))], " ") + " …"
}

// late makes a pattern when it is first needed: most starts of the program check nothing, and making those of this file
// takes half a millisecond and half a megabyte.
func late(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

var (
	brackets = late(`\p{L}+\p{Ll}\((?:e|s|es|a|as|o|os|i|ne|nes|le|les|te|tes|se|ses|ve|ves|rice|rices|trice|trices)\)`)
	atSign   = late(`\p{L}+@s?\.?(?:[^\p{L}\p{N}@.]|$)`)
	slash    = late(`\p{L}{3,}/(?:e|es|a|as|o|os|ne|nes|rice|rices|trice|trices|euse|euses)(?:\P{L}|$)`)
	dot      = late(`\p{L}+[·•‧]\p{L}+`)
	schwa    = late(`\p{L}+[əɜ]`)
	star     = late(`\p{L}{2,}\*(?:s|[aeo]s?|in|innen)(?:\P{L}|$)`)
	starEnd  = late(`\p{L}+[bcdfghlmnpqrstvz]\*(?:\P{L}|$)`) // Italian; elsewhere, and after a vowel, it is a footnote
	unit     = late(`^[kMGmµ]?[A-Z][a-z]?[·•‧][hmsKAV]$`)    // kW·h, N·m
)

// oddities finds an emoji, and a form that a screen reader breaks on, in a text of a language; "" for none. Nothing is
// searched for in a text that has no sign of it.
func oddities(text, lang string) (emoji, form string) {
	signs := ""
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if (c == '(' || c == '@' || c == '/' || c == '*') && i > 0 && text[i-1] > ' ' {
				signs += string(c)
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case isEmoji(r) && emoji == "":
			emoji = string(r)
		case r == '·' || r == '•' || r == '‧':
			signs += "."
		case r == 'ə' || r == 'ɜ':
			signs += "e"
		}
		i += size
	}
	for _, f := range []struct {
		sign, lang string
		form       func() *regexp.Regexp
	}{{".", "", dot}, {"(", "", brackets}, {"@", "", atSign}, {"/", "", slash}, {"e", "", schwa}, {"*", "", star}, {"*", "it", starEnd}} {
		if form == "" && (f.lang == "" || f.lang == lang) && strings.Contains(signs, f.sign) {
			form = firstForm(f.form(), text)
		}
	}
	return emoji, form
}

// firstForm gives the first match that is not part of an address, nor the dot of Catalan's double l or of a unit.
func firstForm(form *regexp.Regexp, text string) string {
	for _, m := range form.FindAllStringIndex(text, -1) {
		start := strings.LastIndexFunc(text[:m[0]], unicode.IsSpace) + 1
		found := strings.TrimFunc(text[m[0]:m[1]], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:!?.", r) })
		if !strings.ContainsAny(text[start:m[0]], ".:/") && !strings.Contains(found, "l·l") && !unit().MatchString(found) {
			return found
		}
	}
	return ""
}

func isEmoji(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || r >= 0x2600 && r <= 0x27bf || r == 0x2b50 || r == 0x2b55 || r == 0x231a || r == 0x231b || r == 0x23f0
}

// summing are the options that sum up the others, in the four languages, unaccented. An option that only speaks of all the
// answers that people gave is none.
var summing = late(`^(?:` + strings.Join([]string{
	`(?:toutes|aucune|les deux|les trois)(?: les| ces| des| de ces| premieres)? (?:reponses|propositions|options|affirmations)` +
		`(?: ci-dessus| precedentes| proposees| qui precedent| a la fois)?(?: (?:sont|n'est) (?:correctes?|justes?|vraies?|bonnes?|exactes?|fausses?))?`,
	`(?:toutes|aucune|les deux|les trois) (?:sont|n'est) (?:correctes?|justes?|vraies?|bonnes?|exactes?|fausses?)`,
	`aucune reponse ci-dessus|tout ce qui precede|rien de (?:tout cela|ce qui precede)`,
	`(?:all|none|both|neither|any)(?: of)?(?: the| these| those)?(?: answers?| options?)?(?: above)?(?: (?:is|are) (?:right|correct|true|wrong|false))?`,
	`(?:todas|todos|ninguna|ninguno|ambas)(?: de)?(?: las| los| estas| esas)? (?:anteriores|respuestas|opciones|afirmaciones)` +
		`(?: anteriores)?(?: (?:son|es) (?:correctas?|ciertas?|verdaderas?|falsas?))?`,
	`(?:todas|ninguna|ambas|las dos|las tres) (?:son|es) (?:correctas?|ciertas?|verdaderas?|falsas?)|todo lo anterior|nada de lo anterior`,
	`(?:tutte|tutti|nessuna|nessuno|entrambe)(?: le| i| delle| dei| queste| di queste)?(?: precedenti| risposte| opzioni| affermazioni)` +
		`(?: precedenti)?(?: (?:sono|e) (?:corrett[ea]|giust[ea]|ver[ea]|fals[ea]))?`,
	`(?:tutte|nessuna|entrambe|le prime due) (?:sono|e) (?:corrett[ea]|giust[ea]|ver[ea]|fals[ea])|(?:tutte|nessuna di|entrambe) queste`,
	`[abcd](?:, [abcd])* (?:et|and|y|e|&) [abcd]`,
}, "|") + `)$`)

// sumsUp tells whether an option is "all of the above" or its kin.
func sumsUp(option string) bool {
	s := strings.Trim(modules.Unaccented(strings.ReplaceAll(option, "’", "'")), " .!")
	return len(strings.Fields(s)) > 1 && summing().MatchString(s)
}

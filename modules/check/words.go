package check

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// unaccented gives a text in small letters without accents.
func unaccented(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss", "Œ", "oe").Replace(s)))
}

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

var (
	brackets = regexp.MustCompile(`\p{L}+\((?:e|s|es|a|as|o|os|i|ne|nes|le|les|te|tes|se|ses|ve|ves|rice|rices|trice|trices)\)`)
	atSign   = regexp.MustCompile(`\p{L}+@s?(?:[^\p{L}\p{N}@.]|$)`)
	slash    = regexp.MustCompile(`\p{L}{3,}/(?:e|es|a|as|o|os|ne|nes|rice|rices|trice|trices|euse|euses)(?:\P{L}|$)`)
	dot      = regexp.MustCompile(`\p{L}+[·•‧]\p{L}+`)
	schwa    = regexp.MustCompile(`\p{L}+[əɜ]`)
	star     = regexp.MustCompile(`\p{L}+[bcdfghlmnpqrstvz]\*(?:\P{L}|$)`) // Italian; after a vowel it is a footnote
)

// oddities finds an emoji, and a form that a screen reader breaks on; "" for none. Nothing is searched for in a text that
// has no sign of it.
func oddities(text string) (emoji, form string) {
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
		sign string
		form *regexp.Regexp
	}{{".", dot}, {"(", brackets}, {"@", atSign}, {"/", slash}, {"e", schwa}, {"*", star}} {
		if form == "" && strings.Contains(signs, f.sign) {
			form = firstForm(f.form, text)
		}
	}
	return emoji, form
}

// firstForm gives the first match that is not part of an address, nor the dot of Catalan's double l.
func firstForm(form *regexp.Regexp, text string) string {
	for _, m := range form.FindAllStringIndex(text, -1) {
		start := strings.LastIndexFunc(text[:m[0]], unicode.IsSpace) + 1
		found := strings.TrimFunc(text[m[0]:m[1]], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:!?.", r) })
		if !strings.ContainsAny(text[start:m[0]], ".:/") && !strings.Contains(found, "l·l") {
			return found
		}
	}
	return ""
}

func isEmoji(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || r >= 0x2600 && r <= 0x27bf || r == 0x2b50 || r == 0x2b55 || r == 0x231a || r == 0x231b || r == 0x23f0
}

// allForms are how options that sum up the others begin or end, unaccented.
var allForms = []string{
	"toutes les reponses", "toutes ces reponses", "toutes les propositions", "toutes ces propositions", "aucune de ces reponses",
	"aucune des reponses", "aucune de ces propositions", "aucune des propositions", "aucune reponse ci-dessus", "toutes les reponses ci-dessus",
	"all of the above", "none of the above", "all of these", "none of these", "both of the above", "all the above",
	"todas las anteriores", "ninguna de las anteriores", "todas las respuestas", "ninguna de las respuestas", "todo lo anterior", "nada de lo anterior",
	"tutte le precedenti", "nessuna delle precedenti", "tutte le risposte", "nessuna delle risposte", "tutte queste", "nessuna di queste",
	"tutti i precedenti", "nessuno dei precedenti", "les deux reponses ci-dessus",
}

// sumsUp tells whether an option is "all of the above" or its kin.
func sumsUp(option string) bool {
	s := strings.Trim(unaccented(option), " .!")
	for _, form := range allForms {
		// Longer options may speak of all the answers that people gave.
		if strings.Contains(s, form) && len(s) < len(form)+25 {
			return true
		}
	}
	return false
}

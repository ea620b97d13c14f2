package quiz

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// longWord is the number of letters from which one slip of the fingers in a word is forgiven: in a shorter one, a letter
// more or less too often makes another word.
const longWord = 6

// longestTyped is the length in bytes, of what was typed or is accepted, beyond which nothing is compared: no answer is
// that long, and a pasted file must not cost anything.
const longestTyped = 4096

// Same says whether what was typed is the accepted text, in substance. These are form, and do not count: capitals,
// accents, the kinds and numbers of spaces, apostrophes, quotes and hyphens, a final full stop, an article in front, the
// way in which a number is written, and one slip (a letter too many, missing, wrong, or two neighbours exchanged) in each
// word of at least 6 letters. Digits are never a slip, nor is a letter before the word's first one or missing there:
// "atypical" is not "typical". An empty text is never the same.
func Same(accepted, typed string) bool {
	if sameForm(accepted, typed) {
		return true
	}
	a, b := plain(accepted), plain(typed)
	if a == "" || b == "" {
		return false
	}
	return sameButSlips(words(a), words(b)) ||
		hasArticle(a) != hasArticle(b) && sameButSlips(words(withoutArticle(a)), words(withoutArticle(b)))
}

// sameForm is Same without any slip.
func sameForm(accepted, typed string) bool {
	a, b := plain(accepted), plain(typed)
	switch {
	case a == "" || b == "":
		return false
	case a == b, sameNumber(a, b):
		return true
	case hasArticle(a) == hasArticle(b): // "le poste" and "la poste" are two things
		return false
	default:
		return withoutArticle(a) == withoutArticle(b)
	}
}

func sameExactly(accepted, typed string) bool {
	a := exactForm(accepted)
	return a != "" && a == exactForm(typed)
}

// exactForm is what is compared, letter by letter, where a question says exact: only what no keyboard can be asked for
// (the kinds of spaces and apostrophes, how an accent is encoded, spaces around) is levelled.
func exactForm(s string) string {
	if len(s) > longestTyped {
		return ""
	}
	return strings.Join(strings.Fields(strings.Map(level, norm.NFC.String(s))), " ")
}

// plain reduces a text to what counts in it: small letters without accents, single spaces, no final full stop.
func plain(s string) string {
	if len(s) > longestTyped {
		return ""
	}
	s = strings.ToLower(strings.Map(level, s))
	s = norm.NFKD.String(s)
	var b strings.Builder
	for _, r := range s {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if t, ok := letters[r]; ok {
			b.WriteString(t)
			continue
		}
		b.WriteRune(r)
	}
	s = hyphens(b.String())
	s = strings.Join(strings.Fields(s), " ")
	if t := strings.Trim(s, "\"' "); t != "" {
		s = t
	}
	if t := strings.TrimRight(s, ".!;,… "); t != "" {
		s = strings.Trim(t, "\"' ")
	}
	return s
}

// letters are those that Unicode does not take apart, and that keyboards of other languages write with two.
var letters = map[rune]string{
	'œ': "oe", 'æ': "ae", 'ß': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'ı': "i",
}

// level makes the kinds of a sign one sign: spaces, apostrophes, quotes, hyphens.
func level(r rune) rune {
	switch r {
	case '\u00ad', '\u200b', '\u2060', '\ufeff': // invisible
		return -1
	case '’', '‘', 'ʼ', '`', '´', '′', '＇':
		return '\''
	case '“', '”', '„', '«', '»':
		return '"'
	case '‐', '‑', '‒', '–', '—', '−', '－':
		return '-'
	}
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// hyphens makes a hyphen between two letters a space ("mot-clé", "mot clé"). Before a number it is a minus, and stays.
func hyphens(s string) string {
	if !strings.Contains(s, "-") {
		return s
	}
	runes := []rune(s)
	for i, r := range runes {
		if r == '-' && i > 0 && i+1 < len(runes) && unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i+1]) {
			runes[i] = ' '
		}
	}
	return string(runes)
}

// articles of the four languages, in plain form. Those with an apostrophe stand without a space.
var articles = []string{
	"le ", "la ", "les ", "l'", "un ", "une ", "des ", "du ", "the ", "a ", "an ", "el ", "los ", "las ", "una ", "unos ",
	"unas ", "il ", "lo ", "i ", "gli ", "uno ", "un'",
}

func withoutArticle(s string) string {
	for _, art := range articles {
		if rest, ok := strings.CutPrefix(s, art); ok && strings.TrimSpace(rest) != "" {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

func hasArticle(s string) bool { return withoutArticle(s) != s }

// words cuts a plain text at its spaces and after its apostrophes.
func words(s string) []string { return strings.Fields(strings.ReplaceAll(s, "'", "' ")) }

// sameButSlips compares word by word, with at most one slip in each long one. A forgotten or added space or apostrophe is
// a slip too.
func sameButSlips(accepted, typed []string) bool {
	if len(accepted) != len(typed) {
		a, b := joined(accepted), joined(typed)
		return a == b && len(accepted)-len(typed) <= 1 && len(typed)-len(accepted) <= 1 && isLong([]rune(a))
	}
	for i, word := range accepted {
		if word == typed[i] {
			continue
		}
		a, b := []rune(word), []rune(typed[i])
		if !isLong(a) || slices.ContainsFunc(b, unicode.IsDigit) || !oneSlip(a, b) {
			return false
		}
	}
	return true
}

func joined(words []string) string { return strings.ReplaceAll(strings.Join(words, ""), "'", "") }

// isLong says whether a word has enough letters, and no digit, for a slip to be forgiven in it.
func isLong(word []rune) bool {
	n := 0
	for _, r := range word {
		if unicode.IsDigit(r) {
			return false
		}
		n += boolToInt(unicode.IsLetter(r))
	}
	return n >= longWord
}

// oneSlip says whether two different words are one insertion, deletion, substitution or exchange of neighbours apart, the
// word's first letter being neither inserted nor deleted.
func oneSlip(a, b []rune) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	restA, restB := a[i:], b[i:]
	switch len(a) - len(b) {
	case 0:
		if slices.Equal(restA[1:], restB[1:]) {
			return true
		}
		return len(restA) > 1 && restA[0] == restB[1] && restA[1] == restB[0] && slices.Equal(restA[2:], restB[2:])
	case 1:
		return i > 0 && slices.Equal(restA[1:], restB)
	case -1:
		return i > 0 && slices.Equal(restA, restB[1:])
	default:
		return false
	}
}

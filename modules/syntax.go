package modules

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The slips that people make in TOML by hand, as Key of a BadSyntax. Each has a sentence that says what to write; Want is
// the word that it is about, where it has one.
const (
	slipTwice     = "twice"     // a line that is there already; Want: its key
	slipTable     = "table"     // [question] where [[question]] is meant; Want: the name
	slipOpen      = "open"      // a text without its closing quotation mark
	slipCurly     = "curly"     // typographic quotation marks around a text
	slipBare      = "bare"      // a text without any; Want: how it begins
	slipTruth     = "truth"     // True, yes, oui; Want: how it is written
	slipNothing   = "nothing"   // nothing behind the sign =
	slipEquals    = "equals"    // no sign = behind a name
	slipComma     = "comma"     // a number with a comma
	slipInner     = "inner"     // a quotation mark within a text
	slipBackslash = "backslash" // a backslash in a text
	slipList      = "list"      // a list without a comma, or without brackets
	slipSpace     = "space"     // a space that does not break the line, outside of a text
	slipHeader    = "header"    // brackets around a name that do not match
)

var (
	definedTwice = regexp.MustCompile(`^Key '(?:.*\.)?(.+)' has already been defined`)
	notAnArray   = regexp.MustCompile(`^Key '(?:.*\.)?(.+)' was already created and cannot be used as an array`)
	decimals     = regexp.MustCompile(`^[+-]?\d+$`)
	bareWord     = regexp.MustCompile(`^[\p{L}\p{N}][^\s,\]#]*`)
)

// truths are the words that people write for true and false.
var truths = map[string]string{
	"true": "true", "yes": "true", "oui": "true", "vrai": "true", "sí": "true", "si": "true", "sì": "true", "verdadero": "true", "vero": "true",
	"false": "false", "no": "false", "non": "false", "faux": "false", "falso": "false",
}

// slip tells which of the usual slips a fault is, "" for none of them: said are the parser's words, at the offset where it
// stopped. offset is where to look.
func slip(src string, at int, said string) (kind, word string, offset int) {
	at = min(max(at, 0), len(src))
	start := strings.LastIndexByte(src[:at], '\n') + 1
	before, rest := src[start:at], src[at:]
	rest, _, _ = strings.Cut(rest, "\n")
	has := func(part string) bool { return strings.Contains(said, part) }
	if m := definedTwice.FindStringSubmatch(said); m != nil {
		return slipTwice, m[1], start + len(before) - len(strings.TrimLeft(before, " \t"))
	}
	if m := notAnArray.FindStringSubmatch(said); m != nil {
		return slipTable, m[1], at
	}
	behind := strings.TrimSpace(before[strings.IndexByte(before, '=')+1:]) // of the value, what was understood
	switch {
	case firstLetter(rest) == '\u00a0', firstLetter(rest) == '\u202f':
		return slipSpace, "", at
	case has("strings cannot contain newlines") && isCurly(lastLetter(before)), has("expected value") && isCurly(firstLetter(rest)):
		return slipCurly, "", at
	case has("strings cannot contain newlines"):
		return slipOpen, "", at
	case has(`expected '"""'`), has(`expected "'''"`):
		return slipOpen, "", max(0, strings.LastIndex(src[:at], said[strings.LastIndexByte(said, ' ')+2:len(said)-1]))
	case has("hexadecimal digits after"), has("invalid escape"):
		return slipBackslash, "", at
	case has("comma (',') or array terminator"):
		return slipList, "", at
	case has("end table name"), has("table array name"), has("top-level item to end") && strings.HasPrefix(before, "["):
		return slipHeader, "", at
	case has("expected '.' or '='"), has("expected value") && strings.HasPrefix(rest, "="):
		return slipEquals, "", at
	case has("top-level item to end"):
		return slipBehind(behind, rest), bareWord.FindString(behind), at
	case has("Invalid float"), has("Invalid integer"), has("invalid datetime"):
		return slipBare, bareWord.FindString(rest), at
	case has("expected value") && strings.TrimSpace(rest) == "":
		return slipNothing, "", at
	case has("expected value"):
		if word = bareWord.FindString(rest); word == "" {
			return "", "", at
		}
		if truth := truths[strings.ToLower(word)]; truth != "" {
			return slipTruth, truth, at
		}
		return slipBare, word, at
	}
	return "", "", at
}

// slipBehind tells which slip it is when something stands behind a value, of which value was understood.
func slipBehind(value, rest string) string {
	switch {
	case value == "":
		return ""
	case strings.HasPrefix(rest, ",") && decimals.MatchString(value):
		return slipComma
	case strings.HasPrefix(rest, ","):
		return slipList
	case strings.ContainsAny(value[:1], `"'`) && strings.Contains(rest, value[:1]):
		return slipInner
	case bareWord.MatchString(value):
		return slipBare
	}
	return ""
}

func firstLetter(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

func lastLetter(s string) rune { r, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(s)); return r }

// isCurly tells of quotation marks that are not TOML's.
func isCurly(r rune) bool {
	return r != '"' && r != '\'' && unicode.Is(unicode.Quotation_Mark, r)
}

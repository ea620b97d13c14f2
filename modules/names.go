package modules

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// languageForm is that of a language's folder: a language, and perhaps a script or a region, in small letters.
var languageForm = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8})*$`)

// IsLanguage says whether a text can be the name of a language's folder, like "fr" or "pt-br".
func IsLanguage(s string) bool { return languageForm.MatchString(s) }

// IsID says whether a text can be an id: small letters and digits, with single hyphens between them, at most 64 bytes.
func IsID(s string) bool {
	if s == "" || len(s) > maxID || s[0] == '-' || s[len(s)-1] == '-' || strings.Contains(s, "--") {
		return false
	}
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// IsModuleID says whether an id can be that of a module, whose folder and file have its name.
func IsModuleID(s string) bool { return IsID(s) && !IsDevice(s) }

// otherFiles are the stems of an edition's files that are no lessons.
var otherFiles = []string{"index", "glossary", facilitator, "advice", testA, testB, strings.TrimSuffix(translation, ".toml")}

// IsLessonID says whether an id can be that of a lesson: no other file of an edition has the name, and no system keeps it.
func IsLessonID(s string) bool { return IsID(s) && !slices.Contains(otherFiles, s) && !IsDevice(s) }

// IsDevice tells whether Windows takes a file's name in small letters for a device, whatever follows its first dot.
func IsDevice(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	if len(stem) == 4 && stem[3] >= '0' && stem[3] <= '9' {
		return stem[:3] == "com" || stem[:3] == "lpt"
	}
	return false
}

// IsLitter tells whether a file or a folder of this name is left behind by a system or an editor, and is no part of a
// module: hidden files, thumbnails, copies that an editor keeps.
func IsLitter(base string) bool {
	switch strings.ToLower(base) {
	case "thumbs.db", "desktop.ini", "__macosx":
		return true
	}
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") || strings.HasSuffix(base, "~")
}

// plainLetters writes the letters that are no letter with an accent.
var plainLetters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "Æ", "ae", "Œ", "oe", "ø", "o", "Ø", "o", "ł", "l", "Ł", "l", "đ", "d", "ı", "i")

// Unaccented gives a text in small letters without accents.
func Unaccented(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(plainLetters.Replace(s)))
}

// longestSlug is how long an id made of a text gets, in bytes: as many whole words as fit.
const longestSlug = 40

// Slug makes an id of a text: its letters without accents and its digits, in words joined by hyphens, so that "Relier les
// tables" becomes "relier-les-tables". It is "" for a text that has none of them.
func Slug(text string) string {
	slug := ""
	for word := range strings.FieldsFuncSeq(Unaccented(text), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }) {
		if len(slug)+1+len(word) > longestSlug {
			if slug == "" {
				slug = word[:min(len(word), longestSlug)]
			}
			break
		}
		slug = strings.TrimPrefix(slug+"-"+word, "-")
	}
	return slug
}

package locale_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fanal/locale"

	"github.com/BurntSushi/toml"
)

// messages reads a language's file: by id, the forms of a message, "" for one without plural.
func messages(t *testing.T, lang string) map[string]map[string]string {
	t.Helper()
	var raw map[string]any
	if _, err := toml.DecodeFile(lang+".toml", &raw); err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]string{}
	for id, v := range raw {
		switch v := v.(type) {
		case string:
			all[id] = map[string]string{"": v}
		case map[string]any:
			all[id] = map[string]string{}
			for form, text := range v {
				all[id][form], _ = text.(string)
			}
		}
	}
	return all
}

var placeholder = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

func placeholders(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestFourLanguagesSayTheSameThings(t *testing.T) {
	fr := messages(t, "fr")
	for _, lang := range locale.Languages {
		own := messages(t, lang)
		for id := range own {
			if fr[id] == nil {
				t.Errorf("%s: %s is not in French", lang, id)
			}
		}
		for id, forms := range fr {
			theirs := own[id]
			if theirs == nil {
				t.Errorf("%s lacks %s", lang, id)
				continue
			}
			if _, plain := forms[""]; plain != (theirs[""] != "") {
				t.Errorf("%s: %s has a plural in one language alone", lang, id)
				continue
			}
			want := []string{"one", "other"}
			if lang != "en" {
				want = []string{"many", "one", "other"} // a million of them
			}
			if got := slices.Sorted(mapKeys(theirs)); theirs[""] == "" && !slices.Equal(got, want) {
				t.Errorf("%s: %s has the forms %v, needs %v", lang, id, got, want)
			}
			for form, text := range theirs {
				ours := forms[form]
				if ours == "" {
					ours = forms["other"]
				}
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s: %s %s is empty", lang, id, form)
				}
				if got, want := placeholders(text), placeholders(ours); !slices.Equal(got, want) && form != "one" {
					t.Errorf("%s: %s %s has the placeholders %v, French has %v", lang, id, form, got, want)
				}
			}
		}
	}
}

func mapKeys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

var (
	loose    = regexp.MustCompile(`\S [:;?!»](\s|$)`)
	said     = regexp.MustCompile(`\.(?:T|N|tell|Sprint|misread)\("([a-z][a-z0-9-]*)"`)
	brackets = regexp.MustCompile(`\w\((?:e|s|es|a|o|i)\)|\w·\w`)
)

func TestSentencesAreSetAsTheLanguageDoes(t *testing.T) {
	for _, lang := range locale.Languages {
		for id, forms := range messages(t, lang) {
			for _, text := range forms {
				if lang == "fr" && !strings.Contains(text, " : ?") && loose.MatchString(withoutCommands(text)) {
					t.Errorf("fr: %s breaks before a mark: %q", id, text)
				}
				if brackets.MatchString(text) {
					t.Errorf("%s: %s has a form that cannot be read aloud: %q", lang, id, text)
				}
				if lang == "es" && strings.Count(text, "?") > strings.Count(text, "¿")+strings.Count(text, ":?")+strings.Count(text, " ? ") && strings.Contains(text, "? ") {
					t.Errorf("es: %s opens no question: %q", id, text)
				}
			}
		}
	}
}

// withoutCommands takes out the linear commands, which begin with a colon of their own.
var aCommand = regexp.MustCompile(`:[a-z?]`)

func withoutCommands(text string) string { return aCommand.ReplaceAllString(text, "") }

// Every sentence that the program says stands in the four files: an id on the screen helps nobody.
func TestEverySentenceOfTheProgramIsThere(t *testing.T) {
	fr := messages(t, "fr")
	for _, dir := range []string{"../tui", "../tui/linear", "../cli"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", dir, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range said.FindAllStringSubmatch(string(src), -1) {
				if id := m[1]; fr[id] == nil && !strings.HasSuffix(id, "-") {
					t.Errorf("%s says %s, which has no words", file, id)
				}
			}
		}
	}
}

func TestSystemLanguageIsUnderstoodHoweverItIsWritten(t *testing.T) {
	for names, want := range map[string]string{
		"fr_FR.UTF-8": "fr", "fr": "fr", "it_IT@euro": "it", "es_ES:en": "es", "de_DE:it_IT": "it", "C": "en", "": "en",
		"pt_BR.UTF-8": "en", "FR_be": "fr", "es-MX": "es",
	} {
		if got := locale.Pick(names); got != want {
			t.Errorf("%q: %s, not %s", names, got, want)
		}
	}
}

func TestNumbersReadAsPeopleWriteThem(t *testing.T) {
	nb := "\u00a0"
	for lang, want := range map[string][]string{
		"fr": {"12" + nb + "345", "0,5", "33" + nb + "%", "2" + nb + "h" + nb + "05", "3,4" + nb + "Mo", "22 novembre 2026", "1er août 2026"},
		"en": {"12,345", "0.5", "33%", "2" + nb + "h" + nb + "05", "3.4" + nb + "MB", "22 November 2026", "1 August 2026"},
		"es": {"12" + nb + "345", "0,5", "33" + nb + "%", "2" + nb + "h" + nb + "05", "3,4" + nb + "MB", "22 de noviembre de 2026", "1 de agosto de 2026"},
		"it": {"12.345", "0,5", "33%", "2" + nb + "h" + nb + "05", "3,4" + nb + "MB", "22 novembre 2026", "1º agosto 2026"},
	} {
		p := locale.New(lang)
		got := []string{
			p.Int(12345), p.Decimal(0.5, 2), p.Percent(1.0 / 3), p.Minutes(125), p.Bytes(3_400_000),
			p.Date(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)), p.Date(time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC)),
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, not %q", lang, got, want)
		}
	}
}

type spoken struct{}

func (spoken) Error() string                    { return "in English" }
func (spoken) Spoken() (string, map[string]any) { return "home-due", map[string]any{"N": 2} }

func TestErrorsAreSaidInTheLearnersLanguage(t *testing.T) {
	p := locale.New("it")
	if got := p.Error(errors.Join(spoken{})); got != "2 domande da rivedere" {
		t.Errorf("%q", got)
	}
	if got := p.Error(errors.New("disk on fire")); !strings.Contains(got, "disk on fire") || !strings.Contains(got, "Qualcosa") {
		t.Errorf("%q", got)
	}
}

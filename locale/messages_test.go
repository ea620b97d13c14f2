package locale

import (
	"testing"

	"github.com/BurntSushi/toml"
)

// Translators' tools write TOML, of which the program reads what its files use: what they mean must be what it says.
func TestMessagesAreWhatTheirFilesSay(t *testing.T) {
	for _, lang := range Languages {
		got, err := read(file(lang))
		if err != nil {
			t.Errorf("%s.toml: %v", lang, err)
		}
		var want map[string]any
		if err := toml.Unmarshal([]byte(file(lang)), &want); err != nil {
			t.Fatalf("%s.toml: %v", lang, err)
		}
		if len(got) != len(want) {
			t.Errorf("%s.toml: %d messages of %d", lang, len(got), len(want))
		}
		for id, v := range want {
			m := message{}
			switch v := v.(type) {
			case string:
				m.other = v
			case map[string]any:
				m.one, _ = v["one"].(string)
				m.many, _ = v["many"].(string)
				m.other, _ = v["other"].(string)
			}
			if got[id] != m {
				t.Errorf("%s.toml: %s is %q, not %q", lang, id, got[id], m)
			}
		}
	}
}

func TestMessageThatCannotBeReadIsNamed(t *testing.T) {
	for file, want := range map[string]string{
		"a = \"b\"\nc = 'd'\n":            `line 2: not of the form id = "text": c = 'd'`,
		"a = \"\"\"\nb\n\"\"\"\n":         `line 1: not of the form id = "text": a = """`,
		"a = \"b\" # c\n":                 `line 1: not of the form id = "text": a = "b" # c`,
		"a\n":                             `line 1: not of the form id = "text": a`,
		"[a]\none = \"b\"\nfew = \"c\"\n": "line 3: few is no plural form",
	} {
		if _, err := read(file); err == nil || err.Error() != want {
			t.Errorf("%q: %v, not %s", file, err, want)
		}
	}
}

// The forms are those of Unicode's CLDR, whose samples these are.
func TestNumbersTakeThePluralOfTheLanguage(t *testing.T) {
	forms := message{one: "one", many: "many", other: "other"}
	for lang, samples := range map[string]map[int]string{
		"fr": {0: "one", 1: "one", 2: "other", 17: "other", 1_000: "other", 1_000_000: "many", 1_000_001: "other", 3_000_000: "many"},
		"en": {0: "other", 1: "one", 2: "other", 101: "other", 1_000_000: "other"},
		"es": {0: "other", 1: "one", 2: "other", 16: "other", 1_000_000: "many", 2_000_000: "many"},
		"it": {0: "other", 1: "one", 2: "other", 16: "other", 1_000_000: "many", 2_000_000: "many"},
	} {
		for n, want := range samples {
			if got := forms.of(lang, n); got != want {
				t.Errorf("%s: %d takes %s, not %s", lang, n, got, want)
			}
		}
	}
	if got := (message{other: "only"}).of("fr", 1); got != "only" {
		t.Errorf("a message without plural says %q", got)
	}
}

func TestValuesStandInThePlaceOfTheirNames(t *testing.T) {
	values := map[string]any{"Who": "{{.N}}", "N": 3}
	for text, want := range map[string]string{
		"none":                   "none",
		"{{.Who}}":               "{{.N}}", // a value is never read as a text
		"<{{.N}}> and {{.N}} &c": "<3> and 3 &c",
		"{{.Nobody}} is seen":    "{{.Nobody}} is seen",
	} {
		if got := fill(text, values); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		clear(printers)
		New("fr")
	}
}

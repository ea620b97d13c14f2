package pack_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"fanal/locale"
	"fanal/modules"
	"fanal/modules/pack"
)

// Every refusal has a sentence of its own in each of the four languages, and no sentence lacks what it speaks of.
func TestEveryRefusalIsSaid(t *testing.T) {
	src, err := os.ReadFile("errors.go")
	if err != nil {
		t.Fatal(err)
	}
	var errs []locale.Spoken
	for _, m := range regexp.MustCompile(`Reason = "([a-z-]+)"`).FindAllStringSubmatch(string(src), -1) {
		errs = append(errs, &pack.Refusal{Why: pack.Reason(m[1]), Name: "fr/x.md"})
	}
	if len(errs) < 50 {
		t.Fatalf("%d reasons found in errors.go", len(errs))
	}
	_, key := debianKey(t)
	busy, ok := pack.ErrBusy.(locale.Spoken)
	if !ok {
		t.Fatal("ErrBusy is not spoken")
	}
	errs = append(errs, busy, &pack.OlderError{ID: "garden", Have: "2.0.0", Got: "1.0.0"}, &pack.OtherKeyError{ID: "garden", Have: key, Got: key},
		&pack.UnsignedError{ID: "garden", Have: key}, &pack.BuiltinError{ID: "garden"}, &pack.RevokedError{Key: key},
		&pack.Refusal{Why: pack.Unfit, Name: "fr/x.md", Err: &modules.Problem{File: "fr/x.md", Line: 3, Col: 1, Code: modules.HasNUL}},
		&pack.Refusal{Why: pack.NoModule, Name: "module.toml", Err: &modules.Problem{File: "module.toml", Code: modules.MissingFile}},
		&pack.RoomError{Need: 60 << 20, Free: 1 << 20}, &pack.RoomError{})
	said := map[string]string{}
	for _, err := range errs {
		id, _ := err.Spoken()
		for _, lang := range locale.Languages {
			s := locale.New(lang).Error(err)
			if s == id || strings.Contains(s, "<no value>") || strings.Contains(s, "{{") || strings.Contains(s, `""`) {
				t.Errorf("%s in %s: %q", id, lang, s)
			}
			if other, ok := said[lang+s]; ok {
				t.Errorf("%s and %s are one sentence in %s: %q", id, other, lang, s)
			}
			said[lang+s] = id
		}
	}
}

package cli_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fanal/cli"
	"fanal/locale"
	"fanal/progress"
)

func TestExitCodesTellFailureFromMisuse(t *testing.T) {
	t.Setenv("FANAL_DATA", t.TempDir())
	for _, c := range []struct {
		args []string
		code int
	}{
		{[]string{"version"}, 0},
		{[]string{"list"}, 0},
		{[]string{"show", "nowhere"}, 1},
		{[]string{"progress", "--learner", "nobody"}, 1},
		{[]string{"nowhere"}, 2},
		{[]string{"list", "nowhere"}, 2},
		{[]string{"--data"}, 2},
	} {
		var out, errs bytes.Buffer
		err := cli.Run(t.Context(), c.args, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
		if got := cli.Code(err); got != c.code {
			t.Errorf("%q: code %d, want %d (%v)", c.args, got, c.code, err)
		}
		if said := errs.Len() > 0; said != (c.code != 0) {
			t.Errorf("%q: said %q", c.args, errs.String())
		}
	}
	if got := cli.Code(errors.New("anything")); got != 1 {
		t.Errorf("any other error: code %d, want 1", got)
	}
}

// Every message that the package names is there, in four languages.
func TestEverySentenceIsThere(t *testing.T) {
	id := regexp.MustCompile(`"((?:cli|store)-[a-z0-9-]*[a-z0-9])"`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range id.FindAllStringSubmatch(string(src), -1) {
			found++
			for _, lang := range locale.Languages {
				// A missing message is shown as its id; one with a plural needs a number.
				if locale.New(lang).T(m[1]) == m[1] && locale.New(lang).N(m[1], 1) == m[1] {
					t.Errorf("%s: %s has no words in %s", name, m[1], lang)
				}
			}
		}
	}
	for _, trouble := range []progress.Trouble{
		progress.TroubleMissing, progress.TroubleEmpty, progress.TroubleDamaged, progress.TroubleBehind,
	} {
		if id := "store-found-" + string(trouble); locale.New("it").T(id) == id {
			t.Errorf("%s has no words", id)
		}
	}
	if found < 50 {
		t.Errorf("found only %d messages", found)
	}
}

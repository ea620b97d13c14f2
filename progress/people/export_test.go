package people_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fanal/locale"
	"fanal/progress"
	"fanal/progress/people"
)

// plainNames call everything by its id.
type plainNames struct{}

func (plainNames) Module(id string) string         { return "module " + id }
func (plainNames) Lesson(_, id string) string      { return "lesson " + id }
func (plainNames) Question(_, _, id string) string { return "question " + id }

func someoneLooked(t *testing.T) people.Mine {
	t.Helper()
	dir := t.TempDir()
	s, g := mustOpen(t, dir), people.NewGate(dir)
	keep(t, s, studied(nour, `<script>alert("x")</script>`)...)
	if err := s.SaveDraft(nour, "garden", "soil", "free", "half a sentence"); err != nil {
		t.Fatal(err)
	}
	if err := people.SetPIN(s, g, nour, "1234"); err != nil {
		t.Fatal(err)
	}
	m, err := people.Look(s, g, nour)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestPageSaysEverythingInFourLanguagesAndRunsNothing(t *testing.T) {
	m := someoneLooked(t)
	for _, lang := range locale.Languages {
		var b bytes.Buffer
		if err := m.WriteHTML(&b, locale.New(lang), plainNames{}, lang); err != nil {
			t.Fatal(err)
		}
		page := b.String()
		for _, want := range []string{
			`<html lang="` + lang + `">`, "&lt;script&gt;", "module garden › lesson soil › question free", "half a sentence", "note &lt;",
			locale.New(lang).T("pin-honest")[:20], "rake", nour, "@media print",
		} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: %q is not on the page", lang, want)
			}
		}
		for _, not := range []string{"<script", "argon2", "http://", "https://", "src=", "mine-", "<no value>", "ZgotmplZ"} {
			if strings.Contains(page, not) {
				t.Errorf("%s: %q is on the page", lang, not)
			}
		}
		rows := strings.Count(page[strings.LastIndex(page, "<table>"):], "<tr>") - 1
		if rows != len(m.Events) {
			t.Errorf("%s: %d of %d events are on the page", lang, rows, len(m.Events))
		}
	}
}

func TestJSONHoldsEveryEventButTheHashOfThePIN(t *testing.T) {
	m := someoneLooked(t)
	var b bytes.Buffer
	if err := m.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "argon2") || !strings.Contains(b.String(), `"set"`) {
		t.Error("the hash of the PIN leaves with the file, or that there is one is not said")
	}
	var got struct {
		Events []progress.Event
		Drafts []progress.Draft
		Codes  []string
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || len(got.Events) != len(m.Events) || len(got.Drafts) != 1 || len(got.Codes) != 1 {
		t.Errorf("%d events, %d drafts, %v", len(got.Events), len(got.Drafts), err)
	}
	if got.Events[3].Response[0] != m.Events[3].Response[0] {
		t.Errorf("an answer is not what was given: %v", got.Events[3])
	}
	for _, e := range m.Events { // the export must not change what it exports
		if e.Profile != nil && e.Profile.PIN != nil && *e.Profile.PIN == "set" {
			t.Error("the history was changed")
		}
	}
}

func TestEverySentenceThatHoldsIsCounted(t *testing.T) {
	m := someoneLooked(t)
	words := locale.New("en")
	for _, about := range people.Abouts() {
		if n := m.Held[about]; n == 0 && about != "mine-other" && about != "mine-role" && about != "mine-tries" {
			t.Errorf("%s: nothing of it is held", about)
		}
	}
	if len(m.Kept(words)) < len(people.Abouts())-3 {
		t.Errorf("%d sentences", len(m.Kept(words)))
	}
	if n := len(m.Texts()); n != 2 { // the free text and the note
		t.Errorf("%d texts: %v", n, m.Texts())
	}
}

func TestFileForAPersonReplacesNoOther(t *testing.T) {
	dir := t.TempDir()
	path := people.Free(dir, "fanal-nour", ".html")
	if err := people.SaveNew(path, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := people.SaveNew(path, []byte("two")); !errors.Is(err, people.ErrExists) {
		t.Errorf("replaced: %v", err)
	}
	if next := people.Free(dir, "fanal-nour", ".html"); filepath.Base(next) != "fanal-nour-2.html" {
		t.Errorf("next: %s", next)
	}
	if err := people.SaveNew(filepath.Join(dir, "nowhere", "x"), nil); err == nil {
		t.Error("written into a folder that is not there")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.new")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v %v", info.Mode(), err)
	}
}

func TestFileNameFitsEveryFileSystem(t *testing.T) {
	fits := regexp.MustCompile(`^fanal(-[a-z0-9]+)*$`)
	for _, name := range []string{"Nour", "Léa O’Neil", "../../etc/passwd", "CON", "Фатима", "", strings.Repeat("long ", 40), "a/b\\c:d*e"} {
		if got := people.FileName("fanal", name); !fits.MatchString(got) || len(got) > 60 {
			t.Errorf("%q: %q", name, got)
		}
	}
}

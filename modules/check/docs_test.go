package check_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"fanal/modules"
	"fanal/modules/check"
)

// example finds the examples of the docs: what they are, and their text.
var example = regexp.MustCompile("(?m)^<!-- (file: (\\S+)|question|scene) -->\n```[a-z]+\n((?s:.*?))```$")

// An author copies what the docs show: the module that their examples make has no error, and no advice but to write more.
func TestTheExamplesOfTheDocsWork(t *testing.T) {
	page, err := os.ReadFile("../../docs/module-format.md")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{"files/temperatures.csv": {Data: []byte("place;heat\n")}}
	var questions, scenes, types []string
	for _, m := range example.FindAllStringSubmatch(string(page), -1) {
		switch {
		case m[2] != "":
			fsys[m[2]] = &fstest.MapFile{Data: []byte(m[3])}
		case m[1] == "question":
			questions = append(questions, m[3])
		default:
			scenes = append(scenes, m[3])
		}
		types = append(types, regexp.MustCompile(`(?m)^type\s+= "(.*)"$`).FindString(m[3]))
	}
	if len(fsys) != 10 || len(questions) != 8 || len(scenes) != 1 {
		t.Fatalf("the docs have %d files, %d questions, %d scenes", len(fsys), len(questions), len(scenes))
	}
	for _, kind := range []string{"choice", "true-false", "fill-in", "numeric", "matching", "sequencing", "long-fill-in", "likert"} {
		if !strings.Contains(strings.Join(types, "\n"), `"`+kind+`"`) {
			t.Errorf("no example of %s", kind)
		}
	}
	lesson := fsys["en/boil-water.toml"]
	lesson.Data = []byte(string(lesson.Data) + "\n" + strings.Join(append(scenes, questions...), "\n"))
	for _, f := range check.Module(fsys, check.Options{Folder: "tea"}) {
		if f.Code != check.ShortLesson {
			t.Error(f)
		}
	}
	l, err := modules.Open(fsys, modules.Origin{}).Lesson("en", "boil-water")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(l.Questions()); n != 10 {
		t.Errorf("the lesson of the docs asks %d questions", n)
	}
}

// The other examples in TOML are at least TOML, and the first steps speak of files that "fanal new" makes.
func TestTheDocsKeepTheirWord(t *testing.T) {
	page, err := os.ReadFile("../../docs/module-format.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?ms)^```toml\n(.*?)```$").FindAllStringSubmatch(string(page), -1) {
		if modules.ParseTOML(m[1]) == nil {
			t.Errorf("not TOML:\n%s", m[1])
		}
	}
	guide, err := os.ReadFile("../../docs/making-a-module.md")
	if err != nil {
		t.Fatal(err)
	}
	made := check.Starter(check.Start{ID: "making-tea", Title: "Making tea", Lang: "en", Lessons: []string{"Boil water"}})
	for _, name := range regexp.MustCompile("making-tea/(en/[a-z-]+\\.(?:md|toml))`").FindAllStringSubmatch(string(guide), -1) {
		if made[name[1]] == "" {
			t.Errorf("the guide speaks of %s, which \"fanal new\" does not make", name[1])
		}
	}
	for _, text := range regexp.MustCompile("(?m)^(?:prompt|explanation) +=.*$").FindAllString(string(guide), -1) {
		if !strings.Contains(made["en/boil-water.toml"], text) {
			t.Errorf("the guide shows %q, which is not in the new module", text)
		}
	}
	if n := modules.CountWords(made["en/boil-water.md"]); !strings.Contains(string(guide), fmt.Sprintf("advice: %d words", n)) {
		t.Errorf("the new lesson has %d words, and the guide says another number", n)
	}
	if !strings.Contains(made["en/boil-water.md"], "<!-- ask: boil-water-first -->") {
		t.Error("the guide's ask line is not in the new module")
	}
}

package modules_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fanal/modules"
)

// loadAll loads every part of the module's French edition and gives the first error.
func loadAll(m *modules.Module) error {
	manifest, err := m.Manifest()
	if err != nil {
		return err
	}
	_, index := m.Index("fr")
	errs := []error{index}
	for _, id := range manifest.Lessons {
		_, err := m.Lesson("fr", id)
		errs = append(errs, err)
	}
	_, a := m.Test("fr", "a")
	_, b := m.Test("fr", "b")
	_, glossary := m.Glossary("fr")
	_, sources := m.Sources()
	_, advice := m.Advice("fr")
	_, outline := m.Outline("fr")
	for _, err := range append(errs, a, b, glossary, sources, advice, outline) {
		if err != nil {
			return err
		}
	}
	return nil
}

func swap(text, old, by string) string {
	if !strings.Contains(text, old) {
		panic("no " + old)
	}
	return strings.Replace(text, old, by, 1)
}

func TestAFaultIsSaidWithItsPlaceAndItsName(t *testing.T) {
	question := func(old, by string) map[string]string {
		return map[string]string{"fr/brew.toml": swap(lesson, old, by)}
	}
	module := func(old, by string) map[string]string {
		return map[string]string{"module.toml": swap(manifest, old, by)}
	}
	text := func(old, by string) map[string]string { return map[string]string{"fr/brew.md": swap(brew, old, by)} }
	file := func(name, text string) map[string]string { return map[string]string{name: text} }
	tests := []struct {
		name    string
		changes map[string]string
		want    string
	}{
		{"no manifest", file("module.toml", ""), `module.toml: missing file`},
		{"no TOML", module(`kind = "course"`, `kind = "course`), `module.toml:4:15: not valid TOML: strings cannot contain newlines`},
		{"two values on a line", module(`kind = "course"`, `kind = "course" level = "basic"`), `module.toml:4:1`},
		{"not the folder's name", module(`id = "tea"`, `id = "coffee"`), `module.toml:2:1: "id" is "coffee", not tea`},
		{"no id", module(`id = "tea"`, `id = ""`), `module.toml:2:1: "id" is missing`},
		{"a newer format", module(`format = 1`, `format = 2`), `module.toml:1:1: format 2 is newer than 1, the newest that can be read`},
		{"no format", module(`format = 1`, ``), `module.toml:1:1: "format" is missing`},
		{"format as text", module(`format = 1`, `format = "1"`), `module.toml:1:1: "format" is a text, not a whole number`},
		{"a version", module(`"1.2.0"`, `"1.2"`), `module.toml:3:1: "version" is "1.2", not 1.0.0`},
		{"a kind", module(`"course"`, `"curse"`), `module.toml:4:1: "kind" is "curse", not course, job, portrait, diagnosis, kit`},
		{"a key", module(`license`, `licence`), `module.toml:1:1: "license" is missing`},
		{"a key that nobody knows", module(`[mastery]`, "[mastery]\noff = 3"), `module.toml:18:1: unknown key "off"; did you mean "of"?`},
		{"a key in capitals", module(`[mastery]`, "Tags = []\n[mastery]"), `module.toml:17:1: objective "pour": unknown key "Tags"`},
		{"a source without an edition", module(`source = "fr"`, `source = "it"`), `module.toml:6:1: there is no edition in "it"`},
		{"a language", module(`["fr", "en"]`, `["fr", "../en"]`), `module.toml:7:20: "languages[1]" is "../en"`},
		{"a lesson's id", module(`"serve"]`, `"Serve"]`), `module.toml:8:20: "lessons[1]" is "Serve"`},
		{"a lesson's name that is taken", module(`"serve"]`, `"index"]`), `module.toml:8:20: "lessons[1]" is "index"`},
		{"a lesson twice", module(`"serve"]`, `"serve", "brew"]`), `module.toml:8:29: "brew" stands there twice`},
		{"an objective twice", module(`id = "pour"`, `id = "boil"`), `module.toml:15:1: objective "boil": id used twice`},
		{"a competence", module(`digcomp-3.0:1.3`, `digcomp`), `module.toml:12:16: objective "boil": "competences[0]" is "digcomp"`},
		{"mastery beyond reach", module(`correct = 2`, `correct = 4`), `module.toml:18:1: "correct" is "4", not from 1 to 3`},
		{"mastery as text", module(`correct = 2`, `correct = "2"`), `module.toml:18:1: "correct" is a text, not a whole number`},
		{"a table that is none", module("[mastery]\ncorrect = 2\nof = 3", "[[mastery]]"), `module.toml:17:1: "mastery" is a list of tables, not a table`},

		{"a file", file("fr/brew.md", ""), `fr/brew.md: missing file`},
		{"a file of questions", file("fr/brew.toml", ""), `fr/brew.toml: missing file`},
		{"an index", file("fr/index.toml", ""), `fr/index.toml: missing file`},
		{"a sentence for nothing", file("fr/index.toml", "[objectives]\nboul = \"x\"\n"), `fr/index.toml:2:1: unknown key "boul"; did you mean "boil"?`},
		{"a zero byte", file("fr/brew.md", "# T\n\nab\x00c"), `fr/brew.md:3:3: holds a zero byte: not a text file`},
		{"a test", file("fr/test-a.toml", "[[question]]\n"), `fr/test-a.toml:1:1: question "": "id" is missing`},
		{"a test's key", file("fr/test-b.toml", "titel = \"x\"\n"), `fr/test-b.toml:1:1: unknown key "titel"`},
		{"a term twice", file("fr/glossary.toml", strings.Repeat("[[term]]\nid = \"a\"\nterm = \"A\"\ndefinition = \"B\"\n", 2)), `fr/glossary.toml:6:1: term "a": id used twice`},
		{"a term without a definition", file("fr/glossary.toml", "[[term]]\nid = \"a\"\nterm = \"A\"\n"), `fr/glossary.toml:1:1: term "a": "definition" is missing`},
		{"a source without a title", file("sources.toml", "[[source]]\nid = \"a\"\n"), `sources.toml:1:1: source "a": "title" is missing`},
		{"advice on nothing", file("fr/advice.toml", "[[advice]]\nobjective = \"brew\"\nup_to = 1\ntext = \"A\"\n"), `fr/advice.toml:2:1: advice "brew": objective "brew" is not known`},
		{"advice beyond all", file("fr/advice.toml", "[[advice]]\nobjective = \"boil\"\nup_to = 101\ntext = \"A\"\n"), `fr/advice.toml:3:1: advice "boil": "up_to" is "101", not from 0 to 100`},

		{"no title", text("# Brew *tea*\n", ""), `fr/brew.md:1:1: does not begin with its title, a # heading`},
		{"two titles", text("## Cold", "# Cold"), `fr/brew.md:13:3: a second # heading, "Cold"`},
		{"an ask line for nothing", text("ask: hot", "ask: hit"), `fr/brew.md:9:1: asks the question "hit", which the .toml does not have; did you mean "hot"?`},
		{"a question placed twice", text("ask: cold", "ask: hot"), `fr/brew.md:15:1: question "hot" is placed twice`},
		{"an ask line in a quote", text("> Short.", "> <!-- ask: last -->"), `fr/brew.md:22:3: an ask line must stand alone, outside of lists and quotes`},
		{"an ask line in a line", text("Then wait.", "Then <!-- ask: last --> wait."), `fr/brew.md:11:6: an ask line must stand alone`},
		{"an ask line with more on it", text("ask: hot -->", "ask: hot --> and"), `fr/brew.md:9:1: an ask line must stand alone`},
		{"an ask line over two lines", text("<!-- ask: hot -->", "<!--\nask: hot\n-->"), `fr/brew.md:9:1: an ask line must stand alone`},
		{"a callout", text("[!SUMMARY]", "[!SUMARY]"), `fr/brew.md:21:3: unknown callout "SUMARY"; did you mean "SUMMARY"?`},

		{"an objective of another module", question(`objectives = ["boil"]`, `objectives = ["bowl"]`), `fr/brew.toml:1:15: objectives "bowl" is not known; did you mean "boil"?`},
		{"an objective that is not the lesson's", question("\nobjective = \"boil\"", "\nobjective = \"pour\""), `fr/brew.toml:11:1: question "hot": objective "pour" is not known`},
		{"no objective", question("objective = \"boil\"\nprompt", "prompt"), `fr/brew.toml:8:1: question "hot": "objective" is missing`},
		{"a question twice", question(`id = "how-hot"`, `id = "hot"`), `fr/brew.toml:16:1: question "hot": id used twice`},
		{"an id with a space", question(`id = "how-hot"`, `id = "how hot"`), `fr/brew.toml:16:1: question "how hot": "id" is "how hot", not small letters`},
		{"a type", question(`"numeric"`, `"number"`), `fr/brew.toml:17:1: question "how-hot": "type" is "number", not choice,`},
		{"no prompt", question(`prompt = "At what?"`, ``), `fr/brew.toml:15:1: question "how-hot": "prompt" is missing`},
		{"a key of another type", question(`unit = "°C"`, `bank = ["a", "b"]`), `fr/brew.toml:21:1: question "how-hot": unknown key "bank"`},
		{"a number as text", question(`answer = 100`, `answer = "100"`), `fr/brew.toml:20:1: question "how-hot": "answer" is a text, not a number`},
		{"what is no number", question(`answer = 100`, `answer = nan`), `fr/brew.toml:20:1: question "how-hot": "answer" is "NaN", not from`},
		{"an endless number", question(`answer = 100`, `answer = +inf`), `"answer" is "+Inf", not from`},
		{"a negative tolerance", question(`answer = 100`, "answer = 100\ntolerance = -1"), `fr/brew.toml:21:1: question "how-hot": "tolerance" is "-1", not from 0`},
		{"truth as text", question(`answer = true`, `answer = "true"`), `fr/brew.toml:13:1: question "hot": "answer" is a text, not a true or false`},
		{"no truth", question("answer = true\n", ""), `fr/brew.toml:8:1: question "hot": "answer" is missing`},
		{"a scene", question(`scene = "kitchen"`, `scene = "chicken"`), `fr/brew.toml:27:1: question "cold": scene "chicken" is not known`},
		{"a scene twice", question("[[scene]]", "[[scene]]\nid = \"kitchen\"\ntext = \"A\"\n[[scene]]"), `fr/brew.toml:8:1: scene "kitchen": id used twice`},
		{"a gap without answers", question(`It is {{}}.`, `It is {{}} or {{}}.`), `fr/brew.toml:29:1: question "cold": 1 lists of answers for 2 gaps`},
		{"answers without a gap", question(`[["cold", "chilly"]]`, `[["cold"], ["chilly"]]`), `fr/brew.toml:29:1: question "cold": 2 lists of answers for 1 gaps`},
		{"no answers", question(`[["cold", "chilly"]]`, `[]`), `fr/brew.toml:29:1: question "cold": "answers" is missing`},
		{"an empty answer", question(`[["cold", "chilly"]]`, `[["cold", ""]]`), `fr/brew.toml:29:12: question "cold": "answers" is missing`},
		{"answers of two kinds", question(`[["cold", "chilly"]]`, `["cold", ["chilly"]]`), `fr/brew.toml:29:1: question "cold": "answers" is a list, not a list of texts`},
		{"a bank without the word", question(`[["cold", "chilly"]]`, "[[\"cold\", \"chilly\"]]\nbank = [\"warm\", \"hot\"]"), `fr/brew.toml:30:1: question "cold": the bank offers no accepted word for gap 1`},
		{"a bank with a word twice", question(`[["cold", "chilly"]]`, "[[\"cold\", \"chilly\"]]\nbank = [\"cold\", \"hot\", \"hot\"]"), `fr/brew.toml:30:24: question "cold": "hot" stands there twice`},
		{"no right option", question("  correct = true\n", ""), `fr/brew.toml:45:1: question "who": no option is correct`},
		{"two right options", question(`text = "Me"`, "text = \"Me\"\n  correct = true"), `fr/brew.toml:45:1: question "who": pick is 1, but 2 options are correct`},
		{"picking too many", question(`prompt = "Who?"`, "prompt = \"Who?\"\npick = 2"), `fr/brew.toml:51:1: question "who": pick is 2, but 1 options are correct`},
		{"an option without a text", question(`text = "Me"`, ``), `fr/brew.toml:58:3: option "me": "text" is missing`},
		{"an option twice", question(`id = "me"`, `id = "you"`), `fr/brew.toml:59:3: option "you": id used twice`},
		{"two options alike", question(`text = "Me"`, `text = "You"`), `fr/brew.toml:58:3: option "me": "You" stands there twice`},
		{"an option's key", question(`correct = true`, `corect = true`), `fr/brew.toml:55:3: option "you": unknown key "corect"; did you mean "correct"?`},
		{"one option", question("\n  [[question.option]]\n  id = \"me\"\n  text = \"Me\"\n", ""), `fr/brew.toml:52:3: question "who": fewer than 2 option`},
		{"one step", question("\n  [[question.step]]\n  id = \"b\"\n  text = \"Boil\"\n", ""), `fr/brew.toml:37:3: question "last": fewer than 2 step`},
		{"a list of nothing", question("  [[question.step]]\n  id = \"a\"\n  text = \"Fill\"\n\n  [[question.step]]\n  id = \"b\"\n  text = \"Boil\"\n", "step = 1\n"), `fr/brew.toml:37:1: question "last": "step" is a whole number, not a list of tables`},
		{"sources that are no list", question(`sources = ["book"]`, `sources = "book"`), `fr/brew.toml:2:1: "sources" is a text, not a list of texts`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := open(tt.changes)
			err := loadAll(m)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) && !strings.Contains(err.Error(), ": "+tt.want) {
				t.Fatalf("said: %v\nwant: %s", err, tt.want)
			}
			var p *modules.Problem
			if !errors.As(err, &p) || p.Code == "" || p.File == "" {
				t.Fatalf("%#v is no problem", err)
			}
			var all []string
			m.Inspect(func(p *modules.Problem) { all = append(all, p.Error()) })
			if !slices.Contains(all, err.Error()) {
				t.Errorf("who checks is told only %q", all)
			}
		})
	}
}

func TestCheckingTellsEveryFaultAtOnce(t *testing.T) {
	m := open(map[string]string{
		"fr/brew.toml":  swap(swap(lesson, `type = "numeric"`, `type = "number"`), `correct = true`, `corect = true`),
		"fr/brew.md":    swap(brew, "ask: hot", "ask: hit"),
		"en/serve.md":   "# Serve\n",
		"en/serve.toml": "",
	})
	var got []string
	m.Inspect(func(p *modules.Problem) { got = append(got, string(p.Code)+" "+p.File) })
	want := []string{
		"bad-value fr/brew.toml", "unknown-key fr/brew.toml", "no-correct fr/brew.toml", "unknown-ask fr/brew.md",
		"missing-file en/serve.toml", "missing-file en/test-a.toml", "missing-file en/test-b.toml", "missing-file en/glossary.toml",
	}
	if !slices.Equal(got, want) {
		t.Errorf("told:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestAGoodModuleHasNothingToTell(t *testing.T) {
	m := open(map[string]string{
		"en/serve.md": "# Serve\n\nServe.\n", "en/serve.toml": "sources = []\n", "en/test-a.toml": lesson, "en/test-b.toml": lesson,
		"en/glossary.toml": "", "fr/glossary.toml": "",
	})
	m.Inspect(func(p *modules.Problem) { t.Error(p) })
}

func TestFilesAsOtherSystemsWriteThemAreReadAlike(t *testing.T) {
	marked := func(s string) string { return "\ufeff" + strings.ReplaceAll(s, "\n", "\r\n") }
	m := open(map[string]string{"module.toml": marked(manifest), "fr/brew.md": marked(brew), "fr/brew.toml": marked(lesson)})
	got, want := mustLesson(t, m, "fr", "brew"), mustLesson(t, open(nil), "fr", "brew")
	if len(got.Steps) != len(want.Steps) || got.Words != want.Words || got.Steps[1].Blocks[0] != want.Steps[1].Blocks[0] {
		t.Errorf("%d steps with %d words, want %d with %d", len(got.Steps), got.Words, len(want.Steps), want.Words)
	}
	bad := open(map[string]string{"fr/brew.md": marked(swap(brew, "ask: cold", "ask: col"))})
	if _, err := bad.Lesson("fr", "brew"); err == nil || !strings.HasPrefix(err.Error(), "fr/brew.md:15:1: ") {
		t.Errorf("the place of a fault moves with the line ends: %v", err)
	}
}

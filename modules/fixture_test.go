package modules_test

import (
	"maps"
	"testing"
	"testing/fstest"

	"fanal/modules"
)

const manifest = `format = 1
id = "tea"
version = "1.2.0"
kind = "course"
license = "CC-BY-SA-4.0"
source = "fr"
languages = ["fr", "en"]
lessons = ["brew", "serve"]

[[objective]]
id = "boil"
competences = ["digcomp-3.0:1.3"]

[[objective]]
id = "pour"

[mastery]
correct = 2
of = 3
`

const lesson = `objectives = ["boil"]
sources = ["book"]

[[scene]]
id = "kitchen"
text = "A **kitchen**.\n\n> [!NOTE]\n> It is cold."

[[question]]
id = "hot"
type = "true-false"
objective = "boil"
prompt = "Water boils."
answer = true

[[question]]
id = "how-hot"
type = "numeric"
objective = "boil"
prompt = "At what?"
answer = 100
unit = "°C"

[[question]]
id = "cold"
type = "fill-in"
objective = "boil"
scene = "kitchen"
prompt = "It is {{}}."
answers = [["cold", "chilly"]]

[[question]]
id = "last"
type = "sequencing"
objective = "boil"
prompt = "Order."

  [[question.step]]
  id = "a"
  text = "Fill"

  [[question.step]]
  id = "b"
  text = "Boil"

[[question]]
id = "who"
type = "choice"
objective = "boil"
scene = "kitchen"
prompt = "Who?"

  [[question.option]]
  id = "you"
  text = "You"
  correct = true
  feedback = "Yes."

  [[question.option]]
  id = "me"
  text = "Me"
`

const brew = `# Brew *tea*

Before all.

## Water

Take a [kettle](glossary:kettle).

<!-- ask: hot -->

Then wait.

## Cold

<!-- ask: cold -->

## Nothing yet

## End

> [!SUMMARY]
> Short.

And a [kettle](glossary:kettle), a [pot](glossary:pot).
`

// tea gives the files of a small module, each time anew, with some of them changed: "" takes a file away.
func tea(changes map[string]string) fstest.MapFS {
	files := map[string]string{
		"module.toml":      manifest,
		"sources.toml":     "[[source]]\nid = \"book\"\ntitle = \"A book\"\ndate = 2020-01-31\n",
		"fr/index.md":      "# Le thé\n\nUn *petit* module.\n\n## Suite\n\nTexte.\n",
		"fr/index.toml":    "[objectives]\nboil = \"Faire bouillir\"\npour = \"Verser\"\n",
		"fr/brew.md":       brew,
		"fr/brew.toml":     lesson,
		"fr/serve.md":      "# Servir\n\nServez.\n",
		"fr/serve.toml":    "objectives = [\"pour\"]\n",
		"fr/test-a.toml":   lesson,
		"fr/test-b.toml":   lesson,
		"fr/glossary.toml": "[[term]]\nid = \"kettle\"\nterm = \"bouilloire\"\ndefinition = \"Un pot.\"\n",
		"en/index.md":      "# Tea\n\nA small module.\n",
		"en/index.toml":    "[objectives]\nboil = \"Boil\"\npour = \"Pour\"\n",
		"en/brew.md":       brew,
		"en/brew.toml":     lesson,
		"files/list.csv":   "a;b\n",
	}
	maps.Copy(files, changes)
	fsys := fstest.MapFS{}
	for name, text := range files {
		if text != "" {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return fsys
}

func open(changes map[string]string) *modules.Module {
	return modules.Open(tea(changes), modules.Origin{Kind: modules.BuiltIn, Path: "tea"})
}

func mustLesson(t *testing.T, m *modules.Module, lang, id string) *modules.Lesson {
	t.Helper()
	l, err := m.Lesson(lang, id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

package check_test

import (
	"maps"
	"strings"
	"testing/fstest"

	"fanal/modules"
	"fanal/modules/check"
)

const manifest = `format = 1
id = "tea"
version = "1.2.0"
kind = "course"
license = "CC-BY-SA-4.0"
source = "fr"
languages = ["fr", "en"]
lessons = ["brew"]
requires = ["water"]

[[objective]]
id = "boil"

[[objective]]
id = "pour"
`

const brewFR = `# Préparer le thé

## L’eau

Lisez le [guide](glossary:pot) et la [liste](files/list.csv). Voyez aussi [l’eau](lesson:water/tap) et [la suite](lesson:tea/brew).

LONG

<!-- ask: hot -->

## La théière

LONG

<!-- ask: who -->

## La fin

LONG

> [!EXERCISE]
> Faites du thé.
`

const brewTOML = `objectives = ["boil", "pour"]
sources = ["book"]

[[scene]]
id = "kitchen"
text = "A small kitchen."

[[question]]
id = "hot"
type = "true-false"
objective = "boil"
prompt = "Water boils."
answer = true
feedback = "It does."
explanation = "Heat makes it boil."

[[question]]
id = "who"
type = "choice"
objective = "pour"
scene = "kitchen"
prompt = "Who pours?"
explanation = "The guest is served."

  [[question.option]]
  id = "host"
  text = "The host does it"
  correct = true
  feedback = "Yes."

  [[question.option]]
  id = "guest"
  text = "The guest does it alone"
  feedback = "No."

[[question]]
id = "how-hot"
type = "numeric"
objective = "boil"
prompt = "At what?"
answer = 100
tolerance = 1
explanation = "At sea level."

[[question]]
id = "word"
type = "fill-in"
objective = "pour"
prompt = "It is {{}}."
answers = [["warm"]]
bank = ["warm", "cold"]
explanation = "Warm tea is drunk."

[[question]]
id = "order"
type = "sequencing"
objective = "pour"
prompt = "Order."
explanation = "Water first."

  [[question.step]]
  id = "fill"
  text = "Fill"

  [[question.step]]
  id = "heat"
  text = "Heat"

[[question]]
id = "pairs"
type = "matching"
objective = "pour"
prompt = "Match."
distractors = ["Salt"]
explanation = "As usual."

  [[question.pair]]
  id = "a"
  left = "Green"
  right = "Short"

  [[question.pair]]
  id = "b"
  left = "Black"
  right = "Long"

[[question]]
id = "like"
type = "likert"
prompt = "I like it."
scale = ["No", "Yes"]
`

const testTOML = `[[question]]
id = "FORM-boil"
type = "choice"
objective = "boil"
prompt = "Which one?"
explanation = "That one."

  [[question.option]]
  id = "one"
  text = "One that is long"
  feedback = "No."

  [[question.option]]
  id = "two"
  text = "Two"
  correct = true

[[question]]
id = "FORM-pour"
type = "choice"
objective = "pour"
prompt = "Which one?"
explanation = "That one."

  [[question.option]]
  id = "one"
  text = "One that is long"
  feedback = "No."

  [[question.option]]
  id = "two"
  text = "Two"
  correct = true

[[question]]
id = "FORM-more"
type = "choice"
objective = "pour"
prompt = "Which one now?"
explanation = "That one."

  [[question.option]]
  id = "two"
  text = "Two"
  correct = true

  [[question.option]]
  id = "one"
  text = "One that is long"
  feedback = "No."
`

// words fills a text up to what a lesson needs, in short sentences.
func words(text, sentence string) string {
	return strings.ReplaceAll(text, "LONG", strings.TrimSpace(strings.Repeat(sentence+" ", 24)))
}

// tea gives the files of a module with which nothing is wrong, with some of them changed: "" takes a file away.
func tea(changes map[string]string) fstest.MapFS {
	brewEN := strings.NewReplacer("Préparer le thé", "Make tea", "L’eau", "Water", "Lisez", "Read").Replace(brewFR)
	files := map[string]string{
		"module.toml":    manifest,
		"sources.toml":   "[[source]]\nid = \"book\"\ntitle = \"A book\"\n",
		"files/list.csv": "a;b\n",
	}
	for lang, text := range map[string]string{
		"fr": words(brewFR, "Le thé se boit chaud dans une tasse blanche."), "en": words(brewEN, "People drink their tea hot in a white cup."),
	} {
		// The editions differ in every file, so that none counts as a copy.
		note := "# " + lang + "\n"
		maps.Copy(files, map[string]string{
			lang + "/index.md":      "# Tea " + lang + "\n\nA small module.\n",
			lang + "/index.toml":    note + "[objectives]\nboil = \"Boil water\"\npour = \"Pour tea\"\n",
			lang + "/brew.md":       text,
			lang + "/brew.toml":     brewTOML + note,
			lang + "/test-a.toml":   strings.ReplaceAll(testTOML, "FORM", "a") + note,
			lang + "/test-b.toml":   strings.ReplaceAll(testTOML, "FORM", "b") + note,
			lang + "/glossary.toml": "[[term]]\nid = \"pot\"\nterm = \"pot\"\ndefinition = \"A pot.\"\n" + note,
		})
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

// water is a module that links and requirements lead to.
var water = modules.Open(fstest.MapFS{"module.toml": {Data: []byte(`format = 1
id = "water"
version = "1.0.0"
kind = "kit"
license = "MIT"
source = "fr"
languages = ["fr"]
lessons = ["tap"]
`)}}, modules.Origin{})

func checked(changes map[string]string) []check.Finding {
	return check.Module(tea(changes), check.Options{Folder: "tea", Module: func(id string) *modules.Module {
		if id == "water" {
			return water
		}
		return nil
	}})
}

// swap changes the first occurrence of a text in one of tea's files.
func swap(name, old, by string) map[string]string {
	text := string(tea(nil)[name].Data)
	if !strings.Contains(text, old) {
		panic(name + " has no " + old)
	}
	return map[string]string{name: strings.Replace(text, old, by, 1)}
}

// both joins changes.
func both(changes ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, c := range changes {
		maps.Copy(all, c)
	}
	return all
}

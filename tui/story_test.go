package tui

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fanal/modules"
	"fanal/progress"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// A story drives the screens without a terminal: keys in, the stripped screen out. Commands run at once, in order.
type story struct {
	t    *testing.T
	root *root
	quit bool
}

// tell begins a story on a library, with a store and a window.
func tell(t *testing.T, o Options, width, height int) *story {
	t.Helper()
	s := &story{t: t, root: newRoot(o)}
	s.root.app.later = func(time.Duration, tea.Msg) tea.Cmd { return nil }
	s.run(s.root.Init())
	s.send(tea.WindowSizeMsg{Width: width, Height: height})
	return s
}

func (s *story) send(msg tea.Msg) {
	_, cmd := s.root.Update(msg)
	s.run(cmd)
}

func (s *story) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			s.run(c)
		}
	case tea.QuitMsg:
		s.quit = true
	default:
		s.send(msg)
	}
}

// press presses keys, named as Bubble Tea names them; a text in quotes is typed letter by letter.
func (s *story) press(keys ...string) *story {
	for _, k := range keys {
		if text, ok := strings.CutPrefix(k, `"`); ok {
			for _, r := range strings.TrimSuffix(text, `"`) {
				s.send(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
			continue
		}
		s.send(keyMsg(k))
	}
	return s
}

func keyMsg(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "backspace": tea.KeyBackspace, "pgdown": tea.KeyPgDown,
		"pgup": tea.KeyPgUp, "home": tea.KeyHome, "end": tea.KeyEnd, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4,
	}
	if c, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: c}
	}
	switch name {
	case "space":
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	case "ctrl+c":
		return tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}
	case "ctrl+l":
		return tea.KeyPressMsg{Code: 'l', Mod: tea.ModCtrl}
	}
	r := []rune(name)[0]
	return tea.KeyPressMsg{Code: r, Text: name}
}

// screen is what is on the screen, without styles and without spaces at the ends of lines.
func (s *story) screen() string {
	lines := strings.Split(ansi.Strip(s.root.paint()), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n")
}

// choose moves the cursor of a list to the row with a text and takes it.
func (s *story) choose(text string) *story {
	s.t.Helper()
	s.press("home")
	for range 60 {
		for line := range strings.Lines(s.screen()) {
			if strings.Contains(line, "▸") && strings.Contains(line, text) {
				return s.press("enter")
			}
		}
		s.press("down")
	}
	s.t.Fatalf("no row %q\n%s", text, s.screen())
	return s
}

// see fails the story when a text is not on the screen. No-break spaces count as spaces.
func (s *story) see(texts ...string) *story {
	s.t.Helper()
	have := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s.screen())
	for _, want := range texts {
		if !strings.Contains(have, want) {
			s.t.Fatalf("not on the screen: %q\n%s", want, s.screen())
		}
	}
	return s
}

func (s *story) miss(texts ...string) *story {
	s.t.Helper()
	for _, not := range texts {
		if strings.Contains(s.screen(), not) {
			s.t.Fatalf("should not be on the screen: %q\n%s", not, s.screen())
		}
	}
	return s
}

// someone opens a store in memory with one learner and returns the options of a start.
func someone(t *testing.T, lib *modules.Library, lang string) Options {
	t.Helper()
	store := progress.OpenMemory()
	t.Cleanup(func() { _ = store.Close() })
	return Options{Library: lib, Store: store, Lang: lang, Version: "test", Env: []string{"TERM=xterm"}, Seed: func() uint64 { return 7 }}
}

// smallLibrary is one module of one lesson with all eight kinds of question, in two languages.
func smallLibrary(t *testing.T) *modules.Library { return garden(t, nil) }

// garden is the small library with other files in the place of some.
func garden(t *testing.T, others map[string]string) *modules.Library {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"garden/module.toml": `
format = 1
id = "garden"
version = "1.0.0"
kind = "course"
license = "CC-BY-SA-4.0"
authors = ["us"]
source = "en"
languages = ["en", "fr"]
lessons = ["soil"]
level = "basic"
audience = ["learner"]
requires = []
tags = []
[[objective]]
id = "dig"
competences = ["digcomp-3.0:1.3"]
[mastery]
correct = 4
of = 5
`,
		"garden/en/index.md":      "# The garden\n\nDig and sow.\n",
		"garden/en/index.toml":    "[objectives]\ndig = \"dig a bed\"\n",
		"garden/en/glossary.toml": "[[term]]\nid = \"bed\"\nterm = \"bed\"\ndefinition = \"A piece of dug ground.\"\n",
		"garden/en/soil.md": "# The soil\n\n## Look first\n\nA spade and a [bed](glossary:bed).\n\n<!-- ask: tool -->\n\n" +
			"## Try it\n\n> [!EXERCISE]\n> Dig a hole.\n\n> [!SOLUTION]\n> Put it back.\n",
		"garden/en/soil.toml": gardenQuestions,
		"garden/fr/index.md":  "# Le jardin\n\nBêcher et semer.\n", "garden/fr/index.toml": "[objectives]\ndig = \"bêcher\"\n",
		"garden/fr/glossary.toml": "[[term]]\nid = \"bed\"\nterm = \"planche\"\ndefinition = \"Un carré de terre bêchée.\"\n",
		"garden/fr/soil.md": "# La terre\n\n## Regarder d’abord\n\nUne bêche et une [planche](glossary:bed).\n\n<!-- ask: tool -->\n\n" +
			"## Essayer\n\n> [!EXERCISE]\n> Creusez un trou.\n\n> [!SOLUTION]\n> Rebouchez-le.\n",
		"garden/fr/soil.toml": strings.Replace(gardenQuestions, "Which tool digs?", "Quel outil creuse ?", 1),
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for _, l := range []string{"en", "fr"} {
		for _, form := range []string{"a", "b"} {
			fsys["garden/"+l+"/test-"+form+".toml"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(gardenTest, "FORM", form))}
		}
	}
	for name, text := range others {
		fsys["garden/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	lib := &modules.Library{}
	if err := lib.Add(fsys, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	return lib
}

const gardenTest = `
[[question]]
id = "FORM-water"
type = "true-false"
objective = "dig"
prompt = "Water the bed."
answer = true
explanation = "It is dry."

[[question]]
id = "FORM-weed"
type = "true-false"
objective = "dig"
prompt = "Weed the bed."
answer = true
explanation = "It grows."
`

const gardenQuestions = `
objectives = ["dig"]
sources = []

[[question]]
id = "tool"
type = "choice"
objective = "dig"
prompt = "Which tool digs?"
hint = "It has a blade."
explanation = "A spade cuts the ground."
shuffle = false
  [[question.option]]
  id = "rake"
  text = "A rake"
  feedback = "A rake combs."
  [[question.option]]
  id = "spade"
  text = "A spade"
  correct = true
  feedback = "It cuts."
  [[question.option]]
  id = "hose"
  text = "A hose"
  feedback = "A hose waters."

[[question]]
id = "two"
type = "choice"
objective = "dig"
pick = 2
prompt = "Choose two seeds."
explanation = "Beans and peas are seeds."
shuffle = false
  [[question.option]]
  id = "bean"
  text = "Bean"
  correct = true
  feedback = "A seed."
  [[question.option]]
  id = "stone"
  text = "Stone"
  feedback = "Not alive."
  [[question.option]]
  id = "pea"
  text = "Pea"
  correct = true
  feedback = "A seed."

[[question]]
id = "dry"
type = "true-false"
objective = "dig"
prompt = "Dry ground is light."
answer = false
feedback = "It is hard."
explanation = "Dry clay is like stone."

[[question]]
id = "gap"
type = "fill-in"
objective = "dig"
prompt = "We dig with a {{}} and a {{}}."
answers = [["spade"], ["fork"]]
bank = ["spade", "fork", "spoon"]
explanation = "Spade and fork."

[[question]]
id = "depth"
type = "numeric"
objective = "dig"
prompt = "How deep?"
answer = 20
tolerance = 1
unit = "cm"
explanation = "One blade."

[[question]]
id = "pairs"
type = "matching"
objective = "dig"
prompt = "Match."
distractors = ["sings"]
explanation = "Each its own."
  [[question.pair]]
  id = "p1"
  left = "rain"
  right = "waters"
  [[question.pair]]
  id = "p2"
  left = "sun"
  right = "warms"
  [[question.pair]]
  id = "p3"
  left = "worm"
  right = "digs"

[[question]]
id = "order"
type = "sequencing"
objective = "dig"
prompt = "Put in order."
explanation = "Dig before you sow."
  [[question.step]]
  id = "s1"
  text = "dig"
  [[question.step]]
  id = "s2"
  text = "sow"
  [[question.step]]
  id = "s3"
  text = "eat"

[[question]]
id = "free"
type = "long-fill-in"
objective = "dig"
prompt = "What will you grow?"
model = "Something that you eat."
criteria = ["it has a name"]
explanation = "Small is good."

[[question]]
id = "feel"
type = "likert"
objective = "dig"
prompt = "I dig often."
scale = ["never", "sometimes", "often"]
not_applicable = "no garden"
`

func resize(s *story, width, height int) { s.send(tea.WindowSizeMsg{Width: width, Height: height}) }

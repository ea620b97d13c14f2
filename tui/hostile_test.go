package tui

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"fanal/locale"
	"fanal/modules"
	"fanal/progress"
	"fanal/study"
	"fanal/tui/linear"
)

// What a module's texts could say to a terminal, each written raw, as entities or as TOML escapes. None of it may arrive.
var payloads = map[string]string{
	"clear screen":        "\x1b[2J",
	"cursor home":         "\x1b[H",
	"colour":              "\x1b[31m",
	"conceal":             "\x1b[8m",
	"blink":               "\x1b[5m",
	"reset":               "\x1bc",
	"title":               "\x1b]0;owned\x07",
	"link":                "\x1b]8;;http://evil.example\x1b\\",
	"clipboard":           "\x1b]52;c;ZXZpbA==\x07",
	"device string":       "\x1bPq#0;2;0;0;0\x1b\\",
	"application program": "\x1b_evil\x1b\\",
	"alternate screen":    "\x1b[?1049l",
	"query":               "\x1b[6n",
	"8-bit CSI":           "\u009b2J",
	"8-bit OSC":           "\u009d0;owned\u009c",
	"carriage return":     "good\revil",
	"backspace":           "good\b\b\b\bevil",
	"bell":                "\x07",
	"NUL as entity":       "&#0;&#x00;",
	"ESC as entity":       "&#27;[2J",
	"ESC as hex entity":   "&#x1b;[2J &#X1B;[8m",
	"CSI as entity":       "&#155;2J &#x9b;31m",
	"split by emphasis":   "&#2*7*; **&#27;**[2J",
	"entity in entity":    "&amp;#27;[2J",
	"right-to-left":       "\u202eevil\u202c",
	"isolates":            "\u2066evil\u2069",
	"zero width":          "e\u200bv\u200di\ufeffl",
	"tag characters":      "\U000e0065\U000e0076\U000e0069",
}

// places is a module with a payload in every place where a module has words. %s stands for the payload in Markdown, and
// {} for the payload in a TOML string.
var places = map[string]string{
	"evil/module.toml": `format = 1
id = "evil"
version = "1.0.0"
kind = "course"
license = "CC-BY-SA-4.0"
authors = ["author {}"]
source = "en"
languages = ["en"]
lessons = ["one"]
level = "basic"
audience = ["learner"]
requires = []
tags = ["tag {}"]
[[objective]]
id = "see"
competences = ["digcomp-3.0:1.3"]
[mastery]
correct = 4
of = 5
`,
	"evil/en/index.md":      "# Title %s\n\nSummary %s here.\n\nIntroduction %s here.\n",
	"evil/en/index.toml":    "[objectives]\nsee = \"objective {}\"\n",
	"evil/en/glossary.toml": "[[term]]\nid = \"bed\"\nterm = \"term {}\"\ndefinition = \"definition {}\"\n",
	"evil/en/one.md": "# Lesson %s\n\n## Heading %s\n\nText %s, *in %s emphasis*, [term %s](glossary:bed), " +
		"[web %s](http://example.org/).\n\n- item %s\n\n| head %s | b |\n|---|---|\n| cell %s | c |\n\n" +
		"```\ncode %s\n```\n\n![picture %s](files/a.png)\n\n> [!EXERCISE]\n> callout %s\n\n> quote %s\n",
	"evil/en/one.toml": `objectives = ["see"]
sources = []
[[scene]]
id = "there"
text = "scene {}"
[[question]]
id = "q1"
type = "choice"
objective = "see"
scene = "there"
prompt = "prompt {}"
hint = "hint {}"
explanation = "explanation {}"
  [[question.option]]
  id = "a"
  text = "option {}"
  correct = true
  feedback = "feedback {}"
  [[question.option]]
  id = "b"
  text = "other {}"
  feedback = "why {}"
[[question]]
id = "q2"
type = "matching"
objective = "see"
prompt = "pairs {}"
distractors = ["distractor {}"]
explanation = "because {}"
  [[question.pair]]
  id = "p"
  left = "left {}"
  right = "right {}"
  [[question.pair]]
  id = "r"
  left = "left again {}"
  right = "right again {}"
[[question]]
id = "q3"
type = "sequencing"
objective = "see"
prompt = "order {}"
explanation = "so {}"
  [[question.step]]
  id = "s"
  text = "first {}"
  [[question.step]]
  id = "t"
  text = "second {}"
[[question]]
id = "q4"
type = "fill-in"
objective = "see"
prompt = "gap {{}}"
answers = [["x"]]
bank = ["x", "bank {}"]
explanation = "it is {}"
[[question]]
id = "q5"
type = "long-fill-in"
objective = "see"
prompt = "write {}"
model = "model {}"
criteria = ["criterion {}"]
explanation = "fine {}"
[[question]]
id = "q6"
type = "likert"
objective = "see"
prompt = "place {}"
scale = ["low {}", "mid", "high"]
`,
}

func evilLibrary(t *testing.T, payload string) *modules.Library {
	t.Helper()
	var escaped strings.Builder // a TOML string can say any character by its number
	for _, r := range payload {
		fmt.Fprintf(&escaped, `\U%08X`, r)
	}
	fsys := fstest.MapFS{}
	for name, text := range places {
		text = strings.ReplaceAll(text, "%s", payload)
		text = strings.ReplaceAll(text, "{{}}", "\x00")
		text = strings.ReplaceAll(text, "{}", escaped.String())
		fsys[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, "\x00", "{{}}"))}
	}
	for _, form := range []string{"a", "b"} {
		fsys["evil/en/test-"+form+".toml"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(gardenTest, "FORM", form))}
	}
	for name, f := range fsys {
		fsys[name] = &fstest.MapFile{Data: bytes.ReplaceAll(f.Data, []byte(`objective = "dig"`), []byte(`objective = "see"`))}
	}
	lib := &modules.Library{}
	if err := lib.Add(fsys, modules.Origin{Kind: modules.Folder, Path: "sticks/" + payload}); err != nil {
		t.Fatal(err)
	}
	return lib
}

// harm returns what in an output a terminal would obey or a reader would not see, besides the styles of our theme.
func harm(out string) string {
	for i := 0; i < len(out); {
		if n := styleLen(out[i:]); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(out[i:])
		if r != '\n' && (r < 0x20 || r >= 0x7f && r < 0xa0 || r == utf8.RuneError && n == 1 || unicode.Is(unicode.Cf, r)) {
			return fmt.Sprintf("%q in %q", r, out[max(i-30, 0):min(i+30, len(out))])
		}
		i += n
	}
	return ""
}

func TestNothingThatAModuleSaysReachesTheTerminalAsACommand(t *testing.T) {
	for name, payload := range payloads {
		t.Run(name, func(t *testing.T) {
			o := someone(t, evilLibrary(t, payload), "en")
			s := tell(t, o, 80, 24)
			shown := 0
			look := func() {
				shown += len(s.root.paint())
				if bad := harm(s.root.paint()); bad != "" {
					t.Fatalf("on the screen: %s", bad)
				}
			}
			for _, k := range []string{`"` + payload + `"`, "enter", "enter", "esc", "i", "end", "esc", "enter", "g", "esc", "o", "esc"} {
				s.press(k)
				look()
			}
			if _, ok := s.root.top().(*lesson); !ok {
				t.Fatalf("the lesson did not open:\n%s", s.screen())
			}
			for range 60 {
				for _, k := range []string{"f2", "f3", "space"} {
					s.press(k)
					look()
				}
				if _, ok := s.root.top().(*result); ok {
					break
				}
			}
			if _, ok := s.root.top().(*result); !ok {
				t.Fatalf("the lesson has no end:\n%s", s.screen())
			}
			look()
		})
	}
}

func TestNothingThatAModuleSaysReachesALinearTerminalAsACommand(t *testing.T) {
	for name, payload := range payloads {
		t.Run(name, func(t *testing.T) {
			store := progress.OpenMemory()
			l, err := study.Register(store, "Nour "+payload, "en")
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			in := strings.NewReader(strings.Repeat(":h\n:s\n\n", 60))
			err = linear.Run(context.Background(), linear.Options{
				Library: evilLibrary(t, payload), Store: store, Learner: &l, Lang: "en",
				Module: "evil", Lesson: "one", In: in, Out: &out,
			})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out.String(), "Text") || !strings.Contains(out.String(), "place") {
				t.Fatalf("the lesson was not gone through:\n%s", out.String())
			}
			if bad := harm(out.String()); bad != "" || strings.Contains(out.String(), "\x1b") {
				t.Fatalf("in the output: %s", bad)
			}
			page := RenderLesson(mustLesson(t, payload), locale.New("en"), 72, true)
			if bad := harm(page); bad != "" {
				t.Fatalf("on paper: %s", bad)
			}
		})
	}
}

func mustLesson(t *testing.T, payload string) *modules.Lesson {
	t.Helper()
	l, err := evilLibrary(t, payload).Module("evil").Lesson("en", "one")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func FuzzRenderingEmitsOnlyTheSequencesOfOurTheme(f *testing.F) {
	for _, p := range payloads {
		f.Add(p)
		f.Add("# " + p + "\n\n*" + p + "* `" + p + "`\n\n- " + p)
	}
	f.Fuzz(func(t *testing.T, md string) {
		if len(md) > 4000 {
			return
		}
		// A text that was never cut nor cleaned: the last filter alone must do.
		if bad := harm(safe(strings.Join(typeset(md, 72), "\n"))); bad != "" {
			t.Fatal(bad)
		}
	})
}

package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const manifest = `format = 1
id = "%s"
version = "1.0.0"
kind = "course"
license = "CC-BY-SA-4.0"
authors = ["bench"]
source = "fr"
languages = ["fr"]
lessons = ["one"]
level = "basic"
audience = ["learner"]
requires = []
tags = []
[[objective]]
id = "see"
competences = ["digcomp-3.0:1.3"]
[mastery]
correct = 4
of = 5
`

const question = `objectives = ["see"]
sources = []
[[question]]
id = "q"
type = "true-false"
objective = "see"
prompt = "Est-ce vrai ?"
answer = true
feedback = "Si."
explanation = "Oui."
`

// writeModule writes a small module of one lesson.
func writeModule(b testing.TB, dir, id string) {
	b.Helper()
	write(b, dir, id, "# Une leçon\n\n## Début\n\nFirstWords.\n")
}

// writeLesson writes a module whose lesson is about size bytes long, in sections of the length that lessons have.
func writeLesson(b *testing.B, dir, id string, size int) {
	b.Helper()
	var md strings.Builder
	md.WriteString("# Une leçon\n\n## Début\n\nFirstWords d’une leçon.\n")
	for i := 1; md.Len() < size; i++ {
		fmt.Fprintf(&md, "\n## Partie %d\n\n", i)
		for range 4 {
			md.WriteString("Avant de recueillir une **donnée**, écrivez à quoi elle servira, qui la lira et quand elle sera effacée.\n\n")
		}
		md.WriteString("- le registre tient sur une page ;\n- on le relit une fois par trimestre.\n")
	}
	write(b, dir, id, md.String())
}

// writeScroll writes a module whose lesson is one long step, of numbered lines that fill a screen's width.
func writeScroll(b testing.TB, dir, id string) {
	b.Helper()
	var md strings.Builder
	md.WriteString("# Une leçon\n\n## Début\n\n")
	for i := 1; i <= 200; i++ {
		fmt.Fprintf(&md, "- ligne %03d : écrivez à quoi elle servira, et quand elle sera effacée\n", i)
	}
	write(b, dir, id, md.String())
}

func write(b testing.TB, dir, id, lesson string) {
	b.Helper()
	edition := filepath.Join(dir, id, "fr")
	if err := os.MkdirAll(edition, 0o755); err != nil {
		b.Fatal(err)
	}
	for name, text := range map[string]string{
		"../module.toml": fmt.Sprintf(manifest, id),
		"index.md":       "# Module " + id + "\n\nUn module.\n",
		"index.toml":     "[objectives]\nsee = \"voir\"\n",
		"one.md":         lesson,
		"one.toml":       question,
	} {
		if err := os.WriteFile(filepath.Join(edition, name), []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
}

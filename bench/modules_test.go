package bench

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"fanal/modules/pack"
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
	if err := os.CopyFS(filepath.Join(dir, id), module(id, lesson)); err != nil {
		b.Fatal(err)
	}
}

// module gives the files of a module with one lesson.
func module(id, lesson string) fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"module.toml":   fmt.Sprintf(manifest, id),
		"fr/index.md":   "# Module " + id + "\n\nUn module.\n",
		"fr/index.toml": "[objectives]\nsee = \"voir\"\n",
		"fr/one.md":     lesson,
		"fr/one.toml":   question,
	} {
		files[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return files
}

// fillShelf puts packs into a data folder, as many installations would.
func fillShelf(b *testing.B, data string, packs int) {
	b.Helper()
	keys, err := pack.OpenKeyring(data)
	if err != nil {
		b.Fatal(err)
	}
	shelf := pack.OpenShelf(data, keys)
	for i := range packs {
		id := fmt.Sprintf("module-%04d", i)
		var packed bytes.Buffer
		if err := pack.Write(b.Context(), &packed, module(id, "# Une leçon\n\n## Début\n\nFirstWords.\n"), nil, nil); err != nil {
			b.Fatal(err)
		}
		path := shelf.Path(id)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, packed.Bytes(), 0o644)); err != nil {
			b.Fatal(err)
		}
	}
	// The index is brought up to date by the next installation.
	last := module("module-last", "# Une leçon\n\n## Début\n\nFirstWords.\n")
	_, test, _ := strings.Cut(question, "sources = []\n")
	last["fr/test-a.toml"] = &fstest.MapFile{Data: []byte(test)}
	last["fr/test-b.toml"] = last["fr/test-a.toml"]
	if _, err := shelf.InstallFolder(b.Context(), last, false, nil); err != nil {
		b.Fatal(err)
	}
}

//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// tinyModule is a module of one text and one question.
var tinyModule = map[string]string{
	"module.toml": `format = 1
id = "garden"
version = "1.0.0"
kind = "kit"
license = "CC0-1.0"
source = "fr"
languages = ["fr"]
lessons = ["plant"]

[[objective]]
id = "plant"
`,
	"fr/index.md":   "# Le jardin\n\nCe que plantes et gens se doivent.\n",
	"fr/index.toml": "[objectives]\nplant = \"Vous saurez planter.\"\n",
	"fr/plant.md":   "# Planter\n\nQuand la terre est chaude.\n",
	"fr/plant.toml": `objectives = ["plant"]

[[question]]
id = "when"
type = "true-false"
objective = "plant"
prompt = "On plante en plein hiver."
answer = false
feedback = "La terre est gelée."
explanation = "La terre doit être chaude."
`,
}

// A module that was packed on one data folder and installed into another is studied there on the screen, and the answer is
// kept. (Line by line: testdata/packs.txtar.)
func TestAPackedModuleIsStudiedOnTheScreen(t *testing.T) {
	author, learner := &student{t: t, dir: t.TempDir()}, &student{t: t, dir: t.TempDir()}
	work := t.TempDir()
	for name, text := range tinyModule {
		path := filepath.Join(work, "garden", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(work, "garden.fanal")
	for _, cmd := range []*exec.Cmd{author.program("pack", filepath.Join(work, "garden"), "-o", file), learner.program("install", file)} {
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}

	cmd := learner.program("--learner", "Fatou", "open", "garden/plant")
	cmd.Env = append(cmd.Env, "TERM=xterm-256color")
	screen, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = screen.Close()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for _, step := range []struct{ keys, then string }{
		{"", "terre est chaude"}, {" ", "plein hiver"}, {"b\r", "doit être chaude"},
	} {
		if _, err := screen.WriteString(step.keys); err != nil {
			t.Fatal(err)
		}
		shown(t, screen, step.then)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	_ = screen.Close()
	out, err := learner.program("progress", "--json").Output()
	if err != nil || !strings.Contains(string(out), `"answered": 1`) {
		t.Errorf("the answer is not kept: %v, %s", err, out)
	}
}

// shown reads a screen until it has shown a text.
func shown(t *testing.T, screen *os.File, text string) {
	t.Helper()
	if err := screen.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	said := ""
	for b := make([]byte, 4<<10); !strings.Contains(said, text); {
		n, err := screen.Read(b)
		said += string(b[:n])
		if err != nil {
			t.Fatalf("%v; it showed:\n%q", err, said)
		}
	}
}

package tui

import (
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fanal/modules"
	"fanal/modules/check"
	"fanal/progress"
	"fanal/study"

	tea "charm.land/bubbletea/v2"
)

// A draft is a module that a test writes while a story shows it.
type draft struct {
	files fstest.MapFS
	saved int
	*story
}

// write opens a preview on the starter module.
func write(t *testing.T) *draft {
	t.Helper()
	d := &draft{files: fstest.MapFS{}}
	for name, text := range check.Starter(check.Start{ID: "tea", Title: "Tea", Lang: "en", Lessons: []string{"Boil"}}) {
		d.files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	load := func() *modules.Library {
		lib := &modules.Library{}
		lib.Put(modules.Open(d.files, modules.Origin{Kind: modules.Folder, Path: "/tmp/tea"}))
		return lib
	}
	store := progress.OpenMemory()
	t.Cleanup(func() { _ = store.Close() })
	guest, err := study.Register(store, "Guest", "en")
	if err != nil {
		t.Fatal(err)
	}
	d.story = tell(t, Options{
		Library: load(), Store: store, Learner: &guest, Guest: true, Lang: "en", Module: "tea", Env: []string{"TERM=xterm"},
		Preview: &Preview{
			ID: "tea", Stamp: func() string { return strconv.Itoa(d.saved) }, Load: load,
			Check: func() []check.Finding { return check.Module(d.files, check.Options{Folder: "tea"}) },
		},
	}, 80, 24)
	return d
}

// save changes a file, and lets the time pass until the files are looked at.
func (d *draft) save(name, old, by string) *draft {
	d.t.Helper()
	text := string(d.files[name].Data)
	if !strings.Contains(text, old) {
		d.t.Fatalf("%s has no %q", name, old)
	}
	d.files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, by, 1))}
	d.saved++
	d.send(lookMsg{})
	return d
}

func TestASavedFileIsSeenAtOnce(t *testing.T) {
	d := write(t)
	d.see("Tea", "1 Boil", "1 piece of advice (x)")
	d.save("en/boil.md", "# Boil", "# Boil the water").see("1 Boil the water")
	d.choose("Boil the water").see("A scene", "Begin with a person")
	d.save("en/boil.md", "Begin with a person", "Fatou comes in").see("Fatou comes in")
	d.press("space").see("Write your question here")
	d.save("en/boil.toml", "Write your question here.", "Is it hot?").see("Is it hot?", "step 2")
	d.press("a", "enter")
	d.save("en/boil.toml", "Is it hot?", "Is it cold?").see("Is it cold?")
}

func TestFindingsAreOneKeyAway(t *testing.T) {
	d := write(t)
	d.press("x").see("To correct", "en/boil.md:1:1", "a lesson should have 500 to 900")
	d.press("esc").choose("Boil").press("space")
	d.save("en/boil.toml", "correct  = true", "corect = true").see("2 errors, 1 piece of advice (x)", "Write your question here")
	d.send(tea.KeyPressMsg{Code: tea.KeyF5})
	d.see("en/boil.toml:7:1", "no option is correct", "‘corect’ is not a word of the format")
	d.save("en/boil.toml", "corect = true", "correct = true").miss("corect")
	d.press("x").see("Write your question here", "1 piece of advice (x)")
}

// While a file is half written, the learner's screen stays what it was.
func TestAModuleThatCannotBeReadStaysOnTheScreen(t *testing.T) {
	d := write(t)
	d.choose("Boil").see("A scene")
	d.save("module.toml", `id        = "tea"`, `id        = "tea`).see("A scene", "error")
	d.save("module.toml", `id        = "tea`, `id        = "tea"`).see("A scene", "1 piece of advice")
}

func TestLettersThatAreTypedAreNotCommandsInAPreview(t *testing.T) {
	d := write(t)
	d.choose("Boil")
	for range 10 {
		if d.root.top().Typing() {
			break
		}
		d.press("space", "s", "space")
	}
	if !d.root.top().Typing() {
		t.Fatalf("the question to type is not reached\n%s", d.screen())
	}
	d.press("x").miss("To correct").see("x")
}

// The files are looked at again and again, and what is found each time is quickly told from what was known.
func TestAPreviewGoesOnLooking(t *testing.T) {
	d := write(t)
	looked := 0
	d.root.app.later = func(after time.Duration, msg tea.Msg) tea.Cmd {
		if _, ok := msg.(lookMsg); ok && after <= 250*time.Millisecond {
			looked++
		}
		return nil
	}
	d.send(lookMsg{})
	d.save("en/boil.md", "A scene", "A street")
	if looked != 2 {
		t.Errorf("after two looks, %d more are planned", looked)
	}
}

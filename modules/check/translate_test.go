package check_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fanal/modules"
	"fanal/modules/check"
)

// translated gives tea after its English was recorded and its French went on: one step has grown old, and what is the same
// text in both counts as not translated.
func translated() map[string]string {
	changes := swap("en/brew.md", "## La fin", "## The end")
	m := modules.Open(tea(changes), modules.Origin{})
	source, made := map[string]string{}, map[string]modules.Made{}
	for _, p := range m.Parts("fr") {
		source[p.Key] = p.Hash
	}
	for _, p := range m.Parts("en") {
		made[p.Key] = modules.Made{From: source[p.Key], As: p.Hash}
	}
	made["brew/t2"] = modules.Made{From: "0000000000000000", As: made["brew/t2"].As}
	changes["en/translation.toml"] = modules.TranslationText("x", made)
	return changes
}

// oldCopy gives changes after which the English lesson is still a copy of the French one, as that was before.
func oldCopy() map[string]string {
	changes := map[string]string{}
	for _, name := range []string{"/brew.md", "/brew.toml"} {
		changes["en"+name] = string(tea(nil)["fr"+name].Data)
	}
	made := map[string]modules.Made{}
	for _, p := range modules.Open(tea(changes), modules.Origin{}).Parts("en") {
		if strings.HasPrefix(p.Key, "brew/") {
			made[p.Key] = modules.Made{From: p.Hash, As: p.Hash}
		}
	}
	changes["en/translation.toml"] = modules.TranslationText("x", made)
	changes["fr/brew.md"] = strings.Replace(changes["en/brew.md"], "> [!EXERCISE]", "## Pour finir\n\n> [!EXERCISE]", 1)
	return changes
}

// A workshop is a module in memory that is translated step by step.
type workshop struct {
	t     *testing.T
	files fstest.MapFS
}

func newWorkshop(t *testing.T) *workshop {
	w := &workshop{t, fstest.MapFS{}}
	for name, text := range check.Starter(check.Start{ID: "tea", Title: "Le thé", Lang: "fr", Lessons: []string{"Faire du thé", "Servir"}}) {
		w.files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return w
}

func (w *workshop) translate(lang string) *check.Translation {
	w.t.Helper()
	t, err := check.Translate(w.files, lang, "a note\nof two lines")
	if err != nil {
		w.t.Fatal(err)
	}
	for name, text := range t.Files {
		w.files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return t
}

func (w *workshop) change(name, old, by string) {
	w.t.Helper()
	text := string(w.files[name].Data)
	if !strings.Contains(text, old) {
		w.t.Fatalf("%s has no %q", name, old)
	}
	w.files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, by, 1))}
}

func (w *workshop) errors() (found []check.Finding) {
	for _, f := range check.Module(w.files, check.Options{Folder: "tea"}) {
		if !f.Warning {
			found = append(found, f)
		}
	}
	return found
}

func (w *workshop) lesson(lang, id string) *modules.Lesson {
	w.t.Helper()
	l, err := modules.Open(w.files, modules.Origin{}).Lesson(lang, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return l
}

func keys(found []check.Finding) (keys []string) {
	for _, f := range found {
		keys = append(keys, f.Key)
	}
	return keys
}

func TestANewEditionIsCompleteAndSaysWhatIsLeft(t *testing.T) {
	w := newWorkshop(t)
	tr := w.translate("it")
	if found := w.errors(); len(found) > 0 {
		t.Errorf("a new edition has errors: %v", found)
	}
	if len(tr.Copied) != 9 || tr.Parts != 23 || len(tr.Left) != 20 { // three titles are not asked for
		t.Errorf("copied %q; %d of %d parts are left", tr.Copied, len(tr.Left), tr.Parts)
	}
	if !strings.Contains(tr.Files["module.toml"], `languages = ["fr", "it"]`) || !strings.Contains(tr.Files["module.toml"], "# La carte") {
		t.Errorf("module.toml is now\n%s", tr.Files["module.toml"])
	}
	if text := tr.Files["it/translation.toml"]; !strings.HasPrefix(text, "# a note\n# of two lines\n") {
		t.Errorf("translation.toml begins %.40q", text)
	}
	first := tr.Left[slices.Index(keys(tr.Left), "faire-du-the/t2")]
	if first.File != "it/faire-du-the.md" || first.Line != 13 {
		t.Errorf("the second step is left at %s:%d", first.File, first.Line)
	}
}

func TestWhatNobodyHasTranslatedIsMarkedForLearners(t *testing.T) {
	w := newWorkshop(t)
	w.translate("it")
	for _, s := range w.lesson("it", "servir").Steps {
		if s.Lang != "fr" {
			t.Errorf("step %s is in %q", s.ID, s.Lang)
		}
	}
	w.change("it/servir.md", "Commencez par une personne", "Comincia con una persona")
	w.change("it/servir.toml", "Laquelle de ces réponses est juste", "Quale è giusta")
	for _, s := range w.lesson("it", "servir").Steps {
		done := s.ID == "t1" || s.ID == "q:servir-first"
		if (s.Lang == "") != done {
			t.Errorf("step %s is in %q", s.ID, s.Lang)
		}
	}
	for _, s := range w.lesson("fr", "servir").Steps {
		if s.Lang != "" {
			t.Errorf("the source's step %s is in %q", s.ID, s.Lang)
		}
	}
}

func TestATranslationThatHasGrownOldIsFoundUntilSomebodyWorksOnIt(t *testing.T) {
	w := newWorkshop(t)
	w.translate("it")
	w.change("it/servir.md", "Commencez par une personne", "Comincia con una persona")
	w.translate("it")
	w.change("fr/servir.md", "un lieu et un problème", "un lieu, un jour et un problème")

	old := w.translate("it")
	if got := keys(old.Stale); !slices.Equal(got, []string{"servir/t1"}) || old.Stale[0].Line != 5 {
		t.Errorf("old are %q, at %v", got, old.Stale)
	}
	w.change("it/servir.md", "un lieu et un problème", "un luogo, un giorno e un problema")
	again := w.translate("it")
	if len(again.Stale) > 0 || !slices.Equal(keys(again.Renewed), []string{"servir/t1"}) {
		t.Errorf("after the work, old are %q and renewed %q", keys(again.Stale), keys(again.Renewed))
	}
	if last := w.translate("it"); len(last.Renewed)+len(last.Stale) > 0 {
		t.Errorf("and then %v, %v", last.Renewed, last.Stale)
	}
}

func TestWhatTheSourceGetsLaterIsCopied(t *testing.T) {
	w := newWorkshop(t)
	w.translate("it")
	w.change("it/servir.md", "# Servir", "# Servire il tè")
	w.change("it/servir.toml", "Laquelle de ces réponses est juste", "Quale è giusta")
	w.change("it/glossary.toml", "étape\"", "passo\"")
	w.change("it/index.toml", "dire ce que", "dire che cosa")
	before := string(w.files["it/servir.toml"].Data)

	w.change("fr/servir.toml", "# Une question où", "[[scene]]\nid = \"café\"\ntext = \"Au café.\"\n\n# Une question où")
	w.change("fr/servir.toml", "[[scene]]\nid = \"café\"", "[[scene]]\nid = \"cafe\"")
	w.change("fr/servir.toml", "[[question]]\nid          = \"servir-word\"", "[[question]]\nid = \"servir-new\"\ntype = \"true-false\"\nobjective = \"do-servir\"\nprompt = \"Vrai ?\"\nanswer = true\nfeedback = \"Non.\"\nexplanation = \"Oui.\"\n\n[[question]]\nid          = \"servir-word\"")
	w.files["fr/glossary.toml"].Data = append(w.files["fr/glossary.toml"].Data, "\n[[term]]\nid = \"cup\"\nterm = \"tasse\"\ndefinition = \"Un pot.\"\n"...)
	w.change("module.toml", "id = \"do-servir\"", "id = \"do-servir\"\n\n[[objective]]\nid = \"do-more\"")
	w.change("fr/index.toml", "[objectives]", "[objectives]\ndo-more = \"en faire plus\"")
	w.change("fr/servir.toml", `["do-servir"]`, `["do-servir", "do-more"]`)

	tr := w.translate("it")
	after := string(w.files["it/servir.toml"].Data)
	if !strings.HasPrefix(after, before) || !strings.Contains(after, "servir-new") || !strings.Contains(after, `id = "cafe"`) {
		t.Errorf("the questions are now\n%s", after)
	}
	for _, key := range []string{"servir/q:servir-new", "glossary/cup", "index/objective:do-more"} {
		if !slices.Contains(keys(tr.Left), key) {
			t.Errorf("%s is not among what is left: %q", key, keys(tr.Left))
		}
	}
	if n := strings.Count(string(w.files["it/glossary.toml"].Data), "[[term]]"); n != 2 {
		t.Errorf("the glossary has %d terms", n)
	}
	// The source's texts of lessons that nobody has touched are copied anew.
	w.change("fr/faire-du-the.md", "Une scène", "Une autre scène")
	w.translate("it")
	if !strings.Contains(string(w.files["it/faire-du-the.md"].Data), "Une autre scène") {
		t.Error("a text that nobody has translated stays as the source was")
	}
}

func TestWhatIsTranslatedIsNeverTouched(t *testing.T) {
	w := newWorkshop(t)
	w.translate("it")
	mine := map[string]string{}
	for name := range w.files {
		if strings.HasPrefix(name, "it/") && name != "it/translation.toml" {
			text := strings.NewReplacer("réponse", "risposta", "Une", "Una", "Dites", "Di", "texte", "testo").Replace(string(w.files[name].Data))
			w.files[name] = &fstest.MapFile{Data: []byte(text)}
			mine[name] = text
		}
	}
	w.change("fr/servir.md", "Une scène", "Encore une scène")
	w.change("fr/servir.toml", "Une aide", "De l’aide")
	w.translate("it")
	for _, name := range slices.Sorted(maps.Keys(mine)) {
		if string(w.files[name].Data) != mine[name] {
			t.Errorf("%s was changed", name)
		}
	}
}

func TestTheSourceIsNotATranslation(t *testing.T) {
	w := newWorkshop(t)
	if _, err := check.Translate(w.files, "fr", ""); !errors.Is(err, check.ErrSourceLanguage) {
		t.Errorf("translating to the source gives %v", err)
	}
	w.change("module.toml", `languages = ["fr"]`, `"languages" = [ # one ] here
  "fr" ]`)
	if _, err := check.Translate(w.files, "it", ""); !errors.Is(err, check.ErrLanguages) {
		t.Errorf("a list that cannot be completed gives %v", err)
	}
	w.change("module.toml", "format ", "formal ")
	if _, err := check.Translate(w.files, "it", ""); err == nil {
		t.Error("a module that cannot be read is translated")
	}
}

// What "fanal new" leaves is what an author learns from: it has no error in any language, and no advice but to write more.
func TestANewModulePassesTheCheck(t *testing.T) {
	for _, lang := range []string{"fr", "en", "es", "it", "ar"} {
		for _, lessons := range [][]string{{"One"}, {"Faire du thé", "Servir « bien »", `A "b" \ <c> [d]`, "index", "日本", "日本語"}, {"Con", "Translation", "con", "*_*", "COM1", "# Deux", "1. Un"}} {
			fsys := fstest.MapFS{}
			for name, text := range check.Starter(check.Start{ID: "my-module", Title: `Ma "boîte" <à> outils`, Lang: lang, Lessons: lessons}) {
				fsys[name] = &fstest.MapFile{Data: []byte(text)}
				if strings.Contains(text, "{{.") || strings.Contains(text, "no value") {
					t.Errorf("%s in %s has a hole", name, lang)
				}
			}
			for _, f := range check.Module(fsys, check.Options{Folder: "my-module"}) {
				if f.Code != check.ShortLesson {
					t.Errorf("%s, %d lessons: %v", lang, len(lessons), f)
				}
			}
			m := modules.Open(fsys, modules.Origin{})
			if man, err := m.Manifest(); err != nil || len(man.Lessons) != len(lessons) {
				t.Errorf("%s: %v, %v", lang, man, err)
			}
		}
	}
}

func TestNamesBecomeIDs(t *testing.T) {
	for name, want := range map[string]string{
		"Relier les tables": "relier-les-tables", "L’œuvre d’été !": "l-oeuvre-d-ete", "¿Qué es?": "que-es", "日本": "", "--a--": "a",
		strings.Repeat("mot ", 30): "mot-mot-mot-mot-mot-mot-mot-mot-mot-mot",
	} {
		if got := modules.Slug(name); got != want || want != "" && !modules.IsID(got) {
			t.Errorf("Slug(%q) = %q, want %q", name, got, want)
		}
	}
}

package find_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fanal/modules"
	"fanal/modules/find"
)

// garden is a small library in French, one module of which exists in English too.
func garden(t testing.TB) *modules.Library {
	t.Helper()
	lib := &modules.Library{}
	lib.Put(modules.Open(gardenFiles(""), modules.Origin{Kind: modules.Folder, Path: "garden"}))
	return lib
}

// gardenFiles are the files of the module; more is added to the text of its second lesson.
func gardenFiles(more string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"module.toml": strings.Replace(fmt.Sprintf(manifest, "garden", `"soil", "water"`), `languages = ["fr"]`, `languages = ["fr", "en"]`, 1),
		"fr/index.md": "# Le jardin partagé\n\nBêcher, semer, récolter ensemble.\n", "fr/index.toml": "[objectives]\ntry = \"essayer\"\n",
		"en/index.md": "# The shared garden\n\nDig and sow.\n", "en/index.toml": "[objectives]\ntry = \"try\"\n",
		"fr/glossary.toml": "[[term]]\nid = \"bed\"\nterm = \"planche\"\ndefinition = \"Un carré de terre bêchée.\"\n\n[[term]]\nid = \"zone\"\nterm = \"Élagage\"\ndefinition = \"Couper des branches.\"\n",
		"en/glossary.toml": "[[term]]\nid = \"bed\"\nterm = \"bed\"\ndefinition = \"Dug ground.\"\n\n[[term]]\nid = \"zone\"\nterm = \"pruning\"\ndefinition = \"Cutting branches.\"\n",
		"fr/soil.md": "# Préparer la terre\n\nUne **bêche** et du temps.\n\n## Regarder d’abord\n\nLes données du sol se notent. Le sol est-il lourd ? " +
			"Creusez dans chaque [planche](glossary:bed).\n\n<!-- ask: tool -->\n\n## Essayer\n\nCreusez un trou.\n\n> [!SOLUTION]\n> Rebouchez avec un hippopotame.\n",
		"fr/soil.toml": "objectives = [\"try\"]\nsources = []\n[[question]]\nid = \"tool\"\ntype = \"choice\"\nobjective = \"try\"\nprompt = \"Quel outil creuse la planche ?\"\nexplanation = \"Le zinc ment.\"\nhint = \"L’acacia.\"\n" +
			"[[question.option]]\nid = \"a\"\ntext = \"Un parapluie\"\nfeedback = \"Non.\"\n[[question.option]]\nid = \"b\"\ntext = \"Une fourche\"\ncorrect = true\nfeedback = \"Oui.\"\n",
		"fr/water.md":   "# Arroser\n\n## Quand\n\nLe soir, la terre garde l’eau. " + more + "\n\n## Combien\n\nUn arrosoir par planche. La planche du fond, deux.\n",
		"fr/water.toml": "objectives = [\"try\"]\nsources = []\n",
		"en/soil.md":    "# Preparing the soil\n\nA spade.\n", "en/soil.toml": "objectives = [\"try\"]\nsources = []\n",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	fsys["fr/soil.toml"].Data = append(fsys["fr/soil.toml"].Data, "\n"...)
	return fsys
}

// open returns an index that is up to date with a library.
func open(t testing.TB, lib *modules.Library, langs ...string) *find.Index {
	t.Helper()
	x := find.Open(t.TempDir())
	t.Cleanup(func() { _ = x.Close() })
	for _, l := range langs {
		update(t, x, lib, l)
	}
	return x
}

// look returns the best hits of a query, each as "kind lesson step: snippet" with the marked words in brackets.
func look(t testing.TB, x *find.Index, lib *modules.Library, lang, query string) []string {
	t.Helper()
	res, err := x.Search(lib, lang, query, 20)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, h := range res.Hits {
		lines = append(lines, strings.TrimSpace(h.Kind+" "+h.Lesson+" "+h.Step)+": "+marked(h.Snippet, h.Marks))
	}
	return lines
}

func marked(text string, marks []find.Span) string {
	for i := len(marks) - 1; i >= 0; i-- {
		m := marks[i]
		text = text[:m.Start] + "[" + text[m.Start:m.End] + "]" + text[m.End:]
	}
	return text
}

func TestWhatWasReadIsFoundAgainHoweverItIsTyped(t *testing.T) {
	lib := garden(t)
	x := open(t, lib, "fr")
	for _, c := range []struct{ name, query, first string }{
		{"as it stands", "lourd", "step soil t2: Le sol est-il [lourd] ?"},
		{"another ending", "creuser", "question soil q:tool: Quel outil [creuse] la planche ?"},
		{"a plural", "arrosoirs", "step water t2: Un [arrosoir] par planche."},
		{"without accents", "donnees", "step soil t2: Les [données] du sol se notent."},
		{"in capitals", "DONNÉES", "step soil t2: Les [données] du sol se notent."},
		{"a participle without its accents", "bechees", "module: [Bêcher], semer, récolter ensemble."},
		{"not typed to its end", "arros", "lesson water t1: [Arroser]"},
		{"a letter missing", "arrsoir", "step water t2: Un [arrosoir] par planche."},
		{"a letter too many", "lourrd", "step soil t2: Le sol est-il [lourd] ?"},
		{"another letter", "fourd", "step soil t2: Le sol est-il [lourd] ?"},
		{"two letters swapped", "luord", "step soil t2: Le sol est-il [lourd] ?"},
		{"two letters swapped in the middle", "plnache", "term soil t2: [planche]"},
		{"a slip, and another ending", "arrsoirs", "step water t2: Un [arrosoir] par planche."},
		{"behind an apostrophe", "eau", "step water t1: Le soir, la terre garde l’[eau]."},
		{"with its article", "l'eau", "step water t1: Le soir, la terre garde l’[eau]."},
		{"two words of one step", "soir terre", "step water t1: Le [soir], la [terre] garde l’eau."},
		{"the title goes for its steps", "arroser soir", "step water t1: Le [soir], la terre garde l’eau."},
		{"a phrase", `"la planche du fond"`, "step water t2: [La] [planche] [du] [fond], deux."},
		{"a phrase in French quotes", "« garde l’eau »", "step water t1: Le soir, la terre [garde] l’[eau]."},
		{"a title before a text", "terre", "lesson soil t1: Préparer la [terre]"},
		{"a term before a prompt", "planche", "term soil t2: [planche]"},
		{"a prompt before a text", "creusez", "question soil q:tool: Quel outil [creuse] la planche ?"},
		{"the module itself", "partagé", "module: Le jardin [partagé]"},
		{"what a term means", "branches", "term: Couper des [branches]."},
		{"a word that is nowhere beside one that is", "xyzzy fond", "step water t2: La planche du [fond], deux."},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := look(t, x, lib, "fr", c.query)
			if len(got) == 0 || got[0] != c.first {
				t.Errorf("%s: got %q, want first %q", c.query, got, c.first)
			}
		})
	}
}

func TestFindingGivesNothingAwayAndNothingThatIsNotThere(t *testing.T) {
	lib := garden(t)
	x := open(t, lib, "fr")
	for _, c := range []struct{ name, query string }{
		{"an option", "parapluie"},
		{"the right option", "fourche"},
		{"an explanation", "zinc"},
		{"a hint", "acacia"},
		{"a folded solution", "hippopotame"},
		{"words of a phrase that stand apart", `"terre lourde"`},
		{"a phrase across two sentences of different steps", `"trou arroser"`},
		{"a slip in a short word", "solo"},
		{"two slips", "louurrd"},
		{"nothing", ""},
		{"signs", "*?!"},
		{"a word in no module", "xyzzyqw"},
		{"a phrase that is nowhere beside a word", `"zzz yyy" terre`},
	} {
		if got := look(t, x, lib, "fr", c.query); len(got) > 0 {
			t.Errorf("%s (%s): %q", c.name, c.query, got)
		}
	}
}

func TestWordsInOneStepComeBeforeWordsSpreadOverALesson(t *testing.T) {
	lib := garden(t)
	x := open(t, lib, "fr")
	got := look(t, x, lib, "fr", "planche fond")
	if len(got) != 1 || !strings.HasPrefix(got[0], "step water t2") {
		t.Errorf("one step has both: %q", got)
	}
	got = look(t, x, lib, "fr", "données trou")
	if len(got) != 1 || !strings.HasPrefix(got[0], "step soil") {
		t.Errorf("the words are in two steps of one lesson: %q", got)
	}
}

func TestEditionIsTheLearnersAndItsFallbackIsFoundInItsOwnWords(t *testing.T) {
	lib := garden(t)
	x := open(t, lib, "fr", "en", "es")
	if got := look(t, x, lib, "en", "spades"); len(got) != 1 || got[0] != "step soil t1: A [spade]." {
		t.Errorf("in English: %q", got)
	}
	if got := look(t, x, lib, "en", "lourd"); len(got) != 0 {
		t.Errorf("the French text of a lesson that exists in English: %q", got)
	}
	if got := look(t, x, lib, "en", "arrosoirs"); len(got) == 0 {
		t.Error("the lesson that English lacks is not found in French")
	}
	if got := look(t, x, lib, "es", "arrosoirs"); len(got) == 0 {
		t.Error("the module that Spanish lacks is not found in French")
	}
}

func TestNewVersionIsReadAnewAndOnlyThen(t *testing.T) {
	dir := t.TempDir()
	lib := garden(t)
	x := find.Open(dir)
	update(t, x, lib, "fr")
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, "search.db"))
	if err != nil {
		t.Fatal(err)
	}
	x = find.Open(dir)
	update(t, x, lib, "fr")
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.ReadFile(filepath.Join(dir, "search.db")); string(after) != string(before) {
		t.Error("the index was written although nothing has changed")
	}
	changed := &modules.Library{}
	changed.Put(modules.Open(gardenFiles("Le crocodile aussi."), modules.Origin{Kind: modules.Folder, Path: "garden"}))
	x = find.Open(dir)
	defer func() { _ = x.Close() }()
	update(t, x, changed, "fr")
	if got := look(t, x, changed, "fr", "crocodile"); len(got) != 1 {
		t.Errorf("what is new is not found: %q", got)
	}
}

func TestModuleThatIsGoneIsNotFoundAndThoseNotReadYetAreCounted(t *testing.T) {
	lib := newCorpus(500).library(t, 4)
	x := find.Open(t.TempDir())
	defer func() { _ = x.Close() }()
	left, err := x.Update(lib, "fr", 0)
	if err != nil || left != 3 {
		t.Fatalf("the first step leaves %d of 4: %v", left, err)
	}
	res, err := x.Search(lib, "fr", newCorpus(500).words[0], 10)
	if err != nil || res.Missing != 3 || len(res.Hits) == 0 {
		t.Fatalf("while it is being made: %d hits, %d missing, %v", len(res.Hits), res.Missing, err)
	}
	for _, h := range res.Hits {
		if h.Module != "m0000" {
			t.Errorf("found in %s, which is not read yet", h.Module)
		}
	}
	update(t, x, lib, "fr")
	if res, _ = x.Search(&modules.Library{}, "fr", newCorpus(500).words[0], 10); len(res.Hits) != 0 {
		t.Errorf("found in modules that are not there: %d", len(res.Hits))
	}
}

func TestUpdateStopsInTime(t *testing.T) {
	lib := newCorpus(2000).library(t, 30)
	x := find.Open(t.TempDir())
	defer func() { _ = x.Close() }()
	start := time.Now()
	left, err := x.Update(lib, "fr", 20*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); left == 0 || took > 3*time.Second {
		t.Errorf("20 ms were given: %v taken, %d modules left", took, left)
	}
}

func TestBuiltInModulesAreFoundInFourLanguages(t *testing.T) {
	lib := builtIn(t)
	x := open(t, lib, "fr", "en", "es", "it")
	for _, c := range []struct{ lang, query, module string }{
		{"fr", "relation un à plusieurs", "no-code"},
		{"en", "duplicates", "no-code"},
		{"es", "duplicados", "no-code"},
		{"it", "duplicati", "no-code"},
		{"fr", "doublons", "no-code"},
	} {
		res, err := x.Search(lib, c.lang, c.query, 10)
		if err != nil || len(res.Hits) == 0 || res.Hits[0].Module != c.module {
			t.Errorf("%s %q: %+v %v", c.lang, c.query, res.Hits, err)
			continue
		}
		for _, h := range res.Hits {
			if h.Lesson == "" {
				continue
			}
			l, err := lib.Module(h.Module).Lesson(c.lang, h.Lesson)
			if err != nil || h.StepNumber < 1 || h.StepNumber > len(l.Steps) || l.Steps[h.StepNumber-1].ID != h.Step {
				t.Errorf("%s %q leads to step %d %q of %s, which is not there", c.lang, c.query, h.StepNumber, h.Step, h.Lesson)
			}
			if len(h.Marks) == 0 {
				t.Errorf("%s %q: no word is marked in %q", c.lang, c.query, h.Snippet)
			}
		}
	}
}

func TestGlossaryOfTheLibraryGoesFromAToZ(t *testing.T) {
	lib := garden(t)
	x := open(t, lib, "fr", "en")
	terms, missing, err := x.Terms(lib, "fr")
	if err != nil || missing != 0 || len(terms) != 2 {
		t.Fatalf("%v %d %v", terms, missing, err)
	}
	if terms[0].Term != "Élagage" || terms[1].Term != "planche" {
		t.Errorf("the order is %s, %s", terms[0].Term, terms[1].Term)
	}
	if u := terms[1].Uses; len(u) != 1 || u[0] != (find.Use{Lesson: "soil", Title: "Préparer la terre", Number: 2, Step: "t2"}) {
		t.Errorf("the lessons that use it: %+v", u)
	}
	if same := find.Equivalents(lib.Module("garden"), "bed", []string{"en", "es", "it"}); len(same) != 1 || same["en"] != "bed" {
		t.Errorf("in other languages: %v", same)
	}
	if kept := find.Filter(terms, "elag"); len(kept) != 1 || kept[0].Term != "Élagage" {
		t.Errorf("filtered: %v", kept)
	}
	all, _, err := open(t, builtIn(t), "fr").Terms(builtIn(t), "fr")
	if err != nil || len(all) < 20 {
		t.Fatalf("the built-in glossaries: %d terms, %v", len(all), err)
	}
}

func TestLessonIsSearchedByTheSameRules(t *testing.T) {
	l, err := garden(t).Module("garden").Lesson("fr", "soil")
	if err != nil {
		t.Fatal(err)
	}
	var pages []find.Page
	for i := range l.Steps {
		pages = append(pages, find.Page{Step: &l.Steps[i]})
	}
	for _, c := range []struct {
		query string
		pages []int
	}{
		{"creuser", []int{1, 2, 3}},
		{"luord", []int{1}},
		{"donnees sol", []int{1}},
		{"hippopotame", nil},
		{"fourche", nil},
		{"", nil},
		{"regarder", []int{1}},
		{`"un trou"`, []int{3}},
	} {
		var got []int
		for _, m := range find.InPages(pages, "fr", c.query) {
			got = append(got, m.Page)
			if len(m.Marks) == 0 {
				t.Errorf("%s: no word is marked in %q", c.query, m.Snippet)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(c.pages) {
			t.Errorf("%q on pages %v, want %v", c.query, got, c.pages)
		}
	}
}

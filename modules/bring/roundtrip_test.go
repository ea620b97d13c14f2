package bring_test

import (
	"reflect"
	"testing"
	"testing/fstest"

	"fanal/content"
	"fanal/modules"
	"fanal/modules/bring"
	"fanal/modules/quiz"
)

// phrases are those of a test: no language of ours.
var phrases = bring.Phrases{
	Summary:   func(files string) string { return "From " + files + "." },
	Objective: func(lesson string) string { return "Answer on " + lesson + "." },
	Answer:    func(right string) string { return "Right: " + right },
	True:      "It holds.", False: "It does not.", Compare: "Compare.",
	Prints: "What does it print?", RefusedAt: "Which line is refused?", IsCompiled: "It compiles.",
}

func options(id string) bring.Options {
	return bring.Options{ID: id, Lang: "en", Phrases: phrases}
}

// opened gives the module of a result, without a problem in it.
func opened(t *testing.T, r *bring.Result) *modules.Module {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range r.Files {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	m := modules.Open(fsys, modules.Origin{Kind: modules.Folder})
	m.Inspect(func(p *modules.Problem) {
		t.Errorf("the module does not load: %v\n%s", p, r.Files[p.File])
	})
	return m
}

// lessonsOf gives the lessons of a module, and the forms of its test where it has them.
func lessonsOf(t *testing.T, m *modules.Module, lang string) map[string]*modules.Lesson {
	t.Helper()
	man, err := m.Manifest()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*modules.Lesson{}
	for _, id := range man.Lessons {
		l, err := m.Lesson(lang, id)
		if err != nil {
			t.Fatal(err)
		}
		all[id] = l
	}
	for _, form := range []string{"a", "b"} {
		if l, err := m.Test(lang, form); err == nil {
			all["test-"+form] = l
		}
	}
	return all
}

func TestAnExportedModuleComesBackWithTheSameQuestions(t *testing.T) {
	var lib modules.Library
	if err := lib.Add(content.FS, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	if n := len(lib.IDs()); n < 5 {
		t.Fatalf("%d built-in modules", n)
	}
	for _, m := range lib.All() {
		man, err := m.Manifest()
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range man.Languages {
			t.Run(m.ID()+"/"+lang, func(t *testing.T) {
				t.Parallel()
				sameAgain(t, m, lang)
			})
		}
	}
}

func sameAgain(t *testing.T, m *modules.Module, lang string) {
	file, _, err := bring.WriteGIFT(m, lang)
	if err != nil {
		t.Fatal(err)
	}
	o := options(m.ID())
	o.Lang = lang
	r := bring.GIFT([]bring.File{{Name: "export.gift", Data: file}}, o)
	for _, n := range r.Notes {
		t.Errorf("not taken as it was written: %v", n)
	}
	back := opened(t, r)
	man, _ := m.Manifest()
	manBack, err := back.Manifest()
	if err != nil {
		t.Fatal(err)
	}
	if man.License != manBack.License || man.Kind == modules.Course && manBack.Kind != modules.Course || !reflect.DeepEqual(man.Authors, manBack.Authors) {
		t.Errorf("the manifest came back as %+v", manBack)
	}
	want, got := lessonsOf(t, m, lang), lessonsOf(t, back, lang)
	for id, l := range want {
		if len(l.Questions()) == 0 {
			continue
		}
		if got[id] == nil {
			t.Errorf("lesson %s did not come back", id)
			continue
		}
		if id != "test-a" && id != "test-b" && got[id].Title != l.Title {
			t.Errorf("%s: title %q, not %q", id, got[id].Title, l.Title)
		}
		sameQuestions(t, id, l.Questions(), got[id].Questions())
		if len(l.Scenes) > 0 && !reflect.DeepEqual(l.Scenes, got[id].Scenes) {
			t.Errorf("%s: scenes %+v, not %+v", id, got[id].Scenes, l.Scenes)
		}
	}
}

func sameQuestions(t *testing.T, lesson string, want, got []*quiz.Question) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%s: %d questions, not %d", lesson, len(got), len(want))
		return
	}
	for i, q := range want {
		if !reflect.DeepEqual(q, got[i]) {
			t.Errorf("%s: came back as\n%+v\nnot\n%+v", lesson, *got[i], *q)
		}
	}
}

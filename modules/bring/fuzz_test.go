package bring_test

import (
	"testing"
	"testing/fstest"

	"fanal/modules/bring"
	"fanal/modules/check"
)

// held loads what was made of foreign bytes, and checks it as authors do: whatever the bytes were, the module has no error.
func held(t *testing.T, r *bring.Result, blocks int) {
	t.Helper()
	if r.Questions == 0 {
		if len(r.Notes) == 0 && blocks > 0 {
			t.Error("nothing was taken, and nothing is said")
		}
		if r.Lessons == 0 {
			return
		}
	}
	fsys := fstest.MapFS{}
	for name, data := range r.Files {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	for _, f := range check.Module(fsys, check.Options{Folder: "quiz"}) {
		if !f.Warning {
			t.Errorf("%v\n%s", f, r.Files[f.File])
		}
	}
}

func FuzzGIFT(f *testing.F) {
	for _, seed := range []string{
		"Who?{~a =b}", "Who?{=a =b#x####y}", "{}", "x{#1..5}", "x{#=3:0.5 =%50%4 ~#no}", "x{=a -> b =c -> d = -> e}", "x{T#a#b}", "::n::[html]<p>x</p>{=a}",
		"$CATEGORY: $course$/top/a/b//c\n\nText only.\n\nx{=a}y", "// [id:a-b] [tag:c]\n//fanal {\"type\":\"sequencing\",\"ids\":[\"a\",\"b\"]}\nx{=1 -> a =2 -> b}",
		"//fanal {\"module\":{\"title\":\"T\",\"kind\":\"course\",\"objectives\":[{\"id\":\"o\",\"sentence\":\"s\"}]}}", "//fanal {\"scene\":\"s\"}\n::s::text\n\n//fanal {\"scene\":\"s\"}\nx{T}",
		"//fanal {\"lesson\":\"test-a\"}\n$CATEGORY: test-a\n\nx{T}\n\ntext", "//fanal {\"type\":\"likert\"}\nx{=a ~%100%b}", "//fanal {\"answers\":[[\"a\"],[\"b\"]],\"type\":\"fill-in\",\"prompt\":\"{{}} {{}}\"}\nx{=1 -> a =2 -> b}",
		"\\{x\\}\\n\\\\{=\\=}", "\xff\xfea\x00{\x00}\x00", "[html]<table><tr><td>a|b</td></tr></table><pre>`x`</pre><a href=\"http://x\">y</a>{T}", "x ____ y{=a}", "[markdown]# t\n<b>x</b> ![](y) [z](q){T}",
		"x{=%100%*}", "con{T}", "{0}_", "a ____ {=b} c", "_{}", "//fanal {\"answers\":[[]]}\n0{0}", "//fanal {\"prompt\":\"{{}}\"}\n{}", "[markdown]> [!FOO]\n> x{T}", "$CATEGORY: con\nx{T}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			return
		}
		r := bring.GIFT([]bring.File{{Name: "a b.txt", Data: data}}, options("quiz"))
		held(t, r, len(data))
		if r.Questions > 0 {
			again(t, r)
		}
	})
}

// again writes what was read and reads it: the same questions are there.
func again(t *testing.T, r *bring.Result) {
	t.Helper()
	m := opened(t, r)
	file, notes, err := bring.WriteGIFT(m, "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range notes {
		for _, why := range n.Why {
			if why.Code == bring.Arrow {
				return // a text was bent
			}
		}
	}
	back := bring.GIFT([]bring.File{{Name: "a b.txt", Data: file}}, options("quiz"))
	got := lessonsOf(t, opened(t, back), "en")
	for id, l := range lessonsOf(t, m, "en") {
		if len(l.Questions()) > 0 {
			if got[id] == nil {
				t.Fatalf("lesson %s is gone\n%s", id, file)
			}
			sameQuestions(t, id, l.Questions(), got[id].Questions())
		}
	}
}

func FuzzMdbook(f *testing.F) {
	for _, seed := range []string{
		"[[questions]]\ntype = \"MultipleChoice\"\nprompt.prompt = \"x\"\nprompt.distractors = [\"a\"]\nanswer.answer = \"b\"\n",
		"[[questions]]\ntype = \"Tracing\"\nprompt.program = \"x\"\nanswer.doesCompile = false\nanswer.lineNumber = 3\n",
		"multipart.a = \"text\"\n[[questions]]\nmultipart = \"a\"\ntype = \"ShortAnswer\"\nprompt.prompt = \"x\"\nanswer.answer = \"y\"\nanswer.alternatives = [\"z\"]\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			return
		}
		held(t, bring.Mdbook([]bring.File{{Name: "a.toml", Data: data}}, options("quiz")), len(data))
	})
}

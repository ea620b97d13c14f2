package tui

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"strconv"
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

// payloads are what a module's texts could say to a terminal, raw and as entities. None of it may arrive.
func payloads(t testing.TB) map[string]string {
	t.Helper()
	data, err := os.ReadFile("../testdata/payloads.tsv")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for line := range strings.Lines(string(data)) {
		name, quoted, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if all[name], err = strconv.Unquote(quoted); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return all
}

// evilFiles gives the files of testdata/evil, a module with EVIL in every place where a module has words, each behind a word of
// its own: in Markdown the payload stands as it is, in TOML each of its characters by its number.
func evilFiles(t *testing.T, payload string) fstest.MapFS {
	t.Helper()
	var escaped strings.Builder
	for _, r := range payload {
		fmt.Fprintf(&escaped, `\U%08X`, r)
	}
	const root = "../testdata/evil"
	fsys := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(root + "/" + name)
		by := payload
		if strings.HasSuffix(name, ".toml") {
			by = escaped.String()
		}
		fsys["evil/"+name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(data), "EVIL", by))}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fsys
}

func evilLibrary(t *testing.T, payload string) *modules.Library {
	t.Helper()
	lib := &modules.Library{}
	if err := lib.Add(evilFiles(t, payload), modules.Origin{Kind: modules.Folder, Path: "sticks/" + payload}); err != nil {
		t.Fatal(err)
	}
	return lib
}

// evilPlaces are the words before the payloads in testdata/evil. A front end that never shows one proves nothing about it.
var evilPlaces = []string{
	"zztitle", "zzsummary", "zzintroduction", "zzauthor", "zzobjective", "zzterm", "zzdefinition", "zzguide", "zzadvice", "zzfacilitator",
	"zzlesson", "zzheading", "zztext", "zzemphasis", "zzstrong", "zzspan", "zzword", "zzweb", "zzaddress", "zzfile", "zzpath", "zzbare", "zzitem",
	"zzstep", "zzhead", "zzcell", "zzcode", "zzpicture", "zzexercise", "zzsolution", "zzquote", "zzscene", "zzprompt", "zzhint", "zzexplanation",
	"zzoption", "zzfeedback", "zzright", "zzleft", "zzpair", "zzdistractor", "zzfirst", "zzanswer", "zzbank", "zzunit", "zzmodel", "zzcriterion",
	"zzscale", "zznone", "zzstatement", "zzwrong", "zztest", "zzsource", "zzpublisher", "zzurl",
}

// shown fails for the places that a front end has not shown.
func shown(t *testing.T, all string, places []string) {
	t.Helper()
	for _, place := range places {
		if !strings.Contains(all, place) {
			t.Errorf("%s was never shown", place)
		}
	}
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

// 28 payloads in each of more than 25 places: the lesson is gone through to its end, answered wrongly, and all around it is
// looked at.
func TestNothingThatAModuleSaysReachesTheTerminalAsACommand(t *testing.T) {
	if n := len(payloads(t)); n < 28 || len(evilPlaces) < 25 {
		t.Fatalf("%d payloads in %d places", n, len(evilPlaces))
	}
	for name, payload := range payloads(t) {
		t.Run(name, func(t *testing.T) {
			var all strings.Builder
			var s *story
			press := func(keys ...string) {
				t.Helper()
				for _, k := range keys {
					s.press(k)
					all.WriteString(s.screen() + "\n")
					if bad := harm(s.root.paint()); bad != "" {
						t.Fatalf("on the screen after %s: %s", k, bad)
					}
				}
			}
			visit := func(keys ...string) { // from home on, as somebody who has just come
				t.Helper()
				s = tell(t, someone(t, evilLibrary(t, payload), "en"), 100, 70)
				press(`"` + payload + `"`)
				press("enter")
				press(keys...)
			}
			open := func(rows ...string) {
				t.Helper()
				visit()
				for _, row := range rows {
					s.choose(row)
				}
			}
			visit("/", `"zz"`, "enter")
			open("0/1")
			press("i", "end", "esc", "f", "space", "space", "esc", "up", "enter", "b", "enter", "space")
			open("Glossary")
			press("enter", "enter")
			open("0/1", "1 zzlesson")
			press("g", "esc", "o", "esc", "n", "esc")
			for range 40 {
				l, ok := s.root.top().(*lesson)
				if !ok {
					break
				}
				if l.run.Step().Question == nil {
					press("v")
				} else {
					for _, k := range []string{"f2", "a", "enter", `"x"`, "tab", "a", "enter", "f3"} {
						if !l.q.answered() {
							press(k)
						}
					}
					press("v")
				}
				for at, n := l.run.At(), 0; n < 6 && s.root.top() == screen(l) && l.run.At() == at; n++ {
					press("space")
				}
			}
			if _, ok := s.root.top().(*result); !ok {
				t.Fatalf("the lesson has no end:\n%s", s.screen())
			}
			shown(t, all.String(), evilPlaces)
		})
	}
}

func TestNothingThatAModuleSaysReachesALinearTerminalAsACommand(t *testing.T) {
	for name, payload := range payloads(t) {
		t.Run(name, func(t *testing.T) {
			all := ""
			talk := func(module, lesson, lines string) {
				t.Helper()
				store := progress.OpenMemory()
				defer store.Close()
				l, err := study.Register(store, "Nour "+payload, "en")
				if err != nil {
					t.Fatal(err)
				}
				var out bytes.Buffer
				err = linear.Run(context.Background(), linear.Options{
					Library: evilLibrary(t, payload), Store: store, Learner: &l, Lang: "en",
					Module: module, Lesson: lesson, In: strings.NewReader(lines), Out: &out,
				})
				if err != nil {
					t.Fatal(err)
				}
				if bad := harm(out.String()); bad != "" || strings.Contains(out.String(), "\x1b") {
					t.Fatalf("in the output: %s", bad)
				}
				all += out.String()
			}
			talk("evil", "one", strings.Repeat("a\n:h\n:g\nab\nba\nx\na\n\n:s\n\n", 40))
			talk("evil", "one", "\na\n\n:q\n")           // the solution
			for letter := 'a'; letter <= 'k'; letter++ { // whatever the module's page offers
				talk("evil", "", string(letter)+"\n"+strings.Repeat("\n", 12)+":q\n")
				talk("", "", string(letter)+"\n\n"+strings.Repeat("a\n", 4)+":q\n")
			}
			shown(t, all, evilPlaces)
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
	for _, p := range payloads(f) {
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

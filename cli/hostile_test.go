package cli_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"fanal/cli"
)

// evilModule writes the module of testdata/evil, which has a payload in every place where a module has words, into a folder
// whose name holds it too, and gives that folder.
func evilModule(t *testing.T, payload string) string {
	t.Helper()
	var escaped strings.Builder // a TOML string can say any character by its number
	for _, r := range payload {
		fmt.Fprintf(&escaped, `\U%08X`, r)
	}
	dir := filepath.Join(t.TempDir(), strings.NewReplacer("/", "_", "\x00", "").Replace("zzfolder "+payload))
	const from = "../testdata/evil"
	err := fs.WalkDir(os.DirFS(from), ".", func(name string, d fs.DirEntry, err error) error {
		to := filepath.Join(dir, "evil", filepath.FromSlash(name))
		if err != nil || d.IsDir() {
			return os.MkdirAll(to, 0o777)
		}
		data, err := os.ReadFile(filepath.Join(from, name))
		by := payload
		if strings.HasSuffix(name, ".toml") {
			by = escaped.String()
		}
		mustWrite(t, to, strings.ReplaceAll(string(data), "EVIL", by))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func mustWrite(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// harm returns what in an output a terminal would obey or a reader would not see.
func harm(out string) string {
	for i, r := range out {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.In(r, unicode.Zl, unicode.Zp)) ||
			r == utf8.RuneError && !strings.HasPrefix(out[i:], "\ufffd") {
			return fmt.Sprintf("%q in %q", r, out[max(i-30, 0):min(i+30, len(out))])
		}
	}
	return ""
}

// Whatever a module, a name, a file's name or an argument holds, no command writes it, or complains of it, as something that a
// terminal obeys.
func TestNoOutputAndNoErrorSteersTheTerminal(t *testing.T) {
	table, err := os.ReadFile("../testdata/payloads.tsv")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("FANAL_DATA", t.TempDir()) // one for all: what is searched is read over once
	for line := range strings.Lines(string(table)) {
		name, quoted, _ := strings.Cut(strings.TrimSpace(line), "\t")
		payload, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { steered(t, payload) })
	}
}

// steered runs every command that says something foreign, and fails for what a terminal would obey.
func steered(t *testing.T, payload string) {
	all := ""
	run := func(in string, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		_ = cli.Run(t.Context(), args, cli.Streams{In: strings.NewReader(in), Out: &out, Err: &errs}) // many fail, and say so
		for what, s := range map[string]string{"writes": out.String(), "complains": errs.String()} {
			if bad := harm(s); bad != "" {
				t.Errorf("fanal %.60q %s: %s", args, what, bad)
			}
		}
		all += out.String() + errs.String()
		return out.String()
	}
	dir := evilModule(t, payload)
	module := filepath.Join(dir, "evil")
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		mustWrite(t, path, text)
		return path
	}
	run("", "check", module)
	run("", "check", "--json", module)
	run("", "check", dir)
	run("", "list", "--module-dir", dir)
	run("", "list", "--json", "--module-dir", dir)
	run("", "show", "evil", "--module-dir", dir)
	run("", "show", "evil/one", "--module-dir", dir)
	run("", "search", "zztext", "--module-dir", dir)
	run("", "search", "--json", "zzterm", "--module-dir", dir)
	run("\n\na\n\n:q\n", "preview", module)
	run("a\n", "--learner", "zzname "+payload, "--module-dir", dir, "open", "evil/one")
	run("", "list", "--lang", payload)
	for _, command := range []string{"progress", "learner", "data", "report", "export", "pin"} {
		run("", command, "--module-dir", dir, "--learner", "zzname "+payload)
		run("", command, "--json", "--learner", payload)
	}
	run("", "feedback", "evil", "--module-dir", dir, "-o", "-")
	run("", "export-gift", module)
	run("", "translate", module, "--to", "it")
	run("", "translate", module, "--to", payload)
	run("", "pack", module, "-o", filepath.Join(dir, "zzpacked.fanal"))
	run("", "verify", filepath.Join(dir, "zzpacked.fanal"))
	run("1\n", "install", dir)
	run("", "remove", payload)
	run("", "remove", "evil")
	run("", "keys", "trust", file("a.pub", payload+"\n"), payload)
	run("", "keys", "show", file("b.pub", "untrusted comment: "+payload+"\n"+payload+"\n"))
	run("", "keys", "take", file("c.keys", payload))
	gift := file("zzgift "+strings.ReplaceAll(payload, "/", "_")+".txt",
		"::zzbent "+payload+"::Half "+payload+"{~%50%half "+payload+" =b ~c}\n\nzzout "+payload+"{=}}\n\n$CATEGORY: zz "+payload+"\n\nA{T}\n")
	run("", "import-gift", gift, "-o", filepath.Join(dir, "gift"))
	run("", "import-gift", gift, "-o", filepath.Join(dir, payload))
	run("", "import-mdbook", file("book.toml", "[[questions]]\ntype = \"zzkind\"\nprompt.prompt = \"x\"\n[[questions]]\nzzkey = 1\ntype = \"ShortAnswer\"\nprompt.prompt = \"x\"\nanswer.answer = \"y\"\n"), "-o", filepath.Join(dir, "book"))
	run(payload+"\n"+payload+"\n"+payload+"\n\n", "new", filepath.Join(dir, "made"))
	run("", "new", filepath.Join(dir, payload), "--title", payload)
	for _, command := range []string{"open", "show", "check", "preview", "pack", "unpack", "install", "verify", "import", "export-gift", "nothing"} {
		run("", command, payload, payload)
		run("", command, "--"+payload)
	}
	for _, place := range []string{
		"zztitle", "zzauthor", "zzlesson", "zzheading", "zztext", "zzcode", "zzprompt", "zzname", "zzbent", "zzout", "zzgift", "zzfolder",
		"zzkind", "zzkey", "zzpicture", "zztest",
	} {
		if !strings.Contains(all, place) {
			t.Errorf("%s was never said", place)
		}
	}
	if n := strings.Count(all, "fanal: "); n < 25 {
		t.Errorf("only %d complaints", n)
	}
}

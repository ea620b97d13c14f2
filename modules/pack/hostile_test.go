package pack_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fanal/modules/pack"
)

// A hostile pack is one that somebody could hand round, with the reason it must be refused for.
type hostile struct {
	name string
	want pack.Reason
	make func() []byte
}

// good are the parts of a module that is in order, in theirs.
func good() []part {
	return []part{
		{name: "fr/index.md", body: "# Le jardin\n\nCe que plantes et gens se doivent.\n"},
		{name: "fr/index.toml", body: "[objectives]\nplant = \"Vous saurez planter.\"\n"},
		{name: "fr/plant.md", body: "# Planter\n\n## Quand\n\nAu printemps.\n"},
		{name: "fr/plant.toml", body: "objectives = [\"plant\"]\n"},
		{name: "module.toml", body: manifestText},
	}
}

const manifestText = `format = 1
id = "garden"
version = "1.0.0"
kind = "kit"
license = "CC-BY-SA-4.0"
authors = ["Awa"]
source = "fr"
languages = ["fr"]
lessons = ["plant"]
level = "basic"
audience = ["learner"]

[[objective]]
id = "plant"
`

// named is a pack whose first file has another name, with sums that name it so.
func named(name string) func() []byte {
	return func() []byte { return packOf(append([]part{{name: name, body: "x"}}, good()...)...).bytes() }
}

// with is a pack in order but for what change does to it.
func with(change func(a *archive)) func() []byte {
	return func() []byte {
		a := packOf(good()...)
		change(&a)
		return a.bytes()
	}
}

// besides is a pack in order with one more file, "a.txt", before the others.
func besides(change func(p *part)) func() []byte {
	return func() []byte {
		extra := part{name: "a.txt", body: strings.Repeat("semer ", 50)}
		change(&extra)
		return packOf(append([]part{extra}, good()...)...).bytes()
	}
}

var hostiles = append(hostileNames, hostileBytes...)

var hostileNames = []hostile{
	{"slip", pack.NameParent, named("../evil.md")},
	{"slip-deep", pack.NameParent, named("fr/../../evil.md")},
	{"slip-only", pack.NameParent, named("..")},
	{"dot", pack.NameStart, named(".")},
	{"dot-element", pack.NameStart, named("fr/./x.md")},
	{"absolute", pack.NameAbsolute, named("/etc/cron.d/evil")},
	{"drive", pack.NameDrive, named(`C:\windows\evil.md`)},
	{"drive-small", pack.NameDrive, named(`c:evil.md`)},
	{"drive-slash", pack.NameDrive, named(`c:/evil.md`)},
	{"unc", pack.NameBackslash, named(`\\server\share\evil.md`)},
	{"backslash", pack.NameBackslash, named(`fr\evil.md`)},
	{"backslash-slip", pack.NameBackslash, named(`..\evil.md`)},
	{"device-path", pack.NameBackslash, named(`\\?\C:\evil.md`)},
	{"con", pack.NameReserved, named("fr/con.md")},
	{"con-capital", pack.NameReserved, named("CON")},
	{"aux-folder", pack.NameReserved, named("aux/x.md")},
	{"lpt1", pack.NameReserved, named("lpt1.toml")},
	{"com0-two-dots", pack.NameReserved, named("com0.tar.md")},
	{"stream", pack.NameLetter, named("fr.md:evil")},
	{"space", pack.NameLetter, named("fr/le jardin.md")},
	{"space-end", pack.NameLetter, named("index.md ")},
	{"dot-end", pack.NameDot, named("index.md.")},
	{"hidden-name", pack.NameStart, named(".profile")},
	{"dash-name", pack.NameStart, named("-rf")},
	{"capital", pack.NameCapital, named("README.md")},
	{"accent", pack.NameLetter, named("fr/été.md")},
	{"cyrillic-twin", pack.NameLetter, named("fr/іndex.md")}, // a Cyrillic letter that looks like an i
	{"full-width", pack.NameLetter, named("ａ.md")},
	{"escape", pack.NameControl, named("\x1b[2Jx.md")},
	{"escape-c1", pack.NameControl, named("\u009b2Jx.md")},
	{"newline", pack.NameControl, named("a\nb.md")},
	{"return", pack.NameControl, named("a\rb.md")},
	{"nul", pack.NameControl, named("a.md\x00.png")},
	{"delete", pack.NameControl, named("a\x7f.md")},
	{"bidi", pack.NameControl, named("cod\u202edm.exe")},
	{"zero-width", pack.NameControl, named("in\u200bdex.md")},
	{"tag", pack.NameControl, named("in\U000e0041dex.md")},
	{"not-utf8", pack.NameControl, named("a\xff.md")},
	{"empty-name", pack.NameEmpty, named("")},
	{"empty-element", pack.NameEmpty, named("fr//x.md")},
	{"long", pack.NameLong, named(strings.Repeat("a", 201))},
	{"very-long", pack.NameLong, named(strings.Repeat("a/", 30000) + "a")},
	{"deep", pack.NameDeep, named("a/b/c/d/e/f/g.md")},
	{"twice", pack.Twice, besides(func(p *part) { p.name = "fr/index.md" })},
	{"twins-case", pack.Twin, besides(func(p *part) { p.name = "FR/Index.md" })},
	{"twins-unicode", pack.Twin, func() []byte {
		return packOf(append([]part{{name: "e\u0301.md"}, {name: "\u00e9.md"}}, good()...)...).bytes()
	}},
	{"file-and-folder", pack.FileFolder, named("fr")},
	{"folder-and-file", pack.FileFolder, func() []byte {
		return packOf(append(good(), part{name: "module.toml/x", body: "x"})...).bytes()
	}},
	{"folder", pack.Folder, besides(func(p *part) { p.name, p.body = "a/", "" })},
	{"folder-dos", pack.Folder, besides(func(p *part) { p.mode = 0x10 })},
	{"link", pack.Link, besides(func(p *part) { p.madeBy, p.mode, p.body = 3<<8, 0o120777<<16, "/etc/passwd" })},
	{"link-mac", pack.Link, besides(func(p *part) { p.madeBy, p.mode, p.body = 19<<8, 0o120777<<16, "../../x" })},
	{"pipe", pack.Device, besides(func(p *part) { p.madeBy, p.mode = 3<<8, 0o010644<<16 })},
	{"device", pack.Device, besides(func(p *part) { p.madeBy, p.mode = 3<<8, 0o060644<<16 })},
}

var hostileBytes = []hostile{
	{"empty-file", pack.NotPack, func() []byte { return nil }},
	{"text", pack.NotPack, func() []byte { return []byte("ceci n'est pas un module\n") }},
	{"picture", pack.NotPack, func() []byte { return append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 4000)...) }},
	{"cut-half", pack.Truncated, func() []byte { b := packOf(good()...).bytes(); return b[:len(b)/2] }},
	{"cut-one", pack.Truncated, func() []byte { b := packOf(good()...).bytes(); return b[:len(b)-1] }},
	{"grown", pack.Truncated, with(func(a *archive) { a.tail = "x" })},
	{"mark-wrong", pack.Damaged, with(func(a *archive) { a.unmark = true })},
	{"bit", pack.Damaged, func() []byte { b := packOf(good()...).bytes(); b[200] ^= 1; return b }},
	{"zeroed-sector", pack.Damaged, func() []byte { b := packOf(good()...).bytes(); clear(b[100:612]); return b }},
	{"empty-zip", pack.NoSums, func() []byte { return archive{}.bytes() }},
	{"library-zip", pack.OtherZip, libraryZip},
	{"comment", pack.OtherZip, with(func(a *archive) { a.comment = "made by hand" })},
	{"extra", pack.OtherZip, besides(func(p *part) { p.extra = "UT\x05\x00\x01\x00\x00\x00\x00" })},
	{"entry-comment", pack.OtherZip, besides(func(p *part) { p.comment = "\x1b]52;c;AAAA\a" })},
	{"dated", pack.OtherZip, besides(func(p *part) { p.date = 1 })},
	{"rights", pack.OtherZip, besides(func(p *part) { p.madeBy, p.mode = 3<<8, 0o104755<<16 })},
	{"utf8-flag", pack.OtherZip, besides(func(p *part) { p.flags = 0x800 })},
	{"descriptor", pack.OtherZip, besides(func(p *part) { p.flags = 8 })},
	{"secret", pack.Encrypted, besides(func(p *part) { p.flags = 1 })},
	{"bzip2", pack.Method, besides(func(p *part) { p.method = 12 })},
	{"too-large", pack.TooLarge, func() []byte { return make([]byte, pack.MaxPacked+1) }},
	{"many", pack.TooMany, func() []byte { return manyEntries(pack.MaxFiles + 3) }},
	{"200000", pack.TooMany, func() []byte { return manyEntries(200_000) }},
	{"count-lie-less", pack.TooMany, with(func(a *archive) { a.count = -1 })},
	{"count-lie-more", pack.OtherZip, with(func(a *archive) { a.count = 1 })},
	{"zip64", pack.TooMany, with(func(a *archive) { a.count = 0xffff - len(a.parts) })},
	{"prefix", pack.Hidden, with(func(a *archive) { a.prefix = "MZ an executable" })},
	{"prefix-adjusted", pack.Hidden, with(func(a *archive) { a.prefix, a.dirAt = "MZ", -2 })},
	{"gap", pack.Hidden, with(func(a *archive) { a.gap = "something to carry along" })},
	{"gap-between", pack.Hidden, with(func(a *archive) { a.parts[2].before = "between" })},
	{"directory-size", pack.Hidden, with(func(a *archive) { a.dirSize = -46 })},
	{"after-stream", pack.Hidden, besides(func(p *part) { p.raw = append(squeeze(p.body), "more"...) })},
	{"overlap", pack.Overlap, with(func(a *archive) { a.parts[2].offset = -10 })},
	{"overlap-whole", pack.Overlap, overlapWhole},
	{"overlap-directory", pack.Overlap, with(func(a *archive) { a.parts[5].offset = 200 })},
	{"offset-beyond", pack.Overlap, with(func(a *archive) { a.parts[5].offset = 1 << 31 })},
	{"order", pack.Order, func() []byte {
		g := good()
		a := packOf(g...)
		a.parts[1], a.parts[2] = a.parts[2], a.parts[1]
		return a.bytes()
	}},
	{"sums-last", pack.Order, func() []byte {
		a := packOf(good()...)
		a.parts = append(a.parts[1:], a.parts[0])
		return a.bytes()
	}},
	{"bomb", pack.TooDense, besides(func(p *part) { p.body, p.deflate = strings.Repeat("\x00", 10<<20), true })},
	{"bomb-lying", pack.SizeLie, besides(func(p *part) {
		p.raw, p.body = squeeze(strings.Repeat("\x00", 10<<20)), "x"
	})},
	{"bomb-many", pack.TooMuch, bombMany},
	{"size-more", pack.SizeLie, besides(func(p *part) { p.deflate, p.size = true, 1 })},
	{"size-less", pack.SizeLie, besides(func(p *part) { p.deflate, p.size = true, -1 })},
	{"size-stored", pack.SizeLie, besides(func(p *part) { p.size = 5 })},
	{"size-huge", pack.SizeLie, besides(func(p *part) { p.packed = 1 << 31 })},
	{"two-names", pack.TwoHeads, besides(func(p *part) { p.localName = "b.txt" })},
	{"two-names-slip", pack.TwoHeads, besides(func(p *part) { p.localName = "../.." })},
	{"two-sizes", pack.TwoHeads, besides(func(p *part) { p.localSize = 1 })},
	{"checksum", pack.Broken, besides(func(p *part) { p.crc = 1 })},
	{"no-deflate", pack.Broken, besides(func(p *part) { p.raw = []byte("\xff\xff\xff\xff these bytes are no stream of the kind") })},
	{"half-deflate", pack.Broken, besides(func(p *part) { p.raw = squeeze(p.body); p.raw = p.raw[:len(p.raw)-3] })},
	{"nested-zip", pack.Nested, besides(func(p *part) { p.name, p.body = "a.zip", "x" })},
	{"nested-pack", pack.Nested, besides(func(p *part) { p.name, p.body = "a.txt", string(packOf(good()...).bytes()) })},
	{"nested-gzip", pack.Nested, besides(func(p *part) { p.name, p.body = "a.csv", "\x1f\x8b\x08 and so on" })},
	{"no-sums", pack.NoSums, with(func(a *archive) { a.parts = a.parts[1:] })},
	{"sums-empty", pack.BadSums, with(func(a *archive) { a.parts[0].body = "" })},
	{"sums-short", pack.BadSums, with(func(a *archive) { a.parts[0].body = "abcd  module.toml\n" })},
	{"sums-capital", pack.BadSums, with(func(a *archive) { a.parts[0].body = strings.ToUpper(a.parts[0].body[:64]) + a.parts[0].body[64:] })},
	{"sums-no-newline", pack.BadSums, with(func(a *archive) { a.parts[0].body = strings.TrimSuffix(a.parts[0].body, "\n") })},
	{"sums-crlf", pack.NameControl, with(func(a *archive) { a.parts[0].body = strings.ReplaceAll(a.parts[0].body, "\n", "\r\n") })},
	{"sums-twice", pack.BadSums, with(func(a *archive) { a.parts[0].body += a.parts[0].body })},
	{"sums-itself", pack.BadSums, with(func(a *archive) { a.parts[0].body = sumsOf(part{name: "fanal.sum"}) + a.parts[0].body })},
	{"sums-slip", pack.NameParent, with(func(a *archive) { a.parts[0].body = sumsOf(part{name: "../x"}) + a.parts[0].body })},
	{"sums-squeezed", pack.BadSums, with(func(a *archive) { a.parts[0].deflate = true })},
	{"unsummed", pack.NoSum, with(func(a *archive) { a.parts[0].body = sumsOf(good()[1:]...) })},
	{"unfilled", pack.NoFile, with(func(a *archive) { a.parts[0].body = sumsOf(append(good(), part{name: "z.md"})...) })},
	{"altered", pack.BadSum, with(func(a *archive) { a.parts[3].body += "Ou en été.\n" })},
	{"altered-deflated", pack.BadSum, with(func(a *archive) { a.parts[3].body, a.parts[3].deflate = strings.Repeat("x", 99), true })},
	{"no-manifest", pack.NoModule, func() []byte { return packOf(good()[:4]...).bytes() }},
	{"manifest-broken", pack.NoModule, manifestOf("format = [[[[")},
	{"manifest-brackets", pack.NoModule, manifestOf("format = " + strings.Repeat("[", 200<<10))},
	{"manifest-dotted", pack.NoModule, manifestOf(strings.Repeat("a.", 10<<10) + "a = 1\n")},
	{"manifest-nul", pack.NoModule, manifestOf(manifestText + "\x00")},
	{"manifest-slip", pack.NoModule, manifestOf(strings.Replace(manifestText, `"garden"`, `"../garden"`, 1))},
	{"manifest-id-escape", pack.NoModule, manifestOf(strings.Replace(manifestText, `"garden"`, `"\u001b[2J"`, 1))},
	{"lesson-nul", pack.Unfit, lessonOf("# Planter\n\nAu prin\x00temps.\n", "")},
	{"lesson-latin", pack.NotUTF8, lessonOf("# Planter\n\nEn \xe9t\xe9.\n", "")},
	{"lesson-utf16", pack.NotUTF8, lessonOf("\xff\xfe#\x00 \x00P\x00", "")},
	{"lesson-overlong", pack.NotUTF8, lessonOf("# Planter\n\n\xc0\x9b[2J\n", "")},
	{"lesson-half-letter", pack.NotUTF8, lessonOf("# Planter\n\nEn \xc3", "")},
	{"questions-latin", pack.NotUTF8, lessonOf("# Planter\n", "objectives = [\"plant\"] # \xe9\n")},
	{"lesson-huge", pack.Unfit, lessonOf("# Planter\n\n"+strings.Repeat("un deux trois\n", 20<<10), "")},
	{"lesson-long-line", pack.Unfit, lessonOf("# Planter\n\n"+strings.Repeat("un deux ", 2<<10)+"\n", "")},
	{"lesson-no-space", pack.Unfit, lessonOf("# Planter\n\n"+strings.Repeat("a", 3<<10)+"\n", "")},
	{"lesson-nested", pack.Unfit, lessonOf("# Planter\n\n"+strings.Repeat("> ", 500)+"x\n", "")},
	{"lesson-nested-list", pack.Unfit, lessonOf("# Planter\n\n"+strings.Repeat("- ", 500)+"x\n", "")},
	{"lesson-headings", pack.Unfit, lessonOf("# Planter\n\n"+strings.Repeat("## x\n\n", 501), "")},
	{"lesson-fences", pack.Unfit, lessonOf("# Planter\n\n"+strings.Repeat("```\nx\n```\n\n", 201), "")},
	{"lesson-table", pack.Unfit, lessonOf("# Planter\n\n"+strings.Repeat("|a", 60)+"|\n"+strings.Repeat("|-", 60)+"|\n", "")},
	{"questions-brackets", pack.Unfit, lessonOf("# Planter\n", "a = "+strings.Repeat("[", 100<<10))},
	{"questions-dotted", pack.Unfit, lessonOf("# Planter\n", strings.Repeat("a.", 10<<10)+"a = 1\n")},
	{"questions-cases", pack.Unfit, lessonOf("# Planter\n", "objectives = []\nObjectives = []\n")},
	{"lesson-missing", pack.Unfit, manifestOf(strings.Replace(manifestText, `["plant"]`, `["plant", "reap"]`, 1))},
	{"manifest-huge", pack.NoModule, manifestOf(manifestText + "# " + strings.Repeat("a b c d ", 64<<10))},
}

func manifestOf(text string) func() []byte {
	return with(func(a *archive) {
		g := good()
		g[4].body = text
		*a = packOf(g...)
	})
}

// lessonOf is the module with another lesson.
func lessonOf(text, questions string) func() []byte {
	return func() []byte {
		g := good()
		g[2].body = text
		if questions != "" {
			g[3].body = questions
		}
		return packOf(g...).bytes()
	}
}

// libraryZip is a module that Go's own library has packed, as any other zip tool would.
func libraryZip() []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range packOf(good()...).parts {
		f, _ := w.Create(p.name)       // into memory
		_, _ = f.Write([]byte(p.body)) // into memory
	}
	_ = w.Close()
	return b.Bytes()
}

// manyEntries is an archive of n empty files, as small as one can be.
func manyEntries(n int) []byte {
	a := packOf(good()...)
	for i := range n {
		a.parts = append(a.parts, part{name: fmt.Sprintf("x%d", i)})
	}
	return a.bytes()
}

// overlapWhole has all its files share the same bytes, as the bomb does that needs no nesting.
func overlapWhole() []byte {
	a := packOf(good()...)
	b := a.bytes()
	at := bytes.LastIndex(b, []byte("PK\x01\x02"))
	first := bytes.Index(b, []byte("PK\x01\x02"))
	copy(b[at+42:at+46], b[first+46+len("fanal.sum")+42:]) // the last entry's offset becomes the second's
	return remark(b)
}

// bombMany stays under the ratio in each file and is over the limit in all.
func bombMany() []byte {
	var b strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&b, "%d%080d\n", i, 0)
	}
	body := b.String() // 4 MB, 25 times what it is packed
	raw := squeeze(body)
	var parts []part
	for i := range 70 {
		parts = append(parts, part{name: fmt.Sprintf("a%02d.txt", i), body: body, raw: raw})
	}
	return packOf(append(parts, good()...)...).bytes()
}

// Every hostile pack is refused for its own reason, by all that reads packs, and nothing is written.
func TestHostilePacksAreRefusedAndNothingIsWritten(t *testing.T) {
	if len(hostiles) < 60 {
		t.Fatalf("%d hostile packs, fewer than 60", len(hostiles))
	}
	seen := map[string]bool{}
	for _, h := range hostiles {
		if seen[h.name] {
			t.Fatalf("two hostile packs are called %q", h.name)
		}
		seen[h.name] = true
		t.Run(h.name, func(t *testing.T) {
			root := t.TempDir()
			path := filepath.Join(root, "stick", "evil.fanal")
			mustWrite(t, path, h.make())
			shelf := newShelf(t, filepath.Join(root, "data"))
			before := tree(t, root)

			_, _, err := pack.Verify(t.Context(), path, nil)
			wantReason(t, "verify", err, h.want)
			_, err = shelf.Install(t.Context(), path, true, nil)
			wantReason(t, "install", err, h.want)
			if p, err := pack.Open(path); err == nil { // its fault is in a file
				if err := p.Unpack(t.Context(), filepath.Join(root, "out"), nil); err == nil {
					os.RemoveAll(filepath.Join(root, "out"))
				}
			}
			if after := tree(t, root); after != before {
				t.Errorf("something was written:\n%s\nbefore:\n%s", after, before)
			}
		})
	}
}

// No error about a foreign name carries what a terminal would obey.
func TestRefusalsCanBeShown(t *testing.T) {
	for _, h := range hostileNames {
		b := h.make()
		err := pack.VerifyBytes(bytes.NewReader(b), int64(len(b)))
		var r *pack.Refusal
		if !errors.As(err, &r) {
			t.Fatalf("%s: %v is no refusal", h.name, err)
		}
		_, data := r.Spoken()
		for _, s := range []string{r.Error(), fmt.Sprint(data["Name"])} {
			if len(s) > 120 || strings.ContainsFunc(s, func(c rune) bool { return c < ' ' || c > '~' && c != '…' }) {
				t.Errorf("%s: cannot be shown: %q", h.name, s)
			}
		}
	}
}

func wantReason(t *testing.T, who string, err error, want pack.Reason) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", who, err, want)
	}
}

// tree lists all files under a folder with their sizes, but for the empty file that is locked.
func tree(t *testing.T, root string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "install.lock" {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintln(&b, strings.TrimPrefix(path, root), info.Size())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

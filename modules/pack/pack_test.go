package pack_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fanal/modules"
	"fanal/modules/pack"
)

// garden is a module in order, as files.
func garden() fstest.MapFS {
	m := fstest.MapFS{}
	for _, p := range good() {
		m[p.name] = &fstest.MapFile{Data: []byte(p.body)}
	}
	return m
}

// versioned is the garden in another version.
func versioned(version string) fstest.MapFS {
	m := garden()
	m["module.toml"] = &fstest.MapFile{Data: []byte(strings.Replace(manifestText, "1.0.0", version, 1))}
	return m
}

func newShelf(t *testing.T, data string) *pack.Shelf {
	t.Helper()
	keys, err := pack.OpenKeyring(data)
	if err != nil {
		t.Fatal(err)
	}
	return pack.OpenShelf(data, keys)
}

func mustWrite(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func mustPack(t *testing.T, src fs.FS, sign pack.Signer) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := pack.Write(t.Context(), &b, src, sign, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func mustSecret(t *testing.T) pack.Secret {
	t.Helper()
	s, err := pack.NewSecret()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// mustPackFile packs src into a file of its own.
func mustPackFile(t *testing.T, src fs.FS, sign pack.Signer) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "garden.fanal")
	mustWrite(t, path, mustPack(t, src, sign))
	return path
}

// The same content gives the same bytes, whatever the order of the folder, the times, the rights and the litter in it.
func TestTheSameContentGivesTheSameBytes(t *testing.T) {
	first := mustPack(t, garden(), nil)
	folder := t.TempDir()
	parts := good()
	slices.Reverse(parts)
	for _, p := range parts {
		mustWrite(t, filepath.Join(folder, p.name), []byte(p.body))
	}
	mustWrite(t, filepath.Join(folder, ".DS_Store"), []byte("x"))
	mustWrite(t, filepath.Join(folder, "fr", "Thumbs.db"), []byte("x"))
	mustWrite(t, filepath.Join(folder, ".git", "HEAD"), []byte("x"))
	mustWrite(t, filepath.Join(folder, "fr", "plant.md~"), []byte("x"))
	mustWrite(t, filepath.Join(folder, "fanal.sum"), []byte("of an older version"))
	if err := os.Chmod(filepath.Join(folder, "module.toml"), 0o600); err != nil {
		t.Fatal(err)
	}
	if second := mustPack(t, os.DirFS(folder), nil); !bytes.Equal(first, second) {
		t.Error("the same module from a folder gives other bytes")
	}
}

// The bytes do not change from a version of the program, or of Go, to the next: a signature made today is of use tomorrow
// without them, but a mirror compares them.
func TestTheBytesAreThoseOfAllVersions(t *testing.T) {
	const want = "ff949e2429f26caf52854025f66f977000551681fb5fd8993b35b59b11b63007"
	m := garden()
	m["files/long.csv"] = &fstest.MapFile{Data: []byte(strings.Repeat("nom;famille;visite\nDiallo;12;panier\n", 200))}
	packed := mustPack(t, m, nil)
	if len(packed) > 3000 { // the long file alone has 7,200 bytes
		t.Errorf("%d bytes: it is not compressed", len(packed))
	}
	if got := sum(packed); got != want {
		t.Errorf("a pack's SHA-256 is %s, want %s", got, want)
	}
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// Two writers that share no code write the same bytes.
func TestAPackIsWhatTheFormatSays(t *testing.T) {
	parts := good()
	for i := range parts {
		parts[i].deflate = parts[i].name == "module.toml" // the only one that gets smaller by an eighth
	}
	want := packOf(parts...)
	if got, want := mustPack(t, garden(), nil), want.bytes(); !bytes.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// What was packed comes back, as a file system and as a folder.
func TestAPackGivesItsFilesBack(t *testing.T) {
	m := garden()
	m["files/big.csv"] = &fstest.MapFile{Data: bytes.Repeat([]byte("a;b;c\n1;2;3\n"), 100_000)} // read on the way, not before
	m["files/dense.csv"] = &fstest.MapFile{Data: make([]byte, 64<<10)}                          // a bomb, if it were compressed
	m["files/empty.txt"] = &fstest.MapFile{}
	m["files.d/x.txt"] = &fstest.MapFile{Data: []byte("sorted between files and files/")}
	m["files-x.txt"] = &fstest.MapFile{Data: []byte("and this too")}
	p, man, err := pack.Verify(t.Context(), mustPackFile(t, m, nil), nil)
	if err != nil {
		t.Fatal(err)
	}
	if man.ID != "garden" || p.Sign != nil || len(p.Files()) != len(m) {
		t.Errorf("id %q, signature %v, %d files", man.ID, p.Sign, len(p.Files()))
	}
	if err := fstest.TestFS(p, slices.Collect(mapKeys(m))...); err != nil {
		t.Error(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	if err := p.Unpack(t.Context(), out, nil); err != nil {
		t.Fatal(err)
	}
	for name, f := range m {
		got, err := os.ReadFile(filepath.Join(out, name))
		if err != nil || !bytes.Equal(got, f.Data) {
			t.Errorf("%s: %v, or other content", name, err)
		}
		if got, err := fs.ReadFile(p, name); err != nil || !bytes.Equal(got, f.Data) {
			t.Errorf("%s as a file system: %v, or other content", name, err)
		}
	}
	if err := p.Unpack(t.Context(), out, nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a folder with files in it was written over: %v", err)
	}
}

func mapKeys(m fstest.MapFS) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// A lesson that was altered on the disk after it was installed is not shown, whatever its size.
func TestAnAlteredFileIsNotRead(t *testing.T) {
	m := garden()
	m["files/big.csv"] = &fstest.MapFile{Data: bytes.Repeat([]byte("0123456789abcdef\n"), 100_000)}
	m["files/big.csv"].Data[0] = 'X' // nothing to compress away
	path := mustPackFile(t, m, nil)
	p, err := pack.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(data, []byte("Au printemps"))
	if at < 0 {
		t.Fatal("the lesson does not stand in the pack as it is")
	}
	data[at] ^= 0x20
	mustWrite(t, path, data)
	if _, err := fs.ReadFile(p, "fr/plant.md"); !errors.Is(err, pack.BadSum) {
		t.Errorf("an altered lesson was read: %v", err)
	}
	if _, err := fs.ReadFile(p, "fr/index.md"); err != nil {
		t.Errorf("the lesson beside it cannot be read: %v", err)
	}

	big, err := p.Open("files/big.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer big.Close()
	if _, err := io.Copy(io.Discard, big); err != nil {
		t.Errorf("the large file beside it cannot be read: %v", err)
	}
	mustWrite(t, path, data[:len(data)/2])
	if _, err := fs.ReadFile(p, "module.toml"); err == nil {
		t.Error("a file was read from a pack that is gone")
	}
}

// A folder that holds what may not travel is refused when it is packed, not only when it is received.
func TestWhatWouldBeRefusedIsNotPacked(t *testing.T) {
	for name, want := range map[string]pack.Reason{
		"LISEZMOI.md":            pack.NameCapital,
		"fr/été.md":              pack.NameLetter,
		"fr/con.md":              pack.NameReserved,
		"fr/\u202emd":            pack.NameControl,
		"a/b/c/d/e/f/g":          pack.NameDeep,
		"files/old.zip":          pack.Nested,
		strings.Repeat("a", 201): pack.NameLong,
		"fr/_draft.md":           pack.NameStart,
	} {
		m := garden()
		m[name] = &fstest.MapFile{Data: []byte("x")}
		err := pack.Write(t.Context(), io.Discard, m, nil, nil)
		wantReason(t, name, err, want)
	}
	linked := t.TempDir()
	for _, p := range good() {
		mustWrite(t, filepath.Join(linked, p.name), []byte(p.body))
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(linked, "passwd.txt")); err != nil {
		t.Fatal(err)
	}
	wantReason(t, "link", pack.Write(t.Context(), io.Discard, os.DirFS(linked), nil, nil), pack.Link)
	many := garden()
	for i := range pack.MaxFiles {
		many["files/"+strings.Repeat("x", 1+i%20)+hex.EncodeToString([]byte{byte(i >> 8), byte(i)})] = &fstest.MapFile{}
	}
	wantReason(t, "many", pack.Write(t.Context(), io.Discard, many, nil, nil), pack.TooMany)
	wantReason(t, "no module", pack.Write(t.Context(), io.Discard, fstest.MapFS{"a.md": {}}, nil, nil), pack.NoModule)
}

// A module that was read from a pack is studied as one from a folder.
func TestAPackedModuleIsRead(t *testing.T) {
	p, err := pack.Open(mustPackFile(t, garden(), nil))
	if err != nil {
		t.Fatal(err)
	}
	idx, err := modules.Open(p, modules.Origin{Kind: modules.Pack}).Index("fr")
	if err != nil || idx.Title != "Le jardin" {
		t.Errorf("title %v, %v", idx, err)
	}
}

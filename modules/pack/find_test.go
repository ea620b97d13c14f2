package pack_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fanal/modules/pack"
)

// The packs of a stick are found at its top and in its folders, and nothing that only looks like one.
func TestPacksOfAStickAreFound(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"b.fanal", "A.FANAL", "notes.txt", ".hidden.fanal", "modules/c.fanal", "modules/deeper/d.fanal", ".Trash-1000/e.fanal", "network.keys",
		"network.keys.minisig",
	} {
		mustWrite(t, filepath.Join(dir, name), nil)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.fanal"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/nowhere", filepath.Join(dir, "broken.fanal")); err != nil {
		t.Fatal(err)
	}
	packs, lists, err := pack.Find(dir)
	if err != nil {
		t.Fatal(err)
	}
	in := func(names ...string) (paths []string) {
		for _, n := range names {
			paths = append(paths, filepath.Join(dir, n))
		}
		return paths
	}
	if want := in("A.FANAL", "b.fanal", "modules/c.fanal"); !slices.Equal(packs, want) {
		t.Errorf("packs %v, want %v", packs, want)
	}
	if want := in("network.keys"); !slices.Equal(lists, want) {
		t.Errorf("lists %v, want %v", lists, want)
	}
	if _, _, err := pack.Find(filepath.Join(dir, "nothing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}

// A list of keys is read with its signature, and not without.
func TestAListIsReadWithItsSignature(t *testing.T) {
	path := filepath.Join(t.TempDir(), "network.keys")
	signer := mustSecret(t)
	l := &pack.List{Signer: signer.Key(), Sequence: 1}
	mustWrite(t, path, l.Text())
	_, err := pack.ReadList(path)
	wantReason(t, "alone", err, pack.ListLone)
	sign, err := l.Sign(signer)
	if err != nil {
		t.Fatal(err)
	}
	mustWrite(t, path+".minisig", sign)
	if got, err := pack.ReadList(path); err != nil || got.Signer != signer.Key() {
		t.Errorf("got %+v, %v", got, err)
	}
	mustWrite(t, path, make([]byte, 10<<20))
	_, err = pack.ReadList(path)
	wantReason(t, "huge", err, pack.NotList)
}

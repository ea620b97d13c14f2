package pack_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
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

func mustInstall(t *testing.T, s *pack.Shelf, path string) *pack.Installed {
	t.Helper()
	done, err := s.Install(t.Context(), path, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// wantVersion holds the version that a learner would now read.
func wantVersion(t *testing.T, s *pack.Shelf, want string) {
	t.Helper()
	man, err := modules.Open(s.Module("garden"), modules.Origin{}).Manifest()
	if err != nil || man.Version != want {
		t.Errorf("installed is %+v, %v, want version %s", man, err, want)
	}
}

// A pack is installed, read, replaced and removed.
func TestAPackIsInstalledAndRemoved(t *testing.T) {
	s := newShelf(t, filepath.Join(t.TempDir(), "data"))
	if ids, err := s.IDs(); err != nil || len(ids) != 0 {
		t.Errorf("an empty shelf has %v, %v", ids, err)
	}
	path := mustPackFile(t, garden(), nil)
	offer, err := s.Look(path)
	if err != nil || offer.Against != nil || offer.Have != "" || offer.Manifest.ID != "garden" {
		t.Fatalf("offer %+v, %v", offer, err)
	}
	var ticked int64
	done, err := s.Install(t.Context(), path, false, func(n int64) { ticked += n })
	if err != nil || done.Before != "" || done.Trust.Standing != pack.Unsigned {
		t.Fatalf("installed %+v, %v", done, err)
	}
	if w := offer.Work(); ticked < w*9/10 || ticked > w*11/10 {
		t.Errorf("told of %d bytes of work, %d were announced", ticked, w)
	}
	if ids, err := s.IDs(); err != nil || !slices.Equal(ids, []string{"garden"}) {
		t.Errorf("the shelf has %v, %v", ids, err)
	}
	wantVersion(t, s, "1.0.0")
	if done = mustInstall(t, s, mustPackFile(t, versioned("1.1.0"), nil)); done.Before != "1.0.0" {
		t.Errorf("replaced %q", done.Before)
	}
	wantVersion(t, s, "1.1.0")
	if err := s.Remove("garden"); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove("garden"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("removed twice: %v", err)
	}
	if err := s.Remove("../garden"); !errors.Is(err, pack.NameParent) {
		t.Errorf("removed outside of the shelf: %v", err)
	}
	if _, err := fs.Stat(s.Module("garden"), "module.toml"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a removed module is there: %v", err)
	}
}

// A module that is open while another version takes its place is read on, in the new version.
func TestAnOpenModuleIsReplacedUnderItsReader(t *testing.T) {
	s := newShelf(t, t.TempDir())
	mustInstall(t, s, mustPackFile(t, garden(), nil))
	open := s.Module("garden")
	if _, err := fs.ReadFile(open, "fr/plant.md"); err != nil {
		t.Fatal(err)
	}
	next := versioned("1.0.1")
	next["fr/plant.md"] = &fstest.MapFile{Data: []byte("# Planter\n\nEn automne aussi.\n")}
	mustInstall(t, s, mustPackFile(t, next, nil))
	if got, err := fs.ReadFile(open, "fr/plant.md"); err != nil || !bytes.Equal(got, next["fr/plant.md"].Data) {
		t.Errorf("read %q, %v", got, err)
	}
	if _, err := fs.ReadFile(s.Module("../garden"), "module.toml"); !errors.Is(err, pack.NameStart) && !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("read outside of the shelf: %v", err)
	}
}

// A folder is installed as its pack would be.
func TestAFolderIsInstalled(t *testing.T) {
	s := newShelf(t, t.TempDir())
	if _, err := s.InstallFolder(t.Context(), garden(), false, nil); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(s.Path("garden"))
	if err != nil || !bytes.Equal(got, mustPack(t, garden(), nil)) {
		t.Errorf("%v, or not the bytes of its pack", err)
	}
	bad := garden()
	delete(bad, "fr/plant.md")
	_, err = s.InstallFolder(t.Context(), bad, false, nil)
	wantReason(t, "a folder without its lesson", err, pack.Unfit)
	var p *modules.Problem
	if !errors.As(err, &p) || p.File != "fr/plant.md" {
		t.Errorf("what is wrong is not said: %v", err)
	}
}

// A byte order mark and Windows' line ends are what editors leave, and no reason to refuse a module.
func TestAModuleFromWindowsIsInstalled(t *testing.T) {
	m := garden()
	for _, f := range m {
		f.Data = append([]byte("\ufeff"), bytes.ReplaceAll(f.Data, []byte("\n"), []byte("\r\n"))...)
	}
	s := newShelf(t, t.TempDir())
	mustInstall(t, s, mustPackFile(t, m, nil))
	idx, err := modules.Open(s.Module("garden"), modules.Origin{}).Index("fr")
	if err != nil || idx.Title != "Le jardin" {
		t.Errorf("title %+v, %v", idx, err)
	}
}

// An older version never replaces a newer one unless somebody asks for it.
func TestAnOlderVersionAsks(t *testing.T) {
	s := newShelf(t, t.TempDir())
	mustInstall(t, s, mustPackFile(t, versioned("1.10.0"), nil))
	older := mustPackFile(t, versioned("1.9.0"), nil)
	var old *pack.OlderError
	if _, err := s.Install(t.Context(), older, false, nil); !errors.As(err, &old) || *old != (pack.OlderError{ID: "garden", Have: "1.10.0", Got: "1.9.0"}) {
		t.Errorf("refused with %v", err)
	}
	wantVersion(t, s, "1.10.0")
	if _, err := s.Install(t.Context(), older, true, nil); err != nil {
		t.Fatal(err)
	}
	wantVersion(t, s, "1.9.0")
}

// Who has signed a module that is installed decides who may replace it: the same key or its heir, and nobody else.
func TestAnotherKeyDoesNotReplaceAModule(t *testing.T) {
	s := newShelf(t, t.TempDir())
	author, other, heir := mustSecret(t), mustSecret(t), mustSecret(t)
	by := func(version string, secret pack.Secret) string {
		return mustPackFile(t, versioned(version), pack.SignWith(secret))
	}
	mustInstall(t, s, mustPackFile(t, garden(), nil))
	if done := mustInstall(t, s, by("1.0.1", author)); done.Trust.Standing != pack.Unknown || done.Trust.Key != author.Key() {
		t.Errorf("a stranger's module is %+v", done.Trust)
	}
	mustTrust(t, s.Keys, author.Key(), "author")
	mustTrust(t, s.Keys, other.Key(), "other")
	mustTrust(t, s.Keys, heir.Key(), "heir, but nobody says so yet")

	var otherKey *pack.OtherKeyError
	for who, secret := range map[string]pack.Secret{"a stranger": mustSecret(t), "somebody trusted": other, "the heir before his time": heir} {
		if _, err := s.Install(t.Context(), by("2.0.0", secret), true, nil); !errors.As(err, &otherKey) || otherKey.Have != author.Key() || otherKey.Got != secret.Key() {
			t.Errorf("%s: %v", who, err)
		}
	}
	var unsigned *pack.UnsignedError
	if _, err := s.Install(t.Context(), mustPackFile(t, versioned("2.0.0"), nil), true, nil); !errors.As(err, &unsigned) {
		t.Errorf("nobody: %v", err)
	}
	if _, err := s.InstallFolder(t.Context(), versioned("2.0.0"), true, nil); !errors.As(err, &unsigned) {
		t.Errorf("a folder: %v", err)
	}
	wantVersion(t, s, "1.0.1")

	if done := mustInstall(t, s, by("1.0.2", author)); done.Trust.Standing != pack.Trusted || done.Trust.Ago != 0 {
		t.Errorf("the author's own is %+v", done.Trust)
	}
	if err := s.Keys.Forget(heir.Key()); err != nil {
		t.Fatal(err)
	}
	if err := s.Keys.Take(mustList(t, author, 1, heir.Key())); err != nil {
		t.Fatal(err)
	}
	mustInstall(t, s, by("1.0.3", heir))
	wantVersion(t, s, "1.0.3")
	if _, err := s.Install(t.Context(), by("1.0.4", author), true, nil); !errors.As(err, &otherKey) {
		t.Errorf("the key that has an heir signs on: %v", err)
	}
	if trust, err := s.Trust("garden"); err != nil || trust.Name != "author" || trust.Ago != 1 {
		t.Errorf("the heir's module is %+v, %v", trust, err)
	}
}

// What a withdrawn key has signed is not installed; what is installed is said to be so, and its place can be taken by a
// trusted key.
func TestAWithdrawnKeyOwnsNothing(t *testing.T) {
	s := newShelf(t, t.TempDir())
	head, stolen, fresh := mustSecret(t), mustSecret(t), mustSecret(t)
	mustTrust(t, s.Keys, head.Key(), "head")
	mustTrust(t, s.Keys, stolen.Key(), "centre")
	mustInstall(t, s, mustPackFile(t, garden(), pack.SignWith(stolen)))
	if err := s.Keys.Take(mustList(t, head, 1, "", stolen.Key())); err != nil {
		t.Fatal(err)
	}
	if trust, err := s.Trust("garden"); err != nil || trust.Standing != pack.Revoked || trust.Name != "centre" {
		t.Errorf("the module is %+v, %v", trust, err)
	}
	var revoked *pack.RevokedError
	if _, err := s.Install(t.Context(), mustPackFile(t, versioned("3.0.0"), pack.SignWith(stolen)), true, nil); !errors.As(err, &revoked) {
		t.Errorf("a withdrawn key installs: %v", err)
	}
	var otherKey *pack.OtherKeyError
	if _, err := s.Install(t.Context(), mustPackFile(t, versioned("3.0.0"), pack.SignWith(fresh)), true, nil); !errors.As(err, &otherKey) {
		t.Errorf("a stranger takes the place of a withdrawn key: %v", err)
	}
	mustTrust(t, s.Keys, fresh.Key(), "centre, again")
	mustInstall(t, s, mustPackFile(t, versioned("3.0.0"), pack.SignWith(fresh)))
	wantVersion(t, s, "3.0.0")
}

// A module that is part of the program is not replaced by what a stranger brings.
func TestABuiltInModuleIsNotReplacedByAStranger(t *testing.T) {
	s := newShelf(t, t.TempDir())
	s.Builtin = func(id string) (string, bool) { return "1.0.0", id == "garden" }
	author := mustSecret(t)
	var builtin *pack.BuiltinError
	for who, sign := range map[string]pack.Signer{"nobody": nil, "a stranger": pack.SignWith(author)} {
		if _, err := s.Install(t.Context(), mustPackFile(t, versioned("1.1.0"), sign), true, nil); !errors.As(err, &builtin) {
			t.Errorf("%s: %v", who, err)
		}
	}
	mustTrust(t, s.Keys, author.Key(), "author")
	var old *pack.OlderError
	if _, err := s.Install(t.Context(), mustPackFile(t, versioned("0.9.0"), pack.SignWith(author)), false, nil); !errors.As(err, &old) {
		t.Errorf("an older version: %v", err)
	}
	if done := mustInstall(t, s, mustPackFile(t, versioned("1.1.0"), pack.SignWith(author))); done.Before != "1.0.0" {
		t.Errorf("it replaces %q", done.Before)
	}
}

// heavy is a garden with a file that no compression makes smaller.
func heavy(t testing.TB, version string, size int) fstest.MapFS {
	t.Helper()
	m := versioned(version)
	data := make([]byte, size)
	if _, err := rand.Read(data); err != nil {
		t.Fatal(err)
	}
	m["files/map.bin"] = &fstest.MapFile{Data: data}
	return m
}

// A stick that changes while it is being read, or is pulled, leaves the old version working and nothing beside it.
func TestAChangingStickLeavesTheOldVersion(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(t *testing.T, path string, data []byte, cancel func())
		want   error
	}{
		{"a bit turns", func(t *testing.T, path string, data []byte, _ func()) {
			data[len(data)-2000] ^= 1
			overwrite(t, path, data)
		}, pack.Damaged},
		{"it is cut", func(t *testing.T, path string, data []byte, _ func()) {
			if err := os.Truncate(path, int64(len(data)/2)); err != nil {
				t.Fatal(err)
			}
		}, pack.Changed},
		{"it grows", func(t *testing.T, path string, data []byte, _ func()) {
			overwrite(t, path, append(data, make([]byte, 100)...))
		}, pack.Changed},
		{"the learner has waited long enough", func(_ *testing.T, _ string, _ []byte, cancel func()) { cancel() }, context.Canceled},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := t.TempDir()
			s := newShelf(t, data)
			mustInstall(t, s, mustPackFile(t, garden(), nil))
			before := tree(t, data)
			path := mustPackFile(t, heavy(t, "2.0.0", 2<<20), nil)
			bytes, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			first := true
			_, err = s.Install(ctx, path, false, func(int64) {
				if first { // a part of it is copied, the rest is not
					first = false
					c.change(t, path, bytes, cancel)
				}
			})
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			wantVersion(t, s, "1.0.0")
			if after := tree(t, data); after != before {
				t.Errorf("left behind:\n%s\nbefore:\n%s", after, before)
			}
		})
	}
}

// overwrite changes a file in its place, under whoever reads it.
func overwrite(t *testing.T, path string, data []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// What is no pack at all says so, without waiting for ever for what a pipe may bring.
func TestWhatIsNoFileIsNotOpened(t *testing.T) {
	s := newShelf(t, t.TempDir())
	for _, path := range []string{t.TempDir(), os.DevNull, filepath.Join(t.TempDir(), "nothing")} {
		if _, err := s.Install(t.Context(), path, false, nil); err == nil {
			t.Errorf("%s was installed", path)
		}
	}
}

// Two windows that install at once: one of them is told, or both modules are there.
func TestTwoWindowsInstallAtOnce(t *testing.T) {
	data := t.TempDir()
	errs := make(chan error, 4)
	for i := range 4 {
		s := newShelf(t, data)
		path := mustPackFile(t, versioned([]string{"1.0.0", "1.0.1", "1.0.2", "1.0.3"}[i]), nil)
		go func() {
			_, err := s.Install(context.Background(), path, true, nil)
			errs <- err
		}()
	}
	for range 4 {
		if err := <-errs; err != nil && !errors.Is(err, pack.ErrBusy) {
			t.Error(err)
		}
	}
	if left := tree(t, data); strings.Contains(left, "fanal-new") || !strings.Contains(left, "garden.fanal") {
		t.Errorf("left behind:\n%s", left)
	}
}

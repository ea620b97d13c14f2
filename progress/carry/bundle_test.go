package carry_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fanal/progress"
	"fanal/progress/carry"
)

func TestWhatIsCarriedArrives(t *testing.T) {
	from, to := studied(t), progress.OpenMemory()
	b := bundle(t, from, carry.Options{Program: "1.2.3", Day: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
	for i, wantNew := range []int{82, 0} { // the second time adds nothing
		r, err := bring(to, b)
		if err != nil || r.Added != wantNew {
			t.Fatalf("time %d: %d new, %v", i, r.Added, err)
		}
		if r.Carried.Events != 82 || r.Now != r.Carried || len(r.People) != 2 || !r.People[0].Same() || r.People[0].Name != "Fatou" {
			t.Errorf("%+v", r)
		}
	}
	if state(t, from) != state(t, to) {
		t.Error("the laptops differ")
	}
	in, err := carry.Read(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if in.Made != "2026-11-22" || in.Program != "1.2.3" || !in.All || in.Codes || len(in.Modules["m"]) != 1 || in.Modules["m"][0] != "1.0.0" {
		t.Errorf("%+v", in.Contents)
	}
}

func TestOneLearnerTakesNothingOfTheOthersAlong(t *testing.T) {
	b := bundle(t, studied(t), carry.Options{Learner: "a"})
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatalf("no ordinary zip archive: %v", err)
	}
	for _, f := range z.File {
		if text := unzip(t, f); strings.Contains(text, "Inés") || strings.Contains(text, `"learner":"b"`) {
			t.Errorf("%s names somebody else", f.Name)
		}
	}
	to := progress.OpenMemory()
	r, err := bring(to, b)
	if err != nil || r.Added != 41 || len(r.People) != 1 || !r.People[0].Same() {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestTheLeastChangeIsSeen flips every bit of a bundle and cuts it everywhere: all of it is refused, and nothing comes in.
func TestTheLeastChangeIsSeen(t *testing.T) {
	s := progress.OpenMemory()
	keep(t, s, named("a", "Fatou"), answer("a", "q", true))
	good := bundle(t, s, carry.Options{})
	to := progress.OpenMemory()
	refused := func(b []byte, what string, at int) {
		t.Helper()
		_, err := bring(to, b)
		var r *carry.Refusal
		if !errors.As(err, &r) {
			t.Fatalf("%s at %d: %v", what, at, err)
		}
	}
	for at := range good {
		for bit := range 8 {
			b := bytes.Clone(good)
			b[at] ^= 1 << bit
			refused(b, "a bit", at)
		}
		refused(good[:at], "cut", at)
		refused(append(bytes.Clone(good[:at]), good[at+1:]...), "a byte less", at)
		refused(append(append(bytes.Clone(good[:at]), 'x'), good[at:]...), "a byte more", at)
	}
	refused(append(bytes.Clone(good), 0), "a byte behind", len(good))
	if n, _, _ := to.Totals(); n != 0 {
		t.Errorf("%d events came in", n)
	}
}

func TestWhyABundleIsRefusedIsSaid(t *testing.T) {
	s := studied(t)
	good := bundle(t, s, carry.Options{})
	for name, c := range map[string]struct {
		bytes []byte
		why   carry.Reason
	}{
		"empty":       {nil, carry.NotBundle},
		"another":     {[]byte("%PDF-1.4 and so on, a little longer"), carry.NotBundle},
		"another zip": {otherZip(t), carry.NotBundle},
		"cut":         {good[:len(good)/2], carry.Cut},
		"altered":     {bytes.Replace(good, []byte("events-0001"), []byte("events-0002"), 1), carry.Altered},
	} {
		if _, err := bring(progress.OpenMemory(), c.bytes); !errors.Is(err, c.why) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func otherZip(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("letter.txt")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(strings.Repeat("Dear all, ", 30))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestABundleIsWholeOrNotThere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x"+carry.Ext)
	s := studied(t)
	if _, err := carry.Save(context.Background(), path, s, carry.Options{}, carry.Lock{}, false); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := carry.Save(context.Background(), path, s, carry.Options{}, carry.Lock{}, false); !errors.Is(err, carry.Exists) {
		t.Errorf("a bundle is overwritten: %v", err)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := carry.Save(stopped, path, s, carry.Options{}, carry.Lock{}, true); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if _, err := carry.Save(context.Background(), filepath.Join(dir, "no", "such"), s, carry.Options{}, carry.Lock{}, true); !errors.Is(err, carry.NoFolder) {
		t.Errorf("no folder: %v", err)
	}
	if _, err := carry.Save(context.Background(), path, s, carry.Options{Learner: "nobody"}, carry.Lock{}, true); !errors.Is(err, carry.Nothing) {
		t.Errorf("nobody: %v", err)
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("what was there is not there any more: %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left over: %v", left)
	}
	b, err := carry.OpenFile(path, carry.Key{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Check(); err != nil {
		t.Error(err)
	}
}

// TestAFullStickSaysSo writes to the kernel's own full disk where there is one.
func TestAFullStickSaysSo(t *testing.T) {
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		return // only Linux has one
	}
	if err := carry.Fill(f, studied(t)); !errors.Is(err, carry.NoRoom) {
		t.Errorf("%v", err)
	}
}

// A link on a stick, under the name that a bundle has while it is written, must not have a file of this laptop written over.
func TestALinkOnTheStickIsNotFollowed(t *testing.T) {
	dir := t.TempDir()
	mine, path := filepath.Join(dir, "mine"), filepath.Join(dir, "x"+carry.Ext)
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(mine, path+".part"); err != nil {
		return // this system has no links for everybody
	}
	if _, err := carry.Save(context.Background(), path, studied(t), carry.Options{}, carry.Lock{}, false); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(mine); err != nil || string(b) != "mine" {
		t.Errorf("written over: %.20q, %v", b, err)
	}
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		t.Errorf("the bundle is no file of its own: %v, %v", info, err)
	}
}

// A folder that may not be written to is said to be one, in words that say what to do.
func TestAGuardedFolderSaysSo(t *testing.T) {
	const dir = "/sys/kernel" // where nobody makes a file
	if _, err := os.Stat(dir); err != nil {
		return // only Linux has one
	}
	_, err := carry.Save(context.Background(), filepath.Join(dir, "x"+carry.Ext), studied(t), carry.Options{}, carry.Lock{}, false)
	if !errors.Is(err, carry.Guarded) {
		t.Errorf("%v", err)
	}
}

func TestADamagedBundleStillGivesWhatCanBeRead(t *testing.T) {
	s := progress.OpenMemory()
	var batch []progress.Event
	for i := range 10_000 {
		e := answer("a", "q"+string(rune('a'+i%26)), i%3 != 0)
		e.Sitting = strings.Repeat(string(rune('a'+i%7)), i%40)
		batch = append(batch, e)
	}
	keep(t, s, batch...)
	good := bundle(t, s, carry.Options{})
	for name, c := range map[string]struct {
		spoil func([]byte) []byte
		least uint64
	}{
		"untouched":          {func(b []byte) []byte { return b }, 10_000},
		"cut in the middle":  {func(b []byte) []byte { return b[:len(b)/2] }, 4000},
		"a hole at a third":  {func(b []byte) []byte { clear(b[len(b)/3 : len(b)/3+5000]); return b }, 6000},
		"without its end":    {func(b []byte) []byte { return b[:len(b)-500] }, 10_000},
		"without its begin":  {func(b []byte) []byte { return b[300:] }, 6000},
		"bytes in front too": {func(b []byte) []byte { return append([]byte("PK\x03\x04 and more"), b...) }, 10_000},
	} {
		path := filepath.Join(t.TempDir(), "x"+carry.Ext)
		if err := os.WriteFile(path, c.spoil(bytes.Clone(good)), 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := carry.Salvage(path, carry.Key{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		to := progress.OpenMemory()
		r, err := v.Merge(context.Background(), to, false, nil)
		if err != nil || uint64(r.Added) < c.least || r.Carried.Events != uint64(r.Added) {
			t.Errorf("%s: %d of at least %d, %v", name, r.Added, c.least, err)
		}
		if err := v.Close(); err != nil {
			t.Error(err)
		}
		for e := range to.Events("") {
			if !strings.Contains("abcdefg", e.Sitting[:min(1, len(e.Sitting))]) {
				t.Fatalf("%s: invented %+v", name, e)
			}
		}
	}
}

func TestBundlesAreFoundOnAStick(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a" + carry.Ext, "B" + strings.ToUpper(carry.Ext), "sub/c" + carry.Ext, "sub/sub/d" + carry.Ext, ".e" + carry.Ext, "f.fanal", "g" + carry.Ext + ".part"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, err := carry.Find(dir)
	if err != nil || len(found) != 3 {
		t.Errorf("%v, %v", found, err)
	}
	if _, err := carry.Find(filepath.Join(dir, "no")); !errors.Is(err, carry.Missing) {
		t.Errorf("%v", err)
	}
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for name, want := range map[string]string{
		"Inés Peña": "progress-ines-pena-2026-11-22", "../../x": "progress-x-2026-11-22", "愛": "progress-2026-11-22", "CON": "progress-con-2026-11-22",
	} {
		if got := carry.FreeName(dir, name, day); got != filepath.Join(dir, want+carry.Ext) {
			t.Errorf("%q is called %q", name, got)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "progress-x"+carry.Ext), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := filepath.Base(carry.FreeName(dir, "x", time.Time{})); got != "progress-x-2"+carry.Ext {
		t.Errorf("a name that is taken gives %q", got)
	}
}

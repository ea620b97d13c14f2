package pack_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fanal/modules/pack"
)

// rounds is how often a torture is repeated: the full count where FANAL_TORTURE is set (make torture-pack), a hundredth of it
// elsewhere.
func rounds(full int) int {
	if os.Getenv("FANAL_TORTURE") != "" {
		return full
	}
	return full / 100
}

// signedPack is a module with a bit of everything: stored and compressed files, an empty one, a signature.
func signedPack(t testing.TB) []byte {
	t.Helper()
	secret, err := pack.OpenSecret([]byte(debianSecret), "")
	if err != nil {
		t.Fatal(err)
	}
	m := garden()
	m["files/a.csv"] = m["fr/index.md"]
	long := *m["fr/index.md"]
	long.Data = bytes.Repeat([]byte("Une visite le 12, une autre le 17.\n"), 60)
	m["files/b.csv"] = &long
	empty := long
	empty.Data = nil
	m["files/c.csv"] = &empty
	var b bytes.Buffer
	if err := pack.Write(t.Context(), &b, m, pack.SignWith(secret), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func verify(b []byte) error { return pack.VerifyBytes(bytes.NewReader(b), int64(len(b))) }

// A stick that has turned one bit of a signed pack is found out, whichever bit it is.
func TestNoTurnedBitIsAccepted(t *testing.T) {
	good := signedPack(t)
	if err := verify(good); err != nil {
		t.Fatal(err)
	}
	bits := len(good) * 8
	n := rounds(10_000)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range max(n, 1) {
		bit := rng.IntN(bits)
		if n >= bits && i < bits {
			bit = i // all of them first
		}
		bad := bytes.Clone(good)
		bad[bit/8] ^= 1 << (bit % 8)
		if verify(bad) == nil {
			t.Fatalf("the pack with bit %d turned was accepted", bit)
		}
	}
}

// Somebody who turns a bit on purpose, and makes the mark fit, changes nothing that a learner could read: either the pack is
// refused, or it is the same module under the same signature (a spare bit of the compression, or the comment that is never
// shown).
func TestATurnedBitUnderANewMarkChangesNothing(t *testing.T) {
	good := signedPack(t)
	rng := rand.New(rand.NewPCG(3, 4))
	path := t.TempDir() + "/x.fanal"
	mustWrite(t, path, good)
	want, err := pack.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	accepted := 0
	for range rounds(20_000) {
		bad := bytes.Clone(good)
		bit := rng.IntN((len(good) - 16) * 8)
		bad[bit/8] ^= 1 << (bit % 8)
		bad = remark(bad)
		if verify(bad) != nil {
			continue
		}
		accepted++
		mustWrite(t, path, bad)
		got, err := pack.Open(path)
		if err != nil {
			t.Fatalf("bit %d: %v", bit, err)
		}
		if *got.Sign != *want.Sign || got.Sum() != want.Sum() || !slices.Equal(got.Files(), want.Files()) {
			t.Errorf("bit %d: another module was accepted", bit)
		}
		for _, name := range got.Files() {
			if _, err := fs.ReadFile(got, name); err != nil {
				t.Errorf("bit %d: %s: %v", bit, name, err)
			}
		}
	}
	t.Logf("%d turned bits made no difference", accepted)
}

// damage does to a file what sticks, copies and hands do.
func damage(rng *rand.Rand, b []byte) (what string, bad []byte) {
	bad = bytes.Clone(b)
	at, n := rng.IntN(len(b)), 1+rng.IntN(1+rng.IntN(600))
	end := min(at+n, len(b))
	switch rng.IntN(9) {
	case 0:
		return fmt.Sprintf("cut at %d", at), bad[:at]
	case 1:
		clear(bad[at:end])
		return fmt.Sprintf("zeroed %d-%d", at, end), bad
	case 2:
		for i := at; i < end; i++ {
			bad[i] = byte(rng.Uint32())
		}
		return fmt.Sprintf("noise %d-%d", at, end), bad
	case 3:
		return fmt.Sprintf("lost %d-%d", at, end), slices.Delete(bad, at, end)
	case 4:
		return fmt.Sprintf("doubled %d-%d", at, end), slices.Insert(bad, end, b[at:end]...)
	case 5:
		from := rng.IntN(len(b))
		copy(bad[at:end], b[from:])
		return fmt.Sprintf("%d-%d from %d", at, end, from), bad
	case 6: // a number of a header
		bad[at] = [...]byte{0, 1, 0x7f, 0x80, 0xff}[rng.IntN(5)]
		return fmt.Sprintf("byte %d", at), bad
	case 7:
		for i := range bad { // read as text and written with other line ends
			if bad[i] == '\n' {
				bad[i] = '\r'
			}
		}
		return "line ends", bad
	default:
		return fmt.Sprintf("begins at %d", at), bad[at:]
	}
}

// A damaged pack is refused, whatever the damage; and with a mark made to fit, it is refused too or is the same module.
func TestNoDamagedPackIsAccepted(t *testing.T) {
	good := signedPack(t)
	rng := rand.New(rand.NewPCG(5, 6))
	for range rounds(20_000) {
		what, bad := damage(rng, good)
		if bytes.Equal(bad, good) {
			continue
		}
		if verify(bad) == nil {
			t.Fatalf("accepted: %s", what)
		}
		if again := remark(bad); !bytes.Equal(again, good) && verify(again) == nil {
			sameContent(t, what, good, again)
		}
	}
}

// sameContent fails unless both packs hold the same files, to the byte.
func sameContent(t *testing.T, what string, good, bad []byte) {
	t.Helper()
	var all [2][]byte
	for i, b := range [][]byte{good, bad} {
		path := t.TempDir() + "/x.fanal"
		mustWrite(t, path, b)
		p, err := pack.Open(path)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		for _, name := range p.Files() {
			data, err := fs.ReadFile(p, name)
			if err != nil {
				t.Fatalf("%s: %s: %v", what, name, err)
			}
			all[i] = append(append(all[i], name...), data...)
		}
	}
	if !bytes.Equal(all[0], all[1]) {
		t.Errorf("another module was accepted: %s", what)
	}
}

// Whatever the bytes, reading a pack ends, without a panic, and what it accepts is what the format says. Run it with
// -fuzzminimizetime 10x: most of the time goes into making what it finds smaller otherwise.
func FuzzVerify(f *testing.F) {
	for _, h := range hostiles {
		switch h.name {
		case "too-large", "many", "200000", "bomb", "bomb-lying", "bomb-many", "manifest-huge", "lesson-huge", "very-long":
			continue // too long to turn bytes in
		}
		f.Add(h.make())
	}
	f.Add(signedPack(f))
	f.Add(packOf(good()...).bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, b := range [][]byte{b, remark(b)} { // the fuzzer need not find the mark out
			if verify(b) != nil {
				continue
			}
			path := t.TempDir() + "/x.fanal"
			mustWrite(t, path, b)
			p, err := pack.Open(path)
			if err != nil {
				t.Fatalf("verified, and not opened: %v", err)
			}
			for _, name := range p.Files() {
				if err := pack.CheckName(name); err != nil {
					t.Error(err)
				}
				if _, err := fs.ReadFile(p, name); err != nil {
					t.Error(err)
				}
			}
		}
	})
}

// Whatever a path is, its check says yes only to what is the same file on every system.
func FuzzCheckName(f *testing.F) {
	for _, name := range []string{"fr/index.md", "a", "con", "C:\\x", "../x", "\x1b[2J", "A", "é", "a//b", "a.", "aux.md", "files/.x"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if pack.CheckName(name) != nil {
			return
		}
		if !fs.ValidPath(name) || len(name) > pack.MaxName {
			t.Errorf("%q is no path", name)
		}
		for element := range strings.SplitSeq(name, "/") {
			stem, _, _ := strings.Cut(element, ".")
			if regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`).MatchString(stem) || strings.HasSuffix(element, ".") {
				t.Errorf("%q is another file on Windows", name)
			}
		}
		for _, c := range []byte(name) {
			if c != '/' && c != '.' && c != '_' && c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
				t.Errorf("%q holds %q", name, c)
			}
		}
	})
}

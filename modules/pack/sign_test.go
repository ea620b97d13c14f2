package pack_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fanal/modules/pack"
)

// What Debian's minisign 0.11 wrote: a key, its signatures of the garden's fanal.sum (in the form of today, in that of before
// 2019, and without our comment) and one of a list of keys.
const (
	debianSecret = `untrusted comment: minisign encrypted secret key
RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAV16a5/7Us1dpg50Xsub0fgOnPaNheefo10OJkkTypnsptP5R5+pcuUzHIynE+ZdBr9KKR611TZ1OVnlMRbOyimVQlJxCbAQ6AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
`
	debianPublic = `untrusted comment: minisign public key 57B3D4FEE79A5E57
RWRXXprn/tSzV0zHIynE+ZdBr9KKR611TZ1OVnlMRbOyimVQlJxCbAQ6
`
	debianSign = `untrusted comment: signature from minisign secret key
RURXXprn/tSzV0RjZlKKE3yUcG76IFM/y4omhItVD5GtjG9mpDYKgxLwrQPswcb7tZ+7VZobgvqE6cuwTPWia3qT+hVLcT+qEQA=
trusted comment: fanal garden 1.0.0 sha256:b65c4e2af2d6e5d8c4a1a45f4da1d1be39daf1e4b730c1961312c7ddb3e63218 key:RWRXXprn/tSzV0zHIynE+ZdBr9KKR611TZ1OVnlMRbOyimVQlJxCbAQ6
i6KTc5RcRTXJFeLw9bCP3BbDmbXE6gqYJqs6fpRXwlnPWI/3rs1wBFZRGSh2/+eob/kD0yGyL3TnxhWl2O7hDg==
`
	debianLegacy = `untrusted comment: signature from minisign secret key
RWRXXprn/tSzV0r0VOPCJeSVbcHvDR2VoQMqicryGWDboWk42qSHMftDdB/Z9kfpzfP38uYi44sO+TK8lAybWluDPtVX0nZvLAU=
trusted comment: fanal garden 1.0.0 sha256:b65c4e2af2d6e5d8c4a1a45f4da1d1be39daf1e4b730c1961312c7ddb3e63218 key:RWRXXprn/tSzV0zHIynE+ZdBr9KKR611TZ1OVnlMRbOyimVQlJxCbAQ6
2s/LtQAtl5W+gtrNKeXHkAfi6bQAvhCAzTtP5uSHY+moP0vzJtkgprmuOSgvxSPoC3EQbJby0RxewMV3VFQ/Bg==
`
	debianPlain = `untrusted comment: signature from minisign secret key
RURXXprn/tSzV0RjZlKKE3yUcG76IFM/y4omhItVD5GtjG9mpDYKgxLwrQPswcb7tZ+7VZobgvqE6cuwTPWia3qT+hVLcT+qEQA=
trusted comment: timestamp:1795353360	file:fanal.sum	hashed
fIGk2EaxeJ9QMyHA9M5QN0FUJM/ZAqtRELKbwlo14N2oV/KFIfPPqXiZwXCvWTYcoFiK84w+IFUMxppIBUrZCQ==
`
	debianList = `untrusted comment: signature from minisign secret key
RURXXprn/tSzVwcxdSf+2rCgOEK56pFcnonKnMFxeglLy1ijPgZbCZRl25d50AFy3RMeRhFIliqC/JDEAHZKkEVFfnXXXLFq8QE=
trusted comment: timestamp:1795353146	file:l.keys	hashed
wrHwMFNrtzdC8xPZ3dzIHGTgAgiLz5qRDevx9LcK7x6Y02e3i0MssJGNUghhW7/VU6SFHBxtPG4HVAv5KSJmAg==
`
	debianWords = "rife mefa lelu muno lire tupi"
)

func debianKey(t *testing.T) (pack.Secret, pack.Key) {
	t.Helper()
	secret, err := pack.OpenSecret([]byte(debianSecret), "")
	if err != nil {
		t.Fatal(err)
	}
	key, err := pack.ParseKey([]byte(debianPublic))
	if err != nil {
		t.Fatal(err)
	}
	return secret, key
}

// A signature that Debian's minisign made travels in a pack, and ours with its key are the same to the byte.
func TestSignaturesAreThoseOfDebiansMinisign(t *testing.T) {
	secret, key := debianKey(t)
	if secret.Key() != key {
		t.Errorf("the secret key belongs to %s, not to %s", secret.Key(), key)
	}
	for name, sign := range map[string]string{"of today": debianSign, "of before": debianLegacy} {
		p, _, err := pack.Verify(t.Context(), mustPackFile(t, garden(), pack.SignedBy([]byte(sign))), nil)
		if err != nil {
			t.Fatalf("a signature %s: %v", name, err)
		}
		want := pack.Signature{Key: key, Module: "garden", Version: "1.0.0", Sum: p.Sum()}
		if *p.Sign != want {
			t.Errorf("a signature %s says %+v, want %+v", name, *p.Sign, want)
		}
	}
	text := []byte(sumsOf(good()...))
	ours, err := pack.SignWith(secret)(text, "garden", "1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	_, theirs, _ := strings.Cut(debianSign, "\n") // but for the comment that nothing covers
	if _, rest, _ := bytes.Cut(ours, []byte("\n")); string(rest) != theirs {
		t.Errorf("we sign\n%s\nDebian's minisign\n%s", rest, theirs)
	}
	if got := pack.Comment(text, "garden", "1.0.0", key); !strings.Contains(debianSign, "trusted comment: "+got+"\n") {
		t.Errorf("the comment to sign with is %q", got)
	}
}

// A pack whose signature does not prove what it says is refused, though every sum is right.
func TestForgedSignaturesAreRefused(t *testing.T) {
	secret, key := debianKey(t)
	other := mustSecret(t)
	text := []byte(sumsOf(good()...))
	signed := func(secret pack.Secret, text []byte, module, version string) string {
		sign, err := pack.SignWith(secret)(text, module, version)
		if err != nil {
			t.Fatal(err)
		}
		return string(sign)
	}
	spare := func(sign string) string { // the same signature, in other spare bits of its base64
		lines := strings.Split(sign, "\n")
		i := strings.IndexByte(lines[3], '=') - 1
		const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
		n := strings.IndexByte(digits, lines[3][i])
		lines[3] = lines[3][:i] + digits[n|1:][:1] + lines[3][i+1:]
		return strings.Join(lines, "\n")
	}
	raw, err := base64.StdEncoding.DecodeString(string(key))
	if err != nil {
		t.Fatal(err)
	}
	raw[2] ^= 1
	renamed := base64.StdEncoding.EncodeToString(raw) // the same key under another number

	for _, c := range []struct {
		name string
		sign string
		want pack.Reason
	}{
		{"of other sums", signed(secret, append(text, '\n'), "garden", "1.0.0"), pack.WrongSign},
		{"of other sums, named as these", strings.Replace(signed(secret, []byte("x"), "garden", "1.0.0"),
			sum([]byte("x")), sum(text), 1), pack.WrongSign},
		{"of another key, named as this", strings.Replace(signed(other, text, "garden", "1.0.0"), string(other.Key()), string(key), 1), pack.SignKey},
		{"of this key, named as another", strings.Replace(debianSign, string(key), string(other.Key()), 1), pack.SignKey},
		{"of this key under another number", strings.Replace(debianSign, string(key), renamed, 1), pack.SignKey},
		{"of another module", signed(secret, text, "orchard", "1.0.0"), pack.SignOther},
		{"of another version", signed(secret, text, "garden", "1.0.1"), pack.SignOther},
		{"without our comment", debianPlain, pack.SignOther},
		{"with an escape in the comment", strings.Replace(debianSign, "fanal garden", "fanal \x1b[2Jgarden", 1), pack.SignOther},
		{"with a changed comment", strings.Replace(debianSign, "fanal garden 1.0.0", "fanal garden 9.9.9", 1), pack.WrongSign},
		{"with a comment added", strings.Replace(debianSign, " key:", " note:trust-me key:", 1), pack.SignOther},
		{"with two spaces", strings.Replace(debianSign, "fanal garden", "fanal  garden", 1), pack.SignOther},
		{"with spare bits", spare(debianSign), pack.BadSign},
		{"with a space at the end", debianSign + " ", pack.BadSign},
		{"with Windows' line ends", strings.ReplaceAll(debianSign, "\n", "\r\n"), pack.BadSign},
		{"cut", debianSign[:200], pack.BadSign},
		{"empty", "", pack.BadSign},
		{"a whole book", "untrusted comment: " + strings.Repeat("x", 5000) + debianSign[len("untrusted comment: "):], pack.BadSign},
		{"no key in the comment", strings.Replace(debianSign, string(key), "RWQ", 1), pack.BadSign},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := packOf(good()...)
			a.parts = slices.Insert(a.parts, 1, part{name: "fanal.sum.minisig", body: c.sign})
			path := filepath.Join(t.TempDir(), "x.fanal")
			mustWrite(t, path, a.bytes())
			_, _, err := pack.Verify(t.Context(), path, nil)
			wantReason(t, "verify", err, c.want)
			if c.want == pack.SignOther && strings.HasPrefix(c.name, "of another") {
				return // the module says what it is; SignedBy is told
			}
			_, err = pack.SignedBy([]byte(c.sign))(text, "garden", "1.0.0")
			if len(c.sign) < 4096 {
				wantReason(t, "signed by", err, c.want)
			}
		})
	}
}

// The comment that nothing covers may be anything, and nothing of it is kept.
func TestTheOtherCommentIsNotRead(t *testing.T) {
	sign := strings.Replace(debianSign, "signature from minisign secret key", "\x1b[2J signed by the ministry", 1)
	p, _, err := pack.Verify(t.Context(), mustPackFile(t, garden(), pack.SignedBy([]byte(sign))), nil)
	if err != nil {
		t.Fatal(err)
	}
	if p.Sign.Module != "garden" || p.Sign.Version != "1.0.0" {
		t.Errorf("it says %+v", *p.Sign)
	}
}

// A key that was made here is kept sealed, opens with its passphrase alone, and its public half is a file that is read back.
func TestKeysAreKeptSealed(t *testing.T) {
	secret := mustSecret(t)
	file, err := secret.File("quatre mots sans suite")
	if err != nil {
		t.Fatal(err)
	}
	if !pack.Sealed(file) || pack.Sealed([]byte(debianSecret)) {
		t.Error("a sealed key is not told from an open one")
	}
	windows := bytes.ReplaceAll(file, []byte("\n"), []byte("\r\n"))
	back, err := pack.OpenSecret(windows, "quatre mots sans suite")
	if err != nil || back.Key() != secret.Key() {
		t.Errorf("the key does not open with its passphrase: %v", err)
	}
	_, err = pack.OpenSecret(file, "quatre mots sans suites")
	wantReason(t, "another passphrase", err, pack.Passphrase)
	key, err := pack.ParseKey(secret.Key().File())
	if err != nil || key != secret.Key() {
		t.Errorf("the public key is not read back: %v", err)
	}
}

// What is no key is refused, and so is a secret key that would give itself away by signing.
func TestWhatIsNoKeyIsRefused(t *testing.T) {
	secret := mustSecret(t)
	halves := func(change func(raw []byte)) []byte {
		lines := strings.Split(debianSecret, "\n")
		raw, err := base64.StdEncoding.DecodeString(lines[1])
		if err != nil {
			t.Fatal(err)
		}
		change(raw)
		return []byte(lines[0] + "\n" + base64.StdEncoding.EncodeToString(raw) + "\n")
	}
	greedy := halves(func(raw []byte) {
		raw[2], raw[3] = 'S', 'c'
		raw[44], raw[53] = 0xff, 0xff // as many operations and as much memory as can be written
	})
	for name, file := range map[string][]byte{
		"empty":           nil,
		"text":            []byte("une clé\n"),
		"a public key":    []byte(debianPublic),
		"cut":             []byte(debianSecret)[:150],
		"huge":            bytes.Repeat([]byte("untrusted comment: \n"), 1<<16),
		"another half":    halves(func(raw []byte) { raw[100] ^= 1 }),
		"asks for 2^63 B": greedy,
	} {
		_, err := pack.OpenSecret(file, "x")
		wantReason(t, name, err, pack.KeyFile)
	}
	for name, text := range map[string]string{
		"empty": "", "text": "une clé", "a secret key": debianSecret, "short": string(secret.Key())[:50], "huge": strings.Repeat("RW", 1<<16),
		"two": string(secret.Key()) + "\n" + string(secret.Key()),
	} {
		_, err := pack.ParseKey([]byte(text))
		wantReason(t, name, err, pack.KeyFile)
	}
}

// The words of a key are always the same six, and another key has others.
func TestAKeyHasSixWords(t *testing.T) {
	_, key := debianKey(t)
	if got := key.Words(); got != debianWords {
		t.Errorf("got %q, want %q", got, debianWords)
	}
	seen := map[string]bool{}
	for range 300 {
		words := strings.Fields(mustSecret(t).Key().Words())
		if len(words) != 6 {
			t.Fatalf("%d words: %q", len(words), words)
		}
		for _, w := range words {
			if len(w) != 4 || strings.Trim(w, "abdefiklmnoprtu") != "" {
				t.Fatalf("a word that is hard to say: %q", w)
			}
			seen[w] = true
		}
	}
	// 1,800 draws of 2,048 words find about 1,200 of them.
	if len(seen) < 1000 || len(seen) > 2048 {
		t.Errorf("%d words in use", len(seen))
	}
}

// The sums of a pack are read by the tool that every system has for it.
func TestSumsAreThoseOfSha256sum(t *testing.T) {
	path := mustPackFile(t, garden(), nil)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := sumsOf(good()...)
	if !bytes.Contains(data, []byte(text)) {
		t.Error("fanal.sum does not stand in the pack as it is")
	}
	p, err := pack.Open(path)
	if err != nil || p.Sum() != sha256.Sum256([]byte(text)) {
		t.Errorf("another sum of sums, %v", err)
	}
}

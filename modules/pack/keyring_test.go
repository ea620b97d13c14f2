package pack_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fanal/modules/pack"
)

func mustKeyring(t *testing.T, dir string) *pack.Keyring {
	t.Helper()
	k, err := pack.OpenKeyring(dir)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func mustTrust(t *testing.T, k *pack.Keyring, key pack.Key, name string) {
	t.Helper()
	if err := k.Trust(key, name); err != nil {
		t.Fatal(err)
	}
}

// mustList signs a list and reads it back, as it comes from a stick.
func mustList(t *testing.T, signer pack.Secret, sequence uint64, next pack.Key, revoked ...pack.Key) *pack.List {
	t.Helper()
	l := &pack.List{Signer: signer.Key(), Sequence: sequence, Next: next, Revoked: revoked}
	sign, err := l.Sign(signer)
	if err != nil {
		t.Fatal(err)
	}
	back, err := pack.ParseList(l.Text(), sign)
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func standing(k *pack.Keyring, key pack.Key) pack.Standing {
	return k.Judge(&pack.Signature{Key: key}).Standing
}

// Whom a laptop trusts is a person's choice, under a name, and is remembered by the next start.
func TestTrustIsRemembered(t *testing.T) {
	dir := t.TempDir()
	key := mustSecret(t).Key()
	k := mustKeyring(t, dir)
	if got := standing(k, key); got != pack.Unknown {
		t.Errorf("a stranger is %s", got)
	}
	if got := k.Judge(nil).Standing; got != pack.Unsigned {
		t.Errorf("nobody is %s", got)
	}
	mustTrust(t, k, key, "Réseau\x1b[2J des\nLandes")
	again := mustKeyring(t, dir)
	trust := again.Judge(&pack.Signature{Key: key})
	if trust.Standing != pack.Trusted || trust.Name != "Réseau[2J des Landes" || trust.Ago != 0 {
		t.Errorf("trust is %+v", trust)
	}
	mustTrust(t, again, key, "Landes")
	if keys := again.Keys(); len(keys) != 1 || keys[0].Name != "Landes" {
		t.Errorf("a new name gives %+v", keys)
	}
	if err := again.Forget(key); err != nil {
		t.Fatal(err)
	}
	if got := standing(mustKeyring(t, dir), key); got != pack.Unknown {
		t.Errorf("a key that was forgotten is %s", got)
	}
	wantReason(t, "trust what is no key", k.Trust("RWQ", "x"), pack.KeyFile)
}

// Two windows of the program do not lose each other's choices.
func TestTwoWindowsKeepBothChoices(t *testing.T) {
	dir := t.TempDir()
	one, two := mustKeyring(t, dir), mustKeyring(t, dir)
	a, b := mustSecret(t).Key(), mustSecret(t).Key()
	mustTrust(t, one, a, "a")
	mustTrust(t, two, b, "b")
	if n := len(mustKeyring(t, dir).Keys()); n != 2 {
		t.Errorf("%d keys are left of two", n)
	}
}

// A keyring that the disk has damaged trusts nobody, says so, and is not written over.
func TestADamagedKeyringIsNotWrittenOver(t *testing.T) {
	for name, text := range map[string]string{"cut": `{"format": 1, "keys": [{"ke`, "newer": `{"format": 2}`, "empty": ""} {
		dir := t.TempDir()
		path := filepath.Join(dir, pack.KeyringName)
		mustWrite(t, path, []byte(text))
		k, err := pack.OpenKeyring(dir)
		wantReason(t, name, err, pack.KeyringFile)
		if len(k.Keys()) != 0 {
			t.Errorf("%s: it trusts %v", name, k.Keys())
		}
		wantReason(t, name, k.Trust(mustSecret(t).Key(), "x"), pack.KeyringFile)
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("%s: it was written over: %q, %v", name, got, err)
		}
	}
}

// A key that follows another by its word is trusted in its place, and under its name.
func TestAKeyIsFollowedByAnother(t *testing.T) {
	dir := t.TempDir()
	k := mustKeyring(t, dir)
	old, next, last := mustSecret(t), mustSecret(t), mustSecret(t)
	mustTrust(t, k, old.Key(), "Landes")
	for _, l := range []*pack.List{mustList(t, old, 1, next.Key()), mustList(t, next, 1, last.Key(), next.Key())} {
		if err := k.Take(l); err != nil {
			t.Fatal(err)
		}
	}
	k = mustKeyring(t, dir)
	for key, want := range map[pack.Key]pack.Standing{old.Key(): pack.Trusted, next.Key(): pack.Revoked, last.Key(): pack.Trusted} {
		if got := standing(k, key); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
	if name := k.Judge(&pack.Signature{Key: last.Key()}).Name; name != "Landes" {
		t.Errorf("the last key is called %q", name)
	}
	if err := k.Forget(old.Key()); err != nil {
		t.Fatal(err)
	}
	if keys := k.Keys(); len(keys) != 0 {
		t.Errorf("trust outlives the key that gave it: %v", keys)
	}
}

// Of a signer's lists the one with the highest sequence holds, whatever the order in which sticks bring them.
func TestTheHighestSequenceWins(t *testing.T) {
	k := mustKeyring(t, t.TempDir())
	head, bad := mustSecret(t), mustSecret(t)
	mustTrust(t, k, head.Key(), "head")
	mustTrust(t, k, bad.Key(), "bad")
	if err := k.Take(mustList(t, head, 5, "", bad.Key())); err != nil {
		t.Fatal(err)
	}
	wantReason(t, "an older list", k.Take(mustList(t, head, 4, "")), pack.ListOld)
	wantReason(t, "another of the same sequence", k.Take(mustList(t, head, 5, "")), pack.ListOld)
	if got := standing(k, bad.Key()); got != pack.Revoked {
		t.Errorf("a withdrawn key is %s", got)
	}
	if err := k.Trust(bad.Key(), "again"); err == nil {
		t.Error("a withdrawn key was trusted again")
	}
	wantReason(t, "a list of a withdrawn key", k.Take(mustList(t, bad, 9, "", head.Key())), pack.ListSigner)
	if err := k.Take(mustList(t, head, 6, "")); err != nil {
		t.Fatal(err)
	}
	if got := standing(k, bad.Key()); got != pack.Trusted {
		t.Errorf("a key that the head gives back is %s", got)
	}
}

// Who is not trusted has no say, and nobody withdraws a key that is trusted for longer.
func TestAYoungerKeyDoesNotWithdrawAnElder(t *testing.T) {
	k := mustKeyring(t, t.TempDir())
	elder, younger, stranger, third := mustSecret(t), mustSecret(t), mustSecret(t), mustSecret(t)
	mustTrust(t, k, elder.Key(), "elder")
	mustTrust(t, k, younger.Key(), "younger")
	wantReason(t, "a stranger's list", k.Take(mustList(t, stranger, 1, stranger.Key(), elder.Key())), pack.ListSigner)
	if err := k.Take(mustList(t, younger, 1, "", elder.Key(), third.Key())); err != nil {
		t.Fatal(err)
	}
	if got := standing(k, elder.Key()); got != pack.Trusted {
		t.Errorf("the elder is %s", got)
	}
	if got := standing(k, third.Key()); got != pack.Revoked {
		t.Errorf("a third, withdrawn by the younger, is %s", got)
	}
	if err := k.Take(mustList(t, elder, 1, "", younger.Key())); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[pack.Key]pack.Standing{elder.Key(): pack.Trusted, younger.Key(): pack.Revoked, third.Key(): pack.Unknown} {
		if got := standing(k, key); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
}

// A list that Debian's minisign has signed is one.
func TestAListSignedByDebiansMinisign(t *testing.T) {
	_, key := debianKey(t)
	l, err := pack.ParseList([]byte("fanal keys 1\nsigner "+string(key)+"\nsequence 3\n"), []byte(debianList))
	if err != nil || l.Signer != key || l.Sequence != 3 {
		t.Errorf("got %+v, %v", l, err)
	}
}

// A list in any other form than the one it has is refused, though it may be signed.
func TestListsHaveOneForm(t *testing.T) {
	signer := mustSecret(t)
	a, b := mustSecret(t).Key(), mustSecret(t).Key()
	if a > b {
		a, b = b, a
	}
	l := pack.List{Signer: signer.Key(), Sequence: 7, Next: a, Revoked: []pack.Key{b, a, b}}
	text := string(l.Text())
	sign, err := l.Sign(signer)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := pack.ParseList([]byte(text), sign); err != nil || !bytes.Equal(got.Text(), []byte(text)) {
		t.Fatalf("%v, or not the same text:\n%s", err, text)
	}
	swapped := strings.Replace(strings.Replace(text, "revoked "+string(a)+"\n", "", 1), "revoked "+string(b)+"\n",
		"revoked "+string(b)+"\nrevoked "+string(a)+"\n", 1)
	for name, bad := range map[string]string{
		"empty":        "",
		"another":      strings.Replace(text, "keys 1", "keys 2", 1),
		"no signer":    strings.Replace(text, "signer", "signers", 1),
		"sequence 0":   strings.Replace(text, "sequence 7", "sequence 0", 1),
		"sequence 07":  strings.Replace(text, "sequence 7", "sequence 07", 1),
		"sequence -1":  strings.Replace(text, "sequence 7", "sequence -1", 1),
		"sequence big": strings.Replace(text, "sequence 7", "sequence 18446744073709551616", 1),
		"twice":        text + "revoked " + string(b) + "\n",
		"unsorted":     swapped,
		"no newline":   strings.TrimSuffix(text, "\n"),
		"windows":      strings.ReplaceAll(text, "\n", "\r\n"),
		"a line more":  text + "\n",
		"unknown word": text + "trusted " + string(a) + "\n",
		"a cut key":    strings.Replace(text, string(b), string(b)[:40], 1),
		"huge":         text + strings.Repeat("revoked "+string(b)+"\n", 2000),
	} {
		_, err := pack.ParseList([]byte(bad), sign)
		wantReason(t, name, err, pack.NotList)
	}
	l.Sequence = 8
	_, err = pack.ParseList(l.Text(), sign)
	wantReason(t, "a list under another's signature", err, pack.WrongSign)
	_, err = pack.ParseList([]byte(text), append(sign, '\n'))
	wantReason(t, "a signature with a line more", err, pack.BadSign)
	_, err = l.Sign(mustSecret(t))
	wantReason(t, "a list signed by another", err, pack.SignKey)
}

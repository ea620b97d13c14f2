package carry

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"filippo.io/age"
)

// workFactor makes scrypt take 64 MiB of memory (2^16 blocks of 1 KiB), which a machine with 1 GB can spare, and about 0.2 s
// here. age's own 256 MiB would send such a machine to its swap.
const workFactor = 16

// maxWorkFactor is what a bundle of somebody else's may ask for: that of the age program itself, 256 MiB.
const maxWorkFactor = 18

// MinPassphrase is how many characters a passphrase has at least.
const MinPassphrase = 8

// A Seal says what a bundle is sealed with.
type Seal int

// The seals.
const (
	Unsealed       Seal = iota // none
	WithPassphrase             // whoever knows the passphrase opens it
	WithKey                    // whoever has the secret key opens it
)

// A Lock is what seals a bundle; the zero Lock leaves it open.
type Lock struct{ recipients []age.Recipient }

// LockWith returns the lock of a passphrase. Blanks around it do not count: some places where one is typed keep them, others
// do not. Error: [ShortPassphrase].
func LockWith(passphrase string) (Lock, error) {
	passphrase = strings.TrimSpace(passphrase)
	if utf8.RuneCountInString(passphrase) < MinPassphrase {
		return Lock{}, refuse(ShortPassphrase, "")
	}
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return Lock{}, refuse(ShortPassphrase, err.Error())
	}
	r.SetWorkFactor(workFactor)
	return Lock{[]age.Recipient{r}}, nil
}

// LockFor returns the lock of public age keys: each is one ("age1…") or the path of a file of them. Whoever has any one of
// their secret keys opens it. Error: [NotKey].
func LockFor(keys ...string) (Lock, error) {
	var l Lock
	for _, key := range keys {
		text := []byte(key)
		if !strings.HasPrefix(key, "age1") {
			var err error
			if text, err = readSmall(key); err != nil {
				return Lock{}, refuse(NotKey, key)
			}
		}
		found, err := age.ParseRecipients(bytes.NewReader(text))
		if err != nil {
			return Lock{}, refuse(NotKey, key)
		}
		l.recipients = append(l.recipients, found...)
	}
	return l, nil
}

// seal returns a writer that seals what is written to it; it must be closed.
func (l Lock) seal(w io.Writer) (io.WriteCloser, error) {
	if len(l.recipients) == 0 {
		return nopCloser{w}, nil
	}
	return age.Encrypt(w, l.recipients...)
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// A Key opens a sealed bundle; the zero Key opens those that are not.
type Key struct {
	Passphrase string
	identities []age.Identity
}

// ReadKey reads a file of secret age keys. Error: [NotKey].
func ReadKey(path string) (Key, error) {
	text, err := readSmall(path)
	if err != nil {
		return Key{}, refuse(NotKey, path)
	}
	found, err := age.ParseIdentities(bytes.NewReader(text))
	if err != nil {
		return Key{}, refuse(NotKey, path)
	}
	return Key{identities: found}, nil
}

// NewKey makes a pair of age keys: the text of the file with the secret one, and the public one, to be handed round.
func NewKey() (secret []byte, public string, err error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, "", err
	}
	public = id.Recipient().String()
	return fmt.Appendf(nil, "# public key: %s\n%s\n", public, id), public, nil
}

// readSmall reads a file of keys, which is never long.
func readSmall(path string) ([]byte, error) {
	f, _, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, 64<<10))
}

const (
	ageStart = "age-encryption.org/v1\n"
	// maxSealHead is the longest head of a sealed bundle in bytes, some hundred keys' worth. The library would read on as
	// long as there is something.
	maxSealHead = 64 << 10
)

// sealOf looks at the beginning of a bundle.
func sealOf(r io.ReaderAt) (Seal, error) {
	start := make([]byte, maxSealHead)
	n, err := r.ReadAt(start, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return Unsealed, err
	}
	start = start[:n]
	if !bytes.HasPrefix(start, []byte(ageStart)) {
		return Unsealed, nil
	}
	head, _, ended := bytes.Cut(start, []byte("\n--- "))
	switch {
	case !ended && n == maxSealHead:
		return Unsealed, refuse(TooLarge, "its head")
	case !ended:
		return Unsealed, refuse(Cut, "")
	case bytes.Contains(head, []byte("\n-> scrypt ")):
		return WithPassphrase, nil
	}
	return WithKey, nil
}

// identitiesFor returns what opens a seal, or the refusal that says what is needed.
func (k Key) identitiesFor(s Seal) ([]age.Identity, error) {
	switch {
	case s == WithPassphrase && k.Passphrase == "":
		return nil, refuse(NeedPassphrase, "")
	case s == WithPassphrase:
		id, err := age.NewScryptIdentity(strings.TrimSpace(k.Passphrase))
		if err != nil {
			return nil, refuse(NeedPassphrase, err.Error())
		}
		id.SetMaxWorkFactor(maxWorkFactor)
		return []age.Identity{id}, nil
	case len(k.identities) == 0:
		return nil, refuse(NeedKey, "")
	}
	return k.identities, nil
}

// unseal opens a sealed file for reading at any place.
func (k Key) unseal(r io.ReaderAt, size int64, s Seal) (io.ReaderAt, int64, error) {
	ids, err := k.identitiesFor(s)
	if err != nil {
		return nil, 0, err
	}
	plain, n, err := age.DecryptReaderAt(r, size, ids...)
	if err != nil {
		return nil, 0, unsealError(err, s)
	}
	return plain, n, nil
}

func unsealError(err error, s Seal) error {
	var none *age.NoIdentityMatchError
	switch {
	case strings.Contains(err.Error(), "work factor too large"): // the library has no name for it
		return refuse(TooLarge, err.Error())
	case !errors.As(err, &none):
		return because(err, Altered)
	case s == WithPassphrase:
		return refuse(WrongPassphrase, "")
	}
	return refuse(WrongKey, "")
}

package pack

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"aead.dev/minisign"
	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/scrypt"
)

// A Key is a public key of minisign's, in its one line of base64 that begins with RW. Keys are compared as they stand.
type Key string

// ParseKey reads a public key: its line alone, or the file that minisign writes. The error is [KeyFile].
func ParseKey(text []byte) (Key, error) {
	if len(text) > 4<<10 {
		return "", refuse(KeyFile, "")
	}
	line := strings.TrimSpace(string(unixLines(text)))
	if comment, rest, ok := strings.Cut(line, "\n"); ok && strings.HasPrefix(comment, "untrusted comment: ") {
		line = rest
	}
	if _, err := Key(line).public(); err != nil {
		return "", &Refusal{Why: KeyFile, Err: err}
	}
	return Key(line), nil
}

// public returns the key for verifying with, where it is one and written in its one form.
func (k Key) public() (pub minisign.PublicKey, err error) {
	if err := pub.UnmarshalText([]byte(k)); err != nil {
		return pub, err
	}
	if pub.String() != string(k) {
		return pub, errors.New("public key not in its plain form")
	}
	return pub, nil
}

// File writes the key as the .pub file of minisign's.
func (k Key) File() []byte {
	raw, err := base64.StdEncoding.DecodeString(string(k))
	if err != nil || len(raw) < 10 {
		return nil
	}
	return fmt.Appendf(nil, "untrusted comment: minisign public key %016X\n%s\n", binary.LittleEndian.Uint64(raw[2:]), k)
}

// A Secret is a key that signs.
type Secret struct{ key minisign.PrivateKey }

// NewSecret makes a key.
func NewSecret() (Secret, error) {
	_, key, err := minisign.GenerateKey(rand.Reader)
	return Secret{key}, err
}

// Key returns the public key that verifies what the secret one signs.
func (s Secret) Key() Key { return Key(s.key.Public().(minisign.PublicKey).String()) }

// sign signs a text with a trusted comment. The other comment says nothing: it is covered by nothing.
func (s Secret) sign(text []byte, comment string) []byte {
	r := minisign.NewReader(bytes.NewReader(text))
	_, _ = bytes.NewBuffer(nil).ReadFrom(r) // from memory, without errors
	return r.SignWithComments(s.key, comment, "signature of a fanal pack")
}

// The cost of opening a secret key with its passphrase: 128 MiB and half a second on an old laptop. The library's own way,
// and minisign's, asks for 1 GiB, which a laptop with 2 GB may not have to give; the file says what it asks for, and both
// read it.
const (
	kdfOps = 1 << 22
	kdfMem = 1 << 27
	kdfN   = 1 << 17 // what minisign makes of the two: kdfMem / (128 × 8)
)

// File writes the secret key as the file of minisign's, sealed with a passphrase. An empty passphrase is a passphrase.
func (s Secret) File(passphrase string) ([]byte, error) {
	open, err := s.key.MarshalText()
	if err != nil {
		return nil, err
	}
	comment, line, _ := bytes.Cut(open, []byte("\n"))
	raw, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(line)))
	if err != nil || len(raw) != lenSecret {
		return nil, errors.Join(errors.New("secret key of another form"), err)
	}
	le := binary.LittleEndian
	le.PutUint16(raw[2:], kdfScrypt)
	if _, err := rand.Read(raw[6:38]); err != nil {
		return nil, err
	}
	le.PutUint64(raw[38:], kdfOps)
	le.PutUint64(raw[46:], kdfMem)
	sum := blake2b.Sum256(append([]byte{'E', 'd'}, raw[54:126]...))
	copy(raw[126:], sum[:])
	stream, err := scrypt.Key([]byte(passphrase), raw[6:38], kdfN, 8, 1, lenSecret-54)
	if err != nil {
		return nil, err
	}
	subtle.XORBytes(raw[54:], raw[54:], stream)
	return fmt.Appendf(nil, "%s\n%s\n", comment, base64.StdEncoding.EncodeToString(raw)), nil
}

// The parts of a secret key's file: the kinds of signature, seal and checksum (2 bytes each), salt (32), the cost in
// operations and in memory (8 each), then, sealed, the key's id (8), the key (64) and a BLAKE2b-256 of kind, id and key.
const (
	lenSecret = 158
	kdfScrypt = 0x6353
)

// Sealed tells whether a secret key's file needs a passphrase.
func Sealed(file []byte) bool { return minisign.IsEncrypted(unixLines(file)) }

// OpenSecret reads the file of a secret key, ours or minisign's, with the passphrase where it is sealed. The errors are
// [KeyFile] and [Passphrase].
func OpenSecret(file []byte, passphrase string) (Secret, error) {
	file = unixLines(file)
	raw, err := secretBytes(file)
	if err != nil {
		return Secret{}, err
	}
	var key minisign.PrivateKey
	if !Sealed(file) {
		if err := key.UnmarshalText(file); err != nil {
			return Secret{}, &Refusal{Why: KeyFile, Err: err}
		}
		return whole(key)
	}
	if le := binary.LittleEndian; le.Uint64(raw[38:]) > 1<<25 || le.Uint64(raw[46:]) > 1<<30 {
		return Secret{}, refuse(KeyFile, "")
	}
	if key, err = minisign.DecryptKey(passphrase, file); err != nil {
		return Secret{}, &Refusal{Why: Passphrase, Err: err}
	}
	return whole(key)
}

// whole refuses a secret key whose public half is not its own: signing with such a one gives the secret half away.
func whole(key minisign.PrivateKey) (Secret, error) {
	s := Secret{key}
	text := []byte("fanal")
	pub, err := s.Key().public()
	if err != nil || !minisign.Verify(pub, text, s.sign(text, "fanal")) {
		return Secret{}, refuse(KeyFile, "")
	}
	return s, nil
}

func secretBytes(file []byte) ([]byte, error) {
	lines := strings.SplitN(string(file), "\n", 3)
	if len(file) > 4<<10 || len(lines) < 2 || !strings.HasPrefix(lines[0], "untrusted comment: ") {
		return nil, refuse(KeyFile, "")
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(lines[1]))
	if err != nil || len(raw) != lenSecret {
		return nil, &Refusal{Why: KeyFile, Err: err}
	}
	return raw, nil
}

func unixLines(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")) }

// Words returns the key's fingerprint, six short words that two people can compare aloud in any of the four languages:
// 66 bits of a SHA-256, more than anyone can search for a second key with the same words.
func (k Key) Words() string {
	sum := sha256.Sum256([]byte(k))
	words := make([]string, 6)
	for i := range words {
		at, skip := 11*i/8, 11*i%8
		three := uint32(sum[at])<<16 | uint32(sum[at+1])<<8 | uint32(sum[at+2])
		words[i] = word(int(three >> (13 - skip) & 0x7ff))
	}
	return strings.Join(words, " ")
}

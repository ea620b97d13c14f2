package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"aead.dev/minisign"
)

// A Signature says who signed a pack, and what they said that it is. All of it stands in the trusted comment, which the
// signature covers; minisign's other comment is covered by nothing, and never shown.
type Signature struct {
	Key     Key
	Module  string // id
	Version string
	Sum     [sha256.Size]byte // of fanal.sum
}

// maxSignature is more bytes than any signature of ours takes, with whatever Debian's minisign says in the other comment.
const maxSignature = 4 << 10

// comment writes what the trusted comment says. The key is in it because a minisign signature only names its key: with it
// a laptop that has never met the signer can say which key it was, and trust it from then on.
func (s *Signature) comment() string {
	return fmt.Sprintf("fanal %s %s sha256:%s key:%s", s.Module, s.Version, hex.EncodeToString(s.Sum[:]), s.Key)
}

// parseComment reads what [Signature.comment] writes, to the byte.
func parseComment(comment string) (*Signature, bool) {
	fields := strings.Split(comment, " ")
	if len(fields) != 5 {
		return nil, false
	}
	s := &Signature{Module: fields[1], Version: fields[2], Key: Key(strings.TrimPrefix(fields[4], "key:"))}
	sum, err := hex.DecodeString(strings.TrimPrefix(fields[3], "sha256:"))
	if err != nil || len(sum) != sha256.Size {
		return nil, false
	}
	copy(s.Sum[:], sum)
	return s, s.comment() == comment && plain(s.Module) && plain(s.Version)
}

// plain tells whether an id or a version is of a form that can be shown: it comes from a signer whom nobody may know.
func plain(s string) bool {
	return s != "" && len(s) <= 100 && strings.IndexFunc(s, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-+", r)
	}) < 0
}

// readSignature reads and verifies the signature of fanal.sum.
func readSignature(r io.ReaderAt, e *entry, text []byte) (*Signature, error) {
	if e.method != stored || e.size > maxSignature {
		return nil, refuse(BadSign, SignName)
	}
	raw, err := readEntry(r, e)
	if err != nil {
		return nil, err
	}
	return checkSignature(raw, text)
}

// checkSignature verifies a signature of the text of fanal.sum. It proves that the holder of the key that the signature
// names has signed this text as this module and version; whom the key belongs to is for the [Keyring] to say.
func checkSignature(raw, text []byte) (*Signature, error) {
	ms, err := exactSignature(raw)
	if err != nil {
		return nil, err
	}
	s, ok := parseComment(ms.TrustedComment)
	if !ok {
		return nil, refuse(SignOther, SignName)
	}
	pub, err := s.Key.public()
	switch {
	case err != nil:
		return nil, &Refusal{Why: BadSign, Name: SignName, Err: err}
	case pub.ID() != ms.KeyID:
		return nil, refuse(SignKey, SignName)
	case !minisign.Verify(pub, text, raw):
		return nil, refuse(WrongSign, SignName)
	case s.Sum != sha256.Sum256(text):
		return nil, refuse(SignOther, SignName)
	}
	return s, nil
}

// exactSignature reads a signature that is written as minisign writes it, to the byte: its base64 is otherwise read with
// spare bits and line ends in it, and one signature would have many forms.
func exactSignature(raw []byte) (ms minisign.Signature, err error) {
	if err := ms.UnmarshalText(raw); err != nil {
		return ms, &Refusal{Why: BadSign, Name: SignName, Err: err}
	}
	if exact, err := ms.MarshalText(); err != nil || !bytes.Equal(exact, raw) {
		return ms, &Refusal{Why: BadSign, Name: SignName, Err: err}
	}
	return ms, nil
}

// A Signer makes the signature of a module: it is given the text of fanal.sum and what the module is.
type Signer func(text []byte, module, version string) (signature []byte, err error)

// SignWith returns the signer that signs with a secret key.
func SignWith(secret Secret) Signer {
	return func(text []byte, module, version string) ([]byte, error) {
		s := Signature{Key: secret.Key(), Module: module, Version: version, Sum: sha256.Sum256(text)}
		return secret.sign(text, s.comment()), nil
	}
}

// SignedBy returns the signer that hands on a signature made elsewhere, by Debian's minisign for one, after verifying that
// it is one of this module. Its trusted comment must be what [Comment] writes.
func SignedBy(signature []byte) Signer {
	return func(text []byte, module, version string) ([]byte, error) {
		s, err := checkSignature(signature, text)
		if err != nil {
			return nil, err
		}
		if s.Module != module || s.Version != version {
			return nil, refuse(SignOther, SignName)
		}
		return signature, nil
	}
}

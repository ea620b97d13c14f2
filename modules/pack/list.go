package pack

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"aead.dev/minisign"
)

// A List is what a signer says about keys: which of its own follows, and which are withdrawn. It travels as a text file,
// NAME.keys, beside its signature, NAME.keys.minisig, which minisign makes and verifies too. Clocks being wrong, it has a
// sequence and no date: of a signer's lists, the one with the highest sequence holds, and says all that the signer has to
// say.
type List struct {
	Signer   Key
	Sequence uint64
	Next     Key   // follows the signer's key; "" when none does
	Revoked  []Key // withdrawn: nothing that they signed is to be taken any more
}

// ListExt is how the name of a list ends, and SignExt what its signature adds.
const (
	ListExt = ".keys"
	SignExt = ".minisig"
)

const (
	maxList    = 64 << 10 // bytes
	listHeader = "fanal keys 1"
)

// Text writes the list in its one form.
func (l *List) Text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\nsigner %s\nsequence %d\n", listHeader, l.Signer, l.Sequence)
	if l.Next != "" {
		fmt.Fprintf(&b, "next %s\n", l.Next)
	}
	sorted := slices.Sorted(slices.Values(l.Revoked))
	for _, k := range slices.Compact(sorted) {
		fmt.Fprintf(&b, "revoked %s\n", k)
	}
	return b.Bytes()
}

// Sign signs the list with the secret half of its signer's key.
func (l *List) Sign(secret Secret) (signature []byte, err error) {
	if secret.Key() != l.Signer {
		return nil, refuse(SignKey, "")
	}
	return secret.sign(l.Text(), listHeader+" "+strconv.FormatUint(l.Sequence, 10)), nil
}

// ParseList reads a list and verifies that its signer has signed it. The errors are [NotList] and [WrongSign], and
// [BadSign]. Whether the signer has a say is for [Keyring.Take].
func ParseList(text, signature []byte) (*List, error) {
	l, ok := parseList(text)
	if !ok {
		return nil, refuse(NotList, "")
	}
	if len(signature) > maxSignature {
		return nil, refuse(BadSign, "")
	}
	if _, err := exactSignature(signature); err != nil {
		return nil, err
	}
	pub, err := l.Signer.public()
	if err != nil || !minisign.Verify(pub, text, signature) {
		return nil, refuse(WrongSign, "")
	}
	return l, nil
}

func parseList(text []byte) (*List, bool) {
	if len(text) > maxList {
		return nil, false
	}
	l := &List{}
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		word, value, _ := strings.Cut(line, " ")
		switch {
		case i == 0 && line == listHeader:
		case i == 0:
			return nil, false
		case word == "sequence":
			l.Sequence, _ = strconv.ParseUint(value, 10, 63)
		default:
			if _, err := Key(value).public(); err != nil {
				return nil, false
			}
			switch word {
			case "signer":
				l.Signer = Key(value)
			case "next":
				l.Next = Key(value)
			case "revoked":
				l.Revoked = append(l.Revoked, Key(value))
			}
		}
	}
	// The one form: what was not understood, was written twice or in another order does not come back the same.
	return l, l.Signer != "" && l.Sequence > 0 && bytes.Equal(l.Text(), text)
}

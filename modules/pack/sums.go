package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// The two files of a pack that are about the others.
const (
	SumsName = "fanal.sum"
	SignName = "fanal.sum.minisig"
)

// sums says what each file must be: SHA-256 by path.
type sums map[string][sha256.Size]byte

// text writes sums as fanal.sum has them: a line a file, sorted, as `sha256sum -c` reads them.
func (s sums) text() []byte {
	names := make([]string, 0, len(s))
	for name := range s {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	for _, name := range names {
		sum := s[name]
		b.WriteString(hex.EncodeToString(sum[:]))
		b.WriteString("  ")
		b.WriteString(name)
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// parseSums reads fanal.sum, which must be as text writes it, to the byte. The errors are BadSums, and those of [CheckName].
func parseSums(text []byte) (sums, error) {
	s := sums{}
	for line := range strings.Lines(string(text)) {
		if len(s) == MaxFiles {
			return nil, refuse(TooMany, "")
		}
		const lenHex = 2 * sha256.Size
		if len(line) < lenHex+3 {
			return nil, refuse(BadSums, SumsName)
		}
		name := strings.TrimSuffix(line[lenHex+2:], "\n")
		var sum [sha256.Size]byte
		if _, err := hex.Decode(sum[:], []byte(line[:lenHex])); err != nil {
			return nil, refuse(BadSums, SumsName)
		}
		if err := CheckName(name); err != nil {
			return nil, err
		}
		if name == SumsName || name == SignName {
			return nil, refuse(BadSums, SumsName)
		}
		s[name] = sum
	}
	if len(s) == 0 || !bytes.Equal(s.text(), text) {
		return nil, refuse(BadSums, SumsName)
	}
	return s, nil
}

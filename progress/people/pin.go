package people

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"unicode"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// What a PIN must be: so many digits at least, or so many words of our lists.
const (
	MinDigits = 4
	maxDigits = 32
	pinWords  = 3
)

// The cost of one try: 24 MiB (25 MB, on laptops with 1 GB) and eight passes over them, about 100 ms on the machine where
// it was measured and three times that where the processor is a narrow one of 32 bits. The values stand in every hash, so
// that they can change.
const (
	argonMemory = 24 << 10 // KiB
	argonTime   = 8
	argonLanes  = 1
	saltSize    = 16
	sumSize     = 32
)

// What of a hash is believed: one from a stick must neither fill the memory nor last an hour.
const (
	mostMemory = 32 << 10 // KiB
	mostTime   = 16
	mostLanes  = 4
)

// ErrPIN: what was typed cannot be a PIN. See [PINError].
var ErrPIN = errors.New("people: not a PIN")

// A PINError says why something cannot be a PIN: too few digits, or not three words, or a word that is in none of our lists.
type PINError struct {
	why  string
	Word string // the one that is not known
}

// Error implements error.
func (e *PINError) Error() string { return fmt.Sprintf("%v: %s %q", ErrPIN, e.why, e.Word) }

// Is makes a PINError an [ErrPIN].
func (e *PINError) Is(target error) bool { return target == ErrPIN }

// Spoken returns the message that says it to a person.
func (e *PINError) Spoken() (string, map[string]any) {
	return "pin-bad-" + e.why, map[string]any{"Word": e.Word, "Digits": MinDigits}
}

// folded returns what was typed as it is compared: lower case, without accents, words parted by one space each; digits,
// of whatever script, without anything between them.
func folded(typed string) string {
	s := strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae", "ß", "ss").Replace(norm.NFKD.String(typed))
	var b strings.Builder
	digits, letters := 0, 0
	for _, r := range strings.ToLower(s) {
		switch {
		case unicode.Is(unicode.Nd, r):
			digits++
			b.WriteByte(byte('0' + digit(r)))
		case unicode.IsLetter(r):
			letters++
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(b.String())
	if digits > 0 && letters == 0 {
		return strings.Join(words, "")
	}
	return strings.Join(words, " ")
}

// digit returns the value of a decimal digit: scripts have theirs in runs of ten that begin with zero.
func digit(r rune) int {
	n := 0
	for n < 9 && unicode.Is(unicode.Nd, r-rune(n)-1) {
		n++
	}
	return n
}

// Check says whether something may be a new PIN: four digits or more, or three words of our lists, in any of the four
// languages. Error: [ErrPIN].
func Check(typed string) error {
	pin := folded(typed)
	if strings.Trim(pin, "0123456789") == "" {
		if len(pin) < MinDigits || len(pin) > maxDigits {
			return &PINError{why: "digits"}
		}
		return nil
	}
	words := strings.Fields(pin)
	if len(words) != pinWords {
		return &PINError{why: "words"}
	}
	for _, w := range words {
		if !known()[w] {
			return &PINError{why: "word", Word: w}
		}
	}
	return nil
}

// Hash returns what is kept of a PIN: an argon2id hash with a salt of its own, in PHC string form. Error: [ErrPIN].
func Hash(typed string) (string, error) {
	if err := Check(typed); err != nil {
		return "", err
	}
	salt := make([]byte, saltSize)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	h := hash{argonMemory, argonTime, argonLanes, salt, nil}
	h.sum = h.of(typed, sumSize)
	return h.String(), nil
}

// Matches tells whether what was typed is the PIN that a hash was made of. A hash that is none, or that would cost too
// much, matches nothing.
func Matches(phc, typed string) bool {
	h, ok := parseHash(phc)
	if !ok || len(typed) > 1<<10 {
		return false
	}
	return subtle.ConstantTimeCompare(h.of(typed, len(h.sum)), h.sum) == 1
}

// A hash is a PHC string taken apart.
type hash struct {
	memory, time uint32
	lanes        uint8
	salt, sum    []byte
}

// of computes the hash of a PIN, and gives the memory back at once: the laptop has little.
func (h hash) of(typed string, size int) []byte {
	defer debug.FreeOSMemory()
	return argon2.IDKey([]byte(folded(typed)), h.salt, h.time, h.memory, h.lanes, uint32(size))
}

var b64 = base64.RawStdEncoding.Strict()

const phcForm = "$argon2id$v=%d$m=%d,t=%d,p=%d$%s"

// String returns the PHC string (https://github.com/P-H-C/phc-string-format).
func (h hash) String() string {
	return fmt.Sprintf(phcForm, argon2.Version, h.memory, h.time, h.lanes, b64.EncodeToString(h.salt)+"$"+b64.EncodeToString(h.sum))
}

// parseHash reads a PHC string. It takes only what [hash.String] writes, within the limits above.
func parseHash(phc string) (h hash, ok bool) {
	if len(phc) > 256 {
		return h, false
	}
	var version int
	var rest string
	if _, err := fmt.Sscanf(phc, phcForm, &version, &h.memory, &h.time, &h.lanes, &rest); err != nil {
		return h, false
	}
	salt, sum, _ := strings.Cut(rest, "$")
	var err, err2 error
	h.salt, err = b64.DecodeString(salt)
	h.sum, err2 = b64.DecodeString(sum)
	ok = err == nil && err2 == nil && version == argon2.Version && h.String() == phc &&
		h.memory >= 8*uint32(h.lanes) && h.memory <= mostMemory && h.time >= 1 && h.time <= mostTime &&
		h.lanes >= 1 && h.lanes <= mostLanes && len(h.salt) >= 8 && len(h.sum) >= 16 && len(h.sum) <= 64
	return h, ok
}

// Same tells whether two typed texts are the same but for case, accents and spaces: a PIN typed twice, a word that is
// asked for before something is erased.
func Same(a, b string) bool { return folded(a) == folded(b) }

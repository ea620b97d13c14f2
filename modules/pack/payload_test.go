package pack_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"fanal/locale"
	"fanal/modules/pack"
)

// payloads are what a stranger could write where a name or a text is expected, to steer a terminal or to deceive its reader.
var payloads = map[string]string{
	"clear screen":        "\x1b[2J",
	"move":                "\x1b[1;1H",
	"colour":              "\x1b[31mred",
	"conceal":             "\x1b[8mhidden\x1b[28m",
	"title":               "\x1b]0;pwned\a",
	"link":                "\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\",
	"clipboard":           "\x1b]52;c;cm0gLXJmIH4=\a",
	"device control":      "\x1bP$q\"p\x1b\\",
	"application command": "\x1b_G\x1b\\",
	"privacy message":     "\x1b^x\x1b\\",
	"start of string":     "\x1bXx\x1b\\",
	"reset":               "\x1bc",
	"C1 CSI":              "\u009b2J",
	"C1 OSC":              "\u009d52;c;AAAA\u009c",
	"raw C1":              "\x9b2J",
	"lone return":         "safe\rEVIL",
	"backspace":           "safe\b\b\b\bEVIL",
	"bell":                "\a\a\a",
	"NUL":                 "a\x00b",
	"delete":              "a\x7fb",
	"vertical tab":        "a\v\fb",
	"line separator":      "a\u2028b\u2029c\u0085d",
	"override":            "\u202egnp.exe",
	"isolate":             "\u2066a\u2067b\u2069",
	"zero width":          "in\u200bvi\u200dsi\u2060ble\ufeff",
	"tags":                "a\U000e0041\U000e0042b",
	"overlong":            "\xc0\x9b[2J",
	"surrogate":           "\xed\xa0\x80\xed\xb0\x80",
}

// steers tells whether a text holds what a terminal obeys or a reader cannot see. Newlines are no more welcome: all that is
// tried here stands on one line.
func steers(s string) bool {
	if strings.ToValidUTF8(s, "\x00") != s {
		return true
	}
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs)
	})
}

// What this package hands on to be shown, from wherever a stranger could have written it, steers no terminal.
func TestNothingForeignSteersTheTerminal(t *testing.T) {
	if len(payloads) != 28 {
		t.Fatalf("%d payloads", len(payloads))
	}
	secret, key := debianKey(t)
	places := map[string]func(evil string) []string{
		"a file's name": func(evil string) []string {
			return refusal(t, packOf(append([]part{{name: evil, body: "x"}}, good()...)...))
		},
		"a name in the sums": func(evil string) []string {
			a := packOf(good()...)
			a.parts[0].body = sumsOf(part{name: evil}) + a.parts[0].body
			return refusal(t, a)
		},
		"the name before a file": func(evil string) []string {
			a := packOf(good()...)
			a.parts[1].localName = evil
			return refusal(t, a)
		},
		"a signature's module": func(evil string) []string {
			sign, err := pack.SignWith(secret)([]byte(sumsOf(good()...)), "garden"+evil, "1.0.0")
			if err != nil {
				t.Fatal(err)
			}
			return refusal(t, signedBy(string(sign)))
		},
		"a signature's other comment": func(evil string) []string {
			text := strings.Replace(debianSign, "signature from", strings.ReplaceAll(evil, "\n", ""), 1)
			a := signedBy(text)
			b := a.bytes()
			if err := pack.VerifyBytes(bytes.NewReader(b), int64(len(b))); err != nil {
				return refusal(t, a)
			}
			return nil // nothing of it is kept: see TestTheOtherCommentIsNotRead
		},
		"a key's name": func(evil string) []string {
			k := mustKeyring(t, t.TempDir())
			mustTrust(t, k, key, evil)
			return []string{k.Keys()[0].Name, k.Judge(&pack.Signature{Key: key}).Name}
		},
		"a list of keys": func(evil string) []string {
			l := &pack.List{Signer: key, Sequence: 1}
			_, err := pack.ParseList(append(l.Text(), "revoked "+evil+"\n"...), []byte(debianList))
			return said(t, err)
		},
	}
	for place, show := range places {
		for name, evil := range payloads {
			for _, s := range show(evil) {
				if steers(s) {
					t.Errorf("%s in %s: %q", name, place, s)
				}
			}
		}
	}
}

// signedBy is the pack in order under a signature of any text.
func signedBy(sign string) archive {
	a := packOf(good()...)
	a.parts = slices.Insert(a.parts, 1, part{name: "fanal.sum.minisig", body: sign})
	return a
}

// refusal is what is said of a pack, which must be refused.
func refusal(t *testing.T, a archive) []string {
	t.Helper()
	b := a.bytes()
	return said(t, pack.VerifyBytes(bytes.NewReader(b), int64(len(b))))
}

// said is how an error is said, to a log and to a person.
func said(t *testing.T, err error) []string {
	t.Helper()
	var s locale.Spoken
	if !errors.As(err, &s) {
		t.Fatalf("no refusal: %v", err)
	}
	_, data := s.Spoken()
	return []string{err.Error(), fmt.Sprint(data["Name"])}
}

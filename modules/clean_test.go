package modules_test

import (
	"html"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"fanal/modules"
)

func TestCleanLeavesTextAndNothingThatActs(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"text", "Ça coûte 3 000 €, « peut-être »…\n\tو 你好 👍", "Ça coûte 3 000 €, « peut-être »…\n\tو 你好 👍"},
		{"an escape sequence", "a\x1b[2Jb", "a[2Jb"},
		{"a control of one byte in C1", "a\u009b2Jb", "a2Jb"},
		{"bell, backspace, delete", "a\a\bb\x7fc", "abc"},
		{"line ends", "a\r\nb\rc\n", "a\nb\nc\n"},
		{"a line separator", "a\u2028b", "a b"},
		{"direction", "a\u202eb\u2066c\u200fd\u061ce", "abcde"},
		{"zero width", "a\u200bb\u200dc\ufeffd\u2060e\u00adf", "abcdef"},
		{"tags", "a\U000e0041\U000e007fb", "ab"},
		{"variation", "a\ufe0fb\U000e0100c", "abc"},
		{"fillers", "a\u3164b\u115fc\u034fd", "abcd"},
		{"no character", "a\uffffb\ufdd0c\U0001fffed", "abcd"},
		{"bytes that are no UTF-8", "a\xff\xc3b", "a\ufffd\ufffdb"},
		{"a surrogate", "a\xed\xa0\x80b", "a\ufffd\ufffd\ufffdb"},
		{"an Arabic sign that is drawn", "\u0600\u0661", "\u0600\u0661"},
		{"spaces that are meant", "3\u00a0000\u202f€", "3\u00a0000\u202f€"},

		{"a reference to an escape", "&#27;[2J", "\ufffd[2J"},
		{"in other digits", "&#x1b;&#X1B;&#0027;&#x0000000000000000000000000000000000000000000001b;", "\ufffd\ufffd\ufffd\ufffd"},
		{"without its end", "&#27[2J", "\ufffd[2J"},
		{"to C1", "&#155;", "\ufffd"},
		{"to direction", "&#x202e;&rlm;", "\ufffd\ufffd"},
		{"to zero width", "&ZeroWidthSpace;&zwj;&shy;&shy", "\ufffd\ufffd\ufffd\ufffd"},
		{"to zero", "&#0;", "\ufffd"},
		{"past the last character", "&#x110000;&#4294967323;", "\ufffd\ufffd"},
		{"that comes round to a control in 32 bits", "&#XA00000001", "\ufffd"},
		{"that appears when a control goes", "&#2\x007;", "\ufffd"},
		{"that appears when another goes", "&#&#27;27;", "&#\ufffd27;"},
		{"to what may stand", "&amp;&eacute;&#233;&lt;&#10;&nbsp;", "&amp;&eacute;&#233;&lt;&#10;&nbsp;"},
		{"to nothing", "a & b &; &unknown; &# &#x; R&D", "a & b &; &unknown; &# &#x; R&D"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := modules.Clean(tt.in); got != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestCleanLineIsOneLine(t *testing.T) {
	for in, want := range map[string]string{
		" a\nb\tc\r\n":        "a b c",
		"\u00a0Prix :\u00a03": "\u00a0Prix :\u00a03",
		"\x1b":                "",
	} {
		if got := modules.CleanLine(in); got != want {
			t.Errorf("CleanLine(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"a", "&#27;", "&#2&#27;7;", "&ZeroWidthSpace;", "\x1b[2J", "\xff", "\r\n", "&#x1b", "&shy", "&#155;", "\u202e", "&amp;#27;", "é&\u00ad#27;", "&#XA00000001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := modules.Clean(s)
		if !utf8.ValidString(got) || modules.Clean(got) != got {
			t.Fatalf("Clean(%q) = %q, Clean of that = %q", s, got, modules.Clean(got))
		}
		for _, text := range []string{got, html.UnescapeString(got)} {
			if i := strings.IndexFunc(text, acts); i >= 0 {
				t.Fatalf("Clean(%q) = %q lets %q through", s, got, text[i:])
			}
		}
		if line := modules.CleanLine(s); strings.ContainsAny(line, "\n\t\r") {
			t.Fatalf("CleanLine(%q) = %q", s, line)
		}
	})
}

// acts says what no filtered text may hold, in the words of Unicode's own classes.
func acts(r rune) bool {
	return r != '\n' && r != '\t' && unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Join_Control, r) ||
		unicode.Is(unicode.Variation_Selector, r) || r >= 0xe0000 && r <= 0xe0fff || unicode.Is(unicode.Noncharacter_Code_Point, r) ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

func BenchmarkCleanLesson(b *testing.B) {
	text := strings.Repeat("Une information écrite quatre fois doit être corrigée quatre fois. R&D.\n", 150)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		modules.Clean(text)
	}
}

package people_test

import (
	"context"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"fanal/progress"
	"fanal/progress/people"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

func TestPINIsDigitsOrThreeWordsOfTheList(t *testing.T) {
	for _, good := range []string{
		"1234", " 12 34 ", "000000", "१२३४", "１２３４", "abeille maison lune", "ABEILLE  Maison, lune.", "château forêt lune",
		"casa lune house", "oeuf œuf lune",
	} {
		if err := people.Check(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", "123", "maison", "maison lune", "maison lune pain feu", "maison lune xyzzy", "12 maison lune", strings.Repeat("1", 33)} {
		if err := people.Check(bad); !errors.Is(err, people.ErrPIN) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestPINIsForgivenItsCaseAccentsAndSpaces(t *testing.T) {
	phc, err := people.Hash("Château forêt âne")
	if err != nil {
		t.Fatal(err)
	}
	if !people.Matches(phc, "  chateau FORET ane. ") {
		t.Error("the words without their accents are not the PIN")
	}
	for _, wrong := range []string{"", "chateau foret", "foret chateau ane", "1234"} {
		if people.Matches(phc, wrong) {
			t.Errorf("%q opens it", wrong)
		}
	}
	digits, err := people.Hash("12 34")
	if err != nil {
		t.Fatal(err)
	}
	if !people.Matches(digits, "1234") || people.Matches(digits, "12345") {
		t.Error("digits")
	}
	if again, _ := people.Hash("1234"); again == digits {
		t.Error("two people with one PIN have one hash")
	}
}

// A PIN comes on sticks too: one that would take all the memory, or an hour, must match nothing, quickly.
func TestForeignHashCostsLittleAndMatchesNothing(t *testing.T) {
	good, err := people.Hash("1234")
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	for _, change := range [][2]string{
		{"m=24576", "m=4194304"},
		{"t=8", "t=4000000"},
		{"p=1", "p=255"},
		{"v=19", "v=16"},
		{"argon2id", "argon2i"},
		{"m=24576", "m=1"},
		{"t=8", "t=0"},
		{"t=8", "t=08"},
		{"t=8", "t=-8"},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good {
			t.Fatalf("%s is not in %s", change[0], good)
		}
		if people.Matches(bad, "1234") {
			t.Errorf("%s matches", bad)
		}
	}
	if people.Matches(good+"x", "1234") || people.Matches(good[:len(good)-30], "1234") {
		t.Error("a hash that was cut or lengthened matches")
	}
	if d := time.Since(began); d > 5*time.Second {
		t.Errorf("it took %v", d)
	}
}

func FuzzForeignHash(f *testing.F) {
	good, err := people.Hash("1234")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good, "1234")
	f.Add("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$c3Vtc3Vtc3Vtc3Vtc3Vt", "0000")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, phc, typed string) {
		if people.Matches(phc, typed) && phc != good && !strings.HasPrefix(phc, "$argon2id$v=19$m=") {
			t.Errorf("%q opens %q", typed, phc)
		}
	})
}

func TestWordListsAreSimpleAndLongEnough(t *testing.T) {
	plain := regexp.MustCompile(`^\p{Ll}{3,11}$`)
	for _, lang := range []string{"fr", "en", "es", "it"} {
		text, err := os.ReadFile("words/" + lang + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, w := range strings.Fields(string(text)) {
			if !plain.MatchString(w) {
				t.Errorf("%s: %q is not one plain word", lang, w)
			}
			typed := strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Mn, r) {
					return -1
				}
				return r
			}, norm.NFKD.String(w))
			if seen[typed] || !people.Same(typed, w) {
				t.Errorf("%s: %q is there twice when typed without accents", lang, w)
			}
			seen[typed] = true
		}
		if len(seen) < 300 { // 300 to the third is 2,700 times ten thousand
			t.Errorf("%s: %d words", lang, len(seen))
		}
		if err := people.Check(people.Suggest(lang)); err != nil {
			t.Errorf("%s: its own proposal is refused: %v", lang, err)
		}
	}
}

// cheap is the hash of a PIN that costs next to nothing, for tests of what stands around it.
func cheap(pin string) string {
	salt := []byte("saltsalt")
	sum := argon2.IDKey([]byte(pin), salt, 1, 8, 1, 16)
	b64 := base64.RawStdEncoding
	return "$argon2id$v=19$m=8,t=1,p=1$" + b64.EncodeToString(salt) + "$" + b64.EncodeToString(sum)
}

// A clock of the test's own: how long each try was made to wait.
func slept(g *people.Gate) *[]time.Duration {
	var waits []time.Duration
	g.Sleep = func(_ context.Context, d time.Duration) error {
		waits = append(waits, d)
		return nil
	}
	return &waits
}

func TestWrongTriesSlowDownAcrossRestarts(t *testing.T) {
	dir := t.TempDir()
	l := progress.Learner{ID: nour, PIN: cheap("1234")}
	try := func(typed string) (right bool, wait time.Duration) {
		g := people.NewGate(dir) // a new start of the program each time
		waits := slept(g)
		right, err := g.TryAny(t.Context(), []progress.Learner{l}, typed)
		if err != nil || len(*waits) != 1 {
			t.Fatalf("%v %v", err, *waits)
		}
		return right, (*waits)[0]
	}
	var waits []time.Duration
	for range 7 {
		right, wait := try("9999")
		if right {
			t.Fatal("a wrong PIN opens")
		}
		waits = append(waits, wait)
	}
	want := []time.Duration{0, 0, 0, 1 * time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second}
	for i := range want {
		if waits[i] != want[i] {
			t.Fatalf("waits %v, want %v", waits, want)
		}
	}
	if right, wait := try("1234"); !right || wait != 16*time.Second {
		t.Errorf("the right PIN: %v after %v", right, wait)
	}
	if _, wait := try("9999"); wait != 0 {
		t.Errorf("after a right one it still waits %v", wait)
	}
	if w := people.NewGate(dir).Wait(ali); w != 0 {
		t.Errorf("somebody else waits %v", w)
	}
}

func TestWaitNeverGrowsBeyondAMinute(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, people.TriesFile), []byte(`{"`+nour+`":1000000000,"x":-5}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if w := people.NewGate(dir).Wait(nour); w != time.Minute {
		t.Errorf("waits %v", w)
	}
	if w := people.NewGate(dir).Wait("x"); w != 0 {
		t.Errorf("waits %v", w)
	}
}

func TestTryIsCountedBeforeItIsLookedAt(t *testing.T) {
	dir := t.TempDir()
	g := people.NewGate(dir)
	seen := -1
	phc := cheap("1234")
	for i := range 4 { // the fourth one waits: what is counted then survives pulling the plug
		if i == 3 {
			g.Sleep = func(context.Context, time.Duration) error {
				seen = people.NewGate(dir).Tries(nour)
				return context.Canceled
			}
		}
		_, _ = g.TryAny(t.Context(), []progress.Learner{{ID: nour, PIN: phc}}, "0000")
	}
	if seen != 3 {
		t.Errorf("%d tries are on the disk, want 3", seen)
	}
}

func TestMediatorTakesAForgottenPINAwayAndNothingElse(t *testing.T) {
	dir := t.TempDir()
	s, g := mustOpen(t, dir), people.NewGate(dir)
	keep(t, s, studied(nour, "Nour")...)
	keep(t, s, called(ali, "Ali"))
	if err := people.Appoint(s, ali, true); !errors.Is(err, people.ErrNeedsPIN) {
		t.Fatalf("a mediator without a PIN: %v", err)
	}
	for id, pin := range map[string]string{nour: "1234", ali: "maison lune pain"} {
		if err := people.SetPIN(s, g, id, pin); err != nil {
			t.Fatal(err)
		}
	}
	if err := people.Appoint(s, ali, true); err != nil {
		t.Fatal(err)
	}
	if err := people.RemovePIN(s, g, ali); !errors.Is(err, people.ErrNeedsPIN) {
		t.Errorf("a mediator lost the PIN: %v", err)
	}
	before, _ := s.Module(nour, "garden")
	slept(g)
	l, _ := s.Learner(nour)
	if ok, _ := g.TryAny(t.Context(), []progress.Learner{l}, "0000"); ok {
		t.Fatal("opens")
	}
	if err := people.RemovePIN(s, g, nour); err != nil {
		t.Fatal(err)
	}
	l, _ = s.Learner(nour)
	after, _ := s.Module(nour, "garden")
	if l.PIN != "" || g.Tries(nour) != 0 || len(after.Lessons) != len(before.Lessons) || after.Lessons["soil"].Answered != before.Lessons["soil"].Answered {
		t.Errorf("%+v, %d tries, %+v, before %+v", l, g.Tries(nour), after, before)
	}
	them, err := people.Mediators(s)
	if err != nil || len(them) != 1 || them[0].ID != ali {
		t.Errorf("mediators: %v %v", them, err)
	}
}

// BenchmarkPIN is what one try costs: about a tenth of a second, and at most 32 MB.
func BenchmarkPIN(b *testing.B) {
	phc, err := people.Hash("1234")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if !people.Matches(phc, "1234") {
			b.Fatal("does not match")
		}
	}
}

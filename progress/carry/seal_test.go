package carry_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fanal/progress"
	"fanal/progress/carry"
)

// save writes a sealed bundle into a new folder.
func save(t *testing.T, s *progress.Store, l carry.Lock) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "x"+carry.Ext)
	if _, err := carry.Save(context.Background(), path, s, carry.Options{}, l, false); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestASealedBundleTellsNobodyElse(t *testing.T) {
	s := studied(t)
	dir := t.TempDir()
	secret, public, err := carry.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := carry.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string][]byte{"mine": secret, "other": other, "none": []byte("# empty\n"), "public": []byte("# Inés\n" + public + "\n")}
	for name, text := range keys {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	forKey, err := carry.LockFor(filepath.Join(dir, "public"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := carry.LockFor(public); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{"age1nonsense", filepath.Join(dir, "none"), filepath.Join(dir, "nowhere")} {
		if _, err := carry.LockFor(bad); !errors.Is(err, carry.NotKey) {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if _, err := carry.LockWith("  1234567  "); !errors.Is(err, carry.ShortPassphrase) {
		t.Errorf("short: %v", err)
	}
	began := time.Now()
	phrase, err := carry.LockWith("trois mots simples")
	if err != nil {
		t.Fatal(err)
	}
	mine, err := carry.ReadKey(filepath.Join(dir, "mine"))
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := carry.ReadKey(filepath.Join(dir, "other"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := carry.ReadKey(filepath.Join(dir, "public")); !errors.Is(err, carry.NotKey) {
		t.Errorf("a public key opens: %v", err)
	}
	for name, c := range map[string]struct {
		lock carry.Lock
		seal carry.Seal
		with []carry.Key // the last one opens
		why  []carry.Reason
	}{
		"key": {forKey, carry.WithKey, []carry.Key{{}, {Passphrase: "trois mots simples"}, wrong, mine}, []carry.Reason{carry.NeedKey, carry.NeedKey, carry.WrongKey}},
		"passphrase": {
			phrase, carry.WithPassphrase,
			[]carry.Key{{}, mine, {Passphrase: "trois mots"}, {Passphrase: " trois mots simples\n"}}, // blanks around it do not count
			[]carry.Reason{carry.NeedPassphrase, carry.NeedPassphrase, carry.WrongPassphrase},
		},
	} {
		path := save(t, s, c.lock)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte("Fatou")) || bytes.Contains(text, []byte("events-")) {
			t.Errorf("%s: it can be read", name)
		}
		if seal, err := carry.SealOf(path); seal != c.seal || err != nil {
			t.Errorf("%s: seal %v, %v", name, seal, err)
		}
		for i, k := range c.with {
			b, err := carry.OpenFile(path, k)
			if i < len(c.why) {
				if !errors.Is(err, c.why[i]) {
					t.Errorf("%s %d: %v", name, i, err)
				}
				continue
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			to := progress.OpenMemory()
			if r, err := b.Merge(context.Background(), to, false, nil); err != nil || r.Added != 82 {
				t.Errorf("%s: %+v, %v", name, r, err)
			}
			if err := b.Close(); err != nil {
				t.Error(err)
			}
		}
		damagedSeal(t, path, text, c.with[len(c.with)-1])
	}
	if spent := time.Since(began); spent > 20*time.Second {
		t.Errorf("it takes %v", spent)
	}
}

// damagedSeal alters and cuts a sealed bundle: it is refused, and what is before the damage can be salvaged.
func damagedSeal(t *testing.T, path string, text []byte, k carry.Key) {
	t.Helper()
	altered := bytes.Clone(text)
	altered[len(altered)-300] ^= 1
	for name, b := range map[string][]byte{"altered": altered, "cut": text[:len(text)-9], "no head": text[:60]} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := carry.OpenFile(path, k)
		if !errors.Is(err, carry.Altered) && !errors.Is(err, carry.Cut) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestACutSealedBundleGivesWhatCameBeforeTheCut(t *testing.T) {
	s := progress.OpenMemory()
	var batch []progress.Event
	for i := range 12_000 {
		e := answer("a", "q", i%3 != 0)
		e.Seed = uint64(i) * 0x9e3779b97f4a7c15
		batch = append(batch, e)
	}
	keep(t, s, batch...)
	phrase, err := carry.LockWith("trois mots simples")
	if err != nil {
		t.Fatal(err)
	}
	path := save(t, s, phrase)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	holed := bytes.Clone(text)
	clear(holed[len(text)/2 : len(text)/2+100])
	for name, b := range map[string][]byte{"cut": text[:len(text)*3/4], "holed": holed} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := carry.Salvage(path, carry.Key{Passphrase: "trois mots simples"})
		if err != nil {
			t.Fatal(name, err)
		}
		if n := v.Sum().Events; n < 4000 || n >= 12_000 {
			t.Errorf("%s: %d of 12,000", name, n)
		}
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestCodesTellNobody exports with codes and looks for everything that says who somebody is, or links two exports.
func TestCodesTellNobody(t *testing.T) {
	s := progress.OpenMemory()
	keep(t, s, named("id-of-fatou", "Fatou Canary"), named("id-of-other", "Other Canary"))
	pin, role := "$argon2id$canary", "mediator"
	keep(t, s, progress.Event{Learner: "id-of-fatou", Verb: progress.Profiled, Profile: &progress.Profile{
		PIN: &pin, Role: &role, Settings: map[string]string{"wide": "canary"},
	}})
	typed := answer("id-of-fatou", "free", true)
	typed.Response, typed.Seed, typed.Sitting = []string{"mon canary secret"}, 4242424242, "sitting-canary"
	typed.Time = time.Date(2026, 11, 22, 14, 33, 21, 0, time.UTC)
	spaced := answer("id-of-fatou", "picked", true)
	spaced.Response = []string{"canary words"} // of a question whose kind has changed since
	keep(t, s, typed, spaced, answer("id-of-fatou", "picked", false), answer("id-of-other", "picked", true),
		progress.Event{Learner: "id-of-fatou", Verb: progress.Commented, Module: "m", Lesson: "one", Step: "t1", Text: "canary note"},
		progress.Event{Learner: "id-of-fatou", Verb: progress.Flagged, Module: "m", Lesson: "one", Step: "t1", Text: "canary flag"},
		progress.Event{Learner: "id-of-fatou", Verb: "newer-canary", Text: "canary"},
		progress.Event{Learner: "id-of-fatou", Verb: progress.Merged, Other: "id-of-other"})
	var ids []string
	for e := range s.Events("") {
		ids = append(ids, e.ID)
	}
	picked := func(module, lesson, question string) bool {
		return module == "m" && lesson == "one" && question == "picked"
	}
	texts := make([]string, 2)
	for i := range texts {
		b := bundle(t, s, carry.Options{Codes: carry.NewCodes(picked)})
		if _, err := bring(progress.OpenMemory(), b); !errors.Is(err, carry.Coded) {
			t.Errorf("codes among names: %v", err)
		}
		in, err := carry.Read(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		to := progress.OpenMemory()
		if _, err := in.Merge(context.Background(), to, true, nil); err != nil {
			t.Fatal(err)
		}
		learners, err := to.Learners()
		if err != nil || len(learners) != 1 || !strings.HasPrefix(learners[0].ID, "code-") || len(learners[0].Name) != 9 {
			t.Fatalf("%+v, %v", learners, err)
		}
		if m, err := to.Module(learners[0].ID, "m"); err != nil || m.Lessons["one"].Answered != 2 || m.Lessons["one"].Right != 2 {
			t.Errorf("how they learn is lost: %+v, %v", m, err)
		}
		texts[i] = log(t, to) + learners[0].Name
		for _, secret := range append(ids, "anary", "id-of", "sitting-", "argon", "mediator", "4242424242", "14:33", "wide") {
			if strings.Contains(texts[i], secret) {
				t.Errorf("%q is told:\n%s", secret, texts[i])
			}
		}
		if !strings.Contains(texts[i], `"response":["stale"]`) {
			t.Error("what was picked is lost")
		}
	}
	for line := range strings.Lines(texts[0]) {
		_, line, _ = strings.Cut(line, " ")
		for _, field := range strings.Split(line, ",") {
			if linking := strings.HasPrefix(field, `"id"`) || strings.HasPrefix(field, `"learner"`) || strings.HasPrefix(field, `"sitting"`); linking && strings.Contains(texts[1], field) {
				t.Errorf("two exports can be linked by %s", field)
			}
		}
	}
}

package carry_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"fanal/progress"
	"fanal/progress/carry"
)

// Somebody who means harm can make the sums right: what follows are bundles whose marks hold.

// forge writes an archive of some parts, in their order, with a mark that holds.
func forge(t testing.TB, names []string, texts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, texts[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.SetComment("fanal progress 1 " + strings.Repeat("0", 64)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return remark(b.Bytes())
}

// remark makes the mark of an archive hold.
func remark(b []byte) []byte {
	b = b[:len(b)-64]
	sum := sha256.Sum256(b)
	return append(b, hex.EncodeToString(sum[:])...)
}

// taken returns the parts of a good bundle, to be spoilt.
func taken(t testing.TB, b []byte) (names []string, texts map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	texts = map[string]string{}
	for _, f := range z.File {
		names = append(names, f.Name)
		texts[f.Name] = unzip(t, f)
	}
	return names, texts
}

// announce makes the end of a bundle say what its one part holds.
func announce(t testing.TB, texts map[string]string, spoil func(end map[string]any)) {
	t.Helper()
	var end map[string]any
	if err := json.Unmarshal([]byte(texts["end.json"]), &end); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(texts["events-0001.jsonl"]))
	part := end["parts"].([]any)[0].(map[string]any)
	part["sha256"], part["size"] = hex.EncodeToString(sum[:]), len(texts["events-0001.jsonl"])
	if spoil != nil {
		spoil(end)
	}
	text, err := json.Marshal(end)
	if err != nil {
		t.Fatal(err)
	}
	texts["end.json"] = string(text)
}

func TestForgedBundlesBringNothingIn(t *testing.T) {
	good := bundle(t, studied(t), carry.Options{})
	for name, c := range map[string]struct {
		why   carry.Reason
		forge func(names []string, texts map[string]string) []string
	}{
		"newer": {carry.Newer, func(n []string, x map[string]string) []string {
			x[n[0]] = `{"format":2}`
			return n
		}},
		"older": {carry.Odd, func(n []string, x map[string]string) []string { x[n[0]] = `{}`; return n }},
		"an escape in the head": {carry.Odd, func(n []string, x map[string]string) []string {
			x[n[0]] = `{"format":1,"made":"\u001b[2J"}`
			return n
		}},
		"a long head": {carry.TooLarge, func(n []string, x map[string]string) []string {
			x[n[0]] = `{"format":1}` + strings.Repeat(" ", 5000)
			return n
		}},
		"a long end": {carry.TooLarge, func(n []string, x map[string]string) []string {
			x[n[2]] += strings.Repeat(" ", 9<<20)
			return n
		}},
		"another order":   {carry.Odd, func(n []string, _ map[string]string) []string { return []string{n[0], n[2], n[1]} }},
		"a part more":     {carry.Odd, func(n []string, _ map[string]string) []string { return []string{n[0], n[1], "../../x", n[2]} }},
		"a part twice":    {carry.Odd, func(n []string, _ map[string]string) []string { return []string{n[0], n[1], n[1], n[2]} }},
		"a part less":     {carry.Odd, func(n []string, _ map[string]string) []string { return []string{n[0], n[2]} }},
		"no parts":        {carry.NotBundle, func([]string, map[string]string) []string { return nil }},
		"an event less":   {carry.Miscount, func(n []string, x map[string]string) []string { x[n[1]] = drop(x[n[1]]); return n }},
		"one less, quiet": {carry.Miscount, func(n []string, x map[string]string) []string { x[n[1]] = drop(x[n[1]]); announce(t, x, nil); return n }},
		"a false sum": {carry.Miscount, func(n []string, x map[string]string) []string {
			announce(t, x, func(e map[string]any) { e["xor"] = strings.Repeat("0", 32) })
			return n
		}},
		"a false learner": {carry.Miscount, func(n []string, x map[string]string) []string {
			announce(t, x, func(e map[string]any) { delete(e["learners"].(map[string]any), "a") })
			return n
		}},
		"a false module": {carry.Miscount, func(n []string, x map[string]string) []string {
			announce(t, x, func(e map[string]any) { e["modules"] = map[string]any{"m": []string{"9"}} })
			return n
		}},
		"an escape in a name": {carry.BadEvent, func(n []string, x map[string]string) []string {
			x[n[1]] = strings.Replace(x[n[1]], `"Fatou"`, `"\u001b]0;x"`, 1)
			announce(t, x, nil)
			return n
		}},
		"an endless line": {carry.BadEvent, func(n []string, x map[string]string) []string {
			x[n[1]] += strings.Repeat("x", 3<<20)
			announce(t, x, nil)
			return n
		}},
		"more events than announced": {carry.TooLarge, func(n []string, x map[string]string) []string {
			announce(t, x, func(e map[string]any) { e["events"] = 5 })
			return n
		}},
		"no events": {carry.Odd, func(n []string, x map[string]string) []string {
			announce(t, x, func(e map[string]any) { e["events"] = 0 })
			return n
		}},
	} {
		names, texts := taken(t, good)
		b := forge(t, c.forge(names, texts), texts)
		to := progress.OpenMemory()
		if _, err := bring(to, b); !errors.Is(err, c.why) {
			t.Errorf("%s: %v, not %s", name, err, c.why)
		}
		if n, _, err := to.Totals(); n != 0 || err != nil {
			t.Errorf("%s: %d events came in, %v", name, n, err)
		}
	}
}

func drop(lines string) string { return lines[strings.Index(lines, "\n")+1:] }

// TestAForgedBundleLeavesAStoreOnDiskInUse: a long history is merged another way than a short one, and fails at its end.
func TestAForgedBundleLeavesAStoreOnDiskInUse(t *testing.T) {
	s := progress.OpenMemory()
	var batch []progress.Event
	for i := range 9000 {
		batch = append(batch, answer(fmt.Sprintf("l%d", i%5), "q", true))
	}
	keep(t, s, batch...)
	names, texts := taken(t, bundle(t, s, carry.Options{}))
	texts["events-0003.jsonl"] = drop(texts["events-0003.jsonl"])
	to := open(t, t.TempDir())
	keep(t, to, named("a", "Fatou"))
	before := state(t, to)
	if _, err := bring(to, forge(t, names, texts)); !errors.Is(err, carry.Miscount) {
		t.Errorf("%v", err)
	}
	keep(t, to, answer("a", "q", true))
	if n, _, err := to.Totals(); n != 2 || err != nil || before == state(t, to) {
		t.Errorf("%d events, %v", n, err)
	}
}

// TestABombIsLaidDown unpacks to a thousand times its size.
func TestABombIsLaidDown(t *testing.T) {
	names, texts := taken(t, bundle(t, studied(t), carry.Options{}))
	for name, filling := range map[string]string{"newlines": "\n", "blanks": " "} {
		texts["events-0001.jsonl"] = strings.Repeat(filling, 48<<20)
		announce(t, texts, nil)
		b := forge(t, names, texts)
		texts["events-0001.jsonl"] = ""
		before := heap()
		if _, err := bring(progress.OpenMemory(), b); !errors.Is(err, carry.TooLarge) && !errors.Is(err, carry.BadEvent) {
			t.Errorf("%s: %v", name, err)
		}
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := carry.Salvage(path, carry.Key{})
		if err != nil {
			t.Fatal(err)
		}
		if v.Sum().Events != 0 {
			t.Errorf("%s: %d events", name, v.Sum().Events)
		}
		if err := v.Close(); err != nil {
			t.Error(err)
		}
		if grown := heap() - before; grown > 20<<20 {
			t.Errorf("%s: %d MB of memory", name, grown>>20)
		}
	}
}

// TestLongEventsInARowAreTooMany: whoever merges has thousands of events in memory.
func TestLongEventsInARowAreTooMany(t *testing.T) {
	s := progress.OpenMemory()
	rnd := rand.New(rand.NewPCG(1, 2))
	text := make([]byte, 250_000)
	var batch []progress.Event
	for range 150 {
		for i := range text {
			text[i] = 'a' + byte(rnd.UintN(26)) // does not pack, so that it is not too dense
		}
		batch = append(batch, progress.Event{Learner: "a", Verb: progress.Commented, Module: "m", Lesson: "one", Step: "t1", Text: string(text)})
	}
	keep(t, s, batch...)
	if _, err := bring(progress.OpenMemory(), bundle(t, s, carry.Options{})); !errors.Is(err, carry.TooLarge) {
		t.Errorf("%v", err)
	}
}

func heap() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapSys)
}

// TestADirectoryThatLiesIsNotBelieved: a directory of a million entries, or one that says that it is elsewhere.
func TestADirectoryThatLiesIsNotBelieved(t *testing.T) {
	good := bundle(t, studied(t), carry.Options{})
	at := len(good) - 81 - 22
	for name, spoil := range map[string]func(record []byte){
		"long":      func(r []byte) { binary.LittleEndian.PutUint32(r[12:], 1<<31) },
		"elsewhere": func(r []byte) { binary.LittleEndian.PutUint32(r[16:], 0) },
		"too many":  func(r []byte) { binary.LittleEndian.PutUint16(r[10:], 0xffff) },
		"no record": func(r []byte) { r[0] = 'x' },
		"comment":   func(r []byte) { r[20]++ },
	} {
		b := bytes.Clone(good)
		spoil(b[at : at+22])
		if _, err := bring(progress.OpenMemory(), remark(b)); !errors.Is(err, carry.Odd) {
			t.Errorf("%s: %v", name, err)
		}
	}
	huge := append(bytes.Repeat([]byte("PK\x01\x02"+strings.Repeat("\x00", 42)), 200_000), good[at:]...)
	huge = append([]byte("PK\x03\x04"), huge...)
	record := huge[len(huge)-81-22:]
	binary.LittleEndian.PutUint32(record[12:], 200_000*46)
	binary.LittleEndian.PutUint32(record[16:], 4)
	if _, err := bring(progress.OpenMemory(), remark(huge)); !errors.Is(err, carry.TooLarge) {
		t.Errorf("a huge directory: %v", err)
	}
}

func TestASealedHeadWithoutEndIsNotRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	head := "age-encryption.org/v1\n" + strings.Repeat("-> X25519 AAAA\nAAAA\n", 10_000)
	if err := os.WriteFile(path, []byte(head), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := carry.OpenFile(path, carry.Key{Passphrase: "x"}); !errors.Is(err, carry.TooLarge) {
		t.Errorf("%v", err)
	}
	// A work factor that would take four gigabytes of memory and a minute.
	text := "age-encryption.org/v1\n-> scrypt bm90aGluZyBidXQgc2FsdA 22\n" + strings.Repeat("A", 43) + "\n--- " + strings.Repeat("A", 43) + "\n" + strings.Repeat("x", 60)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := carry.OpenFile(path, carry.Key{Passphrase: "x"}); !errors.Is(err, carry.TooLarge) {
		t.Errorf("%v", err)
	}
}

func TestOnlyFilesAreBundles(t *testing.T) {
	dir := t.TempDir()
	if _, err := carry.OpenFile(dir, carry.Key{}); !errors.Is(err, carry.NotBundle) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := carry.OpenFile(filepath.Join(dir, "no"), carry.Key{}); !errors.Is(err, carry.Missing) {
		t.Errorf("nothing: %v", err)
	}
}

// FuzzRead: whatever a stick brings, reading it ends without harm, and what comes in follows from its log.
func FuzzRead(f *testing.F) {
	s := progress.OpenMemory()
	keep(f, s, named("a", "Fatou"), answer("a", "q", true), progress.Event{Learner: "a", Verb: progress.Merged, Other: "b"})
	good := bundle(f, s, carry.Options{})
	names, texts := taken(f, good)
	f.Add(good)
	f.Add(good[:len(good)-5])
	f.Add(forge(f, names[:2], texts))
	f.Add([]byte("age-encryption.org/v1\n-> scrypt x 1\n\n--- x\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 64 {
			b = remark(bytes.Clone(b)) // past the mark, where it gets interesting
		}
		to := progress.OpenMemory()
		r, err := bring(to, b)
		if err == nil && r.Now.Events == 0 {
			t.Error("nothing came in, and it says that all is well")
		}
		var refused *carry.Refusal
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("%v", err)
		}
		for e := range to.Events("") {
			if strings.ContainsAny(e.Text+e.Learner, "\x1b\u202e") {
				t.Errorf("%+v", e)
			}
		}
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if v, err := carry.Salvage(path, carry.Key{}); err == nil {
			if _, err := v.Merge(context.Background(), progress.OpenMemory(), true, nil); err != nil && !errors.Is(err, carry.Nothing) {
				t.Errorf("what was salvaged may not be kept: %v", err)
			}
			if err := v.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}

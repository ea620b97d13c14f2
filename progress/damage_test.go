package progress_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"fanal/progress"
)

// damages are what becomes of files on old disks and sticks, in careless hands and in half-finished copies. Each changes
// the bytes of a database.
var damages = []struct {
	name  string
	spoil func(rnd *rand.Rand, b []byte) []byte
}{
	{"one bit", func(rnd *rand.Rand, b []byte) []byte { b[rnd.IntN(len(b))] ^= 1 << rnd.IntN(8); return b }},
	{"some bits", func(rnd *rand.Rand, b []byte) []byte {
		for range 1 + rnd.IntN(200) {
			b[rnd.IntN(len(b))] ^= 1 << rnd.IntN(8)
		}
		return b
	}},
	{"a byte in the first pages", func(rnd *rand.Rand, b []byte) []byte {
		b[rnd.IntN(min(len(b), 6*4096))] = byte(rnd.Uint32())
		return b
	}},
	{"a sector of zeros", func(rnd *rand.Rand, b []byte) []byte { clear(part(rnd, b, 512, 1)); return b }},
	{"pages of zeros", func(rnd *rand.Rand, b []byte) []byte { clear(part(rnd, b, 4096, 1+rnd.IntN(8))); return b }},
	{"pages of noise", func(rnd *rand.Rand, b []byte) []byte { noise(rnd, part(rnd, b, 4096, 1+rnd.IntN(8))); return b }},
	{"a page in another's place", func(rnd *rand.Rand, b []byte) []byte {
		copy(part(rnd, b, 4096, 1), bytes.Clone(part(rnd, b, 4096, 1)))
		return b
	}},
	{"page headers", func(rnd *rand.Rand, b []byte) []byte {
		for range 1 + rnd.IntN(4) {
			noise(rnd, part(rnd, b, 4096, 1)[:16])
		}
		return b
	}},
	{"cut short", func(rnd *rand.Rand, b []byte) []byte { return b[:rnd.IntN(len(b))] }},
	{"half copied, the rest zeros", func(rnd *rand.Rand, b []byte) []byte { clear(b[rnd.IntN(len(b)):]); return b }},
	{"half copied, the rest noise", func(rnd *rand.Rand, b []byte) []byte { noise(rnd, b[rnd.IntN(len(b)):]); return b }},
	{"moved by some bytes", func(rnd *rand.Rand, b []byte) []byte {
		at := rnd.IntN(len(b))
		return append(b[:at:at], append(make([]byte, 1+rnd.IntN(64)), b[at:]...)...)
	}},
	{"no database at all", func(rnd *rand.Rand, _ []byte) []byte {
		b := make([]byte, rnd.IntN(40_000))
		noise(rnd, b)
		return b
	}},
}

// part returns n units somewhere in b.
func part(rnd *rand.Rand, b []byte, unit, n int) []byte {
	at := rnd.IntN(max(1, len(b)/unit-n+1)) * unit
	return b[at:min(len(b), at+n*unit)]
}

func noise(rnd *rand.Rand, b []byte) {
	for i := range b {
		b[i] = byte(rnd.Uint32())
	}
}

// TestDamagedFiles: whatever became of the database, the program opens, in time, nothing in it is wrong in silence, and
// every acknowledged answer is back, from the copy and the journal.
func TestDamagedFiles(t *testing.T) {
	t.Parallel()
	src, place, c := t.TempDir(), scratch(t), newCourt(t)
	s := open(t, src)
	const answers = 300
	for n := 1; n <= answers; n++ {
		keep(t, s, numbered(n))
		if n == answers/2 {
			if err := s.Copy(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole := map[string][]byte{}
	for path, b := range rawFiles(t, src) {
		rel, _ := filepath.Rel(src, path)
		whole[rel] = b
	}
	// The database that was not closed in order is the harder case: no fingerprint tells that it was changed.
	unclosed := map[string][]byte{}
	for name, b := range whole {
		if name != "progress.clean" {
			unclosed[name] = b
		}
	}
	salvaged, restored, files := 0, 0, 0
	for k, d := range damages {
		rnd := rand.New(rand.NewPCG(seed(), uint64(k)))
		for i := range times(4, 800) {
			given := whole
			if i%2 == 1 {
				given = unclosed
			}
			b := d.spoil(rnd, bytes.Clone(given["progress.db"]))
			spoilt := map[string][]byte{}
			for name, b := range given {
				spoilt[name] = b
			}
			spoilt["progress.db"] = b
			if i%4 == 3 { // copy and journal lost too: what is left in the file is all there is
				spoilt = map[string][]byte{"progress.db": b}
			}
			dir := layOut(t, place, spoilt)
			v := c.judge(t, dir)
			if v.Slow { // a busy machine, or a hang, which comes again
				dir = layOut(t, place, spoilt)
				v = c.judge(t, dir)
			}
			files++
			if v.Died || !v.Opened || v.Wrong != "" || len(v.invented(answers)) > 0 || i%4 != 3 && len(v.lost(answers)) > 0 {
				t.Errorf("%s, file %d: lost %v, %+v", d.name, i, v.lost(answers), v)
			}
			if i%4 == 3 && len(v.lost(answers)) > 0 && v.Recovery == nil {
				t.Errorf("%s, file %d: %d answers lost, and not a word about it", d.name, i, len(v.lost(answers)))
			}
			if v.Recovery != nil {
				restored++
				salvaged += v.Recovery.FromFile
				if aside := filepath.Join(dir, v.Recovery.Aside); !bytes.Equal(b, read(t, aside)) {
					t.Errorf("%s, file %d: what was set aside is not what was found", d.name, i)
				}
			}
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Logf("of %d damaged files %d were restored (the others had lost nothing); %d events were read in the files themselves",
		files, restored, salvaged)
}

// TestDamagedCopiesAndJournals: with a whole database, damage beside it does no harm, and the doctor finds and repairs it.
func TestDamagedCopiesAndJournals(t *testing.T) {
	dir, ids := studied(t, 60)
	for _, pattern := range []string{"copies/*", "journal/*"} {
		found, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, path := range found {
			b := read(t, path)
			noise(rand.New(rand.NewPCG(1, 2)), b[len(b)/2:len(b)/2+20])
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, b := range map[string]string{"drafts.json": "{", "progress.db.new": "half"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := fmt.Sprint(rawFiles(t, dir))
	r, err := progress.Examine(dir)
	if err != nil {
		t.Fatal(err)
	}
	found := map[progress.Ailment]int{}
	for _, f := range r.Findings {
		found[f.Ailment]++
	}
	if found[progress.CopyBad] != 1 || found[progress.JournalBad] == 0 || found[progress.DraftsBad] != 1 || found[progress.LeftOver] != 1 {
		t.Errorf("found %+v", r.Findings)
	}
	if before != fmt.Sprint(rawFiles(t, dir)) {
		t.Error("looking changed something")
	}
	if r, err = progress.Repair(dir, progress.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		if !f.Fixed {
			t.Errorf("not repaired: %+v", f)
		}
	}
	if r, err = progress.Repair(dir, progress.Options{}); err != nil || len(r.Findings) > 0 {
		t.Errorf("the second time: %+v, %v", r.Findings, err)
	}
	s := open(t, dir)
	if lost := missing(t, s, ids); lost > 0 {
		t.Errorf("%d answers lost by repairing", lost)
	}
}

// TestTheDoctorFoldsAgain: a state that does not follow from the log is found, and made anew.
func TestTheDoctorFoldsAgain(t *testing.T) {
	dir, _ := studied(t, 20)
	s := open(t, dir)
	want := progress.Dump(s)
	if err := progress.Falsify(s, "fatou"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := progress.Repair(dir, progress.Options{})
	if err != nil || len(r.Findings) != 1 || r.Findings[0].Ailment != progress.StatesWrong || !r.Findings[0].Fixed {
		t.Fatalf("%+v, %v", r, err)
	}
	if got := progress.Dump(open(t, dir)); differ(want, got) != "" {
		t.Error(differ(want, got))
	}
}

// TestStatesOfAnOlderProgramAreMadeAnew: what follows from the log follows by this program's rules.
func TestStatesOfAnOlderProgramAreMadeAnew(t *testing.T) {
	dir, _ := studied(t, 20)
	s := open(t, dir)
	want := progress.Dump(s)
	if err := errors.Join(progress.Falsify(s, "fatou"), progress.OldFold(s), s.Close()); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	if got := progress.Dump(s); differ(want, got) != "" || s.Recovery() != nil {
		t.Error(s.Recovery(), differ(want, got))
	}
}

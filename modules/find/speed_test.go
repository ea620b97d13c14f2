package find_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fanal/modules"
	"fanal/modules/find"
)

// update brings an index up to date.
func update(t testing.TB, x *find.Index, lib *modules.Library, lang string) {
	t.Helper()
	for {
		left, err := x.Update(lib, lang, time.Second)
		if err != nil {
			t.Fatal(err)
		}
		if left == 0 {
			return
		}
	}
}

// BenchmarkThousandModules is the library that the index is made for: 1,000 modules of 8 lessons. Its queries are what a
// learner types, letter by letter.
//
//	go test ./modules/find -run ^$ -bench Thousand -benchtime 20x
func BenchmarkThousandModules(b *testing.B) {
	c := newCorpus(60_000)
	lib := c.library(b, 1000)
	dir := b.TempDir()
	x := find.Open(dir)
	defer func() { _ = x.Close() }()
	start := time.Now()
	update(b, x, lib, "fr")
	built := time.Since(start)
	info, err := os.Stat(filepath.Join(dir, "search.db"))
	if err != nil {
		b.Fatal(err)
	}
	rare, common := c.words[40_000], c.words[3]
	slip := []rune(c.words[20_001])
	slip[1], slip[2] = slip[2], slip[1]
	for _, q := range []struct{ name, query string }{
		{"two letters", "co"},
		{"three letters", "con"},
		{"a common word", common + " "},
		{"a rare word", rare},
		{"three words", c.words[50] + " " + c.words[900] + " " + rare},
		{"common words", c.words[0] + " " + c.words[1] + " " + c.words[2]},
		{"a phrase", `"` + c.words[0] + " " + c.words[1] + `"`},
		{"a slip", string(slip)},
		{"nothing", "xyzzyqwop"},
	} {
		b.Run(q.name, func(b *testing.B) {
			var times []time.Duration
			found := 0
			for b.Loop() {
				start := time.Now()
				res, err := x.Search(lib, "fr", q.query, 50)
				if err != nil {
					b.Fatal(err)
				}
				found = res.Found
				times = append(times, time.Since(start))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)-1])/1e6, "max-ms")
			b.ReportMetric(float64(found), "found")
		})
	}
	b.Run("opened again", func(b *testing.B) {
		for b.Loop() {
			y := find.Open(dir)
			if _, err := y.Search(lib, "fr", rare, 50); err != nil {
				b.Fatal(err)
			}
			_ = y.Close()
		}
	})
	b.Run("all terms", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := x.Terms(lib, "fr"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Logf("text %d MB, index %d MB (%.2f times), built in %v", c.bytes>>20, info.Size()>>20, float64(info.Size())/float64(c.bytes), built.Round(time.Millisecond))
}

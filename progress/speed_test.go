package progress_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"fanal/progress"
)

// The three belong together: what keeping an answer costs, beside a bare commit of the same bytes by the library that it
// uses, and beside writing and syncing them to a file.

func BenchmarkAppend(b *testing.B) {
	s := open(b, b.TempDir())
	keep(b, s, named("fatou", "Fatou"))
	for i := 0; b.Loop(); i++ {
		e := answer("fatou", fmt.Sprintf("q%d", i%10), i%3 != 0)
		e.Lesson = fmt.Sprintf("lesson-%d", i/10%8)
		keep(b, s, e)
	}
}

func BenchmarkBareCommit(b *testing.B) {
	db, err := bolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	value := sample(b)
	for i := uint64(0); b.Loop(); i++ {
		err := db.Update(func(t *bolt.Tx) error {
			bucket, err := t.CreateBucketIfNotExists([]byte("log"))
			if err != nil {
				return err
			}
			return bucket.Put(fmt.Appendf(nil, "%024d", i), value)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBareWriteAndSync(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "bare"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	value := sample(b)
	for b.Loop() {
		if _, err := f.Write(value); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
}

// sample is as many bytes as an answer takes.
func sample(b *testing.B) []byte {
	value, err := json.Marshal(keep(b, progress.OpenMemory(), answer("fatou", "q1", true))[0])
	if err != nil {
		b.Fatal(err)
	}
	return value
}

// filled makes a store with n answers of twelve learners in a folder of its own.
func filled(b testing.TB, n int) string {
	dir := b.TempDir()
	s := open(b, dir)
	const step = 10_000
	for i := 0; i < n; i += step {
		var batch []progress.Event
		for j := i; j < min(i+step, n); j++ {
			e := answer(fmt.Sprintf("learner-%d", j%12), fmt.Sprintf("q%d", j/12%10), j%3 != 0)
			e.Lesson = fmt.Sprintf("lesson-%d", j/120%8)
			e.Module = fmt.Sprintf("module-%d", j/960%3)
			e.Sitting = fmt.Sprintf("sitting-%d", j/600)
			batch = append(batch, e)
		}
		keep(b, s, batch...)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return dir
}

// BenchmarkHome is what the home screen asks of the store, from opening it, however long the history is.
func BenchmarkHome(b *testing.B) {
	for _, n := range []int{100, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := filled(b, n)
			for b.Loop() {
				s, err := progress.Open(dir, progress.Options{})
				if err != nil {
					b.Fatal(err)
				}
				learners, err := s.Learners()
				if err != nil || len(learners) != 12 {
					b.Fatal(len(learners), err)
				}
				sum, err := s.Summary("learner-3")
				if err != nil || sum.Events == 0 {
					b.Fatal(sum, err)
				}
				if _, err := s.Modules("learner-3"); err != nil {
					b.Fatal(err)
				}
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSummary(b *testing.B) {
	for _, n := range []int{100, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := open(b, filled(b, n))
			for b.Loop() {
				if sum, err := s.Summary("learner-3"); err != nil || sum.Events == 0 {
					b.Fatal(sum, err)
				}
			}
		})
	}
}

// BenchmarkCopy makes and verifies a copy of 100,000 answers.
func BenchmarkCopy(b *testing.B) {
	s := open(b, filled(b, 100_000))
	for b.Loop() {
		if err := s.Copy(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMerge brings 100,000 answers from another laptop into an empty store, and says how high the heap rose.
func BenchmarkMerge(b *testing.B) {
	from := open(b, filled(b, 100_000))
	peak := uint64(0)
	for b.Loop() {
		b.StopTimer()
		to := open(b, b.TempDir())
		stop := watchHeap(&peak)
		b.StartTimer()
		if n, err := to.Merge(from.Events("")); err != nil || n != 100_000 {
			b.Fatal(n, err)
		}
		b.StopTimer()
		stop()
		b.StartTimer()
	}
	b.ReportMetric(float64(peak)/(1<<20), "MB-heap")
}

// watchHeap notes the highest heap until it is stopped.
func watchHeap(peak *uint64) (stop func()) {
	done, ended := make(chan bool), make(chan bool)
	go func() {
		defer close(ended)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			*peak = max(*peak, m.HeapInuse)
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	return func() {
		close(done)
		<-ended
	}
}

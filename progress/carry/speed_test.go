package carry_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"fanal/progress"
	"fanal/progress/carry"
)

// filled is a store on the disk with n answers of twelve learners, as a year of workshops leaves it.
func filled(b testing.TB, n int) *progress.Store {
	s := open(b, b.TempDir())
	const step = 10_000
	for i := 0; i < n; i += step {
		var batch []progress.Event
		for j := i; j < min(i+step, n); j++ {
			e := answer(fmt.Sprintf("0d8f0f3e-1111-4222-8333-%012d", j%12), fmt.Sprintf("question-%d", j/12%10), j%3 != 0)
			e.Lesson, e.Module = fmt.Sprintf("lesson-%d", j/120%8), fmt.Sprintf("module-%d", j/960%3)
			e.Sitting = fmt.Sprintf("5a1b0f3e-1111-4222-8333-%012d", j/600)
			e.Seed, e.Millis = uint64(j)*0x9e3779b97f4a7c15, int64(j*7919%90_000)
			batch = append(batch, e)
		}
		keep(b, s, batch...)
	}
	return s
}

const year = 100_000

// BenchmarkExport writes 100,000 answers into a bundle, reads it back and checks it.
func BenchmarkExport(b *testing.B) {
	s := filled(b, year)
	path := filepath.Join(b.TempDir(), "x"+carry.Ext)
	measured(b, func() {
		if _, err := carry.Save(context.Background(), path, s, carry.Options{}, carry.Lock{}, true); err != nil {
			b.Fatal(err)
		}
	})
	if info, err := os.Stat(path); err == nil {
		b.ReportMetric(float64(info.Size())/1e6, "MB-file")
	}
}

// BenchmarkImport merges a bundle of 100,000 answers into an empty data folder.
func BenchmarkImport(b *testing.B) {
	benchmarkImport(b, func() *progress.Store { return open(b, b.TempDir()) })
}

// BenchmarkImportAmong merges it into a folder that has as many others.
func BenchmarkImportAmong(b *testing.B) {
	benchmarkImport(b, func() *progress.Store { return filled(b, year) })
}

func benchmarkImport(b *testing.B, fresh func() *progress.Store) {
	path := filepath.Join(b.TempDir(), "x"+carry.Ext)
	if _, err := carry.Save(context.Background(), path, filled(b, year), carry.Options{}, carry.Lock{}, false); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		s := fresh()
		peak, stop := watchHeap()
		b.StartTimer()
		in, err := carry.OpenFile(path, carry.Key{})
		if err != nil {
			b.Fatal(err)
		}
		if r, err := in.Merge(context.Background(), s, false, nil); err != nil || r.Added != year {
			b.Fatal(r.Added, err)
		}
		b.StopTimer()
		stop()
		_ = in.Close()
		b.ReportMetric(float64(*peak)/(1<<20), "MB-heap")
		b.StartTimer()
	}
}

func measured(b *testing.B, f func()) {
	for b.Loop() {
		peak, stop := watchHeap()
		f()
		stop()
		b.ReportMetric(float64(*peak)/(1<<20), "MB-heap")
	}
}

// watchHeap notes the highest heap until it is stopped.
func watchHeap() (peak *uint64, stop func()) {
	runtime.GC()
	peak = new(uint64)
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
	return peak, func() {
		close(done)
		<-ended
	}
}

package pack_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fanal/modules/pack"
)

// largePack is a pack of 60 MB, as a file. What makes a module that large is
// compressed already: pictures, sheets, office documents.
func largePack(b *testing.B) string {
	b.Helper()
	m := heavy(b, "1.0.0", 60<<20)
	path := filepath.Join(b.TempDir(), "large.fanal")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := pack.Write(b.Context(), f, m, nil, nil); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// Installing a large pack against copying its file and syncing the copy, in turns, as machines are noisy: the disk is to
// decide. What counts is the metric ratio, of the medians, which is to be 1.5 at most.
func BenchmarkInstall60MB(b *testing.B) {
	path := largePack(b)
	data := b.TempDir()
	keys, err := pack.OpenKeyring(data)
	if err != nil {
		b.Fatal(err)
	}
	s := pack.OpenShelf(data, keys)
	var copies, installs []time.Duration
	for b.Loop() {
		start := time.Now()
		copySynced(b, path, filepath.Join(data, "copy"))
		copies = append(copies, time.Since(start))
		if err := os.Remove(filepath.Join(data, "copy")); err != nil { // each is to write a new file
			b.Fatal(err)
		}
		start = time.Now()
		if _, err := s.Install(b.Context(), path, false, nil); err != nil {
			b.Fatal(err)
		}
		installs = append(installs, time.Since(start))
	}
	slices.Sort(copies)
	slices.Sort(installs)
	half := len(copies) / 2
	b.ReportMetric(float64(copies[half].Milliseconds()), "ms/copy")
	b.ReportMetric(float64(installs[half].Milliseconds()), "ms/install")
	b.ReportMetric(float64(installs[half])/float64(copies[half]), "ratio")
}

func copySynced(b *testing.B, from, to string) {
	b.Helper()
	src, err := os.Open(from)
	if err != nil {
		b.Fatal(err)
	}
	defer src.Close()
	dst, err := os.Create(to)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(dst, src); err != nil {
		b.Fatal(err)
	}
	if err := dst.Sync(); err != nil {
		b.Fatal(err)
	}
	if err := dst.Close(); err != nil {
		b.Fatal(err)
	}
}

// Filling a shelf of a thousand, and asking it for its names, which is all that a start does.
func BenchmarkShelfOf1000(b *testing.B) {
	data := b.TempDir()
	keys, err := pack.OpenKeyring(data)
	if err != nil {
		b.Fatal(err)
	}
	s := pack.OpenShelf(data, keys)
	small := packOf(good()...).bytes()
	for i := range 1000 {
		path := s.Path(fmt.Sprintf("garden-%d", i))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, small, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		ids, err := s.IDs()
		if err != nil || len(ids) != 1000 {
			b.Fatal(len(ids), err)
		}
		for _, id := range ids {
			_ = s.Module(id)
		}
	}
}

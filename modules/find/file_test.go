package find_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fanal/modules"
	"fanal/modules/find"
)

// TestMain lets the test binary be another process that looks for something.
func TestMain(m *testing.M) {
	if dir := os.Getenv("FIND_TEST_DIR"); dir != "" {
		os.Exit(anotherProcess(dir))
	}
	os.Exit(m.Run())
}

// anotherProcess brings the index of a folder up to date, says so, and, where it is told to, stays until its input ends.
func anotherProcess(dir string) int {
	lib := &modules.Library{}
	lib.Put(modules.Open(gardenFiles(""), modules.Origin{Kind: modules.Folder, Path: "garden"}))
	x := find.Open(dir)
	for left := 1; left > 0; {
		var err error
		if left, err = x.Update(lib, "fr", time.Second); err != nil {
			fmt.Println(err)
			return 1
		}
	}
	res, err := x.Search(lib, "fr", "arrosoir", 10)
	fmt.Println(len(res.Hits), err)
	if os.Getenv("FIND_TEST_STAY") != "" {
		_, _ = os.Stdin.Read(make([]byte, 1))
	}
	_ = x.Close()
	return 0
}

func process(dir string, env ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), "FIND_TEST_DIR="+dir), env...)
	return cmd
}

func TestTwoProcessesSearchInOneFolder(t *testing.T) {
	dir := t.TempDir()
	stays := process(dir, "FIND_TEST_STAY=1")
	in, err := stays.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := stays.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := stays.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 100)
	n, _ := out.Read(line)
	if got := string(line[:n]); got != "1 <nil>\n" {
		t.Fatalf("the first process says %q", got)
	}
	if got, err := process(dir).Output(); err != nil || string(got) != "1 <nil>\n" {
		t.Errorf("while another one reads: %q %v", got, err)
	}
	// What is new can be found even while another process keeps the folder's index as it is.
	lib := &modules.Library{}
	lib.Put(modules.Open(gardenFiles("Le crocodile aussi."), modules.Origin{Kind: modules.Folder, Path: "garden"}))
	x := find.Open(dir)
	update(t, x, lib, "fr")
	if got := look(t, x, lib, "fr", "crocodile"); len(got) != 1 {
		t.Errorf("found %q", got)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	_ = in.Close()
	if err := stays.Wait(); err != nil {
		t.Error(err)
	}
}

// A process that is killed while it makes the index leaves one that nobody believes.
func TestIndexThatWasNotFinishedIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	x := find.Open(dir)
	lib := newCorpus(500).library(t, 6)
	if _, err := x.Update(lib, "fr", 0); err != nil {
		t.Fatal(err)
	}
	half, err := os.ReadFile(filepath.Join(dir, "search.db"))
	if err != nil {
		t.Fatal(err)
	}
	killed := t.TempDir() // as it was on the disk at that moment
	if err := os.WriteFile(filepath.Join(killed, "search.db"), half, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = find.Open(killed)
	defer func() { _ = x.Close() }()
	res, err := x.Search(lib, "fr", newCorpus(500).words[0], 10)
	if err != nil || res.Missing != 6 {
		t.Errorf("before it is made anew: %d missing, %v", res.Missing, err)
	}
	update(t, x, lib, "fr")
	if res, err = x.Search(lib, "fr", newCorpus(500).words[0], 10); err != nil || res.Missing != 0 || len(res.Hits) != 10 {
		t.Errorf("after: %d missing, %d hits, %v", res.Missing, len(res.Hits), err)
	}
}

func TestDamagedIndexIsMadeAnewAndNeverEndsTheProgram(t *testing.T) {
	lib := garden(t)
	dir := t.TempDir()
	x := find.Open(dir)
	update(t, x, lib, "fr")
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	db, sum := filepath.Join(dir, "search.db"), filepath.Join(dir, "search.sum")
	good, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	goodSum, err := os.ReadFile(sum)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range 60 {
		bad, badSum := bytes.Clone(good), goodSum
		switch i % 6 {
		case 0:
			bad = bad[:rng.IntN(len(bad))]
		case 1:
			bad = nil
		case 2:
			badSum = badSum[:rng.IntN(len(badSum))]
		case 3:
			clear(bad[:rng.IntN(8192)+1])
		default:
			for range 1 + rng.IntN(20) {
				bad[rng.IntN(len(bad))] ^= byte(1 << rng.IntN(8))
			}
		}
		if err := errors.Join(os.WriteFile(db, bad, 0o600), os.WriteFile(sum, badSum, 0o600)); err != nil {
			t.Fatal(err)
		}
		x := find.Open(dir)
		update(t, x, lib, "fr")
		if got := look(t, x, lib, "fr", "arrosoirs"); len(got) == 0 {
			t.Errorf("damage %d: nothing is found", i)
		}
		if err := x.Close(); err != nil {
			t.Errorf("damage %d: %v", i, err)
		}
	}
}

// The file may change under an open index: a stick goes bad, a cleaner empties the folder.
func TestIndexThatShrinksUnderOurHandsIsReplaced(t *testing.T) {
	lib := newCorpus(3000).library(t, 20)
	word := newCorpus(3000).words[5]
	dir := t.TempDir()
	x := find.Open(dir)
	defer func() { _ = x.Close() }()
	update(t, x, lib, "fr")
	if res, err := x.Search(lib, "fr", word, 10); err != nil || len(res.Hits) == 0 {
		t.Fatalf("%v %v", res, err)
	}
	if err := os.Truncate(filepath.Join(dir, "search.db"), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Search(lib, "fr", word, 10); err != nil {
		t.Fatal(err)
	}
	update(t, x, lib, "fr")
	if res, err := x.Search(lib, "fr", word, 10); err != nil || len(res.Hits) == 0 {
		t.Errorf("after: %d hits, %v", len(res.Hits), err)
	}
}

func TestFolderThatCannotBeWrittenToOrIsNoneIsNoHindrance(t *testing.T) {
	lib := garden(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"a guest has none": "", "a file stands there": filepath.Join(file, "data")} {
		x := find.Open(dir)
		update(t, x, lib, "fr")
		if got := look(t, x, lib, "fr", "arrosoirs"); len(got) == 0 {
			t.Errorf("%s: nothing is found", name)
		}
		if err := x.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), "fanal-search-*"))
	for _, f := range left {
		if info, err := os.Stat(f); err == nil && time.Since(info.ModTime()) < time.Minute && strings.HasSuffix(f, ".db") {
			t.Errorf("%s is left behind", f)
		}
	}
}

func TestOneMaySearchWhileAnotherUpdates(t *testing.T) {
	c := newCorpus(3000)
	lib := c.library(t, 12)
	x := find.Open(t.TempDir())
	defer func() { _ = x.Close() }()
	var wg sync.WaitGroup
	done := make(chan struct{})
	for range 2 {
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-done:
					return
				default:
				}
				if _, err := x.Search(lib, "fr", c.words[i%50], 5); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for left := 1; left > 0; {
		var err error
		if left, err = x.Update(lib, "fr", time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	wg.Wait()
	if res, err := x.Search(lib, "fr", c.words[0], 5); err != nil || res.Missing != 0 {
		t.Errorf("%d missing, %v", res.Missing, err)
	}
}

package progress

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"
)

// A damaged bbolt file can end the process that maps it, beyond recover, or keep it busy for ever. A file that was not
// closed in order is therefore looked at by a child process first: this same program, told by a hidden argument.

// mostData is how much memory in bytes a check may take. A whole file of a million answers needs a tenth of it; a damaged one
// that says it has a billion free pages must not push a laptop with 2 GB into its swap.
const mostData = 512 << 20

const (
	checkArgument = "progress-check-file"
	patience      = 5
	exitDamaged   = 3
	exitNewer     = 4
)

var hooked bool

// CheckMain lets the program serve as its own child: main calls it before anything else. In the child it does not return.
// Where no main calls it (a test of another package), a file is looked at in the process itself, less thoroughly.
func CheckMain() {
	hooked = true
	if len(os.Args) != 3 || os.Args[1] != checkArgument {
		return
	}
	boundChild(checkTime(os.Args[2]))
	err := checkFile(os.Args[2], true)
	var newer *NewerError
	switch {
	case err == nil:
		os.Exit(0)
	case errors.As(err, &newer):
		fmt.Println(newer.Format)
		os.Exit(exitNewer)
	}
	fmt.Println(err)
	os.Exit(exitDamaged)
}

// boundChild keeps a damaged file from eating the machine: a loop among its pages overflows a small stack soon.
func boundChild(cpu time.Duration) {
	debug.SetMaxStack(64 << 20)
	debug.SetMemoryLimit(mostData / 2)
	limitProcess(cpu)
}

// checkTime is how much of the processor's time a check may take: three seconds, and more for a large file. A file that
// needs more keeps it busy for ever. By the clock it may take patience times as long: an old machine that is still starting
// is slow, and its file no worse for it.
func checkTime(path string) time.Duration {
	limit := 3 * time.Second
	if info, err := os.Stat(path); err == nil {
		limit += time.Duration(info.Size()/(5<<20)) * time.Second
	}
	return limit
}

// inspect says whether a database may be mapped: nil, [ErrDamaged], [ErrNewer], or why it cannot be read.
func inspect(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return classify(err)
	}
	info, err := f.Stat()
	f.Close()
	switch {
	case err != nil:
		return classify(err)
	case !info.Mode().IsRegular():
		return damaged("not a file")
	case info.Size() == 0:
		return damaged("empty")
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience*checkTime(path))
	defer cancel()
	self, err := os.Executable()
	if !hooked || err != nil {
		return inspectHere(ctx, path)
	}
	cmd := exec.CommandContext(ctx, self, checkArgument, path)
	cmd.Env = append(os.Environ(), "GOTRACEBACK=none")
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return damaged("the check does not end")
	case !errors.As(err, &exit):
		return inspectHere(ctx, path) // no child to be had: too little memory, a program that was moved
	}
	said := strings.TrimSpace(string(out))
	switch exit.ExitCode() {
	case exitNewer:
		e := &NewerError{}
		_, _ = fmt.Sscan(said, &e.Format)
		return e
	case exitDamaged:
		return damaged("%s", strings.TrimPrefix(said, ErrDamaged.Error()+": "))
	}
	return damaged("the check died: %v", exit)
}

func inspectHere(ctx context.Context, path string) error {
	done := make(chan error, 1)
	go func() { done <- checkFile(path, false) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return damaged("the check does not end")
	}
}

// checkFile opens a database for reading and looks at everything in it: bbolt's own check of its pages (which may end the
// process, so only a child does it), the checksum of every record, the totals, and what is linked.
func checkFile(path string, whole bool) (err error) {
	defer recovered(&err)
	debug.SetPanicOnFault(true)
	if err := checkPages(path); err != nil {
		return err
	}
	f, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second, PreLoadFreelist: whole})
	if err != nil {
		return boltError(err)
	}
	d := &boltDB{file: f}
	format, err := readFormat(d)
	if err == nil && format > Format {
		err = &NewerError{format}
	}
	if err == nil && whole {
		if err = checkTree(f); err != nil {
			return err // it may still be looking: nothing is closed beneath it, and the child is about to end
		}
	}
	if err == nil {
		err = d.view(checkRecords)
	}
	return errors.Join(err, d.close())
}

// checkTree runs bbolt's own check until it finds something. It is not waited for after that: it goes on among pages that
// lead nowhere, and on some of them for ever.
func checkTree(f *bolt.DB) error {
	t, err := f.Begin(false)
	if err != nil {
		return boltError(err)
	}
	for e := range t.Check() {
		return damaged("%v", e)
	}
	return t.Rollback()
}

// checkRecords checks every record by its checksum, and the log by its totals.
func checkRecords(t tx) error {
	var want, got totals
	if err := readState(t, bucketMeta, keyTotals, &want); err != nil {
		return err
	}
	var before []byte
	for key, sealed := range t.from(bucketLog, nil) {
		if len(key) != keySize || bytes.Compare(key, before) <= 0 {
			return damaged("event %x is out of place", key)
		}
		if _, ok := unseal(key, sealed); !ok {
			return damaged("the checksum of event %x is wrong", key)
		}
		if linksSomebody(sealed) && t.get(bucketLinks, key) == nil {
			if e, err := readRecord(key, sealed); err != nil || e.linking() {
				return damaged("event %x is not linked", key)
			}
		}
		before = bytes.Clone(key)
		got.Events++
		got.add(key)
	}
	if got != want {
		return damaged("%d events where there should be %d", got.Events, want.Events)
	}
	for key := range t.from(bucketLinks, nil) {
		if t.get(bucketLog, key) == nil {
			return damaged("link %x leads nowhere", key)
		}
	}
	return checkStates(t)
}

// linksSomebody tells cheaply whether an event may be one of the few that are linked.
func linksSomebody(sealed []byte) bool {
	return bytes.Contains(sealed, []byte(`"verb":"`+Merged)) || bytes.Contains(sealed, []byte(`"verb":"`+Erased))
}

// checkStates checks that every state is there, and the one that was written last.
func checkStates(t tx) error {
	fold := 0
	if err := readState(t, bucketMeta, keyFold, &fold); err != nil {
		return err
	}
	if fold != foldVersion {
		return nil // they will be made anew
	}
	var want, got statesSum
	if err := readState(t, bucketMeta, keyStates, &want); err != nil {
		return err
	}
	for _, bucket := range stateBuckets {
		for key, sealed := range t.from(bucket, nil) {
			if _, ok := unseal(sumKey(bucket, string(key)), sealed); !ok {
				return damaged("the checksum of %s %q is wrong", bucket, key)
			}
			got.count(sealed, true)
		}
	}
	if got != want {
		return damaged("%d states where there should be %d, or others", got.Records, want.Records)
	}
	return nil
}

// besides returns the files in a folder that were being written when something ended the program.
func besides(dir string) (paths []string) {
	for _, sub := range []string{"", journalFolder, copyFolder} {
		found, _ := filesNamed(filepath.Join(dir, sub), "", besideSuffix) // no folder, nothing in it
		paths = append(paths, found...)
	}
	return paths
}

package main

import (
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// nowhere DIR TEXT… looks into every file of a folder, unpacked where it is packed: none of the texts may be in any. With
// "!" before it, each must be in one at least.
func cmdNowhere(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: [!] nowhere DIR TEXT…")
	}
	found := map[string]string{}
	files := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		files++
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		var r io.Reader = f
		if strings.HasSuffix(path, ".gz") {
			if r, err = gzip.NewReader(f); err != nil {
				return err
			}
		}
		text, err := io.ReadAll(r)
		for _, want := range args[1:] {
			if strings.Contains(string(text)+path, want) {
				found[want] = path
			}
		}
		return err
	}))
	for _, want := range args[1:] {
		if path, ok := found[want]; ok != neg {
			ts.Fatalf("%q in %d files of %s: found %v %s", want, files, args[0], ok, path)
		}
	}
}

package main

import (
	"os"
	"regexp"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
)

// find VAR FILE REGEXP N sets a variable to what the group of the N-th match in a file holds, counted from 1.
func cmdFind(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: find VAR FILE REGEXP N")
	}
	n, err := strconv.Atoi(args[3])
	ts.Check(err)
	re, err := regexp.Compile("(?m)" + args[2])
	ts.Check(err)
	found := re.FindAllStringSubmatch(ts.ReadFile(args[1]), -1)
	if n > len(found) {
		ts.Fatalf("%d matches of %s in\n%s", len(found), args[2], ts.ReadFile(args[1]))
	}
	ts.Setenv(args[0], found[n-1][1])
}

// cut FILE N takes the last N bytes off a file.
func cmdCut(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: cut FILE N")
	}
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), info.Size()-n))
}

package main

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"fanal/progress"

	"github.com/rogpeppe/go-internal/testscript"
	bolt "go.etcd.io/bbolt"
)

// The test binary is the program: "fanal" in a script runs main.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fanal": main})
}

// TestScripts runs the scripts of testdata. Beside testscript's own commands they have those below.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               homeOfItsOwn,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": cmdExits, "json": cmdJSON, "talk": cmdTalk, "hold": cmdHold, "newer": cmdNewer, "readonly": cmdReadOnly,
			"find": cmdFind, "cut": cmdCut, "nowhere": cmdNowhere,
		},
	})
}

// homeOfItsOwn gives a script a home, a data folder and a language that do not depend on who runs it.
func homeOfItsOwn(e *testscript.Env) error {
	home := filepath.Join(e.WorkDir, "home")
	e.Setenv("HOME", home)
	e.Setenv("USERPROFILE", home)
	e.Setenv("XDG_DATA_HOME", filepath.Join(home, "data"))
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANGUAGE", "FANAL_DATA", "NO_COLOR"} {
		e.Setenv(name, "")
	}
	e.Setenv("LANG", "en_GB.UTF-8")
	e.Setenv("TERM", "xterm")
	e.Setenv("EVIL", "\x1b[31mred\u009b2J\u202edlo\u200b") // what no output may hold
	return os.MkdirAll(home, 0o777)
}

// exits CODE COMMAND… runs a command that must end with exactly this code.
func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, not %d", got, want)
	}
}

// json FILE PATH WANT compares a value of a JSON file (or stdout) with the JSON text WANT. The path goes by keys, indices
// and conditions: modules[id=small].lessons[0].state. "#" at its end is the length of a list, "keys" the keys of an object.
func cmdJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: json FILE PATH WANT")
	}
	var doc, want any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &doc))
	ts.Check(json.Unmarshal([]byte(args[2]), &want))
	got, err := lookUp(doc, args[1])
	ts.Check(err)
	if reflect.DeepEqual(got, want) == neg {
		b, _ := json.Marshal(got)
		ts.Fatalf("%s is %s", args[1], b)
	}
}

func lookUp(v any, path string) (any, error) {
	for part := range strings.FieldsFuncSeq(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		list, _ := v.([]any)
		object, _ := v.(map[string]any)
		key, value, condition := strings.Cut(part, "=")
		i, notIndex := strconv.Atoi(part)
		switch {
		case part == "#":
			v = float64(len(list))
		case part == "keys" && object != nil:
			keys := []any{}
			for k := range object {
				keys = append(keys, k)
			}
			v = float64(len(keys))
		case condition:
			v = nil
			for _, e := range list {
				if m, ok := e.(map[string]any); ok && fmt.Sprint(m[key]) == value {
					v = e
				}
			}
		case notIndex == nil && i < len(list):
			v = list[i]
		default:
			found := false
			if v, found = object[part]; !found {
				return nil, fmt.Errorf("no %q in %s", part, path)
			}
		}
	}
	return v, nil
}

// hold DIR keeps a data folder open in another program until the script ends.
func cmdHold(ts *testscript.TestScript, _ bool, args []string) {
	s, err := progress.Open(ts.MkAbs(args[0]), progress.Options{})
	ts.Check(err)
	ts.Defer(func() { ts.Check(s.Close()) })
}

// newer DIR makes the store in a data folder look like one of a newer version of the program.
func cmdNewer(ts *testscript.TestScript, _ bool, args []string) {
	db, err := bolt.Open(filepath.Join(ts.MkAbs(args[0]), "progress.db"), 0o600, &bolt.Options{Timeout: time.Second})
	ts.Check(err)
	ts.Check(db.Update(func(tx *bolt.Tx) error {
		value := strconv.AppendInt(nil, progress.Format+1, 10)
		sum := crc32.Checksum(append([]byte("meta\x00format"), value...), crc32.MakeTable(crc32.Castagnoli))
		return tx.Bucket([]byte("meta")).Put([]byte("format"), binary.BigEndian.AppendUint32(value, sum))
	}))
	ts.Check(db.Close())
}

// readonly NAME sets an environment variable to a folder that cannot be written to, whoever runs the test: no rule about
// permissions stops the superuser, but the kernel's own file systems do.
func cmdReadOnly(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs("readonly")
	ts.Check(os.MkdirAll(dir, 0o777))
	ts.Check(os.Chmod(dir, 0o555))
	ts.Defer(func() { _ = os.Chmod(dir, 0o777) })
	if f, err := os.Create(filepath.Join(dir, "try")); err == nil {
		f.Close()
		dir = "/sys"
	}
	ts.Setenv(args[0], filepath.Join(dir, "fanal"))
}

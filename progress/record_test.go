//go:build torture && linux

package progress_test

import (
	"bufio"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// calls are the system calls that change a disk.
const calls = "openat,write,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat," +
	"copy_file_range,sendfile,fallocate"

// TestRecord records a life under strace and writes it to FANAL_RECORD.
func TestRecord(t *testing.T) {
	to := os.Getenv("FANAL_RECORD")
	if to == "" {
		to = filepath.Join(t.TempDir(), "trace.gz")
	}
	dir, log := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "strace")
	cmd := exec.Command("strace", "-f", "-y", "-xx", "-s", "16777216", "-e", "signal=none", "-e", "trace="+calls, "-o", log,
		os.Args[0], dir)
	cmd.Env = append(os.Environ(), roleVariable+"=live")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	z, _ := gzip.NewWriterLevel(f, gzip.BestCompression)
	out := json.NewEncoder(z)
	kinds := map[string]int{}
	for _, o := range parseTrace(t, log, dir) {
		kinds[o.Op]++
		if err := out.Encode(o); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if kinds["ack"] != 54 || kinds["sync"] < 3*54 {
		t.Errorf("recorded %v", kinds)
	}
	t.Log(kinds)
}

var (
	resumed = regexp.MustCompile(`^<\.\.\. \w+ resumed>`)
	result  = regexp.MustCompile(`\) += (-?\d+)`)
)

// parseTrace turns what strace wrote into ops, in the order in which the calls returned.
func parseTrace(t *testing.T, log, dir string) (ops []op) {
	t.Helper()
	f, err := os.Open(log)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 128<<20)
	begun := map[string]string{}
	p := tracer{dir: dir, next: map[string]int64{}, names: map[string]bool{}}
	for in.Scan() {
		pid, call, _ := strings.Cut(in.Text(), " ")
		call = strings.TrimSpace(call)
		if start, ok := strings.CutSuffix(call, " <unfinished ...>"); ok {
			begun[pid] = start
			continue
		}
		if mark := resumed.FindString(call); mark != "" {
			call = begun[pid] + call[len(mark):]
		}
		ops = append(ops, p.parse(t, call)...)
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	return ops
}

type tracer struct {
	dir   string
	next  map[string]int64 // where the next write without an offset goes
	names map[string]bool
}

var (
	text   = regexp.MustCompile(`"((?:\\x[0-9a-f]{2})*)"`)
	opened = regexp.MustCompile(`^\w+\((\d+)<([^>]*)>`)
)

func unhex(s string) string {
	b, err := hex.DecodeString(strings.ReplaceAll(s, `\x`, ""))
	if err != nil {
		return s // strace writes the paths of descriptors as they are, or as it does strings
	}
	return string(b)
}

// below returns a path below the data folder; ok is false for any other.
func (p *tracer) below(path string) (string, bool) {
	rel, err := filepath.Rel(p.dir, path)
	return rel, err == nil && !strings.HasPrefix(rel, "..")
}

func (p *tracer) parse(t *testing.T, call string) []op {
	name, _, ok := strings.Cut(call, "(")
	res := result.FindAllStringSubmatch(call, -1)
	if !ok || len(res) == 0 {
		return nil
	}
	ret, _ := strconv.ParseInt(res[len(res)-1][1], 10, 64)
	if ret < 0 {
		return nil
	}
	var texts []string
	for _, m := range text.FindAllStringSubmatch(call, -1) {
		texts = append(texts, unhex(m[1]))
	}
	args := strings.Split(call[:strings.LastIndex(call, ")")], ", ")
	fd, path := "", ""
	if m := opened.FindStringSubmatch(call); m != nil {
		fd, path = m[1], unhex(m[2])
	}
	rel, inside := p.below(path)
	switch name {
	case "openat":
		return p.open(texts[0], call)
	case "write":
		if fd == "1" && len(texts) > 0 {
			kind, n, _ := strings.Cut(strings.TrimSpace(texts[0]), " ")
			number, _ := strconv.ParseInt(n, 10, 64)
			return []op{{Op: kind, Off: number}}
		}
		if inside {
			off := p.next[rel]
			p.next[rel] += ret
			return []op{{Op: "write", Path: rel, Off: off, Data: []byte(texts[0])[:ret]}}
		}
	case "pwrite64":
		if inside {
			off, _ := strconv.ParseInt(args[len(args)-1], 10, 64)
			return []op{{Op: "write", Path: rel, Off: off, Data: []byte(texts[0])[:ret]}}
		}
	case "fsync", "fdatasync":
		if inside && p.names[rel] {
			return []op{{Op: "sync", Path: rel}}
		} else if inside {
			return []op{{Op: "syncdir", Path: rel}}
		}
	case "ftruncate":
		if inside {
			size, _ := strconv.ParseInt(args[len(args)-1], 10, 64)
			return []op{{Op: "trunc", Path: rel, Off: size}}
		}
	case "rename", "renameat", "renameat2":
		from, in := p.below(texts[0])
		to, _ := p.below(texts[1])
		if in {
			delete(p.names, from)
			p.names[to] = true
			return []op{{Op: "rename", Path: from, To: to}}
		}
	case "unlink", "unlinkat":
		if rel, in := p.below(texts[0]); in {
			delete(p.names, rel)
			return []op{{Op: "unlink", Path: rel}}
		}
	case "mkdir", "mkdirat":
		if rel, in := p.below(texts[0]); in && rel != "." {
			return []op{{Op: "mkdir", Path: rel}}
		}
	default:
		if inside {
			t.Fatalf("a call that the replay does not know: %s", name)
		}
	}
	return nil
}

func (p *tracer) open(path, call string) (ops []op) {
	rel, in := p.below(path)
	if !in {
		return nil
	}
	if !p.names[rel] && strings.Contains(call, "O_CREAT") {
		p.names[rel] = true
		ops = append(ops, op{Op: "create", Path: rel})
	}
	p.next[rel] = 0
	if strings.Contains(call, "O_TRUNC") {
		ops = append(ops, op{Op: "trunc", Path: rel})
	}
	return ops
}

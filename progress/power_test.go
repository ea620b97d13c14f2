package progress_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fanal/progress"
)

// Power cuts are simulated: what a real run wrote and synced was recorded (strace, see record_test.go) and is replayed on a
// simulated disk. A cut keeps what was synced; of what was not, each change of a file may be there, or not, or some of its
// sectors; names may be there up to any moment since their folder was last synced.

// An op is one thing that the recorded run did to its disk, or said.
type op struct {
	Op   string // create, write, trunc, sync, syncdir, rename, unlink, mkdir, try, ack
	Path string `json:",omitempty"` // below the data folder; "." for itself
	To   string `json:",omitempty"`
	Off  int64  `json:",omitempty"` // offset of a write, size of a trunc, number of a try or an ack
	Data []byte `json:",omitempty"`
}

// readTrace reads a recording.
func readTrace(t testing.TB, r io.Reader) (ops []op) {
	t.Helper()
	z, err := gzip.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	in := bufio.NewScanner(z)
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		var o op
		if err := json.Unmarshal(in.Bytes(), &o); err != nil {
			t.Fatal(err)
		}
		ops = append(ops, o)
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	return ops
}

// A change is something written and, from its sync on, durable.
type change struct {
	off    int64
	data   []byte // nil: the file's size became off
	synced int    // the number of the sync that made it last, 0 when none has
}

type inode struct {
	base    []byte // what no cut can take
	changes []change
}

// A naming gives a name to an inode, or takes it away.
type naming struct {
	path   string
	ino    *inode // nil: gone
	folder bool
	synced int
	with   int // namings of one number happen together (a rename)
}

// A disk is simulated: what is in it, and what of it a power cut may take.
type disk struct {
	names   map[string]*inode // as the program sees them
	base    map[string]*inode // the names that no cut can take
	namings []naming
	syncs   int
	with    int
}

// forgettable is how many of the last syncs a disk can forget here.
const forgettable = 12

func newDisk() *disk {
	return &disk{names: map[string]*inode{}, base: map[string]*inode{}}
}

func (d *disk) name(with int, path string, ino *inode, folder bool) {
	d.namings = append(d.namings, naming{path: path, ino: ino, folder: folder, with: with})
	if ino == nil && !folder {
		delete(d.names, path)
	} else {
		d.names[path] = ino
	}
}

// do replays an op.
func (d *disk) do(o op) {
	d.with++
	ino := d.names[o.Path]
	switch o.Op {
	case "create":
		d.name(d.with, o.Path, &inode{}, false)
	case "mkdir":
		d.name(d.with, o.Path, nil, true)
	case "unlink":
		d.name(d.with, o.Path, nil, false)
	case "rename":
		d.name(d.with, o.To, ino, false)
		d.name(d.with, o.Path, nil, false)
	case "write":
		ino.changes = append(ino.changes, change{off: o.Off, data: o.Data})
	case "trunc":
		ino.changes = append(ino.changes, change{off: o.Off})
	case "sync":
		d.syncs++
		for i := range ino.changes {
			if ino.changes[i].synced == 0 {
				ino.changes[i].synced = d.syncs
			}
		}
		for len(ino.changes) > 0 && d.safe(ino.changes[0].synced) {
			ino.base = ino.changes[0].apply(ino.base, nil)
			ino.changes = ino.changes[1:]
		}
	case "syncdir":
		d.syncs++
		for i := range d.namings {
			if d.namings[i].synced == 0 && path.Dir(d.namings[i].path) == o.Path {
				d.namings[i].synced = d.syncs
			}
		}
	}
}

// safe tells whether even a forgetful disk keeps what a sync made last.
func (d *disk) safe(synced int) bool { return synced > 0 && synced <= d.syncs-forgettable }

// apply makes the change; keep says of each sector of 512 bytes whether it got through, nil is all of them.
func (c change) apply(b []byte, keep func() bool) []byte {
	size := c.off
	if c.data != nil {
		size = max(int64(len(b)), c.off+int64(len(c.data)))
	}
	if size < int64(len(b)) {
		return b[:size]
	}
	b = append(b, make([]byte, size-int64(len(b)))...)
	for at := 0; at < len(c.data); {
		n := min(512-int(c.off+int64(at))%512, len(c.data)-at)
		if keep == nil || keep() {
			copy(b[c.off+int64(at):], c.data[at:at+n])
		}
		at += n
	}
	return b
}

// A cut says what a disk does with what it was told to keep.
type cut struct {
	forget int    // how many of the last syncs it forgets
	only   string // of this file alone; "" of all
}

// cutNow returns the files that a power cut leaves.
func (d *disk) cutNow(rnd *rand.Rand, c cut) map[string][]byte {
	lasts := func(path string, synced int) bool {
		forget := c.forget
		if c.only != "" && path != c.only {
			forget = 0
		}
		return synced > 0 && synced <= d.syncs-forget
	}
	files := map[string][]byte{}
	names := d.namesAfter(rnd, lasts)
	for _, name := range slices.Sorted(maps.Keys(names)) { // in order: the seed alone decides
		ino := names[name]
		if ino == nil {
			files[name] = nil
			continue
		}
		b := bytes.Clone(ino.base)
		luck := rnd.IntN(4) // nothing, everything, whole changes, single sectors of what was not synced
		for _, ch := range ino.changes {
			if lasts(name, ch.synced) || luck == 1 || luck == 2 && rnd.IntN(2) == 0 {
				b = ch.apply(b, nil)
			} else if luck == 3 {
				b = ch.apply(b, func() bool { return rnd.IntN(2) == 0 })
			}
		}
		if b == nil {
			b = []byte{}
		}
		files[name] = b
	}
	return files
}

// namesAfter returns the names that a cut leaves: of each folder those up to a moment since its last sync. A file in a
// folder that did not last is gone with it.
func (d *disk) namesAfter(rnd *rand.Rand, lasts func(string, int) bool) map[string]*inode {
	names := map[string]*inode{}
	for name, ino := range d.base {
		names[name] = ino
	}
	stopped := map[string]bool{}
	chance := rnd.Float64()
	broken := map[int]bool{}
	for _, n := range d.namings {
		folder := path.Dir(n.path)
		if !lasts(n.path, n.synced) && !broken[n.with] && (stopped[folder] || rnd.Float64() > chance) {
			stopped[folder] = true
		}
		if stopped[folder] && !lasts(n.path, n.synced) {
			broken[n.with] = true
			continue
		}
		if n.ino == nil && !n.folder {
			delete(names, n.path)
		} else {
			names[n.path] = n.ino
		}
	}
	for name := range names {
		if folder := path.Dir(name); folder != "." {
			if _, ok := names[folder]; !ok {
				delete(names, name)
			}
		}
	}
	return names
}

// A fate is what became of one power cut.
type fate struct {
	op         int
	state      int
	tried, ack int
	files      map[string][]byte
	verdict    verdict
}

// replay cuts the power in so many states, spread over a recording, and hands out what became of each.
func replay(t *testing.T, ops []op, states int, seed uint64, choose func(*rand.Rand) cut, visit func(fate, cut)) {
	t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 0xfa))
	d, c, place := newDisk(), newCourt(t), scratch(t)
	tried, ack, done := 0, 0, 0
	for i, o := range ops {
		switch o.Op {
		case "try":
			tried = int(o.Off)
		case "ack":
			ack = int(o.Off)
		default:
			d.do(o)
		}
		for ; done < states*(i+1)/len(ops); done++ {
			how := choose(rnd)
			f := fate{op: i, state: done, tried: tried, ack: ack, files: d.cutNow(rnd, how)}
			if one := os.Getenv("FANAL_STATE"); one != "" && one != strconv.Itoa(done) {
				continue // to try a single one again, with the seed and the number of states that it came from
			}
			dir := layOut(t, place, f.files)
			f.verdict = c.judge(t, dir)
			if f.verdict.Slow { // a busy machine, or a hang, which comes again
				f.verdict = c.judge(t, layOut(t, place, f.files))
			}
			visit(f, how)
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func (f fate) String() string {
	return fmt.Sprintf("state %d, after op %d: tried %d, acknowledged %d: lost %v, %+v", f.state, f.op, f.tried, f.ack,
		f.verdict.lost(f.ack), f.verdict)
}

// recording returns the recording that is kept with the tests, or with the whole tortures a fresh one.
func recording(t *testing.T) []op {
	t.Helper()
	if name := os.Getenv("FANAL_TRACE"); name != "" {
		return readTrace(t, bytes.NewReader(read(t, name)))
	}
	return readTrace(t, bytes.NewReader(read(t, "testdata/life.trace.gz")))
}

// TestPowerCutsOnAnHonestDisk: what was acknowledged is there, nothing is invented, and the program opens what it finds.
func TestPowerCutsOnAnHonestDisk(t *testing.T) {
	t.Parallel()
	honest := func(*rand.Rand) cut { return cut{} }
	recoveries := map[progress.Trouble]int{}
	replay(t, recording(t), times(50, 100_000), seed(), honest, func(f fate, _ cut) {
		v := f.verdict
		if v.Died || !v.Opened || v.Wrong != "" || len(v.lost(f.ack)) > 0 || len(v.invented(f.tried)) > 0 {
			t.Error(f)
		}
		if v.Recovery != nil {
			recoveries[v.Recovery.Found]++
		}
	})
	t.Logf("restored: %v", recoveries)
}

// TestPowerCutsOnADiskThatForgets: a disk that says "synced" and forgets the last syncs cannot be trusted with what it was
// told last. But no death, nothing wrong, nothing invented; all that the journals and the copies still hold is back; and
// when only the database was forgotten, everything is.
func TestPowerCutsOnADiskThatForgets(t *testing.T) {
	t.Parallel()
	forgetful := func(rnd *rand.Rand) cut {
		return cut{1 + rnd.IntN(forgettable), []string{"", "progress.db"}[rnd.IntN(2)]}
	}
	forgotten, restored, states := 0, 0, 0
	replay(t, recording(t), times(30, 30_000), seed()+1, forgetful, func(f fate, c cut) {
		v := f.verdict
		states++
		if v.Died || !v.Opened || v.Wrong != "" || len(v.invented(f.tried)) > 0 {
			t.Error(c, f)
		}
		if c.only != "" && len(v.lost(f.ack)) > 0 {
			t.Error(c, f)
		}
		for _, n := range onDisk(f.files) {
			if !slices.Contains(v.Numbers, n) {
				t.Errorf("%v: answer %d is in a journal or a copy, and did not come back: %v", c, n, f)
			}
		}
		if len(v.lost(f.ack)) > 0 {
			forgotten++
		}
		if v.Recovery != nil {
			restored++
		}
	})
	t.Logf("of %d states %d were restored; in %d the disk forgot database and journal alike", states, restored, forgotten)
}

// onDisk returns the numbers of the answers that the journals and the copies among files hold, read line by line.
func onDisk(files map[string][]byte) (numbers []int) {
	for name, b := range files {
		if !strings.HasPrefix(name, "journal/") && !strings.HasPrefix(name, "copies/") || strings.HasSuffix(name, ".new") {
			continue
		}
		if z, err := gzip.NewReader(bytes.NewReader(b)); err == nil && strings.HasSuffix(name, ".gz") {
			b, _ = io.ReadAll(z)
		}
		for e, err := range progress.ReadEvents(bytes.NewReader(b)) {
			if err == nil {
				numbers = append(numbers, int(e.Millis))
			}
		}
	}
	return numbers
}

package people

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"strings"

	"fanal/progress"
)

// traces are what gives a person away in a file: the ids of their events, and their code where it is the key of a record.
type traces struct {
	events map[string]bool // by id
	codes  []string
}

func tracesOf(people []Mine) traces {
	t := traces{events: map[string]bool{}}
	for _, m := range people {
		t.codes = append(t.codes, m.Codes...)
		for _, e := range m.Events {
			if e.Verb != progress.Merged { // it says who is gone with whom, and stays
				t.events[e.ID] = true
			}
		}
	}
	return t
}

const (
	idStart = `"id":"`
	idSize  = 36
	chunk   = 1 << 20
	overlap = len(idStart) + idSize + 1
)

// in reads a file, unpacked where it is packed, and returns how many bytes it has and how many traces.
func (t traces) in(path string) (size int64, left int, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, 0, err
	}
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return info.Size(), 0, err
		}
	}
	buf, kept := make([]byte, chunk+overlap), 0
	for {
		n, err := io.ReadFull(r, buf[kept:])
		text := buf[:kept+n]
		end := err != nil
		left += t.count(text, end)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return info.Size(), left, nil
		case err != nil:
			return info.Size(), left, err
		}
		kept = copy(buf, text[len(text)-overlap:])
	}
}

// count counts the traces that begin in a text, but for those that begin in its last bytes, which the next one brings
// again, unless it is the last.
func (t traces) count(text []byte, last bool) (n int) {
	ends := len(text)
	if !last {
		ends -= overlap
	}
	for at := 0; ; {
		i := bytes.Index(text[at:], []byte(idStart))
		if i < 0 || at+i >= ends {
			break
		}
		at += i + len(idStart)
		if at+idSize <= len(text) && t.events[string(text[at:at+idSize])] {
			n++
		}
	}
	for _, code := range t.codes {
		for at := 0; ; {
			i := bytes.Index(text[at:], []byte(code))
			if i < 0 || at+i >= ends {
				break
			}
			at += i + len(code)
			if at < len(text) && isKeyEnd(text[at:]) {
				n++
			}
		}
	}
	return n
}

// isKeyEnd tells whether a code that stands before this is the key of a record: of a state (a zero byte), a draft (a line
// end, as JSON writes it) or a count of tries. The event that says that the code was erased holds it as a value.
func isKeyEnd(after []byte) bool {
	return after[0] == 0 || bytes.HasPrefix(after, []byte(`\n`)) || bytes.HasPrefix(after, []byte(`":`))
}

package progress

import (
	"bytes"
	"io"
	"iter"
	"os"
)

// window is how much of a damaged file is looked at at once, in bytes.
const window = 4 << 20

// eventStart is how the JSON of every event begins.
var eventStart = []byte(`{"n":`)

// salvage returns the events that can still be read in a damaged database, whatever became of its pages: every place that
// looks like an event is held against the key before it and the checksum behind it. An event may come several times. Places
// that the disk cannot read count as zeros.
func salvage(path string) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(entry{}, err)
			return
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			yield(entry{}, err)
			return
		}
		buf := make([]byte, min(info.Size(), window+keySize+maxEvent+sumSize))
		for at := int64(0); at < info.Size(); at += window {
			for _, e := range salvaged(buf[:readAll(f, buf, at)]) {
				if !yield(e, nil) {
					return
				}
			}
		}
	}
}

// salvaged returns the events that begin in the window at the front of buf; behind it buf goes on as far as the longest
// event may.
func salvaged(buf []byte) (found []entry) {
	for at := 0; ; at++ {
		next := bytes.Index(buf[at:], eventStart)
		if next < 0 || at+next >= window+keySize {
			return found
		}
		at += next
		if at < keySize {
			continue
		}
		end := at + objectEnd(buf[at:min(at+maxEvent, len(buf))])
		if end == at || end+sumSize > len(buf) {
			continue
		}
		key := buf[at-keySize : at]
		value, ok := unseal(key, buf[at:end+sumSize])
		if !ok {
			continue
		}
		e, its, err := decodeEvent(value)
		if err == nil && bytes.Equal(its, key) {
			found = append(found, entry{key: its, value: bytes.Clone(value), event: e})
			at = end
		}
	}
}

// objectEnd returns the length of the JSON object that text begins with, 0 when it does not end.
func objectEnd(text []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// readAll fills buf from a place in the file and returns how much there was. Sectors that cannot be read are zeros.
func readAll(f *os.File, buf []byte, at int64) int {
	n, err := f.ReadAt(buf, at)
	if err == nil || err == io.EOF {
		return n
	}
	const sector = 512
	clear(buf)
	total := 0
	for i := 0; i < len(buf); i += sector {
		part := buf[i:min(i+sector, len(buf))]
		n, err := f.ReadAt(part, at+int64(i))
		if err != nil && err != io.EOF {
			clear(part)
			n = len(part)
		}
		if n == 0 {
			break
		}
		total = i + n
	}
	return total
}

package progress

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"io"
	"iter"
	"strconv"
)

// Events travel, and are kept a second time, as lines of text: the checksum of the log in eight hexadecimal digits, a
// space, the event's JSON, a newline. A line is whole or it is nothing, and a damaged file still gives its other lines.

// appendLine adds an entry's line to a buffer.
func appendLine(buf, key, value []byte) []byte {
	return appendSummed(buf, value, crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, value))
}

// appendSummed adds a line whose checksum is known.
func appendSummed(buf, value []byte, sum uint32) []byte {
	for shift := 28; shift >= 0; shift -= 4 {
		buf = append(buf, "0123456789abcdef"[sum>>shift&15])
	}
	buf = append(buf, ' ')
	buf = append(buf, value...)
	return append(buf, '\n')
}

// parseLine reads a line without its newline. Of the event it reads what read does: [decodeEvent] for what comes from
// elsewhere, [headOf] for what this program wrote.
func parseLine(line []byte, read func([]byte) (Event, []byte, error)) (entry, error) {
	if len(line) < 9 || line[8] != ' ' {
		return entry{}, damaged("no checksum before a line")
	}
	sum, err := strconv.ParseUint(string(line[:8]), 16, 32)
	if err != nil {
		return entry{}, damaged("no checksum before a line")
	}
	value := line[9:]
	e, key, err := read(value)
	if err != nil {
		return entry{}, err
	}
	if crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, value) != uint32(sum) {
		return entry{}, damaged("the checksum of a line is wrong")
	}
	return entry{key: key, value: bytes.Clone(value), event: e}, nil
}

// maxLine is the longest line in bytes: a checksum and the longest event.
const maxLine = maxEvent + 16

// ReadEvents reads a history as text. A line that is none comes as an error ([ErrInvalid], [ErrDamaged]), and the reading
// goes on behind it; an error of the reader ends it. Nothing that it returns without an error can harm a store.
func ReadEvents(r io.Reader) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		for line, err := range rawLines(r) {
			var e entry
			if err == nil {
				e, err = parseLine(line, decodeEvent)
			}
			if !yield(e.event, err) {
				return
			}
		}
	}
}

// WriteEvents writes events as text, a line each, and returns how many and the XOR of their ids: what both sides of an
// exchange compare. It stops at the first error of either side.
func WriteEvents(w io.Writer, events iter.Seq2[Event, error]) (n uint64, xor string, err error) {
	var sum totals
	var line []byte
	for e, err := range events {
		if err != nil {
			return sum.Events, "", err
		}
		key, value, err := encodeEvent(e)
		if err != nil {
			return sum.Events, "", err
		}
		line = appendLine(line[:0], key, value)
		if _, err := w.Write(line); err != nil {
			return sum.Events, "", err
		}
		sum.Events++
		sum.add(key)
	}
	return sum.Events, hex.EncodeToString(sum.XOR[:]), nil
}

// rawLines returns the lines of a text, each good until the next one. A line that is too long comes cut. What follows the
// last newline is a line that was not written to its end, and comes as one all the same: its checksum says so.
func rawLines(r io.Reader) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		in := bufio.NewReaderSize(r, maxLine)
		for {
			line, err := in.ReadSlice('\n')
			cut := bytes.TrimLeft(bytes.TrimSuffix(line, []byte("\n")), "\x00") // zeros: room that was not used
			if len(cut) > 0 && !yield(cut, nil) {
				return
			}
			for errors.Is(err, bufio.ErrBufferFull) {
				_, err = in.ReadSlice('\n')
			}
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

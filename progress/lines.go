package progress

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"iter"
	"strconv"
)

// Events travel, and are kept a second time, as lines of text: the checksum of the log in eight hexadecimal digits, a
// space, the event's JSON, a newline. A line is whole or it is nothing, and a damaged file still gives its other lines.

// appendLine adds an entry's line to a buffer.
func appendLine(buf, key, value []byte) []byte {
	sum := crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, value)
	buf = fmt.Appendf(buf, "%08x ", sum)
	buf = append(buf, value...)
	return append(buf, '\n')
}

// parseLine reads a line without its newline.
func parseLine(line []byte) (entry, error) {
	digits, value, ok := bytes.Cut(line, []byte(" "))
	if !ok || len(digits) != 8 {
		return entry{}, damaged("no checksum before a line")
	}
	sum, err := strconv.ParseUint(string(digits), 16, 32)
	if err != nil {
		return entry{}, damaged("no checksum before a line")
	}
	e, key, err := decodeEvent(value)
	if err != nil {
		return entry{}, err
	}
	if crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, value) != uint32(sum) {
		return entry{}, damaged("the checksum of a line is wrong")
	}
	return entry{key, bytes.Clone(value), e}, nil
}

// maxLine is the longest line in bytes: a checksum and the longest event.
const maxLine = maxEvent + 16

// readLines returns the entries of a text. A line that is none comes as an error, and the reading goes on behind it; an
// error of the reader ends it.
func readLines(r io.Reader) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		for line, err := range rawLines(r) {
			if err != nil {
				yield(entry{}, err)
				return
			}
			if !yield(parseLine(line)) {
				return
			}
		}
	}
}

// rawLines returns the lines of a text, each good until the next one. A line that is too long comes cut. What follows the
// last newline is a line that was not written to its end, and comes as one all the same: its checksum says so.
func rawLines(r io.Reader) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		in := bufio.NewReaderSize(r, maxLine)
		for {
			line, err := in.ReadSlice('\n')
			cut := bytes.TrimSuffix(line, []byte("\n"))
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

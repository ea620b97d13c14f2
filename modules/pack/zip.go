package pack

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strconv"
)

// The layout of a packed file. It is a zip archive that any tool can unpack, but with every byte decided: files one after
// the other from the first byte, no gap, no extra field, no comment but ours, the times fixed, the directory after the last
// file, the end record last. Write makes these bytes and the reader compares with them, so there is one way to write a
// pack, and nothing can stand in it that is not looked at.
const (
	signLocal   = 0x04034b50
	signCentral = 0x02014b50
	signEnd     = 0x06054b50

	lenLocal   = 30
	lenCentral = 46
	lenEnd     = 22

	stored   = 0
	deflated = 8

	zipVersion = 20     // 2.0, the first with compression
	zipDate    = 0x0021 // 1 January 1980, the first day that a zip archive knows
)

// An entry is one file of a pack.
type entry struct {
	name   string
	method uint16
	crc    uint32
	packed int64 // bytes as packed
	size   int64 // bytes unpacked
	offset int64 // of its local header
}

// data returns where the packed bytes begin.
func (e *entry) data() int64 { return e.offset + lenLocal + int64(len(e.name)) }

// end returns where the next entry begins.
func (e *entry) end() int64 { return e.data() + e.packed }

// facts are the fields that both headers share, from the version needed to the length of the extra field.
func (e *entry) facts(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint16(b, zipVersion)
	b = le.AppendUint16(b, 0) // flags
	b = le.AppendUint16(b, e.method)
	b = le.AppendUint16(b, 0) // time
	b = le.AppendUint16(b, zipDate)
	b = le.AppendUint32(b, e.crc)
	b = le.AppendUint32(b, uint32(e.packed))
	b = le.AppendUint32(b, uint32(e.size))
	b = le.AppendUint16(b, uint16(len(e.name)))
	return le.AppendUint16(b, 0) // extra
}

// local returns the header that stands before the file.
func (e *entry) local() []byte {
	b := make([]byte, 0, lenLocal+len(e.name))
	b = binary.LittleEndian.AppendUint32(b, signLocal)
	return append(e.facts(b), e.name...)
}

// central returns the header that stands in the directory.
func (e *entry) central() []byte {
	le := binary.LittleEndian
	b := make([]byte, 0, lenCentral+len(e.name))
	b = le.AppendUint32(b, signCentral)
	b = le.AppendUint16(b, zipVersion)
	b = e.facts(b)
	b = append(b, make([]byte, 2+2+2+4)...) // no comment, first disk, no attributes
	b = le.AppendUint32(b, uint32(e.offset))
	return append(b, e.name...)
}

// The mark is the archive's comment: a word to know a pack by, and a checksum of every byte before it. It is no proof
// against malice, which the sums and the signature are for: it tells a pack that a stick has damaged from one that somebody
// altered, and covers the spare bits of a compressed file, which no other checksum sees.
const (
	markWord = "fanal 1 "
	lenMark  = len(markWord) + 8
)

func mark(crc uint32) string { return fmt.Sprintf("%s%08x", markWord, crc) }

// parseMark returns the checksum that a comment carries.
func parseMark(s string) (crc uint32, ok bool) {
	if len(s) != lenMark || s[:len(markWord)] != markWord {
		return 0, false
	}
	n, err := strconv.ParseUint(s[len(markWord):], 16, 32)
	return uint32(n), err == nil && mark(uint32(n)) == s
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// end returns the end record of n entries, whose directory takes size bytes from offset on, up to the mark.
func endRecord(n int, size, offset int64) []byte {
	le := binary.LittleEndian
	b := make([]byte, 0, lenEnd)
	b = le.AppendUint32(b, signEnd)
	b = le.AppendUint32(b, 0) // disks
	b = le.AppendUint16(b, uint16(n))
	b = le.AppendUint16(b, uint16(n))
	b = le.AppendUint32(b, uint32(size))
	b = le.AppendUint32(b, uint32(offset))
	return le.AppendUint16(b, uint16(lenMark))
}

package pack_test

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"strings"
)

// A part is one entry of a zip archive that a stranger could make: what it says of itself need not hold. The zero value of
// every field but name and body is what fanal writes.
type part struct {
	name string
	body string

	deflate   bool
	raw       []byte // the packed bytes, in the place of what body gives
	localName string // the name in the header before the file
	localSize int64  // added to the size in that header
	packed    int64  // added to the packed size in both headers
	size      int64  // added to the size in both headers
	crc       uint32 // added to the checksum in both headers
	offset    int64  // added to the offset in the directory
	method    uint16
	flags     uint16
	date      uint16 // added
	madeBy    uint16 // 3<<8: Unix
	mode      uint32 // the attributes
	extra     string
	comment   string
	before    string // bytes before the entry that belong to none
}

// An archive is a zip archive, with lies of its own.
type archive struct {
	parts   []part
	prefix  string // bytes before all
	gap     string // bytes before the directory
	tail    string // bytes after the mark
	comment string // in the place of the mark
	count   int    // added to the number of entries in the end record
	dirSize int    // added to the size of the directory
	dirAt   int    // added to the offset of the directory
	unmark  bool   // a mark that does not fit
}

// bytes builds the archive. It is a second way to write a pack, which shares no code with the one under test.
func (a archive) bytes() []byte {
	le := binary.LittleEndian
	var out, dir []byte
	out = append(out, a.prefix...)
	for _, p := range a.parts {
		out = append(out, p.before...)
		packed, method := []byte(p.body), uint16(0)
		if p.deflate {
			packed, method = squeeze(p.body), 8
		}
		if p.raw != nil {
			packed, method = p.raw, 8
		}
		method += p.method
		offset := int64(len(out)) + p.offset
		facts := func(size int64) []byte {
			var f []byte
			for _, v := range []uint16{20, p.flags, method, 0, 0x21 + p.date} {
				f = le.AppendUint16(f, v)
			}
			f = le.AppendUint32(f, crc32.ChecksumIEEE([]byte(p.body))+p.crc)
			f = le.AppendUint32(f, uint32(int64(len(packed))+p.packed))
			return le.AppendUint32(f, uint32(size))
		}
		size := int64(len(p.body)) + p.size
		local := p.name
		if p.localName != "" {
			local = p.localName
		}
		out = append(out, "PK\x03\x04"...)
		out = append(out, facts(size+p.localSize)...)
		out = le.AppendUint16(out, uint16(len(local)))
		out = le.AppendUint16(out, uint16(len(p.extra)))
		out = append(append(append(out, local...), p.extra...), packed...)

		dir = append(dir, "PK\x01\x02"...)
		dir = le.AppendUint16(dir, 20|p.madeBy)
		dir = append(dir, facts(size)...)
		for _, v := range []int{len(p.name), len(p.extra), len(p.comment), 0, 0} {
			dir = le.AppendUint16(dir, uint16(v))
		}
		dir = le.AppendUint32(dir, p.mode)
		dir = le.AppendUint32(dir, uint32(offset))
		dir = append(append(append(dir, p.name...), p.extra...), p.comment...)
	}
	out = append(out, a.gap...)
	start := len(out)
	out = append(out, dir...)
	out = append(out, "PK\x05\x06\x00\x00\x00\x00"...)
	out = le.AppendUint16(out, uint16(len(a.parts)+a.count))
	out = le.AppendUint16(out, uint16(len(a.parts)+a.count))
	out = le.AppendUint32(out, uint32(len(dir)+a.dirSize))
	out = le.AppendUint32(out, uint32(start+a.dirAt))
	if a.comment != "" {
		out = le.AppendUint16(out, uint16(len(a.comment)))
		return append(append(out, a.comment...), a.tail...)
	}
	out = le.AppendUint16(out, 16)
	sum := crc32.Checksum(out, crc32.MakeTable(crc32.Castagnoli))
	if a.unmark {
		sum++
	}
	return append(fmt.Appendf(out, "fanal 1 %08x", sum), a.tail...)
}

func squeeze(s string) []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.DefaultCompression) // the level is a constant that is allowed
	_, _ = w.Write([]byte(s))                             // into memory
	_ = w.Close()
	return b.Bytes()
}

// sumsOf writes fanal.sum for the parts, in their order.
func sumsOf(parts ...part) string {
	var b strings.Builder
	for _, p := range parts {
		sum := sha256.Sum256([]byte(p.body))
		fmt.Fprintf(&b, "%s  %s\n", hex.EncodeToString(sum[:]), p.name)
	}
	return b.String()
}

// packOf is a pack of the parts with the sums that fit.
func packOf(parts ...part) archive {
	return archive{parts: append([]part{{name: "fanal.sum", body: sumsOf(parts...)}}, parts...)}
}

// remark gives a packed file the mark of its bytes, as somebody would who alters it on purpose.
func remark(b []byte) []byte {
	if len(b) < 16 {
		return b
	}
	b = bytes.Clone(b[:len(b)-16])
	return fmt.Appendf(b, "fanal 1 %08x", crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)))
}

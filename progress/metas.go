package progress

import (
	"encoding/binary"
	"hash/fnv"
	"os"
)

// A bbolt file begins with two meta pages that take turns. When one is damaged bbolt falls back on the other without a
// word, to the state before the last transaction: an answer is gone in silence. So both are looked at here. And bbolt's own
// check takes a list of free pages that names pages beyond the end, which a disk that forgot some writes can leave: the next
// transaction would put something there, and die of it. Layout: bbolt's internal/common, page.go and meta.go; numbers are in
// the machine's own order, little-endian on all that this runs on.
const (
	pageHeader   = 16
	metaSum      = 56 // where the checksum stands, and how much it covers
	metaMagic    = 0xED0CDAED
	freelistFlag = 0x10
	noFreelist   = 1<<64 - 1
)

// checkPages says whether both meta pages and the list of free pages are whole.
func checkPages(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return classify(err)
	}
	defer f.Close()
	first, err := readMeta(f, 0)
	if err != nil {
		return err
	}
	size := int64(binary.LittleEndian.Uint32(first[8:]))
	if size < 512 || size > 1<<20 {
		return damaged("a page of %d bytes", size)
	}
	meta, err := readMeta(f, size)
	if err != nil {
		return err
	}
	if binary.LittleEndian.Uint64(first[48:]) > binary.LittleEndian.Uint64(meta[48:]) {
		meta = first
	}
	return checkFreelist(f, size, binary.LittleEndian.Uint64(meta[32:]), binary.LittleEndian.Uint64(meta[40:]))
}

// readMeta reads the meta page at a place in the file.
func readMeta(f *os.File, at int64) ([]byte, error) {
	meta := make([]byte, metaSum+8)
	if _, err := f.ReadAt(meta, at+pageHeader); err != nil {
		return nil, damaged("too short for a meta page")
	}
	sum := fnv.New64a()
	_, _ = sum.Write(meta[:metaSum])
	if binary.LittleEndian.Uint32(meta) != metaMagic || binary.LittleEndian.Uint64(meta[metaSum:]) != sum.Sum64() {
		return nil, damaged("the meta page at %d", at)
	}
	return meta, nil
}

// checkFreelist checks that every free page is one, once: pages from 2 to below end, rising.
func checkFreelist(f *os.File, size int64, page, end uint64) error {
	if page == noFreelist {
		return nil
	}
	info, err := f.Stat()
	if err != nil {
		return classify(err)
	}
	head := make([]byte, pageHeader+8)
	if page >= uint64(info.Size()/size) {
		return damaged("no list of free pages")
	}
	at := int64(page) * size
	if _, err := f.ReadAt(head, at); err != nil || binary.LittleEndian.Uint16(head[8:])&freelistFlag == 0 {
		return damaged("no list of free pages")
	}
	at += pageHeader
	count := uint64(binary.LittleEndian.Uint16(head[10:]))
	if count == 0xFFFF { // too many for the header
		count = binary.LittleEndian.Uint64(head[pageHeader:])
		at += 8
	}
	if count > end {
		return damaged("%d free pages of %d", count, end)
	}
	ids := make([]byte, 8*count)
	if _, err := f.ReadAt(ids, at); err != nil && count > 0 {
		return damaged("the list of free pages is cut short")
	}
	before := uint64(1)
	for i := range count {
		id := binary.LittleEndian.Uint64(ids[8*i:])
		if id <= before || id >= end {
			return damaged("page %d of %d is in the list of free pages", id, end)
		}
		before = id
	}
	return nil
}

package progress

import (
	"encoding/binary"
	"hash/fnv"
	"os"
)

// A bbolt file begins with two meta pages that take turns. When one is damaged bbolt falls back on the other without a
// word, to the state before the last transaction: an answer is gone in silence. So both are looked at here. Layout: bbolt's
// internal/common, page.go and meta.go; numbers are in the machine's own order, little-endian on all that this runs on.
const (
	metaAt    = 16 // behind the page's header
	metaSum   = 56 // where the checksum stands, and how much it covers
	metaMagic = 0xED0CDAED
)

// checkMetas says whether both meta pages are whole.
func checkMetas(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return classify(err)
	}
	defer f.Close()
	var head [metaAt + metaSum + 8]byte
	if _, err := f.ReadAt(head[:], 0); err != nil {
		return damaged("too short for a page")
	}
	meta := head[metaAt:]
	size := binary.LittleEndian.Uint32(meta[8:])
	if !metaWhole(meta) || size < 512 || size > 1<<20 {
		return damaged("the first meta page")
	}
	if _, err := f.ReadAt(head[:], int64(size)); err != nil || !metaWhole(meta) {
		return damaged("the second meta page")
	}
	return nil
}

func metaWhole(meta []byte) bool {
	sum := fnv.New64a()
	_, _ = sum.Write(meta[:metaSum])
	return binary.LittleEndian.Uint32(meta) == metaMagic && binary.LittleEndian.Uint64(meta[metaSum:]) == sum.Sum64()
}

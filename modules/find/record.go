package find

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"sort"
	"strings"
	"sync"
)

// A record is what the index holds of a module in a language. In bytes, numbers being uvarints where nothing is said:
//
//	stamp      its length, and the stamp of the module that it was made from
//	parts      how many; a byte each: its kind, whether it begins a group, whether it begins a step; how many words each has
//	groups     how many; how many bytes each has at the end of the record
//	words      how many blocks, how many bytes of lists; for each block the number of its first word and where its lists begin,
//	           four bytes each (little-endian)
//	lists      for each word: its number less the one before in the block, the length of its list, its list
//	groups     for each the strings of the group, compressed: see packGroup
//
// The words of a module are counted through all parts, with a gap between two parts for no phrase to reach across. A list
// is the places of a word, each less the one before.
type record struct {
	kinds  []byte
	starts []uint32 // of the parts, and of the end
	groups []int    // the first part of each, and the end
	skip   []byte
	lists  []byte
	sizes  []int
	packed []byte
}

const (
	kindMask    = 0x0f
	beginsStep  = 0x40
	beginsGroup = 0x80
)

// listBlock is how many words share an entry in the table of blocks.
const listBlock = 32

var errRecord = errors.New("a record of the index is not as it should be")

// encode makes the record of a module from its groups, each of which has a part. number gives the number of a word of the
// vocabulary.
func encode(stamp string, groups []group, stemmers func(lang string) *stemmer, number func(w word) (uint32, error)) ([]byte, error) {
	places := map[uint32][]uint32{}
	var kinds, counts, sizes, packed []byte
	at := uint32(0)
	for _, g := range groups {
		st := stemmers(g.lang)
		for i, p := range g.parts {
			begin, err := at, error(nil)
			words(p.text, g.lang, func(start, end int) bool {
				var n uint32
				n, err = number(st.word(p.text[start:end]))
				places[n] = append(places[n], at)
				at++
				return err == nil
			})
			if err != nil {
				return nil, err
			}
			kinds = append(kinds, kindByte(g.parts, i))
			counts = binary.AppendUvarint(counts, uint64(at-begin))
			at++
		}
		p := packGroup(g)
		sizes = binary.AppendUvarint(sizes, uint64(len(p)))
		packed = append(packed, p...)
	}
	skip, lists := encodeLists(places)
	out := binary.AppendUvarint(nil, uint64(len(stamp)))
	out = append(out, stamp...)
	out = binary.AppendUvarint(out, uint64(len(kinds)))
	out = append(append(out, kinds...), counts...)
	out = binary.AppendUvarint(out, uint64(len(groups)))
	out = append(out, sizes...)
	out = binary.AppendUvarint(out, uint64(len(skip)/8))
	out = binary.AppendUvarint(out, uint64(len(lists)))
	return slices.Concat(out, skip, lists, packed), nil
}

// kindByte is the byte of the i-th part of a group. A title is a step of its own, a definition belongs to its term.
func kindByte(parts []part, i int) byte {
	k := byte(parts[i].kind)
	switch {
	case i == 0:
		k |= beginsGroup | beginsStep
	case parts[i].kind == aDefinition:
	case parts[i].step != parts[i-1].step, parts[i].kind == aTerm, parts[i-1].kind == aTitle:
		k |= beginsStep
	}
	return k
}

func encodeLists(places map[uint32][]uint32) (skip, lists []byte) {
	numbers := make([]uint32, 0, len(places))
	for n := range places {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	var list []byte
	for i, n := range numbers {
		before := n
		if i%listBlock == 0 {
			skip = binary.LittleEndian.AppendUint32(skip, n)
			skip = binary.LittleEndian.AppendUint32(skip, uint32(len(lists)))
		} else {
			before = numbers[i-1]
		}
		list = list[:0]
		last := uint32(0)
		for _, p := range places[n] {
			list = binary.AppendUvarint(list, uint64(p-last))
			last = p
		}
		lists = binary.AppendUvarint(lists, uint64(n-before))
		lists = binary.AppendUvarint(lists, uint64(len(list)))
		lists = append(lists, list...)
	}
	return skip, lists
}

// recordStamp gives the stamp of a record alone.
func recordStamp(b []byte) string {
	r := reader{b: b}
	return string(r.take(r.number()))
}

// decode reads a record, into what an earlier one has left. Nothing is copied: it lives as long as its bytes.
func (r *record) decode(b []byte) error {
	in := reader{b: b}
	_ = in.take(in.number())
	n := in.number()
	r.kinds = in.take(n)
	if in.bad || len(r.kinds) != n {
		return errRecord
	}
	r.starts, r.groups, r.sizes = r.starts[:0], r.groups[:0], r.sizes[:0]
	at := uint32(0)
	for i := range r.kinds {
		if r.kinds[i]&beginsGroup != 0 {
			r.groups = append(r.groups, i)
		}
		r.starts = append(r.starts, at)
		at += uint32(in.number()) + 1
	}
	r.starts = append(r.starts, at)
	for range in.number() {
		if in.bad {
			return errRecord
		}
		r.sizes = append(r.sizes, in.number())
	}
	blocks, length := in.number(), in.number()
	r.skip, r.lists = in.take(8*blocks), in.take(length)
	r.packed = in.b
	if in.bad {
		return errRecord
	}
	if len(r.groups) != len(r.sizes) {
		return errRecord
	}
	r.groups = append(r.groups, len(r.kinds))
	return nil
}

// A reader takes numbers and bytes from a slice. After a fault it gives nothing and is bad.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) number() int {
	if len(r.b) > 0 && r.b[0] < 0x80 { // nearly always
		n := int(r.b[0])
		r.b = r.b[1:]
		return n
	}
	return r.longNumber()
}

func (r *reader) longNumber() int {
	n, size := binary.Uvarint(r.b)
	if size <= 0 || n > 1<<31 {
		r.b, r.bad = nil, true
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.b, r.bad = nil, true
		return nil
	}
	taken := r.b[:n]
	r.b = r.b[n:]
	return taken
}

// A wanted word is one of the vocabulary that is looked for, and how it was found.
type wanted struct {
	number uint32
	how    int
}

// each visits those of the wanted words that the module has. They come sorted by number.
func (r *record) each(want []wanted, visit func(how int, list []byte)) {
	blocks := len(r.skip) / 8
	first := func(i int) uint32 { return binary.LittleEndian.Uint32(r.skip[8*i:]) }
	for block := 0; block < blocks && len(want) > 0; {
		// the last block that begins at or below the next wanted word
		block += max(sort.Search(blocks-block, func(i int) bool { return first(block+i) > want[0].number })-1, 0)
		end := ^uint32(0)
		if block+1 < blocks {
			end = first(block + 1)
		}
		in := reader{b: r.lists[min(int(binary.LittleEndian.Uint32(r.skip[8*block+4:])), len(r.lists)):]}
		n := first(block)
		for i := 0; i < listBlock && len(in.b) > 0 && len(want) > 0 && want[0].number < end; i++ {
			n += uint32(in.number())
			list := in.take(in.number())
			for len(want) > 0 && want[0].number < n {
				want = want[1:]
			}
			if len(want) > 0 && want[0].number == n && !in.bad {
				visit(want[0].how, list)
				want = want[1:]
			}
		}
		for len(want) > 0 && want[0].number < end {
			want = want[1:]
		}
		block++
	}
}

// places visits the places of a list.
func places(list []byte, visit func(at uint32)) {
	at := uint32(0)
	for len(list) > 0 {
		var n uint64
		if list[0] < 0x80 {
			n, list = uint64(list[0]), list[1:]
		} else {
			var size int
			if n, size = binary.Uvarint(list); size <= 0 {
				return
			}
			list = list[size:]
		}
		at += uint32(n)
		visit(at)
	}
}

// part gives the part in which a place lies.
func (r *record) part(at uint32) int {
	i := sort.Search(len(r.starts), func(i int) bool { return r.starts[i] > at }) - 1
	return min(max(i, 0), len(r.kinds)-1)
}

// group unpacks the strings of the i-th group.
func (r *record) group(i int) (*group, error) {
	from := 0
	if i >= len(r.sizes) {
		return nil, errRecord
	}
	for _, n := range r.sizes[:i] {
		from += n
	}
	if from+r.sizes[i] > len(r.packed) {
		return nil, errRecord
	}
	return unpackGroup(r.packed[from : from+r.sizes[i]])
}

// deflaters are kept: making one costs as much as a hundred lessons.
var (
	deflaters = sync.Pool{New: func() any {
		w, _ := flate.NewWriter(io.Discard, flate.DefaultCompression)
		return w
	}}
	inflaters = sync.Pool{New: func() any { return flate.NewReader(strings.NewReader("")) }}
)

// packGroup writes a group's strings, each after its length, and compresses them: id, title, language, then step and text of
// each part.
func packGroup(g group) []byte {
	var flat []byte
	write := func(s string) {
		flat = binary.AppendUvarint(flat, uint64(len(s)))
		flat = append(flat, s...)
	}
	for _, s := range []string{g.id, g.title, g.lang} {
		write(s)
	}
	for _, p := range g.parts {
		write(p.step)
		write(p.text)
	}
	var out bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&out)
	_, _ = w.Write(flat) // a buffer takes everything
	_ = w.Close()
	return out.Bytes()
}

// unpackGroup reads them. The kinds of the parts stand in the record.
func unpackGroup(b []byte) (*group, error) {
	z := inflaters.Get().(io.ReadCloser)
	defer inflaters.Put(z)
	if err := z.(flate.Resetter).Reset(bytes.NewReader(b), nil); err != nil {
		return nil, err
	}
	flat, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	in := reader{b: flat}
	next := func() string { return string(in.take(in.number())) }
	g := &group{id: next(), title: next(), lang: next()}
	for len(in.b) > 0 {
		g.parts = append(g.parts, part{step: next(), text: next()})
	}
	if in.bad {
		return nil, errRecord
	}
	return g, nil
}

package pack

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// maxDirectory is more than the directory of any pack within the limits takes.
const maxDirectory = (MaxFiles + 2) * (lenCentral + MaxName)

// parse reads the layout, the sums and the signature of a pack of size bytes. The order of its questions is the order in
// which their answers help: what it is, what it names, how its bytes lie, and only then whether it is a pack of ours.
func parse(r io.ReaderAt, size int64) (*Pack, error) {
	end, err := findEnd(r, size)
	if err != nil {
		return nil, err
	}
	dir := make([]byte, end.dirSize)
	if _, err := r.ReadAt(dir, end.dirOffset); err != nil {
		return nil, readFault(err, "")
	}
	entries, exact, err := readDirectory(dir, end.count)
	if err != nil {
		return nil, err
	}
	if err := checkLayout(r, entries, end.dirOffset, exact && end.exact); err != nil {
		return nil, err
	}
	p := &Pack{Size: size}
	return p, p.takeSums(r, entries)
}

// An ending is what the end record says.
type ending struct {
	count              int
	dirOffset, dirSize int64
	exact              bool // as we write it
}

// findEnd finds the end record, and refuses what is too large or has none.
func findEnd(r io.ReaderAt, size int64) (ending, error) {
	if size > MaxPacked {
		return ending{}, refuse(TooLarge, "")
	}
	tail := make([]byte, min(size, lenEnd+1<<16-1))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return ending{}, err
	}
	at := lastEnd(tail)
	if at < 0 {
		head := make([]byte, 4)
		if n, _ := r.ReadAt(head, 0); n == 4 && binary.LittleEndian.Uint32(head) == signLocal {
			return ending{}, refuse(Truncated, "")
		}
		return ending{}, refuse(NotPack, "")
	}
	le, rec := binary.LittleEndian, tail[at:]
	e := ending{
		count:     int(le.Uint16(rec[10:])),
		dirSize:   int64(le.Uint32(rec[12:])),
		dirOffset: int64(le.Uint32(rec[16:])),
	}
	if e.count > MaxFiles+2 || e.dirSize > maxDirectory {
		return ending{}, refuse(TooMany, "")
	}
	if e.dirOffset+e.dirSize != size-int64(len(tail)-at) {
		return ending{}, refuse(Hidden, "")
	}
	_, marked := parseMark(string(rec[lenEnd:]))
	e.exact = marked && bytes.Equal(rec[:lenEnd], endRecord(e.count, e.dirSize, e.dirOffset))
	return e, nil
}

// lastEnd returns where in the tail of a file the end record begins whose comment ends with the file, or -1.
func lastEnd(tail []byte) int {
	for at := len(tail) - lenEnd; at >= 0; at-- {
		if binary.LittleEndian.Uint32(tail[at:]) == signEnd &&
			int(binary.LittleEndian.Uint16(tail[at+20:])) == len(tail)-at-lenEnd {
			return at
		}
	}
	return -1
}

// readDirectory reads the directory of count entries. It accepts what any zip tool writes, so that the refusal can say what
// is wrong with it, and tells whether each header is exactly as we write it.
func readDirectory(dir []byte, count int) (entries []entry, exact bool, err error) {
	exact = true
	var names nameSet
	for range count {
		e, rest, same, err := readCentral(dir)
		if err != nil {
			return nil, false, err
		}
		if err := names.add(e.name); err != nil {
			return nil, false, err
		}
		entries = append(entries, e)
		exact = exact && same
		dir = rest
	}
	if len(dir) > 0 {
		// More headers than the end record counts, or bytes that are none.
		if len(dir) >= 4 && binary.LittleEndian.Uint32(dir) == signCentral {
			return nil, false, refuse(TooMany, "")
		}
		return nil, false, refuse(Hidden, "")
	}
	return entries, exact, nil
}

// readCentral reads the first header of a directory and returns what follows it.
func readCentral(dir []byte) (e entry, rest []byte, exact bool, err error) {
	le := binary.LittleEndian
	if len(dir) < lenCentral || le.Uint32(dir) != signCentral {
		return e, nil, false, refuse(OtherZip, "")
	}
	madeBy, flags, method := le.Uint16(dir[4:]), le.Uint16(dir[8:]), le.Uint16(dir[10:])
	e = entry{
		method: method, crc: le.Uint32(dir[16:]), packed: int64(le.Uint32(dir[20:])), size: int64(le.Uint32(dir[24:])),
		offset: int64(le.Uint32(dir[42:])),
	}
	nameLen := int(le.Uint16(dir[28:]))
	length := lenCentral + nameLen + int(le.Uint16(dir[30:])) + int(le.Uint16(dir[32:]))
	attributes := le.Uint32(dir[38:])
	if length > len(dir) {
		return e, nil, false, refuse(OtherZip, "")
	}
	e.name = string(dir[lenCentral : lenCentral+nameLen])
	if why := kindFault(madeBy, attributes, e.name); why != "" {
		return e, nil, false, refuse(why, e.name)
	}
	switch {
	case flags&1 != 0:
		return e, nil, false, refuse(Encrypted, e.name)
	case method != stored && method != deflated:
		return e, nil, false, refuse(Method, e.name)
	}
	return e, dir[length:], bytes.Equal(dir[:length], e.central()), nil
}

// kindFault refuses what is not a file: Unix writes the kind into the upper half of the attributes, DOS a bit.
func kindFault(madeBy uint16, attributes uint32, name string) Reason {
	const (
		typeMask, typeFile, typeFolder, typeLink = 0o170000, 0o100000, 0o040000, 0o120000
		dosFolder                                = 0x10
	)
	kind := attributes >> 16 & typeMask
	switch host := madeBy >> 8; {
	case (host == 3 || host == 19) && kind == typeLink:
		return Link
	case kind == typeFolder || attributes&dosFolder != 0:
		return Folder
	case (host == 3 || host == 19) && kind != 0 && kind != typeFile:
		return Device
	case len(name) > 1 && strings.HasSuffix(name, "/") && nameFault(strings.TrimSuffix(name, "/")) == "":
		return Folder
	}
	return ""
}

// A nameSet refuses names that cannot stand beside those it has.
type nameSet struct {
	exact   map[string]bool
	folded  map[string]bool
	folders map[string]bool
}

func (s *nameSet) add(name string) error {
	if s.exact == nil {
		s.exact, s.folded, s.folders = map[string]bool{}, map[string]bool{}, map[string]bool{}
	}
	if s.exact[name] {
		return refuse(Twice, name)
	}
	// Names that we accept have no twins: this names the fault of those that do, and leaves the single ones for later.
	fold := strings.ToLower(norm.NFKC.String(name))
	if s.folded[fold] {
		return refuse(Twin, name)
	}
	if why := nameFault(name); why != "" && why != NameCapital && why != NameLetter {
		return refuse(why, name)
	}
	s.exact[name], s.folded[fold] = true, true
	if s.folders[name] {
		return refuse(FileFolder, name)
	}
	for i, c := range name {
		if c == '/' {
			if s.exact[name[:i]] {
				return refuse(FileFolder, name)
			}
			s.folders[name[:i]] = true
		}
	}
	return nil
}

// checkLayout holds the files to their places: from the first byte to the directory, each after the other, in the order of
// the directory, within the limits. Exact says that the headers in the directory are as we write them.
func checkLayout(r io.ReaderAt, entries []entry, dirOffset int64, exact bool) error {
	if err := checkSizes(entries, dirOffset); err != nil {
		return err
	}
	byOffset := make([]*entry, len(entries))
	for i := range entries {
		byOffset[i] = &entries[i]
	}
	slices.SortFunc(byOffset, func(a, b *entry) int { return cmp.Compare(a.offset, b.offset) })
	var at int64
	hidden := false
	for _, e := range byOffset {
		if e.offset < at {
			return refuse(Overlap, e.name)
		}
		hidden = hidden || e.offset > at
		at = e.end()
	}
	if at > dirOffset {
		return refuse(Overlap, byOffset[len(byOffset)-1].name)
	}
	for i := range entries {
		if err := CheckName(entries[i].name); err != nil {
			return err
		}
	}
	switch {
	case !exact:
		return refuse(OtherZip, "")
	case hidden || at < dirOffset:
		return refuse(Hidden, "")
	}
	return checkHeads(r, entries)
}

// checkSizes holds the sizes to the limits. They are what the directory says; a body holds the bytes to them.
func checkSizes(entries []entry, dirOffset int64) error {
	var total int64
	for i := range entries {
		e := &entries[i]
		total += e.size
		switch {
		case e.packed > dirOffset:
			return refuse(SizeLie, e.name)
		case e.method == stored && e.size != e.packed:
			return refuse(SizeLie, e.name)
		case e.size > MaxRatio*e.packed:
			return refuse(TooDense, e.name)
		case total > MaxUnpacked:
			return refuse(TooMuch, "")
		}
	}
	return nil
}

// checkHeads holds the order of the files: fanal.sum, its signature where there is one, then the others by name. The
// headers before the files are compared when each is read.
func checkHeads(r io.ReaderAt, entries []entry) error {
	if len(entries) == 0 || !slices.ContainsFunc(entries, func(e entry) bool { return e.name == SumsName }) {
		return refuse(NoSums, "")
	}
	if len(entries) > MaxFiles+2 {
		return refuse(TooMany, "")
	}
	rank := func(e entry) int {
		switch e.name {
		case SumsName:
			return 0
		case SignName:
			return 1
		}
		return 2
	}
	ordered := slices.IsSortedFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a.name, b.name))
	})
	offsets := slices.IsSortedFunc(entries, func(a, b entry) int { return cmp.Compare(a.offset, b.offset) })
	if !ordered || !offsets {
		return refuse(Order, "")
	}
	return nil
}

// takeSums reads fanal.sum and its signature and holds the files to them.
func (p *Pack) takeSums(r io.ReaderAt, entries []entry) error {
	head, rest := &entries[0], entries[1:]
	if head.method != stored || head.size > MaxFiles*(2*sha256.Size+3+MaxName) {
		return refuse(BadSums, SumsName)
	}
	text, err := readEntry(r, head)
	if err != nil {
		return err
	}
	if p.sums, err = parseSums(text); err != nil {
		return err
	}
	p.sumsSum = sha256.Sum256(text)
	if len(rest) > 0 && rest[0].name == SignName {
		if p.Sign, err = readSignature(r, &rest[0], text); err != nil {
			return err
		}
		rest = rest[1:]
	}
	p.entries, p.index = rest, make(map[string]int, len(rest))
	for i := range rest {
		p.index[rest[i].name] = i
		if _, ok := p.sums[rest[i].name]; !ok {
			return refuse(NoSum, rest[i].name)
		}
	}
	for name := range p.sums {
		if _, ok := p.index[name]; !ok {
			return refuse(NoFile, name)
		}
	}
	return nil
}

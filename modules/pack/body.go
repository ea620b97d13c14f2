package pack

import (
	"bufio"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"errors"
	"hash"
	"hash/crc32"
	"io"
)

// A body reads the content of one entry and believes nothing of it: the header before it must be the one that the
// directory promises, the bytes are counted, and at the end the checksum and the SHA-256 must agree. A reader that gets
// io.EOF has had the true content; any other end is a [*Refusal].
type body struct {
	e      *entry
	src    *bufio.Reader // the packed bytes of a compressed entry: the inflater takes them one at a time, and none too many
	plain  io.Reader     // the unpacked bytes
	crc    uint32
	sum    hash.Hash
	want   *[sha256.Size]byte // nil: fanal.sum and its signature, which have no sum
	got    int64
	failed error
}

// newBody begins to read an entry.
func newBody(r io.ReaderAt, e *entry, want *[sha256.Size]byte) (*body, error) {
	head := make([]byte, lenLocal+len(e.name))
	if _, err := r.ReadAt(head, e.offset); err != nil {
		return nil, readFault(err, e.name)
	}
	if !bytes.Equal(head, e.local()) {
		return nil, refuse(TwoHeads, e.name)
	}
	b := &body{e: e, want: want, sum: sha256.New()}
	b.plain = io.NewSectionReader(r, e.data(), e.packed)
	if e.method == deflated {
		b.src = bufio.NewReaderSize(b.plain, 16<<10)
		b.plain = flate.NewReader(b.src)
	}
	return b, nil
}

// Read reads unpacked bytes. The last of them come with an error other than io.EOF where the entry is not what it must be.
func (b *body) Read(p []byte) (int, error) {
	if b.failed != nil {
		return 0, b.failed
	}
	if len(p) == 0 {
		return 0, nil
	}
	n, err := b.plain.Read(p)
	b.got += int64(n)
	if b.got > b.e.size {
		b.failed = refuse(SizeLie, b.e.name)
		return 0, b.failed
	}
	b.crc = crc32.Update(b.crc, crc32.IEEETable, p[:n])
	if b.want != nil {
		b.sum.Write(p[:n])
	}
	if err != nil {
		b.failed = b.end(err)
	}
	return n, b.failed
}

// end judges the entry when its bytes have ended with err.
func (b *body) end(err error) error {
	var broken flate.CorruptInputError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &broken):
		return &Refusal{Why: Broken, Name: b.e.name, Err: err}
	case err != io.EOF:
		return readFault(err, b.e.name)
	case b.got != b.e.size:
		return refuse(SizeLie, b.e.name)
	}
	if b.src != nil {
		if _, err := b.src.ReadByte(); err != io.EOF {
			return refuse(Hidden, b.e.name) // bytes after the end of the compressed ones
		}
	}
	if b.want != nil && [sha256.Size]byte(b.sum.Sum(nil)) != *b.want {
		return refuse(BadSum, b.e.name)
	}
	if b.crc != b.e.crc {
		return refuse(Broken, b.e.name)
	}
	return io.EOF
}

// readFault says an error of reading. A file that ends early has been cut short since its directory was read.
func readFault(err error, name string) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return refuse(Changed, name)
	}
	return err
}

package pack

import (
	"context"
	"crypto/sha256"
	"io"
)

// VerifyBytes verifies a pack that is read from r, as [Verify] does but for what the module says of itself.
func VerifyBytes(r io.ReaderAt, size int64) error {
	_, err := verifyAll(ticker{ctx: context.Background()}, r, size)
	return err
}

// Comment returns the trusted comment that a signature of fanal.sum must carry: `minisign -S -t` takes it.
func Comment(text []byte, module, version string, key Key) string {
	s := Signature{Key: key, Module: module, Version: version, Sum: sha256.Sum256(text)}
	return s.comment()
}

package progress

import "encoding/hex"

// Totals returns how many events the store holds, of everybody, and the XOR of their ids in hexadecimal: two stores with
// the same of both hold the same history.
func (s *Store) Totals() (events uint64, xor string, err error) {
	var sum totals
	err = s.read(func(t tx, _ *links) error { return readState(t, bucketMeta, keyTotals, &sum) })
	return sum.Events, hex.EncodeToString(sum.XOR[:]), err
}

package progress

// AddForeign adds events that were made elsewhere: the union of both histories, folded anew for the learners that they
// concern. Events that are here already change nothing, so that the same history may come as often as it likes, in any
// order. It returns how many were new; all are kept or none. Whoever was erased elsewhere is erased here, as [Store.Erase]
// does it. Errors: [ErrInvalid], and those of [Store.Append].
func (s *Store) AddForeign(events []Event) (added int, err error) {
	batch := make([]entry, len(events))
	for i, e := range events {
		key, value, err := encodeEvent(e)
		if err != nil {
			return 0, err
		}
		batch[i] = entry{key: key, value: value, event: e}
	}
	s.writing.Lock()
	added, err = s.keep(batch)
	s.writing.Unlock()
	if err != nil {
		return 0, err
	}
	return added, s.purge()
}

package progress

import "time"

// The clock of a donated laptop restarts in 2009, or in 2099. Nothing here is ordered by it; but a date on a copy or a
// report is worth writing only when it can be believed.
var (
	firstDay = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) // the program did not exist before
	lastDay  = firstDay.AddDate(30, 0, 0)
)

// backward is how far a clock may fall behind the last event and still be believed: time zones, and a clock set right.
const backward = 26 * time.Hour

// ClockBelievable tells whether the time of day may be right: the program existed, and it is not before what was kept last.
// An event from a clock that was itself not to be believed tells nothing.
func (s *Store) ClockBelievable() bool {
	now := s.clock()
	if now.Before(firstDay) || now.After(lastDay) {
		return false
	}
	believable := true
	_ = s.read(func(t tx, _ *links) error {
		key := t.last(bucketLog)
		if key == nil {
			return nil
		}
		e, err := readRecord(key, t.get(bucketLog, key))
		if err == nil && e.Time.After(firstDay) && e.Time.Before(lastDay) {
			believable = !now.Before(e.Time.Add(-backward))
		}
		return err
	})
	return believable
}

// Believable tells whether a time in the record may be right: the program existed, and a laptop of today may have said it.
func Believable(t time.Time) bool { return !t.Before(firstDay) && t.Before(lastDay) }

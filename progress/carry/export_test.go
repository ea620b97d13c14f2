package carry

import (
	"context"
	"os"

	"fanal/progress"
)

// Fill writes everybody's bundle into an open file and says, as [Save] does, why that failed.
func Fill(f *os.File, s *progress.Store) error {
	_, err := fill(context.Background(), f, f.Name(), s, Options{}, Lock{})
	return unsaved(err)
}

package cli

import (
	"path/filepath"
	"strings"

	"fanal/progress"
)

// notice says what opening the store made good, and what may be missing; "" when nothing had to be.
func (p *program) notice(s *seat) string {
	r := s.store.Recovery()
	if r == nil {
		return ""
	}
	return p.recovered(r, s.dir)
}

// recovered says what was found, what came back and what may be missing.
func (p *program) recovered(r *progress.Recovery, dir string) string {
	w := p.words
	parts := []string{w.T("store-found-" + string(r.Found))}
	back := r.Events
	if r.Found == progress.TroubleBehind {
		back = r.FromJournal
	}
	parts = append(parts, w.N("store-came-back", back))
	switch {
	case r.Missing > 0:
		parts = append(parts, w.N("store-missing", r.Missing))
	case r.Whole:
		parts = append(parts, w.T("store-nothing-missing"))
	default:
		parts = append(parts, w.T("store-may-miss"))
	}
	if r.Aside != "" {
		parts = append(parts, w.T("store-aside", "File", filepath.Join(dir, r.Aside)))
	}
	return strings.Join(parts, " ")
}

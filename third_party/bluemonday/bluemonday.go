// Package bluemonday stands in for github.com/microcosm-cc/bluemonday, the HTML sanitizer that glamour links to take the
// tags out of raw HTML.
//
// Raw HTML never reaches the renderer here: modules drops it when a lesson is cut. The real package compiles its rules for
// HTML and CSS before main runs: 1.5 ms and 1.2 MB on every start. This module keeps the two names that glamour uses, and
// leaves nothing of a tag. What reaches a terminal goes through the program's own last filter in any case.
package bluemonday

import "strings"

// A Policy says which tags stay. This one knows only one policy: none.
type Policy struct{}

// StrictPolicy keeps no tag.
func StrictPolicy() *Policy { return &Policy{} }

// Sanitize takes every tag, comment and declaration out of s, and a "<" that is never closed with all that follows it.
func (p *Policy) Sanitize(s string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "<")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if comment, ok := strings.CutPrefix(rest, "!--"); ok {
			_, s, found = strings.Cut(comment, "-->")
		} else {
			_, s, found = strings.Cut(rest, ">")
		}
		if !found {
			return b.String()
		}
	}
}

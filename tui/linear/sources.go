package linear

import (
	"strings"
	"time"

	"fanal/locale"
	"fanal/modules"
)

// SourceText says where a fact comes from: the title, who published it and when, when it was last checked, and the address,
// which leads nowhere without a network but can be noted down. What a module leaves out is left out.
func SourceText(w *locale.Printer, s modules.Source) string {
	parts := []string{s.Title}
	switch by := spokenDate(w, s.Date); {
	case s.Publisher != "" && by != "":
		parts = append(parts, s.Publisher+", "+by)
	case s.Publisher+by != "":
		parts = append(parts, s.Publisher+by)
	}
	if s.Checked != "" {
		parts = append(parts, w.T("source-checked", "Date", spokenDate(w, s.Checked)))
	}
	if s.URL != "" {
		parts = append(parts, s.URL)
	}
	return strings.Join(parts, ". ")
}

// spokenDate says a day as the language does; a year or a month stay as they are written.
func spokenDate(w *locale.Printer, date string) string {
	if day, err := time.Parse(time.DateOnly, date); err == nil {
		return w.Date(day)
	}
	return date
}

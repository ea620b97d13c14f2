package linear

import (
	"path/filepath"
	"time"

	"fanal/locale"
	"fanal/modules"
	"fanal/modules/pack"
	"fanal/progress"
	"fanal/progress/carry"
)

// CarriedText says what came of bringing a bundle in, a sentence a line: both sides of it, then the people.
func CarriedText(w *locale.Printer, r carry.Result) []string {
	side := func(id string, s carry.Sum) string { return w.N(id, int(s.Events), "Sum", ShortSum(s)) }
	lines := []string{side("carry-side-file", r.Carried), side("carry-side-before", r.Before), side("carry-side-now", r.Now)}
	if r.Added == 0 {
		lines = append(lines, w.T("carry-new-none"))
	} else {
		lines = append(lines, w.N("carry-new", r.Added))
	}
	if r.Carried == r.Now {
		lines = append(lines, w.T("carry-sides-same"))
	}
	for _, p := range r.People {
		switch {
		case p.Gone:
			lines = append(lines, w.T("carry-person-gone"))
		case p.Same():
			lines = append(lines, w.N("carry-person-same", int(p.Now.Events), "Name", p.Name))
		default:
			lines = append(lines, w.N("carry-person-more", int(p.Now.Events), "Name", p.Name, "There", w.Int(int(p.Carried.Events))))
		}
	}
	if r.Bad > 0 {
		lines = append(lines, w.N("carry-bad", r.Bad))
	}
	return lines
}

// WrittenText says what was written where, and that the stick may go.
func WrittenText(w *locale.Printer, path string, c carry.Contents) []string {
	return []string{w.N("carry-written", int(c.Sum.Events), "File", path, "Sum", ShortSum(c.Sum)), w.T("carry-may-remove")}
}

// ShortSum is as much of a sum as two people compare by eye.
func ShortSum(s carry.Sum) string { return s.XOR[:min(len(s.XOR), 8)] }

// A CarryPlace is a folder that bundles may be written to or lie in.
type CarryPlace struct {
	Path string
	Name string // of the stick, clean; "" is the current folder
	Free int64  // bytes that may be written, 0 when the system does not say
}

// CarryPlaces are the sticks that are plugged in, and last the current folder.
func CarryPlaces() []CarryPlace {
	var places []CarryPlace
	for _, st := range pack.Sticks() {
		places = append(places, CarryPlace{Path: st.Path, Name: modules.CleanLine(st.Name)})
	}
	places = append(places, CarryPlace{Path: "."})
	for i := range places {
		places[i].Free, _ = pack.Free(places[i].Path)
	}
	return places
}

// Today is the day that what is written for others says it was made on, none when the clock is not to be believed.
func Today(s *progress.Store) time.Time {
	if !s.ClockBelievable() {
		return time.Time{}
	}
	return time.Now()
}

// BundleText names a bundle, with its size and what it is sealed with.
func BundleText(w *locale.Printer, f carry.Found) string {
	text := modules.CleanLine(filepath.Base(f.Path)) + ", " + w.Bytes(f.Size)
	switch f.Seal {
	case carry.WithPassphrase:
		text += ", " + w.T("carry-sealed")
	case carry.WithKey:
		text += ", " + w.T("carry-sealed-key")
	}
	return text
}

package linear

import (
	"fanal/locale"
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

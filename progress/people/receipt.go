package people

import "strings"

// Sentences say the receipt: who, how much, what a second look found, and what still exists elsewhere.
func (r Receipt) Sentences(words Words) []string {
	var all []string
	if !r.Time.IsZero() {
		all = append(all, words.Date(r.Time))
	}
	if len(r.Names) > 0 {
		all = append(all, words.T("receipt-who", "Names", strings.Join(r.Names, ", ")))
	} else {
		all = append(all, words.T("receipt-nobody"))
	}
	all = append(all, words.T("receipt-what", "Events", words.Int(r.Events), "Notes", words.Int(r.Notes)))
	if r.Files > 0 || r.Left > 0 {
		id := "receipt-clean"
		if r.Left > 0 {
			id = "receipt-left"
		}
		all = append(all, words.T(id, "Files", words.Int(r.Files), "Left", words.Int(r.Left)))
	}
	if len(r.Aside) > 0 {
		all = append(all, words.T("receipt-aside", "Names", strings.Join(r.Aside, ", ")))
	}
	if r.Carried {
		return append(all, words.T("receipt-carried"))
	}
	return append(all, words.T("receipt-tombstone"))
}

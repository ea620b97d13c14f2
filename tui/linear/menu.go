package linear

import (
	"strings"
)

// pageLength is how many things a menu offers at once: more than twenty cannot be kept in the ear.
const pageLength = 20

// letter names the i-th thing that can be picked, from 0.
func letter(i int) string { return string(rune('a' + i)) }

// letters reads what was typed as letters of the first n, in the order typed. Spaces and the commonest separators between
// them do not count, nor does case. It is false when anything else is in it, or nothing.
func letters(text string, n int) ([]int, bool) {
	var picked []int
	for _, r := range strings.ToLower(text) {
		switch {
		case strings.ContainsRune(" ,;.-+/)\u00a0", r):
		case r >= 'a' && r < rune('a'+n):
			picked = append(picked, int(r-'a'))
		default:
			return nil, false
		}
	}
	return picked, len(picked) > 0
}

// An entry is something that can be picked, and what happens then.
type entry struct {
	text string
	do   func() error
}

// choose offers entries and does the one that is picked. An empty line picks entry enter, where it is not negative. It
// returns errBack for :b.
func (s *session) choose(entries []entry, enter int) error {
	i, err := s.pick("", len(entries), func(i int) string { return entries[i].text }, enter)
	if err != nil {
		return err
	}
	return entries[i].do()
}

// pick asks a question, offers n things, a page at a time, and returns the index of the one that is picked. A menu, which
// has no question, offers the way back itself.
func (s *session) pick(question string, n int, text func(int) string, enter int) (int, error) {
	from := max(enter, 0) / pageLength * pageLength
	for {
		end := min(from+pageLength, n)
		if question != "" {
			s.say(question)
		}
		offered := 0
		for i := from; i < end; i++ {
			s.option(offered, text(i))
			offered++
		}
		if n > pageLength {
			s.option(offered, s.words.T("linear-more", "From", from+1, "To", end, "All", n))
			offered++
		}
		empty := enter >= from && enter < end
		how := s.anyOf(offered)
		if empty {
			how += " " + s.words.T("linear-or-enter", "Enter", letter(enter-from))
		} else if question != "" && s.desk != nil {
			how += " " + s.words.T("linear-or-back")
		}
		s.say(how)
		i, err := s.pickLetter(offered, empty)
		switch {
		case err != nil:
			return 0, err
		case i < 0:
			return enter, nil
		case from+i < end:
			return from + i, nil
		}
		if from = end; from >= n {
			from = 0
		}
	}
}

// option writes one thing that can be picked.
func (s *session) option(i int, text string) { s.hang(letter(i)+") "+text, 3) }

// pickLetter waits for one letter of the first n, or, where empty allows it, for an empty line, which gives -1.
func (s *session) pickLetter(n int, empty bool) (int, error) {
	for {
		t, err := s.hear("b", false)
		if err != nil {
			return 0, err
		}
		if t.cmd == 'b' {
			return 0, errBack
		}
		if t.text == "" && empty {
			return -1, nil
		}
		if picked, ok := letters(t.text, n); ok && len(picked) == 1 {
			return picked[0], nil
		}
		s.misreadAs(t.text, s.anyOf(n))
	}
}

// anyOf says that one of the first n letters is to be typed.
func (s *session) anyOf(n int) string {
	id := "linear-type-letter"
	switch n {
	case 1:
		id = "linear-type-only"
	case 2:
		id = "linear-type-either"
	}
	return s.words.T(id, "Last", letter(n-1))
}

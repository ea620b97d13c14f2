package find

import (
	"cmp"
	"slices"
	"strings"

	"fanal/modules"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/text/unicode/norm"
)

// A Term is an entry of the glossary of the whole library.
type Term struct {
	Module, ModuleTitle  string
	ID, Term, Definition string
	Uses                 []Use
}

// A Use is a lesson that uses a term, and the step where it stands first.
type Use struct {
	Lesson, Title string
	Number        int    // of the step, from 1
	Step          string // its id
}

// String writes a use as the index keeps it, on a line of its own.
func (u Use) String() string { return u.Lesson + " " + place(u.Number, u.Step) + " " + u.Title }

// readUse reads what String has written.
func readUse(line string) (u Use) {
	at := ""
	u.Lesson, line, _ = strings.Cut(line, " ")
	at, u.Title, _ = strings.Cut(line, " ")
	u.Number, u.Step = unplace(at)
	return u
}

// Terms returns the glossaries of the library, as far as the index has them, from A to Z by the rules of the language, and
// how many modules are still missing. The error is [ErrNoIndex].
func (x *Index) Terms(lib *modules.Library, lang string) (terms []Term, missing int, err error) {
	if err := x.open(); err != nil {
		return nil, 0, noIndex{err}
	}
	ids := lib.IDs()
	err = x.use(func(db *bolt.DB) error {
		return db.View(func(tx *bolt.Tx) error {
			b := tx.Bucket(modulesOf(lang))
			if b == nil {
				missing = len(ids)
				return nil
			}
			var rec record
			for _, id := range ids {
				v := b.Get([]byte(id))
				if v == nil || rec.decode(v) != nil {
					missing++
					continue
				}
				of, err := rec.terms(id)
				if err != nil {
					return err
				}
				terms = append(terms, of...)
			}
			return nil
		})
	})
	if err != nil {
		x.abandon()
		return nil, len(ids), nil
	}
	sortTerms(terms, lang)
	return terms, missing, nil
}

// terms gives the glossary of a module: the last of its groups, when it is one.
func (r *record) terms(id string) ([]Term, error) {
	last := len(r.groups) - 2
	if last < 1 || kind(r.kinds[r.groups[last]]&kindMask) != aTerm {
		return nil, nil
	}
	own, err := r.group(0)
	if err != nil {
		return nil, err
	}
	g, err := r.group(last)
	if err != nil {
		return nil, err
	}
	var terms []Term
	for i := 0; i+1 < len(g.parts); i += 2 {
		t := Term{Module: id, ModuleTitle: own.title, ID: g.parts[i].step, Term: g.parts[i].text, Definition: g.parts[i+1].text}
		for line := range strings.FieldsFuncSeq(g.parts[i+1].step, func(r rune) bool { return r == '\n' }) {
			t.Uses = append(t.Uses, readUse(line))
		}
		terms = append(terms, t)
	}
	return terms, nil
}

// sortTerms sorts terms as a dictionary of the language does; those that are written alike by module.
func sortTerms(terms []Term, lang string) {
	keys := make(map[string]string, len(terms))
	for _, t := range terms {
		if _, ok := keys[t.Term]; !ok {
			keys[t.Term] = sortKey(t.Term, lang)
		}
	}
	slices.SortStableFunc(terms, func(a, b Term) int {
		return cmp.Or(strings.Compare(keys[a.Term], keys[b.Term]), strings.Compare(a.Term, b.Term), strings.Compare(a.Module, b.Module))
	})
}

// afterAll comes after every letter.
const afterAll = "\U0010ffff"

// sortKey returns what a term has its place by. In the dictionaries of our languages neither capitals nor accents make a
// difference to it; but Spanish has a letter ñ, between n and o.
func sortKey(term, lang string) string {
	key := strings.ReplaceAll(norm.NFC.String(term), "’", "'")
	if lang == "es" {
		key = strings.NewReplacer("ñ", "n"+afterAll, "Ñ", "n"+afterAll).Replace(key)
	}
	return fold(key)
}

// Filter returns the terms one of whose words begins as what was typed does, without regard to accents and case; of several
// words all must.
func Filter(terms []Term, typed string) []Term {
	var begun []string
	words(typed, "", func(start, end int) bool {
		begun = append(begun, fold(typed[start:end]))
		return true
	})
	if len(begun) == 0 {
		return terms
	}
	var kept []Term
	for _, t := range terms {
		left := slices.Clone(begun)
		words(t.Term, "", func(start, end int) bool {
			form := fold(t.Term[start:end])
			left = slices.DeleteFunc(left, func(b string) bool { return strings.HasPrefix(form, b) })
			return len(left) > 0
		})
		if len(left) == 0 {
			kept = append(kept, t)
		}
	}
	return kept
}

// Equivalents returns how the other editions of a module call a term, by language, of those that have it.
func Equivalents(m *modules.Module, id string, languages []string) map[string]string {
	named := map[string]string{}
	for _, lang := range languages {
		if m.Edition(lang) != lang {
			continue
		}
		terms, err := m.Glossary(lang)
		if err != nil {
			continue
		}
		for _, t := range terms {
			if t.ID == id {
				named[lang] = t.Term
			}
		}
	}
	return named
}

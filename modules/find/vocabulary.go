package find

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
	"unicode/utf8"

	"fanal/modules"

	bolt "go.etcd.io/bbolt"
)

// The buckets of a language.
func modulesOf(lang string) []byte { return []byte(lang + "/modules") }
func formsOf(lang string) []byte   { return []byte(lang + "/forms") }
func stemsOf(lang string) []byte   { return []byte(lang + "/stems") }
func mirrorOf(lang string) []byte  { return []byte(lang + "/mirror") }

// tonguesOf holds the languages in which the texts of a language are: its own, and those that modules lacking it fall back
// on.
func tonguesOf(lang string) []byte { return []byte(lang + "/tongues") }

// A writer puts modules into the index, in one transaction.
type writer struct {
	lang                                     string
	modules, forms, stems, mirror, inTongues *bolt.Bucket
	stemmers                                 map[string]*stemmer
	numbers                                  map[string]uint32          // of forms met already
	linked                                   map[string]map[uint32]bool // stems that are known to name a form
	fresh                                    map[string][]uint32        // what stems will name in addition
	added                                    map[string]uint32          // forms that are new
}

func newWriter(tx *bolt.Tx, lang string) (*writer, error) {
	w := &writer{
		lang: lang, stemmers: map[string]*stemmer{}, numbers: map[string]uint32{}, linked: map[string]map[uint32]bool{},
		fresh: map[string][]uint32{}, added: map[string]uint32{},
	}
	for name, b := range map[string]**bolt.Bucket{
		string(modulesOf(lang)): &w.modules, string(formsOf(lang)): &w.forms, string(stemsOf(lang)): &w.stems,
		string(mirrorOf(lang)): &w.mirror, string(tonguesOf(lang)): &w.inTongues,
	} {
		var err error
		if *b, err = tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return nil, err
		}
		(*b).FillPercent = 0.8
	}
	return w, nil
}

func (w *writer) stemmer(lang string) *stemmer {
	st := w.stemmers[lang]
	if st == nil {
		st = newStemmer(lang)
		w.stemmers[lang] = st
	}
	return st
}

// stampOf gives the stamp of a module of the library.
func stampOf(lib *modules.Library, id, lang string) (string, error) {
	m := lib.Module(id)
	if m == nil {
		return "", errUnusable
	}
	return m.Stamp(lang)
}

// put makes the record of a module, unless it has one that is as it should be. A module that cannot be read has none.
func (w *writer) put(id string, lib *modules.Library) (changed bool, err error) {
	stamp, err := stampOf(lib, id, w.lang)
	if err != nil || recordStamp(w.modules.Get([]byte(id))) == stamp {
		return false, nil
	}
	groups, err := collect(lib.Module(id), w.lang)
	if err != nil {
		return false, nil
	}
	for _, g := range groups {
		if err := w.inTongues.Put([]byte(g.lang), nil); err != nil {
			return false, err
		}
	}
	rec, err := encode(stamp, groups, w.stemmer, w.number)
	if err != nil {
		return false, err
	}
	return true, w.modules.Put([]byte(id), rec)
}

// number gives the number of a word, and makes its stems name it.
func (w *writer) number(wd word) (uint32, error) {
	n, known := w.numbers[wd.form]
	if !known {
		if v := w.forms.Get([]byte(wd.form)); len(v) == 4 {
			n = binary.BigEndian.Uint32(v)
		} else {
			next, err := w.forms.NextSequence()
			if err != nil {
				return 0, err
			}
			n = uint32(next)
			w.added[wd.form] = n
		}
		w.numbers[wd.form] = n
	}
	for _, stem := range wd.stems {
		w.link(stem, n)
	}
	return n, nil
}

// link makes a stem name a word.
func (w *writer) link(stem string, n uint32) {
	of := w.linked[stem]
	if of == nil {
		of = map[uint32]bool{}
		for n := range numbersIn(w.stems.Get([]byte(stem))) {
			of[n] = true
		}
		w.linked[stem] = of
	}
	if !of[n] {
		of[n] = true
		w.fresh[stem] = append(w.fresh[stem], n)
	}
}

// numbersIn gives the numbers of a list.
func numbersIn(list []byte) func(yield func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for len(list) > 0 {
			n, size := binary.Uvarint(list)
			if size <= 0 || !yield(uint32(n)) {
				return
			}
			list = list[size:]
		}
	}
}

// finish writes what is new in the vocabulary, in the order of its keys, and forgets modules that are gone when they have
// become the greater part: a stick that is pulled out today comes back tomorrow.
func (w *writer) finish(ids []string) error {
	for _, form := range slices.Sorted(maps.Keys(w.added)) {
		if err := w.forms.Put([]byte(form), binary.BigEndian.AppendUint32(nil, w.added[form])); err != nil {
			return err
		}
	}
	if err := w.reflect(); err != nil {
		return err
	}
	for _, stem := range slices.Sorted(maps.Keys(w.fresh)) {
		list := bytes.Clone(w.stems.Get([]byte(stem)))
		for _, n := range w.fresh[stem] {
			list = binary.AppendUvarint(list, uint64(n))
		}
		if err := w.stems.Put([]byte(stem), list); err != nil {
			return err
		}
	}
	return w.forget(ids)
}

// What a word of the mirror is.
const (
	aForm = 1 << iota
	aStem
)

// reflect puts the new words and stems into the mirror.
func (w *writer) reflect() error {
	is := map[string]byte{}
	for form := range w.added {
		is[mirrored(form)] |= aForm
	}
	for stem := range w.fresh {
		is[mirrored(stem)] |= aStem
	}
	for _, key := range slices.Sorted(maps.Keys(is)) {
		if utf8.RuneCountInString(key) < slipStem-1 { // no slip is looked for in so short a one
			continue
		}
		old := byte(0)
		if v := w.mirror.Get([]byte(key)); len(v) == 1 {
			old = v[0]
		}
		if err := w.mirror.Put([]byte(key), []byte{old | is[key]}); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) forget(ids []string) error {
	ids = slices.Sorted(slices.Values(ids))
	var gone [][]byte
	all := 0
	err := w.modules.ForEach(func(id, _ []byte) error {
		all++
		if _, found := slices.BinarySearch(ids, string(id)); !found {
			gone = append(gone, bytes.Clone(id))
		}
		return nil
	})
	if err != nil || 2*len(gone) <= all {
		return err
	}
	for _, id := range gone {
		if err := w.modules.Delete(id); err != nil {
			return err
		}
	}
	return nil
}

// mirrored writes a word back to front.
func mirrored(w string) string {
	r := []rune(w)
	slices.Reverse(r)
	return string(r)
}

// A vocabulary is the words of a language, in a transaction.
type vocabulary struct {
	forms, stems, mirror *bolt.Bucket
	stemmers             []*stemmer // of the languages that the texts are in
}

// openVocabulary returns the words of a language; ok is false while it has none.
func openVocabulary(tx *bolt.Tx, lang string) (v vocabulary, ok bool) {
	v = vocabulary{forms: tx.Bucket(formsOf(lang)), stems: tx.Bucket(stemsOf(lang)), mirror: tx.Bucket(mirrorOf(lang))}
	tongues := tx.Bucket(tonguesOf(lang))
	if v.forms == nil || v.stems == nil || v.mirror == nil || tongues == nil {
		return v, false
	}
	_ = tongues.ForEach(func(tongue, _ []byte) error {
		v.stemmers = append(v.stemmers, newStemmer(string(tongue)))
		return nil
	})
	return v, true
}

// want gives the words of the vocabulary that a sought word means, by number, each with the best way in which it was found.
func (v vocabulary) want(s *sought) []wanted {
	best := map[uint32]int{}
	add := func(n uint32, how int) {
		if old, ok := best[n]; !ok || how > old {
			best[n] = how
		}
	}
	if s.typed {
		c := v.forms.Cursor()
		prefix := []byte(s.form)
		for k, n := c.Seek(prefix); bytes.HasPrefix(k, prefix) && len(n) == 4; k, n = c.Next() {
			add(binary.BigEndian.Uint32(n), byBeginning)
		}
	}
	for _, stem := range s.stems {
		for n := range numbersIn(v.stems.Get([]byte(stem))) {
			add(n, byStem)
		}
	}
	if n := v.forms.Get([]byte(s.form)); len(n) == 4 {
		add(binary.BigEndian.Uint32(n), byForm)
	}
	for _, stem := range s.slipStems {
		for n := range numbersIn(v.stems.Get([]byte(stem))) {
			add(n, bySlip)
		}
	}
	for _, slip := range s.slips {
		if n := v.forms.Get([]byte(slip)); len(n) == 4 {
			add(binary.BigEndian.Uint32(n), bySlip)
		}
	}
	want := make([]wanted, 0, len(best))
	for n, how := range best {
		want = append(want, wanted{n, how})
	}
	slices.SortFunc(want, func(a, b wanted) int { return int(a.number) - int(b.number) })
	return want
}

// forgive gives a sought word the words and the stems that are one slip away, and tells whether there are any. What is typed
// may have a slip and another ending: so its stem is compared with stems, too.
func (v vocabulary) forgive(s *sought) bool {
	s.slips = v.near(s.form, v.forms, aForm)
	for _, stem := range s.stems {
		if utf8.RuneCountInString(stem) >= slipStem {
			s.slipStems = append(s.slipStems, v.near(stem, v.stems, aStem)...)
		}
	}
	for _, form := range s.slips { // a slip in the plural means the singular too
		for _, st := range v.stemmers {
			s.slipStems = append(s.slipStems, st.word(form).stems...)
		}
	}
	return len(s.slips)+len(s.slipStems) > 0
}

// near gives the keys of a bucket that are one slip away from a word. One slip leaves the first half of a word as it is or
// the second half, so they are looked for among those that begin so and, in the mirror, those that end so; two letters
// swapped in the very middle are tried by themselves.
func (v vocabulary) near(w string, in *bolt.Bucket, kind byte) []string {
	r := []rune(w)
	half := len(r) / 2
	var found []string
	try := func(candidate string) {
		if oneSlip(w, candidate) && !slices.Contains(found, candidate) {
			found = append(found, candidate)
		}
	}
	within := func(b *bolt.Bucket, prefix string, take func(key string, value []byte)) {
		c := b.Cursor()
		for k, value := c.Seek([]byte(prefix)); bytes.HasPrefix(k, []byte(prefix)); k, value = c.Next() {
			if n := len(k) - len(w); n <= utf8.UTFMax && n >= -utf8.UTFMax {
				take(string(k), value)
			}
		}
	}
	within(in, string(r[:half]), func(key string, _ []byte) { try(key) })
	within(v.mirror, mirrored(string(r[half:])), func(key string, value []byte) {
		if len(value) == 1 && value[0]&kind != 0 {
			try(mirrored(key))
		}
	})
	r[half-1], r[half] = r[half], r[half-1]
	if swapped := string(r); in.Get([]byte(swapped)) != nil {
		try(swapped)
	}
	return found
}

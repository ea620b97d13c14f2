package find

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"fanal/modules"

	bolt "go.etcd.io/bbolt"
)

// perLesson is how many places of one lesson are shown at most: in the lesson one can look for more.
const perLesson = 3

// Search looks for a query in the modules of the library, as far as the index has them, and returns the best places, at most
// limit. All words must be there, in one step or at least in one lesson; where no lesson has them all, the lessons that have
// most of them are found. A title counts more than a heading or a term, that more than a prompt, and that more than a text.
// Words match by form, by stem, the last one by its beginning, and a word that is found nowhere may have one slip. The error
// is [ErrNoIndex].
func (x *Index) Search(lib *modules.Library, lang, text string, limit int) (Results, error) {
	res := Results{Query: text, Hits: []Hit{}}
	if err := x.open(); err != nil {
		return res, noIndex{err}
	}
	ids := lib.IDs()
	err := x.use(func(db *bolt.DB) error {
		return db.View(func(tx *bolt.Tx) error {
			voc, ok := openVocabulary(tx, lang)
			if !ok {
				res.Missing = len(ids)
				return nil
			}
			s := &search{
				bucket: tx.Bucket(modulesOf(lang)), voc: voc, ids: ids, sorted: sortedOrder(ids), limit: limit,
				q: parse(text, lang, voc.stemmers),
			}
			return s.run(&res)
		})
	})
	if err != nil {
		x.abandon() // nothing is found for a moment, until the next update has made it anew
		return Results{Query: text, Hits: []Hit{}, Missing: len(ids)}, nil
	}
	return res, nil
}

// sortedOrder gives the indices of ids in the order of the alphabet.
func sortedOrder(ids []string) []int {
	order := make([]int, len(ids))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(ids[a], ids[b]) })
	return order
}

// A search is one query at work.
type search struct {
	bucket *bolt.Bucket
	voc    vocabulary
	ids    []string // in the order of the library
	sorted []int    // the order of the ids as words
	limit  int
	q      *query

	want    [][][]wanted // by element and word
	met     [][]bool     // by element and word: found anywhere
	rec     record
	parts   []partScore
	most    int // how many elements the best lesson has
	found   int
	missing int
	best    []candidate // sorted, the best first
	scratch [2][]uint32
}

// A partScore is which elements stand in a part, and how well each was found.
type partScore struct {
	mask uint16
	how  [mostElements]uint8
}

// A candidate is a place that may be shown.
type candidate struct {
	id           string
	group, part  int
	steps, score int // over how many steps the elements are spread, what they count
	order        int // in the library
}

func (s *search) run(res *Results) error {
	if len(s.q.elements) == 0 {
		return nil
	}
	s.pass()
	if s.forgive() {
		s.pass()
	}
	res.Found, res.Missing = s.found, s.missing
	for _, c := range s.best {
		h, err := s.hit(c)
		if err != nil {
			return err
		}
		res.Hits = append(res.Hits, h)
	}
	return nil
}

// forgive looks for slips in the words that were found nowhere, and tells whether there are some.
func (s *search) forgive() bool {
	some := false
	for e, el := range s.q.elements {
		for i, w := range el.words {
			if !s.met[e][i] && canSlip(w.form) && s.voc.forgive(w) {
				some = true
			}
		}
	}
	return some
}

// pass goes through all modules.
func (s *search) pass() {
	s.want, s.met = nil, nil
	for _, el := range s.q.elements {
		var want [][]wanted
		for _, w := range el.words {
			want = append(want, s.voc.want(w))
		}
		s.want = append(s.want, want)
		s.met = append(s.met, make([]bool, len(el.words)))
	}
	s.most, s.found, s.missing, s.best = 0, 0, 0, s.best[:0]
	c := s.bucket.Cursor() // walks beside the ids, sorted as the keys are
	key, b := c.First()
	for _, i := range s.sorted {
		id := s.ids[i]
		for key != nil && string(key) < id {
			key, b = c.Next()
		}
		if string(key) != id || s.rec.decode(b) != nil {
			s.missing++
			continue
		}
		s.module(id, i)
	}
}

// module looks through one module.
func (s *search) module(id string, order int) {
	s.parts = slices.Grow(s.parts[:0], len(s.rec.kinds))[:len(s.rec.kinds)]
	clear(s.parts)
	any := false
	for e, el := range s.q.elements {
		note := func(at uint32, how int) {
			any = true
			p := &s.parts[s.rec.part(at)]
			p.mask |= 1 << e
			p.how[e] = max(p.how[e], uint8(how))
		}
		if len(el.words) > 1 {
			s.phrase(e, note)
			continue
		}
		s.rec.each(s.want[e][0], func(how int, list []byte) {
			s.met[e][0] = true
			s.inParts(list, func(part int) {
				any = true
				p := &s.parts[part]
				p.mask |= 1 << e
				p.how[e] = max(p.how[e], uint8(how))
			})
		})
	}
	if !any {
		return
	}
	for g := 0; g+1 < len(s.rec.groups); g++ {
		from, to := s.rec.groups[g], s.rec.groups[g+1]
		if kind(s.rec.kinds[from]&kindMask) != aTerm {
			s.span(candidate{id: id, group: g, order: order}, from, to)
			continue
		}
		for from < to { // each term is for itself
			end := s.stepEnd(from, to)
			s.span(candidate{id: id, group: g, order: order}, from, end)
			from = end
		}
	}
}

// stepEnd gives the end of the step that begins with a part.
func (s *search) stepEnd(from, to int) int {
	for from++; from < to && s.rec.kinds[from]&beginsStep == 0; from++ {
	}
	return from
}

// inParts visits the parts in which a word stands.
func (s *search) inParts(list []byte, visit func(part int)) {
	part := -1
	places(list, func(at uint32) {
		switch {
		case part >= 0 && at < s.rec.starts[part+1]:
			return
		case part >= 0 && part+2 < len(s.rec.starts) && at < s.rec.starts[part+2]: // often the next one
			part++
		default:
			part = s.rec.part(at)
		}
		visit(part)
	})
}

// phrase finds where the words of a phrase follow each other.
func (s *search) phrase(e int, note func(at uint32, how int)) {
	var ends []uint32 // where the phrase may go on: sorted
	for i, want := range s.want[e] {
		next := s.scratch[i%2][:0]
		s.rec.each(want, func(_ int, list []byte) {
			s.met[e][i] = true
			if i > 0 && len(ends) == 0 {
				return
			}
			places(list, func(at uint32) {
				if i == 0 {
					next = append(next, at+1)
				} else if _, follows := slices.BinarySearch(ends, at); follows {
					next = append(next, at+1)
				}
			})
		})
		slices.Sort(next)
		s.scratch[i%2], ends = next, next
	}
	for _, at := range ends {
		note(at-1, byForm)
	}
}

// mustHave are the elements that no place may lack: words in quotes were meant.
func (q *query) mustHave() (mask uint16) {
	for e, el := range q.elements {
		if el.phrase {
			mask |= 1 << e
		}
	}
	return mask
}

// A stepScore is what a step has of a query.
type stepScore struct {
	mask  uint16
	score int
	part  int // the one to show
}

// span makes candidates of the steps that belong together: those of a lesson.
func (s *search) span(c candidate, from, to int) {
	union, context := uint16(0), uint16(0)
	for i := from; i < to; i++ {
		union |= s.parts[i].mask
	}
	must := s.q.mustHave()
	n := bits.OnesCount16(union)
	if union == 0 || union&must != must || n < s.most || 2*n < len(s.q.elements) {
		return
	}
	if n > s.most {
		s.most, s.found, s.best = n, 0, s.best[:0]
	}
	if kind(s.rec.kinds[from]&kindMask) == aTitle {
		context = s.parts[from].mask // a lesson's title goes for all its steps
	}
	var steps []stepScore
	for from < to {
		st, end := stepScore{part: from}, s.stepEnd(from, to)
		if s.scoreStep(&st, from, end); st.mask != 0 {
			steps = append(steps, st)
		}
		from = end
	}
	s.choose(steps, union, context, c)
}

// scoreStep counts what the parts from i to end have.
func (s *search) scoreStep(st *stepScore, i, end int) {
	var best [mostElements]int
	top := 0
	for p := i; p < end; p++ {
		weight := kind(s.rec.kinds[p] & kindMask).weight()
		sum := 0
		for m := s.parts[p].mask; m != 0; m &= m - 1 {
			e := bits.TrailingZeros16(m)
			score := 4*weight + int(s.parts[p].how[e])
			best[e] = max(best[e], score)
			sum += 64 + score
		}
		if sum > top {
			top, st.part = sum, p
		}
		st.mask |= s.parts[p].mask
	}
	for _, b := range best {
		st.score += b
	}
}

// choose offers the steps that have everything the group has. Where none does, it offers the one that has most, for all
// those over which the words are spread.
func (s *search) choose(steps []stepScore, union, context uint16, c candidate) {
	slices.SortStableFunc(steps, func(a, b stepScore) int {
		return cmp.Or(cmp.Compare(bits.OnesCount16(b.mask), bits.OnesCount16(a.mask)), cmp.Compare(b.score, a.score))
	})
	shown := 0
	for _, st := range steps {
		if st.mask|context != union {
			continue
		}
		s.found++
		if shown++; shown <= perLesson {
			c.part, c.steps, c.score = st.part, 1, st.score
			s.offer(c)
		}
	}
	if shown > 0 {
		return
	}
	s.found++
	c.part, c.score = steps[0].part, steps[0].score
	for have := context; have != union; c.steps++ { // as few steps as a greedy choice needs
		next := slices.MaxFunc(steps, func(a, b stepScore) int {
			return cmp.Compare(bits.OnesCount16(a.mask&^have), bits.OnesCount16(b.mask&^have))
		})
		have |= next.mask
	}
	s.offer(c)
}

// offer keeps a candidate if it is among the best.
func (s *search) offer(c candidate) {
	at, _ := slices.BinarySearchFunc(s.best, c, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.steps, b.steps), cmp.Compare(b.score, a.score), cmp.Compare(a.order, b.order),
			cmp.Compare(a.part, b.part))
	})
	if at >= s.limit {
		return
	}
	s.best = slices.Insert(s.best, at, c)
	s.best = s.best[:min(len(s.best), s.limit)]
}

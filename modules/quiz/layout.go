package quiz

// A Layout is the order in which a question's parts stand on screen, as indices into the question's own lists.
//
//	choice       Left: its options
//	true-false   Left: 0 for true, 1 for false, always in this order
//	fill-in      Left: its bank; nil without one
//	matching     Left: its pairs' left items, as in the file; Right: their right items, then (from len(Pairs)) the distractors
//	sequencing   Left: its steps, never in the right order when there are two or more
//	likert       Left: its scale, then (len(Scale)) the choice outside of it, if there is one
//
// The other types have nothing to lay out.
type Layout struct {
	Left, Right []int
}

// Arrange lays a question out. The same seed gives the same order for ever, on every machine and with every version of
// Go: attempts are kept with their seed only.
func Arrange(q *Question, seed uint64) Layout {
	r := random(seed)
	switch q.Type {
	case Choice:
		left := inOrder(len(q.Options))
		if q.Shuffle {
			r.shuffle(left)
		}
		return Layout{Left: left}
	case TrueFalse:
		return Layout{Left: inOrder(2)}
	case FillIn:
		if len(q.Bank) == 0 {
			return Layout{}
		}
		left := inOrder(len(q.Bank))
		r.shuffle(left)
		return Layout{Left: left}
	case Matching:
		right := inOrder(len(q.Pairs) + len(q.Distractors))
		r.shuffle(right)
		return Layout{Left: inOrder(len(q.Pairs)), Right: right}
	case Sequencing:
		left := inOrder(len(q.Steps))
		for len(left) > 1 {
			if r.shuffle(left); !isInOrder(left) {
				break
			}
		}
		return Layout{Left: left}
	case Likert:
		n := len(q.Scale)
		if q.NotApplicable != "" {
			n++
		}
		return Layout{Left: inOrder(n)}
	default:
		return Layout{}
	}
}

func inOrder(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

func isInOrder(order []int) bool {
	for i, v := range order {
		if i != v {
			return false
		}
	}
	return true
}

// random is splitmix64 (Steele, Lea and Flood 2014), spelled out because the standard library's generators may change
// between versions of Go.
type random uint64

func (r *random) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below gives a number from 0 to n-1, all alike: what would favour the small ones is drawn again.
func (r *random) below(n uint64) uint64 {
	for {
		if v := r.next(); v >= -n%n {
			return v % n
		}
	}
}

// shuffle is Fisher and Yates's.
func (r *random) shuffle(order []int) {
	for i := len(order) - 1; i > 0; i-- {
		j := r.below(uint64(i) + 1)
		order[i], order[j] = order[j], order[i]
	}
}

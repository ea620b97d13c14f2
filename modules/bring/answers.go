package bring

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fanal/modules/quiz"
)

// mostParts is how many parts a question of a module may have.
const mostParts = 26

// An answer is one of those in the braces.
type answer struct {
	text     string // escapes hidden
	feedback string // escapes hidden
	weight   float64
	weighted bool
}

var weightForm = regexp.MustCompile(`^%\s*(-*)\s*([0-9]{1,3}(?:[.,][0-9]*)?)\s*%`)

// weigh takes the weight off an answer, and what is said about it.
func weigh(s string, otherwise float64) answer {
	a := answer{text: strings.TrimSpace(s), weight: otherwise}
	if m := weightForm.FindStringSubmatch(a.text); m != nil {
		w, err := strconv.ParseFloat(strings.ReplaceAll(m[2], ",", "."), 64)
		if err == nil {
			a.weight, a.weighted = w/100, true
			if m[1] != "" {
				a.weight = -a.weight
			}
			a.text = strings.TrimSpace(a.text[len(m[0]):])
		}
	}
	a.text, a.feedback, _ = strings.Cut(a.text, "#")
	a.text, a.feedback = strings.TrimSpace(a.text), strings.TrimSpace(a.feedback)
	return a
}

// full says whether an answer is worth all the points.
func (a answer) full() bool { return a.weight > 0.9999 }

// split cuts answers at a mark. What stands before the first is an answer too, as Moodle has it.
func split(s, mark string) []string {
	parts := strings.Split(s, mark)
	if strings.TrimSpace(parts[0]) == "" {
		parts = parts[1:]
	}
	return parts
}

// choice takes {~wrong =right ~%50%half}.
func (r *reader) choice() {
	single := strings.Contains(r.rest, "=")
	r.glued()
	var answers []answer
	for _, part := range split(strings.ReplaceAll(r.rest, "=", "~="), "~") {
		part = strings.TrimSpace(part)
		a := answer{}
		if after, ok := strings.CutPrefix(part, "="); ok {
			a = weigh(after, 1)
		} else {
			a = weigh(part, 0)
		}
		answers = append(answers, a)
	}
	least := 0.0 // of a right answer
	if single {
		least = 0.9999
	}
	weight, rights := 0.0, 0
	for _, a := range answers {
		switch {
		case a.weight <= 0:
		case a.weight <= least:
			r.why.add(Partial, show.Replace(a.text))
		default:
			rights++
			if weight != 0 && math.Abs(a.weight-weight) > 0.01 {
				r.why.add(Uneven, "")
			}
			weight = a.weight
		}
		r.option(a, a.weight > least)
	}
	if single && rights > 1 {
		if r.aside.Type == "" && rights == len(answers) && r.silent() {
			r.aside.Type = quiz.Likert
			r.why.count(AllRight, rights)
			return
		}
		if r.aside.Type == "" {
			r.why.count(SeveralRight, rights)
		}
	}
	r.picks()
}

// picks counts the right options, and leaves out a question without a right one or without a choice.
func (r *reader) picks() {
	r.q.Pick = 0
	for _, o := range r.q.Options {
		if o.Correct {
			r.q.Pick++
		}
	}
	switch n := len(r.q.Options); {
	case n < 2:
		r.leave(FewParts, "")
	case n > mostParts:
		r.leave(ManyParts, itoa(n))
	case r.q.Pick == 0:
		r.leave(NoRight, "")
	}
}

// silent says whether nothing is said about any option.
func (r *reader) silent() bool {
	return !slices.ContainsFunc(r.q.Options, func(o quiz.Option) bool { return o.Feedback != "" })
}

// glued notes an equals sign that was perhaps meant as one.
func (r *reader) glued() {
	if strings.Count(r.rest, "=") < 2 {
		return
	}
	if m := gluedForm.FindString(r.rest); m != "" {
		r.why.add(Glued, show.Replace(m))
	}
}

var gluedForm = regexp.MustCompile(`[^\s~=%#]+=[^\s~=%]+`)

// option adds an option, unless it is empty or there already.
func (r *reader) option(a answer, right bool) {
	text := oneLine(r.text(a.text))
	said := r.text(a.feedback)
	if text == "" {
		r.why.add(EmptyPart, "")
		return
	}
	for i, o := range r.q.Options {
		if o.Text == text {
			r.why.add(SameText, text)
			r.q.Options[i].Correct = o.Correct || right
			r.q.Options[i].Feedback = paragraphs(o.Feedback, said)
			return
		}
	}
	r.q.Options = append(r.q.Options, quiz.Option{Text: text, Correct: right, Feedback: said})
}

// fillIn takes {=one =two =%50%nearly}.
func (r *reader) fillIn() {
	var accept []string
	anything, praise := "", ""
	for _, part := range split(r.rest, "=") {
		a := weigh(part, 1)
		text, said := r.format.plain(a.text), r.text(a.feedback)
		bare := strings.ReplaceAll(text, `\*`, "\x00")
		switch {
		case text == "":
			r.why.add(EmptyPart, "")
			continue
		case strings.Trim(bare, "*") == "":
			if a.weight > 0 {
				r.why.add(Wildcard, text)
			}
			anything = said
			continue
		case strings.Contains(bare, "*"):
			r.why.add(Wildcard, text)
			bare = squeeze(strings.ReplaceAll(bare, "*", " "))
		}
		text = strings.ReplaceAll(bare, "\x00", "*")
		switch {
		case a.full():
			if !slices.Contains(accept, text) {
				accept = append(accept, text)
			}
			praise = paragraphs(praise, said)
			continue
		case a.weight > 0:
			r.why.add(Partial, text)
		}
		r.feed(text, said)
	}
	r.explain(praise)
	if anything != "" {
		r.q.Feedback = paragraphs(anything, r.q.Feedback)
	}
	r.q.Accept = [][]string{accept}
	if len(accept) == 0 {
		r.leave(NoRight, "")
	}
	r.q.Prompt = strings.ReplaceAll(r.q.Prompt, quiz.Gap, "{ }") // no gap of ours
}

// A span is a right number with what is around it.
type span struct {
	value, tolerance float64
	text             string
}

func (s span) low() float64  { return rounded(s.value - s.tolerance) }
func (s span) high() float64 { return rounded(s.value + s.tolerance) }

// numeric takes {#72:0.5}, {#71..73} and {#=72:0 =%50%72:2 ~#said when wrong}.
func (r *reader) numeric() {
	rest, wrong, _ := strings.Cut(strings.TrimPrefix(r.rest, "#"), "~")
	anything := strings.TrimSpace(weigh(wrong, 0).feedback)
	var rights []span
	praise := ""
	for _, part := range split(rest, "=") {
		a := weigh(part, 1)
		text, said := r.format.plain(a.text), r.text(a.feedback)
		if strings.Trim(text, "*") == "" {
			if a.weight > 0 {
				r.why.add(Wildcard, text)
			}
			r.feed("", said)
			continue
		}
		s, ok := spanOf(text)
		switch {
		case !ok:
			r.leave(NotNumber, text)
			return
		case !a.full():
			if a.weight > 0 {
				r.why.add(Partial, text)
			}
			r.feed(text, said)
		default:
			rights = append(rights, s)
			praise = paragraphs(praise, said)
		}
	}
	r.explain(praise)
	r.feed("", r.text(anything))
	if len(rights) == 0 {
		r.leave(NoRight, "")
		return
	}
	r.numbers(rights)
}

// numbers takes the right numbers: one, or what several make together. Those that lie apart are compared as words, if each
// is a number alone; else the first one counts.
func (r *reader) numbers(rights []span) {
	whole := rights[0]
	inOrder := slices.SortedFunc(slices.Values(rights), func(a, b span) int { return cmp.Compare(a.low(), b.low()) })
	apart, exact := false, true
	low, high := inOrder[0].low(), inOrder[0].high()
	for _, s := range inOrder {
		apart = apart || s.low() > high
		exact = exact && s.tolerance == 0
		high = max(high, s.high())
		if s.low() <= whole.low() && s.high() >= whole.high() {
			whole = s
		}
	}
	switch {
	case !apart && (whole.low() > low || whole.high() < high):
		whole = span{value: rounded(low/2 + high/2), tolerance: rounded(high/2 - low/2)}
	case apart && exact:
		var accept []string
		for _, s := range rights {
			r.why.add(NumbersAsWords, s.text)
			for _, text := range []string{s.text, strings.ReplaceAll(s.text, ",", "."), strings.ReplaceAll(s.text, ".", ",")} {
				if !slices.Contains(accept, text) {
					accept = append(accept, text)
				}
			}
		}
		r.q.Type, r.q.Accept, r.q.Exact = quiz.FillIn, [][]string{accept}, true
		r.q.Prompt = strings.ReplaceAll(r.q.Prompt, quiz.Gap, "{ }") // no gap of ours
		return
	case apart:
		whole = rights[0]
		for _, s := range rights[1:] {
			r.why.add(SeveralNumbers, s.text)
		}
	}
	r.q.Number, r.q.Tolerance = whole.value, whole.tolerance
}

var plainNumber = regexp.MustCompile(`^[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]{1,3})?$`)

// number reads a number, with a point or a comma before its decimals.
func number(s string) (float64, bool) {
	s = strings.ReplaceAll(strings.TrimSpace(s), "−", "-")
	if !plainNumber.MatchString(s) {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64)
	return n, err == nil
}

// spanOf reads what stands for a right number: itself, with how far from it still counts, or from where to where.
func spanOf(text string) (s span, ok bool) {
	s.text = text
	if low, high, isRange := strings.Cut(text, ".."); isRange && low != "" {
		a, okA := number(low)
		b, okB := number(high)
		s.value = rounded(a/2 + b/2)
		s.tolerance = rounded(math.Abs(b - (a/2 + b/2)))
		return s, okA && okB
	}
	at, far, hasFar := strings.Cut(text, ":")
	s.value, ok = number(at)
	if hasFar {
		s.text = strings.TrimSpace(at)
	}
	if hasFar && strings.TrimSpace(far) != "" {
		var okFar bool
		s.tolerance, okFar = number(far)
		ok = ok && okFar
	}
	s.tolerance = math.Abs(s.tolerance)
	return s, ok
}

// rounded takes off what binary fractions add to the result of a calculation.
func rounded(f float64) float64 {
	n, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 12, 64), 64)
	if err != nil {
		return f
	}
	return n
}

// matching takes {=left -> right = -> belongs to nothing}. An equals sign without an arrow after it is part of a text.
func (r *reader) matching() {
	before := ""
	parts := split(r.rest, "=")
	for i, part := range parts {
		whole := before + part
		before = ""
		left, right, ok := strings.Cut(whole, "->")
		switch {
		case ok:
			r.pair(left, right)
		case i+1 < len(parts):
			r.why.add(Joined, show.Replace(whole))
			before = whole + "="
		default:
			r.why.add(NoArrow, show.Replace(whole))
			r.pair("", whole)
		}
	}
	switch n := len(r.q.Pairs) + len(r.q.Distractors); {
	case len(r.q.Pairs) < 2:
		r.leave(FewParts, "")
	case n > mostParts:
		r.leave(ManyParts, itoa(n))
	}
	// What belongs to a left item is no wrong one.
	r.q.Distractors = slices.DeleteFunc(r.q.Distractors, func(d string) bool {
		return slices.ContainsFunc(r.q.Pairs, func(p quiz.Pair) bool { return p.Right == d })
	})
}

func (r *reader) pair(left, right string) {
	left = oneLine(r.text(left))
	if r.item.ours {
		right = oneLine(asMarkdown.markdown(right, r.media))
	} else {
		right = oneLine(fromPlain(r.format.plain(right))) // Moodle knows no format here
	}
	switch {
	case right == "":
		r.why.add(EmptyPart, left)
	case left == "":
		if !slices.Contains(r.q.Distractors, right) {
			r.q.Distractors = append(r.q.Distractors, right)
		}
	case slices.ContainsFunc(r.q.Pairs, func(p quiz.Pair) bool { return p.Left == left }):
		r.why.add(SameText, left)
	default:
		r.q.Pairs = append(r.q.Pairs, quiz.Pair{Left: left, Right: right})
	}
}

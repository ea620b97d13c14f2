package check

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fanal/modules"
	"fanal/modules/quiz"
)

// parity compares an edition with the source: what a learner is asked, and what is right, is the same in both.
func (c *checker) parity(source, ed *edition) {
	if a, b := source.files["glossary"], ed.files["glossary"]; a != nil && b != nil {
		c.sameEntries(b, modules.ThingTerm, list(a.root, "", "term"), list(b.root, "", "term"), spot{file: b.name})
	}
	if a, b := source.files["advice"], ed.files["advice"]; a != nil && b != nil {
		c.sameAdvice(a, b)
	}
	for _, l := range ed.lessons {
		for _, s := range source.lessons {
			if s.id == l.id {
				c.sameLesson(s, l)
			}
		}
	}
	for stem, p := range ed.pages {
		if s := source.pages[stem]; s != nil && p != nil && stem != "index" {
			c.sameSteps(s, p)
		}
	}
}

// sameSteps compares where two texts are cut: a learner who changes the language stays at the same step.
func (c *checker) sameSteps(source, p *page) {
	for i, s := range p.steps {
		if i == len(source.steps) || source.steps[i].key != s.key {
			c.say(p.at(s.offset), OtherSteps, "", strconv.Itoa(len(p.steps)), strconv.Itoa(len(source.steps)))
			return
		}
	}
	if len(p.steps) < len(source.steps) {
		c.say(p.at(len(strings.TrimRight(p.src, "\n"))), OtherSteps, "", strconv.Itoa(len(p.steps)), strconv.Itoa(len(source.steps)))
	}
}

// nothing is shown for a value that is not there.
const nothing = "–"

func length(v any) string {
	l, _ := v.([]any)
	return strconv.Itoa(len(l))
}

func (c *checker) sameLesson(source, l *lesson) {
	for _, key := range []string{"objectives", "sources"} {
		a, b := texts(source.file.root[key]), texts(l.file.root[key])
		if !slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))) {
			c.say(l.file.at(key, "", ""), Differs, key, cmp.Or(strings.Join(b, ", "), nothing), cmp.Or(strings.Join(a, ", "), nothing))
		}
	}
	whole := spot{file: l.file.name}
	c.sameEntries(l.file, modules.ThingScene, list(source.file.root, "", "scene"), list(l.file.root, "", "scene"), whole)
	c.sameEntries(l.file, modules.ThingQuestion, list(source.file.root, "", "question"), list(l.file.root, "", "question"), whole)
	byID := map[string]*question{}
	for _, q := range slices.Backward(source.questions) { // of two with one id, the first counts
		byID[q.id()] = q
	}
	for _, q := range l.questions {
		if s := byID[q.id()]; s != nil {
			c.sameQuestion(s, q)
			byID[q.id()] = nil
		}
	}
}

// sameEntries compares the ids of two lists of things. What is missing is said at a spot.
func (c *checker) sameEntries(f *file, thing modules.Thing, source, here []entry, missing spot) {
	ids := func(entries []entry) map[string]bool {
		m := map[string]bool{}
		for _, e := range entries {
			m[e.id()] = true
		}
		return m
	}
	a, b := ids(source), ids(here)
	for _, id := range slices.Sorted(maps.Keys(a)) {
		if id != "" && !b[id] {
			missing.thing, missing.id = thing, id
			c.say(missing, Lacks, "", "", "")
		}
	}
	for _, e := range here {
		if id := e.id(); id != "" && !a[id] {
			c.say(f.at(e.path, thing, id), Extra, "", "", "")
		}
	}
}

func (c *checker) sameQuestion(s, q *question) {
	differs := func(key, value, want string) {
		if value != want {
			c.say(q.at(key), Differs, key, cmp.Or(value, nothing), cmp.Or(want, nothing))
		}
	}
	count := func(key string) {
		if n, want := length(q.m[key]), length(s.m[key]); n != want {
			c.say(q.at(key), OtherCount, key, n, want)
		}
	}
	for _, key := range []string{"type", "objective", "scene"} {
		differs(key, q.text(key), s.text(key))
	}
	if q.typ != s.typ {
		return
	}
	for _, key := range same[q.typ] {
		if value, want := value(q, key), value(s, key); value != "" && want != "" {
			differs(key, value, want)
		}
	}
	switch q.typ {
	case quiz.Choice:
		c.sameParts(s, q, "option", modules.ThingOption, s.m["shuffle"] == false)
		c.sameKey(s, q)
	case quiz.Matching:
		c.sameParts(s, q, "pair", modules.ThingPair, false)
		count("distractors")
	case quiz.Sequencing:
		c.sameParts(s, q, "step", modules.ThingStep, true)
	case quiz.Likert:
		count("scale")
	case quiz.FillIn:
		gaps := func(q *question) string { return strconv.Itoa(strings.Count(q.text("prompt"), quiz.Gap)) }
		if n, want := gaps(q), gaps(s); n != want {
			c.say(q.at("prompt"), OtherCount, quiz.Gap, n, want)
		}
	}
}

// value writes the number or the truth value behind a key, the usual one where the key is not there; "" when it is neither.
func value(q *question, key string) string {
	if v, there := q.m[key]; there {
		return number(v)
	}
	return map[string]string{"pick": "1", "shuffle": "true", "tolerance": "0", "exact": "false"}[key]
}

// sameParts compares the options, pairs or steps of a question; their order too, where it means something.
func (c *checker) sameParts(s, q *question, key string, thing modules.Thing, ordered bool) {
	a, b := s.parts(key), q.parts(key)
	c.sameEntries(q.lesson.file, thing, a, b, q.at(""))
	if !ordered || len(a) != len(b) {
		return
	}
	ids := func(entries []entry) (ids []string) {
		for _, e := range entries {
			ids = append(ids, e.id())
		}
		return ids
	}
	x, y := ids(a), ids(b)
	if !slices.Equal(x, y) && slices.Equal(slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y))) {
		c.say(q.at(key), OtherOrder, key, strings.Join(y, ", "), strings.Join(x, ", "))
	}
}

// sameKey compares which options are right.
func (c *checker) sameKey(s, q *question) {
	right := map[string]bool{}
	for _, o := range s.parts("option") {
		right[o.id()] = o.m["correct"] == true
	}
	for _, o := range q.parts("option") {
		if want, there := right[o.id()]; there && want != (o.m["correct"] == true) {
			c.say(q.lesson.file.at(o.path, modules.ThingOption, o.id()), Differs, "correct", strconv.FormatBool(!want), strconv.FormatBool(want))
		}
	}
}

// sameAdvice compares the rules of a diagnosis, which have no ids: the same ones in the same order.
func (c *checker) sameAdvice(source, f *file) {
	a, b := list(source.root, "", "advice"), list(f.root, "", "advice")
	if len(a) != len(b) {
		c.say(spot{file: f.name}, OtherCount, "advice", strconv.Itoa(len(b)), strconv.Itoa(len(a)))
		return
	}
	for i, e := range b {
		at := func(key string) spot { return f.at(e.path+"."+key, modules.ThingAdvice, e.text("objective")) }
		if value, want := e.text("objective"), a[i].text("objective"); value != want {
			c.say(at("objective"), Differs, "objective", value, want)
		}
		if value, want := number(e.m["up_to"]), number(a[i].m["up_to"]); value != want {
			c.say(at("up_to"), Differs, "up_to", value, want)
		}
	}
}

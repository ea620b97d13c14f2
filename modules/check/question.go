package check

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"fanal/modules"
	"fanal/modules/quiz"
)

// lesson checks what an author puts into one lesson, or one form of the test.
func (c *checker) lesson(ed *edition, l *lesson) {
	fresh := !ed.copied[l.file.name]
	for i, id := range texts(l.file.root["sources"]) {
		if fresh && c.plan.sources != nil && !c.plan.sources[id] {
			near := modules.Nearest(id, c.plan.sourceIDs)
			c.say(l.file.at("sources["+strconv.Itoa(i)+"]", "", ""), UnknownSource, "", id, near)
			id = near
		}
		c.plan.cited[id] = true
	}
	trueFalse := 0
	for _, q := range l.questions {
		if other := ed.question[q.id()]; other != nil && other.lesson != l {
			c.say(q.at("id"), IDElsewhere, "", other.lesson.file.name, "")
		} else {
			ed.question[q.id()] = q
		}
		if q.typ == quiz.TrueFalse {
			trueFalse++
		}
		if fresh {
			c.question(q)
		}
	}
	if n := len(l.questions); trueFalse > 1 && 6*trueFalse > n && fresh {
		c.say(spot{file: l.file.name, line: 1, col: 1}, ManyTrueFalse, "", strconv.Itoa(trueFalse), strconv.Itoa(n))
	}
	if l.page != nil && !ed.copied[l.page.name] && c.plan.kind == string(modules.Course) {
		c.amounts(l)
	}
}

// amounts checks how much there is to read in a lesson, and how long without being asked.
func (c *checker) amounts(l *lesson) {
	words := modules.CountWords(l.page.src)
	at := spot{file: l.page.name, line: 1, col: 1}
	switch {
	case words < fewestWords:
		c.say(at, ShortLesson, "", strconv.Itoa(words), "")
	case words > mostWords:
		c.say(at, LongLesson, "", strconv.Itoa(words), "")
	}
	for _, s := range l.page.stretches() {
		if s.words > longestStretch {
			c.say(l.page.at(firstWord(l.page.src, s.start)), LongStretch, "", strconv.Itoa(s.words), "")
		}
	}
}

// firstWord passes over the ask line that a stretch begins with.
func firstWord(src string, at int) int {
	for strings.HasPrefix(src[at:], "<!--") {
		_, after, _ := strings.Cut(src[at:], "-->")
		at = len(src) - len(strings.TrimLeft(after, " \t\n"))
	}
	return at
}

// question checks one question.
func (c *checker) question(q *question) {
	if q.typ != quiz.Likert && q.text("explanation") == "" {
		c.say(q.at(""), NoExplanation, "", "", "")
	}
	if q.typ == quiz.TrueFalse && q.text("feedback") == "" {
		c.say(q.at(""), NoFeedback, "", "", "")
	}
	if q.typ != quiz.Choice {
		return
	}
	for _, o := range q.parts("option") {
		at := q.lesson.file.at(o.path, modules.ThingOption, o.id())
		if o.m["correct"] != true && o.text("feedback") == "" {
			c.say(at, NoFeedback, "", "", "")
		}
		if sumsUp(o.text("text")) {
			c.say(q.lesson.file.at(o.path+".text", modules.ThingOption, o.id()), AllOfAbove, "", o.text("text"), "")
		}
	}
}

// choices gives the choice questions of an edition that have a right option and a wrong one.
func (ed *edition) choices() []*question {
	var all []*question
	for _, l := range ed.lessons {
		if ed.copied[l.file.name] {
			continue
		}
		for _, q := range l.questions {
			right, wrong := 0, 0
			for _, o := range q.parts("option") {
				if o.m["correct"] == true {
					right++
				} else {
					wrong++
				}
			}
			if q.typ == quiz.Choice && right > 0 && wrong > 0 {
				all = append(all, q)
			}
		}
	}
	return all
}

// longest says when the right option is the longest one too often, at the first question where it is.
func (c *checker) longest(ed *edition) {
	choices := ed.choices()
	var ids []string
	var first *question
	for _, q := range choices {
		right, wrong := 0, 0
		for _, o := range q.parts("option") {
			length := utf8.RuneCountInString(o.text("text"))
			if o.m["correct"] == true {
				right = max(right, length)
			} else {
				wrong = max(wrong, length)
			}
		}
		if right > wrong {
			ids = append(ids, q.id())
			if first == nil {
				first = q
			}
		}
	}
	if n := len(choices); n >= enoughChoices && float64(len(ids)) > mostLongest*float64(n) {
		at := first.at("")
		at.thing, at.id = "", ""
		c.add(&modules.Problem{
			File: at.file, Line: at.line, Col: at.col, Code: KeyLongest, Key: strings.Join(ids, ", "),
			Value: strconv.Itoa(len(ids)), Want: strconv.Itoa(n),
		})
	}
}

// places says when the right option stands nearly always at one place in the file.
func (c *checker) places(ed *edition) {
	count, all := map[int]int{}, 0
	var first [16]*question
	for _, q := range ed.choices() {
		for i, o := range q.parts("option") {
			if o.m["correct"] == true && i < len(first) {
				count[i]++
				all++
				if first[i] == nil {
					first[i] = q
				}
			}
		}
	}
	for i, n := range count {
		if all >= enoughChoices && float64(n) > mostSamePlace*float64(all) {
			at := first[i].at("")
			at.thing, at.id = "", ""
			c.say(at, KeyPlace, strconv.Itoa(i+1), strconv.Itoa(n), strconv.Itoa(all))
		}
	}
}

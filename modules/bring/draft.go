package bring

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"fanal/modules"
	"fanal/modules/quiz"
)

// Ids of the two forms of a module's test, which are files without a text.
const (
	testA = "test-a"
	testB = "test-b"
)

// An item is a question or a text, in the order of the files.
type item struct {
	file   string
	line   int
	title  string // what notes call it
	wanted string // the id it would like
	tags   []string
	ours   bool           // written by this program
	q      *quiz.Question // nil for a text
	text   string         // Markdown
	scene  string         // the id of the scene whose text it is
	out    bool           // not taken: why says it
	why    reasons
}

// A lesson is one in the making.
type lesson struct {
	id, wanted string
	title      string
	path       string // of its category
	items      []*item
}

func (l *lesson) isTest() bool { return l.id == testA || l.id == testB }

// A draft is a module in the making, from several files.
type draft struct {
	o       Options
	told    []*moduleAside // what the files say of the module they come from
	lessons []*lesson
	items   []*item // all that was read, taken or not
	notes   []Note
}

func newDraft(o Options) *draft { return &draft{o: o} }

func (d *draft) note(file string, line int, why ...Reason) {
	d.notes = append(d.notes, Note{File: file, Line: line, Why: why})
}

// text decodes a file; ok is false for one that is too big to be what it should.
func (d *draft) text(f File) (text string, ok bool) {
	if len(f.Data) > MaxFile {
		d.note(f.Name, 0, Reason{Code: TooBig, Value: itoa(MaxFile >> 20)})
		return "", false
	}
	text, read := decode(f.Data)
	if read != "" {
		d.note(f.Name, 0, Reason{Code: Encoding, Value: read})
	}
	return text, true
}

// lesson gives the lesson of a category, by the elements of its path.
func (d *draft) lesson(wanted string, path []string) *lesson {
	whole := strings.Join(path, " – ")
	title := ""
	if len(path) > 0 {
		title = path[len(path)-1]
	}
	for _, l := range d.lessons {
		if l.path == whole {
			return l
		}
		if l.title == title && len(l.items) > 0 {
			title = whole
		}
	}
	l := &lesson{wanted: wanted, title: title, path: whole}
	d.lessons = append(d.lessons, l)
	return l
}

// add takes an item of a file into a lesson.
func (d *draft) add(l *lesson, file string, it *item) {
	it.file = file
	d.items = append(d.items, it)
	if !it.out {
		l.items = append(l.items, it)
	}
}

// finish makes the module.
func (d *draft) finish(files []File) *Result {
	p := d.plan()
	bare := map[string]int{}
	used := ids{}
	for _, l := range p.lessons {
		scenes := l.scenes()
		for _, it := range l.items {
			if it.q != nil {
				d.complete(p, l, it, used, scenes, bare)
			}
		}
		d.test(p, l)
	}
	p.settleTest()
	if told := d.told; p.has(testA) && len(told) > 0 && told[0].Kind == string(modules.Course) {
		p.kind = told[0].Kind
	}
	p.prune()
	r := &Result{Files: p.files()}
	for _, l := range p.lessons {
		if !l.isTest() {
			r.Lessons++
		}
		for _, it := range l.items {
			if it.q != nil {
				r.Questions++
			}
		}
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
		if n := bare[f.Name]; n > 0 {
			d.note(f.Name, 0, Reason{Code: NoExplanation, N: n})
		}
	}
	for _, it := range d.items {
		if len(it.why) > 0 {
			d.notes = append(d.notes, Note{File: it.file, Line: it.line, Name: it.title, Out: it.out, Why: it.why})
		}
	}
	sortNotes(d.notes, names)
	r.Notes = d.notes
	return r
}

// plan settles what the module is called, and which lessons it has.
func (d *draft) plan() *plan {
	p := &plan{id: d.o.ID, title: d.o.Title, lang: d.o.Lang, license: d.o.License, kind: string(modules.Kit)}
	told := &moduleAside{}
	if len(d.told) > 0 {
		told = d.told[0]
	}
	p.title = cmp.Or(p.title, told.Title)
	p.license = cmp.Or(p.license, modules.CleanLine(told.License), NoLicense)
	p.authors = lines(told.Authors)
	p.summary = oneLine(fromPlain(told.Summary))
	for _, t := range d.told {
		for _, o := range t.Objectives {
			if modules.IsID(o.ID) && modules.CleanLine(o.Sentence) != "" {
				p.objective(o.ID, o.Sentence).Competences = slices.DeleteFunc(lines(o.Competences), func(c string) bool { return !competenceForm.MatchString(c) })
			}
		}
	}
	used := ids{}
	for i, l := range d.lessons {
		if len(l.items) == 0 {
			continue
		}
		p.title = cmp.Or(p.title, l.title)
		if l.wanted == testA || l.wanted == testB {
			l.id = used.take(l.wanted, "")
		} else {
			l.id = used.take(lessonID(l.wanted), cmp.Or(lessonSlug(l.title), "lesson-"+itoa(i+1)))
		}
		p.lessons = append(p.lessons, l)
	}
	p.title = cmp.Or(p.title, d.o.ID)
	if p.summary == "" {
		var names []string
		for _, it := range d.items {
			if !slices.Contains(names, it.file) {
				names = append(names, it.file)
			}
		}
		p.summary = oneLine(fromPlain(d.o.Phrases.Summary(strings.Join(names, ", "))))
	}
	for _, it := range d.items {
		for _, tag := range it.tags {
			if !it.out && tag != "" && !slices.Contains(p.tags, tag) && (!it.ours || it.q != nil && tag != it.q.Objective) {
				p.tags = append(p.tags, tag)
			}
		}
	}
	return p
}

// settleTest keeps the two forms of a test as such when they ask as much of the same objectives, which the lessons serve; a
// module's checker wants it so. Else they are lessons like the others.
func (p *plan) settleTest() {
	forms := map[string]map[string]int{}
	taught := map[string]bool{}
	whole := true
	for _, l := range p.lessons {
		asked := map[string]int{}
		for _, it := range l.items {
			if it.q != nil {
				asked[it.q.Objective]++
				taught[it.q.Objective] = taught[it.q.Objective] || !l.isTest()
			} else if l.isTest() && it.scene == "" {
				whole = false // a test shows no texts
			}
		}
		if l.isTest() {
			forms[l.id] = asked
		}
	}
	for objective := range forms[testA] {
		whole = whole && taught[objective]
	}
	if whole && len(forms) == 2 && len(forms[testA]) > 0 && maps.Equal(forms[testA], forms[testB]) {
		return
	}
	for _, l := range p.lessons {
		if l.isTest() {
			l.id = "lesson-" + l.id
			for p.count(l.id) > 1 {
				l.id = numbered(l.id, 2)
			}
		}
	}
}

func (p *plan) count(id string) int {
	n := 0
	for _, l := range p.lessons {
		if l.id == id {
			n++
		}
	}
	return n
}

// lessonID gives an id that a lesson can have, or "".
func lessonID(wanted string) string {
	if slices.Contains(unfit, wanted) {
		return ""
	}
	return wanted
}

// scenes gives the ids of a lesson's scenes. What would be a second one of the same id is a text.
func (l *lesson) scenes() ids {
	found := ids{}
	for _, it := range l.items {
		if it.q == nil && it.scene != "" {
			if found[it.scene] || !modules.IsID(it.scene) {
				it.scene = ""
				continue
			}
			found[it.scene] = true
		}
	}
	return found
}

// complete gives a question its ids, its objective and its explanation.
func (d *draft) complete(p *plan, l *lesson, it *item, used ids, scenes ids, bare map[string]int) {
	q := it.q
	name := cmp.Or(it.wanted, Slug(strings.TrimSuffix(it.title, "…")))
	q.ID = used.take(name, "question-"+itoa(len(used)+1))
	if q.Scene != "" && !scenes[q.Scene] {
		q.Scene = ""
		it.why.add(BadComment, "")
	}
	parts := ids{}
	for i := range q.Options {
		q.Options[i].ID = parts.take(cmp.Or(q.Options[i].ID, Slug(q.Options[i].Text)), "option-"+itoa(i+1))
	}
	for i := range q.Pairs {
		id := cmp.Or(q.Pairs[i].ID, Slug(q.Pairs[i].Left))
		if strings.HasPrefix(id, "distractor-") { // taken: answers name distractors so
			id = ""
		}
		q.Pairs[i].ID = parts.take(id, "pair-"+itoa(i+1))
	}
	for i := range q.Steps {
		q.Steps[i].ID = parts.take(cmp.Or(q.Steps[i].ID, Slug(q.Steps[i].Text)), "step-"+itoa(i+1))
	}
	if !modules.IsID(q.Objective) {
		q.Objective = ""
	}
	mayLack := q.Type == quiz.Likert || q.Type == quiz.LongFillIn
	if q.Objective == "" && !(it.ours && mayLack) {
		q.Objective = l.id
	}
	if q.Objective != "" {
		p.objective(q.Objective, d.o.Phrases.Objective(l.title))
	}
	if q.Explanation == "" && q.Type != quiz.Likert {
		q.Explanation = d.o.Phrases.explain(q)
		bare[it.file]++
	}
}

// test loads each item of a lesson as a learner's program does, alone, and takes out what it refuses.
func (d *draft) test(p *plan, l *lesson) {
	l.items = slices.DeleteFunc(l.items, func(it *item) bool {
		cause := p.refused(l, it)
		if cause == nil {
			return false
		}
		it.out, it.why = true, reasons{{Code: Refused, Cause: cause}}
		return true
	})
}

// refused gives the first problem of a module that holds this item alone.
func (p *plan) refused(l *lesson, it *item) *modules.Problem {
	alone := *it
	if it.q != nil && it.q.Scene != "" {
		q := *it.q
		q.Scene, alone.q = "", &q
	}
	small := &plan{
		id: "small", title: "Small", lang: p.lang, kind: string(modules.Kit), license: NoLicense, objectives: p.objectives,
		lessons: []*lesson{{id: "lesson", title: l.title, items: []*item{&alone}}},
	}
	var first *modules.Problem
	modules.Open(memory(small.files()), modules.Origin{Kind: modules.Folder}).Inspect(func(p *modules.Problem) {
		if first == nil {
			first = p
		}
	})
	return first
}

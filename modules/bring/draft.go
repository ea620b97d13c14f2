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
	items      []*item
}

func (l *lesson) isTest() bool { return l.id == testA || l.id == testB }

// A draft is a module in the making, from several files.
type draft struct {
	o       Options
	told    []*moduleAside // what the files say of the module they come from
	lessons []*lesson
	byPath  map[string]*lesson // by the path of their category
	titles  map[string]bool    // of lessons with something in them
	items   []*item            // all that was read, taken or not
	notes   []Note
}

func newDraft(o Options) *draft {
	return &draft{o: o, byPath: map[string]*lesson{}, titles: map[string]bool{}}
}

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
	if l := d.byPath[whole]; l != nil {
		return l
	}
	if d.titles[title] {
		title = whole
	}
	l := &lesson{wanted: wanted, title: title}
	d.byPath[whole] = l
	d.lessons = append(d.lessons, l)
	return l
}

// add takes an item of a file into a lesson.
func (d *draft) add(l *lesson, file string, it *item) {
	it.file = file
	d.items = append(d.items, it)
	if !it.out {
		l.items = append(l.items, it)
		d.titles[l.title] = true
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
	}
	p.sift()
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
	p.tags = lines(told.Tags)
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
	tagged := map[string]bool{}
	for _, tag := range p.tags {
		tagged[tag] = true
	}
	for _, it := range d.items {
		for _, tag := range it.tags {
			if !it.out && tag != "" && !tagged[tag] && (!it.ours || it.q != nil && tag != it.q.Objective) {
				tagged[tag] = true
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
	used := ids{}
	for _, l := range p.lessons {
		used[l.id] = 1
	}
	for _, l := range p.lessons {
		if l.isTest() {
			l.id = used.take("lesson-"+l.id, "")
		}
	}
}

// lessonID gives an id that a lesson can have, or "".
func lessonID(wanted string) string {
	if !modules.IsLessonID(wanted) {
		return ""
	}
	return wanted
}

// scenes gives the ids of a lesson's scenes. What would be a second one of the same id is a text.
func (l *lesson) scenes() ids {
	found := ids{}
	for _, it := range l.items {
		if it.q == nil && it.scene != "" {
			if found[it.scene] > 0 || !modules.IsID(it.scene) {
				it.scene = ""
				continue
			}
			found[it.scene] = 1
		}
	}
	return found
}

// complete gives a question its ids, its objective and its explanation.
func (d *draft) complete(p *plan, l *lesson, it *item, used ids, scenes ids, bare map[string]int) {
	q := it.q
	name := cmp.Or(it.wanted, modules.Slug(strings.TrimSuffix(it.title, "…")))
	q.ID = used.take(name, "question-"+itoa(len(used)+1))
	if q.Scene != "" && scenes[q.Scene] == 0 {
		q.Scene = ""
		it.why.add(BadComment, "")
	}
	parts := ids{}
	for i := range q.Options {
		q.Options[i].ID = parts.take(cmp.Or(q.Options[i].ID, modules.Slug(q.Options[i].Text)), "option-"+itoa(i+1))
	}
	for i := range q.Pairs {
		id := cmp.Or(q.Pairs[i].ID, modules.Slug(q.Pairs[i].Left))
		if strings.HasPrefix(id, "distractor-") { // taken: answers name distractors so
			id = ""
		}
		q.Pairs[i].ID = parts.take(id, "pair-"+itoa(i+1))
	}
	for i := range q.Steps {
		q.Steps[i].ID = parts.take(cmp.Or(q.Steps[i].ID, modules.Slug(q.Steps[i].Text)), "step-"+itoa(i+1))
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

// sift loads each lesson as a learner's program does, takes out the items that it refuses, and cuts a lesson that is beyond
// the limits of a file.
func (p *plan) sift() {
	used := ids{}
	for _, l := range p.lessons {
		used[l.id] = 1
	}
	var lessons []*lesson
	for _, l := range p.lessons {
		all := l.items
		l.items = nil
		for i, items := range p.groups(l, all) {
			part := l
			if i > 0 {
				part = &lesson{id: used.take(l.id, ""), title: l.title}
			}
			part.items = items
			part.carryScenes(all)
			lessons = append(lessons, part)
		}
	}
	p.lessons = lessons
}

// groups gives the items that load, in groups that do so together: one, if that can be.
func (p *plan) groups(l *lesson, items []*item) [][]*item {
	if len(items) == 0 {
		return nil
	}
	cause := p.refused(l, items)
	if cause == nil {
		return [][]*item{items}
	}
	if len(items) == 1 {
		items[0].out, items[0].why = true, reasons{{Code: Refused, Cause: cause}}
		return nil
	}
	half := len(items) / 2
	parts := append(p.groups(l, items[:half]), p.groups(l, items[half:])...)
	left := slices.Concat(parts...)
	if len(left) < len(items) && len(parts) > 1 && p.refused(l, left) == nil {
		return [][]*item{left}
	}
	return parts
}

// refused gives the first problem of a module that holds these items alone.
func (p *plan) refused(l *lesson, items []*item) *modules.Problem {
	small := &plan{id: "small", title: "Small", lang: p.lang, kind: string(modules.Kit), license: NoLicense}
	alone := &lesson{id: "lesson", title: l.title}
	for _, it := range items {
		copied := *it
		if it.q != nil {
			q := *it.q
			q.Scene, copied.q = "", &q // it may be in another group
			if q.Objective != "" {
				small.objective(q.Objective, "Small")
			}
		}
		alone.items = append(alone.items, &copied)
	}
	small.lessons = []*lesson{alone}
	var first *modules.Problem
	modules.Open(memory(small.files()), modules.Origin{Kind: modules.Folder}).Inspect(func(p *modules.Problem) {
		if first == nil {
			first = p
		}
	})
	return first
}

// carryScenes gives a part of a lesson the scenes that its questions are asked under and that stand in another part.
func (l *lesson) carryScenes(all []*item) {
	for _, it := range slices.Backward(all) {
		asked := func(o *item) bool { return o.q != nil && o.q.Scene == it.scene }
		if it.q == nil && it.scene != "" && !it.out && !slices.Contains(l.items, it) && slices.ContainsFunc(l.items, asked) {
			l.items = slices.Insert(l.items, 0, it)
		}
	}
}

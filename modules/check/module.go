package check

import (
	"slices"
	"strconv"

	"fanal/modules"
	"fanal/modules/quiz"
)

// A plan is what can be had of module.toml and sources.toml, even when loading refuses them.
type plan struct {
	file       *file
	id         string
	kind       string
	source     string
	languages  []string
	lessons    []string
	objectives []entry
	sources    map[string]bool // ids; nil when they cannot be known
	sourceIDs  []string
	cited      map[string]bool
}

// readPlan reads the plan; nil when there is none, or a newer one.
func (c *checker) readPlan() *plan {
	f := c.toml("module.toml")
	if f == nil {
		return nil
	}
	if v, ok := f.root["format"].(int64); ok && v > modules.Format {
		return nil
	}
	root := entry{m: f.root}
	p := &plan{file: f, id: root.id(), kind: root.text("kind"), source: root.text("source"), cited: map[string]bool{}}
	if !modules.IsLanguage(p.source) {
		return nil
	}
	p.languages = []string{p.source}
	for _, l := range texts(f.root["languages"]) {
		if modules.IsLanguage(l) && !slices.Contains(p.languages, l) {
			p.languages = append(p.languages, l)
		}
	}
	for _, id := range texts(f.root["lessons"]) {
		if modules.IsLessonID(id) && !slices.Contains(p.lessons, id) {
			p.lessons = append(p.lessons, id)
		}
	}
	p.objectives = list(f.root, "", "objective")
	s := c.toml("sources.toml")
	if !c.broken["sources.toml"] {
		p.sources = map[string]bool{}
	}
	if s != nil {
		if e := list(s.root, "", "source"); len(e) == 0 && s.root["source"] != nil {
			p.sources = nil
		}
		for _, e := range list(s.root, "", "source") {
			p.sources[e.id()] = true
			p.sourceIDs = append(p.sourceIDs, e.id())
		}
	}
	return p
}

// module checks the editions, each for itself and then against the source, and what is said of them together.
func (c *checker) module() {
	var source *edition
	for _, lang := range c.plan.languages {
		ed := c.edition(lang, source)
		c.editions[lang] = ed
		if source == nil {
			source = ed
			if c.whole(lang) {
				c.objectives(ed)
				c.entries(ed)
			}
			continue
		}
		c.parity(source, ed)
	}
	c.forms(source)
	c.requires()
	c.stale()
	c.unused()
}

// objectives checks that each objective is named by a lesson, and served by a question of one.
func (c *checker) objectives(ed *edition) {
	named, served := map[string]bool{}, map[string]bool{}
	for _, l := range ed.lessons {
		if l.page == nil && (l.id == testA || l.id == testB) {
			continue
		}
		for _, id := range texts(l.file.root["objectives"]) {
			named[id] = true
		}
		for _, q := range l.questions {
			served[q.text("objective")] = true
		}
	}
	for _, o := range c.plan.objectives {
		at := c.plan.file.at(o.path+".id", modules.ThingObjective, o.id())
		if !named[o.id()] {
			c.say(at, Unnamed, "", "", "")
		} else if !served[o.id()] && c.plan.kind != string(modules.Kit) {
			c.say(at, Unserved, "", "", "")
		}
	}
}

// sentences checks that each objective has its sentence.
func (c *checker) sentences(ed *edition) {
	f := ed.files["index"]
	if f == nil || ed.copied[f.name] {
		return
	}
	said, ok := f.root["objectives"].(map[string]any)
	if !ok && f.root["objectives"] != nil {
		return
	}
	for _, o := range c.plan.objectives {
		if (entry{m: said}).text(o.id()) == "" {
			c.say(f.at("objectives", modules.ThingObjective, o.id()), NoSentence, "", "", "")
		}
	}
}

// entries checks that terms and sources are of use.
func (c *checker) entries(ed *edition) {
	if f := ed.files["glossary"]; f != nil {
		for _, t := range list(f.root, "", "term") {
			if !ed.linked[t.id()] {
				c.say(f.at(t.path, modules.ThingTerm, t.id()), UnusedTerm, "", "", "")
			}
		}
	}
	f := c.toml("sources.toml")
	if f == nil {
		return
	}
	for _, s := range list(f.root, "", "source") {
		if !c.plan.cited[s.id()] {
			c.say(f.at(s.path, modules.ThingSource, s.id()), UnusedSource, "", "", "")
		}
	}
}

// forms checks that the two forms of the test ask as many questions on each objective.
func (c *checker) forms(ed *edition) {
	count := map[string]map[string]int{testA: {}, testB: {}}
	var b *lesson
	for _, l := range ed.lessons {
		if l.id == testA || l.id == testB {
			for _, q := range l.questions {
				count[l.id][q.text("objective")]++
			}
		}
		if l.id == testB {
			b = l
		}
	}
	if b == nil || ed.files[testA] == nil {
		return
	}
	for _, o := range c.plan.objectives {
		if n, want := count[testB][o.id()], count[testA][o.id()]; n != want {
			at := spot{file: b.file.name, line: 1, col: 1, thing: modules.ThingObjective, id: o.id()}
			for _, q := range b.questions {
				if q.text("objective") == o.id() {
					at.line, at.col = q.at("objective").line, q.at("objective").col
				}
			}
			c.say(at, OtherForms, "", strconv.Itoa(n), strconv.Itoa(want))
		}
	}
}

// requires checks that the modules to take before are there.
func (c *checker) requires() {
	for i, id := range texts(c.plan.file.root["requires"]) {
		if _, known := c.lessonsOf(id); !known {
			c.say(c.plan.file.at("requires["+strconv.Itoa(i)+"]", "", ""), UnknownModule, "", id, "")
		}
	}
}

// same are the keys of a question that say what is asked and what is right, by type: they do not change with the language.
var same = map[quiz.Type][]string{
	quiz.Choice:    {"pick", "shuffle"},
	quiz.TrueFalse: {"answer"},
	quiz.Numeric:   {"answer", "tolerance"},
	quiz.FillIn:    {"exact"},
}

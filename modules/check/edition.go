package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fanal/modules"
	"fanal/modules/quiz"
)

// The files of an edition beside its lessons.
const (
	testA       = "test-a"
	testB       = "test-b"
	facilitator = "facilitator"
	translation = "translation.toml"
)

// An edition is one language's folder.
type edition struct {
	lang     string
	pages    map[string]*page // by file stem
	files    map[string]*file
	lessons  []*lesson // those of the plan, then the tests, as far as they are there
	terms    []string  // ids of the glossary
	glossary bool      // these are all: there is a glossary, or nobody misses one
	linked   map[string]bool
	question map[string]*question
	copied   map[string]bool // names of files that are the source's still
}

// A lesson is a file of questions, with its text where it has one.
type lesson struct {
	id        string
	file      *file
	page      *page // nil for a test
	questions []*question
}

// A question is one as it stands in its file.
type question struct {
	entry
	lesson *lesson
	typ    quiz.Type
}

// parts gives the tables within a question: options, pairs, steps.
func (q *question) parts(key string) []entry { return list(q.m, q.path, key) }

func (q *question) at(key string) spot {
	path := q.path
	if key != "" {
		path += "." + key
	}
	return q.lesson.file.at(path, modules.ThingQuestion, q.id())
}

// edition reads one language's folder and checks what can be checked without the others. What is still a copy of the
// source, which is nil for the source itself, is not found fault with a second time.
func (c *checker) edition(lang string, source *edition) *edition {
	ed := &edition{
		lang: lang, pages: map[string]*page{}, files: map[string]*file{}, linked: map[string]bool{}, question: map[string]*question{},
		copied: map[string]bool{},
	}
	ed.files["glossary"] = c.toml(lang + "/glossary.toml")
	if f := ed.files["glossary"]; f != nil {
		for _, t := range list(f.root, "", "term") {
			ed.terms = append(ed.terms, t.id())
		}
	}
	ed.glossary = ed.files["glossary"] != nil || !c.broken[lang+"/glossary.toml"] && (source == nil || source.files["glossary"] == nil)
	for _, stem := range []string{"index", facilitator} {
		ed.pages[stem] = c.page(lang + "/" + stem + ".md")
	}
	for _, stem := range []string{"index", "advice"} {
		ed.files[stem] = c.toml(lang + "/" + stem + ".toml")
	}
	c.read[lang+"/"+translation] = true
	for _, id := range append(slices.Clone(c.plan.lessons), testA, testB) {
		l := &lesson{id: id}
		if id != testA && id != testB {
			ed.pages[id] = c.page(lang + "/" + id + ".md")
			l.page = ed.pages[id]
		}
		if ed.files[id] = c.toml(lang + "/" + id + ".toml"); ed.files[id] == nil {
			continue
		}
		l.file = ed.files[id]
		for _, e := range list(l.file.root, "", "question") {
			l.questions = append(l.questions, &question{e, l, quiz.Type(e.text("type"))})
		}
		ed.lessons = append(ed.lessons, l)
	}
	c.compare(ed, source)
	c.proses(ed)
	for _, l := range ed.lessons {
		c.lesson(ed, l)
	}
	c.sentences(ed)
	c.longest(ed)
	c.places(ed)
	return ed
}

// compare notes which files are copies of the source's, of what it says now or of what it said when they were made.
func (c *checker) compare(ed, source *edition) {
	if source == nil {
		return
	}
	untouched := map[string]bool{}
	if made := c.mod.Translation(ed.lang); made != nil {
		untouched = untouchedOf(c.mod.Parts(ed.lang), made)
	}
	for stem, p := range ed.pages {
		if s := source.pages[stem]; p != nil && s != nil && (p.src == s.src || untouched[stem]) {
			ed.copied[p.name] = true
		}
	}
	for stem, f := range ed.files {
		if s := source.files[stem]; f != nil && s != nil && (f.src == s.src || untouched[stem]) {
			ed.copied[f.name] = true
		}
	}
}

// notProse are the keys whose texts are no language, or what people type.
var notProse = []string{"id", "type", "objective", "objectives", "sources", "scene", "answers", "unit"}

// proses checks every text of an edition.
func (c *checker) proses(ed *edition) {
	for _, p := range ed.pages {
		if p != nil && !ed.copied[p.name] {
			(&prose{c: c, ed: ed, src: []byte(p.src), at: p.at}).markdown(p.doc)
		}
	}
	for _, f := range ed.files {
		if f != nil && !ed.copied[f.name] {
			c.strings(ed, f, "", f.root, "", "")
		}
	}
}

// strings checks the texts of a table and of those within it, which belong to a thing with an id.
func (c *checker) strings(ed *edition, f *file, path string, m map[string]any, thing modules.Thing, id string) {
	if own, ok := m["id"].(string); ok && path != "" {
		id = own
		thing = modules.Thing(path[strings.LastIndex(path, ".")+1 : strings.LastIndex(path, "[")])
	}
	for key, v := range m {
		under := key
		if path != "" {
			under = path + "." + key
		}
		at := func(path string) func(int) spot { return func(int) spot { return f.at(path, thing, id) } }
		switch v := v.(type) {
		case string:
			if !slices.Contains(notProse, key) {
				c.string(&prose{c: c, ed: ed, at: at(under)}, v)
			}
		case map[string]any: // the sentences of the objectives; loading knows which they may be
			c.strings(ed, f, under, v, thing, id)
		case []map[string]any, []any:
			for _, e := range list(m, path, key) {
				c.strings(ed, f, e.path, e.m, thing, id)
			}
			for i, s := range texts(v) {
				if !slices.Contains(notProse, key) {
					c.string(&prose{c: c, ed: ed, at: at(under + "[" + strconv.Itoa(i) + "]")}, s)
				}
			}
		}
	}
}

// string checks one text of a TOML file. What a character reference or an escape makes of plain letters is found here.
func (c *checker) string(p *prose, s string) {
	if strings.ContainsRune(s, utf8.RuneError) { // bytes that are no UTF-8: said by their line
		return
	}
	for _, r := range s {
		if code := kindOf(r); code != "" && r != '\r' {
			c.escaped(p.at(0), code, r)
			break
		}
	}
	p.text(s)
}

// escaped reports a character that stands in a string and not in the file's own letters, which were looked at already.
func (c *checker) escaped(at spot, code modules.Code, r rune) {
	if src, ok := modules.ReadText(c.fsys, at.file); ok && !strings.ContainsRune(src, r) {
		c.say(at, code, "", fmt.Sprintf("U+%04X", r), "")
	}
}

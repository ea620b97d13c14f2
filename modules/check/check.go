// Package check is the tutor of authors: it reads a module as its learners' program does, goes on where that stops, and
// says everything that is wrong with it (errors) or that learners would suffer from (warnings), each with its file, line and
// column. What it says is data; the interface has the sentences. The rules are those of docs/module-format.md.
//
// The module is foreign: it may be half written, damaged or made to do harm. Limits are those of package modules, held
// before anything is parsed.
package check

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fanal/modules"
)

// A Finding is something that an author should know. Its codes are those of package modules and of this one; its sentence is
// that of [modules.Problem.Sentence].
type Finding struct {
	*modules.Problem
	Warning bool // learners could use the module as it is
}

// Error gives the place and the finding as data, for logs and tests.
func (f Finding) Error() string {
	if !slices.Contains(ours, f.Code) {
		return f.Problem.Error()
	}
	s := f.File
	if f.Line > 0 {
		s = fmt.Sprintf("%s:%d:%d", s, f.Line, f.Col)
	}
	if f.Thing != "" {
		s += fmt.Sprintf(": %s %q", f.Thing, f.ID)
	}
	s += ": " + string(f.Code)
	for _, part := range []string{f.Key, f.Value, f.Want} {
		if part != "" {
			s += fmt.Sprintf(" %q", part)
		}
	}
	return s
}

// Spoken gives the message that says the finding to a person without its place, see [modules.Problem.Sentence].
func (f Finding) Spoken() (id string, data map[string]any) {
	id, data = f.Sentence()
	if f.Want != "" && slices.Contains(guesses, f.Code) {
		id += "-near"
	}
	return id, data
}

// Options say what the module's own files do not.
type Options struct {
	Folder string                          // the name of the module's folder, which must be its id; "" when that is not known
	Module func(id string) *modules.Module // finds another module that links lead to, nil where there is none; nil: those links are not followed
}

// Module checks the module whose files are those of fsys, to the end, and gives what it finds, by file, line and column.
func Module(fsys fs.FS, o Options) []Finding {
	c := newChecker(fsys, modules.Open(fsys, modules.Origin{Kind: modules.Folder, Path: o.Folder}))
	c.o = o
	c.list()
	c.mod.Inspect(c.add)
	c.texts()
	if c.plan = c.readPlan(); c.plan != nil {
		c.module()
		c.guess()
		c.renew()
	}
	c.found = slices.DeleteFunc(c.found, c.consequence)
	slices.SortFunc(c.found, compare)
	return slices.CompactFunc(c.found, func(a, b Finding) bool { return compare(a, b) == 0 })
}

// Errors counts the findings that are no warnings.
func Errors(found []Finding) int {
	n := 0
	for _, f := range found {
		if !f.Warning {
			n++
		}
	}
	return n
}

func compare(a, b Finding) int {
	return cmp.Or(cmp.Compare(a.File, b.File), compareWithin(a, b))
}

// compareWithin compares what is said of two files, or of two places in one.
func compareWithin(a, b Finding) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.ID, b.ID), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Value, b.Value))
}

// A checker checks one module.
type checker struct {
	fsys  fs.FS
	o     Options
	mod   *modules.Module
	plan  *plan           // nil when module.toml cannot be read
	files []string        // of the module, sorted
	read  map[string]bool // files that a learner can get to
	found []Finding

	broken   map[string]bool // files that are there and cannot be read, which loading says: what they may hold is not missed
	editions map[string]*edition
}

func newChecker(fsys fs.FS, m *modules.Module) *checker {
	return &checker{fsys: fsys, mod: m, read: map[string]bool{}, broken: map[string]bool{}, editions: map[string]*edition{}}
}

// consequence tells whether a finding only follows from another: questions cannot be known whose file cannot be read, and a
// wrong ask line cuts its edition otherwise.
func (c *checker) consequence(f Finding) bool {
	switch f.Code {
	case modules.UnknownAsk:
		return c.broken[strings.TrimSuffix(f.File, ".md")+".toml"]
	case OtherSteps:
		return slices.ContainsFunc(c.found, func(o Finding) bool {
			isAsk := o.Code == modules.UnknownAsk || o.Code == modules.BadAsk || o.Code == modules.AskTwice
			return isAsk && path.Base(o.File) == path.Base(f.File)
		})
	}
	return false
}

// whole tells whether every file of an edition could be read: only then can it be said that something is nowhere in it.
func (c *checker) whole(lang string) bool {
	for name := range c.broken {
		if c.broken[name] && strings.HasPrefix(name, lang+"/") {
			return false
		}
	}
	return true
}

// A spot is where something stands, and what it belongs to.
type spot struct {
	file      string
	line, col int
	thing     modules.Thing
	id        string
}

// say notes a finding. What key, value and want are stands with each code.
func (c *checker) say(at spot, code modules.Code, key, value, want string) {
	c.add(&modules.Problem{
		File: at.file, Line: at.line, Col: at.col, Thing: at.thing, ID: line(at.id), Code: code, Key: line(key), Value: line(value), Want: line(want),
	})
}

func (c *checker) add(p *modules.Problem) {
	c.found = append(c.found, Finding{p, slices.Contains(warnings, p.Code)})
}

// guess adds to each file that is missing the one that may be it: one of the same folder that nobody reads.
func (c *checker) guess() {
	for _, f := range c.found {
		if f.Code != modules.MissingFile {
			continue
		}
		var unread []string
		for _, name := range c.files {
			if !c.read[name] && path.Dir(name) == path.Dir(f.File) {
				unread = append(unread, name)
			}
		}
		f.Want = modules.Nearest(f.File, unread)
		lang, name, _ := strings.Cut(f.File, "/")
		if f.Want == "" && lang != c.plan.source && slices.Contains(c.files, c.plan.source+"/"+name) {
			f.Key = "copy"
		}
	}
}

// renew says of a file that nobody has translated yet, and that is not made as the source any more, that alone. What is
// wrong with the source is not said again of its copy.
func (c *checker) renew() {
	old, found := map[string]bool{}, slices.Clone(c.found)
	c.found = slices.DeleteFunc(c.found, func(f Finding) bool {
		lang, name, _ := strings.Cut(f.File, "/")
		if ed := c.editions[lang]; ed == nil || !ed.copied[f.File] {
			return false
		}
		if slices.Contains([]modules.Code{Lacks, Extra, Differs, OtherCount, OtherOrder, OtherSteps}, f.Code) {
			old[f.File] = true
			return true
		}
		return slices.ContainsFunc(found, func(o Finding) bool {
			return o.File == c.plan.source+"/"+name && compareWithin(f, o) == 0
		})
	})
	for name := range old {
		lang, _, _ := strings.Cut(name, "/")
		c.say(spot{file: name}, OldCopy, "", "", lang)
	}
}

// line makes foreign text fit for a message: one line, clean, not long.
func line(s string) string {
	const most = 80
	s = modules.CleanLine(s)
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return s
}

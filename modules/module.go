// Package modules says what a module is, and reads one from any fs.FS: the embedded ones, a folder, a packed file. The
// format is described in docs/module-format.md. Opening a module reads nothing; its manifest, the index of a language and
// each lesson are read when they are first asked for, so that a library of a thousand modules costs a directory listing.
//
// Everything read here is foreign text: sizes and nesting are limited before anything is parsed, and all texts pass
// [Clean] before anyone sees them.
package modules

import (
	"fanal/modules/quiz"
)

// A Kind says what a module is for.
type Kind string

// The kinds of module.
const (
	Course    Kind = "course"
	Job       Kind = "job"
	Portrait  Kind = "portrait"
	Diagnosis Kind = "diagnosis"
	Kit       Kind = "kit"
)

// A Manifest is what module.toml says: identity, order and rules, in no language.
type Manifest struct {
	Format     int
	ID         string
	Version    string // semantic version
	Kind       Kind
	License    string // SPDX identifier
	Authors    []string
	Source     string   // the language the others are written from
	Languages  []string // the editions, the source among them
	Lessons    []string // ids, in order
	Level      string
	Audience   []string
	Requires   []string // ids of modules better taken before
	Tags       []string
	Objectives []Objective
	Mastery    Mastery
}

// An Objective is something a learner will be able to do.
type Objective struct {
	ID          string
	Competences []string // framework-version:code
}

// Mastery says when something is mastered: Correct right answers among the last Of, to at least two different questions.
type Mastery struct {
	Correct, Of int
}

// An Index is what a language's index.md and index.toml say of a module.
type Index struct {
	Lang       string // the language it is in: the source's where the module lacks the one asked for
	Title      string
	Summary    string            // the first paragraph, as plain text
	Intro      []Block           // what follows it
	Objectives map[string]string // the sentence of each objective
}

// A Lesson is one lesson in one language, cut into steps.
type Lesson struct {
	Module     string
	ID         string
	Lang       string // the language it is in: the source's where the module lacks the one asked for
	Title      string
	Objectives []string
	Sources    []string
	Steps      []Step
	Scenes     map[string]Scene // by id
	Terms      []string         // ids of the glossary terms that its text marks, in order of first use
	Files      []string         // the module's files that its text names, as [Module.File] takes them, in order of first use
	Words      int              // of its text, its title and headings among them, questions not counted
}

// A Scene is a situation on which several questions are asked in a row.
type Scene struct {
	ID   string
	Text []Block
}

// A Step is what is on the screen at one time: a piece of text, or one question.
//
// Its ID is the same in every language: "t1", "t2" … for the texts in their order, "q:" and the question's id for a
// question. It is where a learner is, and what a language switch goes back to.
type Step struct {
	ID       string
	Heading  string         // the ## heading that it stands under, the same for all steps of one section; "" before the first, and for a question that comes after the text
	Blocks   []Block        // of a text step
	Question *quiz.Question // of a question step; nil for a text step
	Lang     string         // the language it is in where that is not its lesson's: one that nobody has translated yet; else ""
}

// A Block is a run of Markdown, or one callout.
type Block struct {
	Callout  string // "", or "note", "tip", "important", "exercise", "debate", "summary", "solution" (folded until asked for)
	Markdown string // without the callout's marks; links are reduced to text (and the path or address they lead to), images to their alternative text
}

// A Term is an entry of a module's glossary.
type Term struct {
	ID, Term, Definition string
}

// A Source is an entry of sources.toml: where facts come from.
type Source struct {
	ID, Title, Publisher, Date, Checked, URL string
}

// Advice is an entry of a diagnosis's advice.toml: what an answer up to a percentage of the scale means.
type Advice struct {
	Objective string
	UpTo      float64 // percent, 0 to 100
	Text      string
}

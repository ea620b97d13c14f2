package content_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"

	"fanal/content"
	"fanal/modules"
	"fanal/modules/quiz"
)

// An edition is a module in one language, whole.
type edition struct {
	module, lang string
	manifest     *modules.Manifest
	index        *modules.Index
	lessons      []*modules.Lesson // in order
	tests        []*modules.Lesson // the two forms; none where the module has no test
	guide        *modules.Lesson   // what the mediator reads; nil where there is none
	terms        []modules.Term
	advice       []modules.Advice
}

func (e *edition) String() string { return e.module + "/" + e.lang }

func (e *edition) isCourse() bool { return e.manifest.Kind == modules.Course }

// pages are all texts and tests of the edition.
func (e *edition) pages() []*modules.Lesson {
	pages := append(append([]*modules.Lesson(nil), e.lessons...), e.tests...)
	if e.guide != nil {
		pages = append(pages, e.guide)
	}
	return pages
}

// editions gives every module in every language, the language it was written in first.
func editions(t *testing.T) map[string][]*edition {
	t.Helper()
	all, err := readAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var readAll = sync.OnceValues(func() (map[string][]*edition, error) {
	var lib modules.Library
	if err := lib.Add(content.FS, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		return nil, err
	}
	all := map[string][]*edition{}
	for _, id := range content.Modules {
		m := lib.Module(id)
		manifest, err := m.Manifest()
		if err != nil {
			return nil, err
		}
		languages := slices.DeleteFunc(slices.Clone(manifest.Languages), func(l string) bool { return l == manifest.Source })
		for _, lang := range append([]string{manifest.Source}, languages...) {
			e := &edition{module: id, lang: lang, manifest: manifest}
			if err := e.read(m); err != nil {
				return nil, fmt.Errorf("%s: %w", e, err)
			}
			all[id] = append(all[id], e)
		}
	}
	return all, nil
})

func (e *edition) read(m *modules.Module) (err error) {
	if e.index, err = m.Index(e.lang); err != nil {
		return err
	}
	for _, id := range e.manifest.Lessons {
		l, err := m.Lesson(e.lang, id)
		if err != nil {
			return err
		}
		e.lessons = append(e.lessons, l)
	}
	for _, form := range []string{"a", "b"} {
		l, err := m.Test(e.lang, form)
		if err == nil {
			e.tests = append(e.tests, l)
		} else if e.isCourse() || !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if e.guide, err = m.Facilitator(e.lang); err != nil && (e.isCourse() || !errors.Is(err, fs.ErrNotExist)) {
		return err
	}
	if e.terms, err = m.Glossary(e.lang); err != nil {
		return err
	}
	e.advice, err = m.Advice(e.lang)
	return err
}

// eachEdition runs a test of its own for every module in every language.
func eachEdition(t *testing.T, check func(*testing.T, *edition)) {
	t.Helper()
	for _, id := range content.Modules {
		for _, e := range editions(t)[id] {
			t.Run(e.String(), func(t *testing.T) { check(t, e) })
		}
	}
}

// A passage is a text that learners or mediators read, and where it stands.
type passage struct{ where, text string }

// passages are all the texts of an edition.
func (e *edition) passages() []passage {
	all := []passage{{"index", e.index.Title + "\n" + e.index.Summary + "\n" + markdown(e.index.Intro)}}
	for _, id := range e.manifest.Objectives {
		all = append(all, passage{"index/" + id.ID, e.index.Objectives[id.ID]})
	}
	for _, l := range e.pages() {
		all = append(all, passage{l.ID, l.Title})
		for _, s := range l.Steps {
			where := l.ID + "/" + s.ID
			if s.Question != nil {
				all = append(all, passage{where, questionText(s.Question)})
				continue
			}
			all = append(all, passage{where, s.Heading + "\n" + markdown(s.Blocks)})
		}
		for _, s := range l.Scenes {
			all = append(all, passage{l.ID + "/" + s.ID, markdown(s.Text)})
		}
	}
	for _, term := range e.terms {
		all = append(all, passage{"glossary/" + term.ID, term.Term + "\n" + term.Definition})
	}
	for _, a := range e.advice {
		all = append(all, passage{"advice/" + a.Objective, a.Text})
	}
	return all
}

func markdown(blocks []modules.Block) string {
	var texts []string
	for _, b := range blocks {
		texts = append(texts, b.Markdown)
	}
	return strings.Join(texts, "\n\n")
}

// questionText is all that a question says, a line each; the spellings that are accepted are not said.
func questionText(q *quiz.Question) string {
	texts := []string{q.Prompt, q.Hint}
	for _, o := range q.Options {
		texts = append(texts, o.Text, o.Feedback)
	}
	for _, p := range q.Pairs {
		texts = append(texts, p.Left, p.Right)
	}
	for _, s := range q.Steps {
		texts = append(texts, s.Text)
	}
	texts = append(append(append(texts, q.Bank...), q.Distractors...), q.Scale...)
	texts = append(append(texts, q.NotApplicable, q.Model), q.Criteria...)
	return strings.Join(append(texts, q.Feedback, q.Explanation), "\n")
}

func question(t *testing.T, e *edition, lesson, id string) *quiz.Question {
	t.Helper()
	for _, l := range e.pages() {
		for _, q := range l.Questions() {
			if l.ID == lesson && q.ID == id {
				return q
			}
		}
	}
	t.Fatalf("%s/%s has no question %q", e, lesson, id)
	return nil
}

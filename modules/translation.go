package modules

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"fanal/modules/quiz"
)

// translation is the file in an edition's folder that says from what each of its parts was made.
const translation = "translation.toml"

// A Part is a piece of an edition that is translated, and can grow old, on its own. Its key is the same in every edition:
// "index/title", "index/text", "index/objective:split-list", "link-tables/title", "link-tables/t2" and "test-a/q:a-record"
// (the ids of steps), "link-tables/scene:garden", "facilitator/t1", "glossary/record", "advice/3".
type Part struct {
	Key  string
	Hash string // of what is said in it, 16 hexadecimal digits; how it is laid out in the file does not count
}

// A Made says from what a part of an edition was translated: the hash that the source had then, and the hash that the
// translation had when that was written down. They are equal for what is still the source's own text.
type Made struct{ From, As string }

// Translation gives what an edition's translation.toml says of its parts, by key; nil when it has no such file, or one that
// cannot be read.
func (m *Module) Translation(lang string) map[string]Made {
	src, ok := readText(m.fsys, lang+"/"+translation, func(*Problem) {})
	if !ok {
		return nil
	}
	return readTranslation(lang+"/"+translation, src, func(*Problem) {})
}

func readTranslation(name, src string, rep report) map[string]Made {
	root := parseTOML(name, src, rep)
	if root == nil {
		return nil
	}
	made := map[string]Made{}
	if t := root.sub("parts"); t != nil {
		for key := range t.m {
			if from, as, ok := strings.Cut(t.line(key), " "); ok {
				made[key] = Made{from, as}
			}
		}
	}
	root.close()
	return made
}

// TranslationText writes a translation.toml under a comment of one line or several.
func TranslationText(comment string, made map[string]Made) string {
	var b strings.Builder
	for line := range strings.SplitSeq(comment, "\n") {
		b.WriteString("# " + line + "\n")
	}
	b.WriteString("\n[parts]\n")
	var keys []string
	for key := range made {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		b.WriteString(strconv.Quote(key) + " = " + strconv.Quote(made[key].From+" "+made[key].As) + "\n")
	}
	return b.String()
}

// Parts gives the parts of one edition that can be read, in the order in which the module has them. Nothing is taken from
// another edition in place of what this one lacks.
func (m *Module) Parts(lang string) []Part {
	manifest, err := m.Manifest()
	if err != nil {
		return nil
	}
	var parts []Part
	add := func(key string, texts ...string) { parts = append(parts, Part{key, hash(texts)}) }
	quiet := func(*Problem) {}
	index := m.index(lang, manifest, quiet)
	add("index/title", index.Title)
	add("index/text", append([]string{index.Summary}, blockTexts(index.Intro)...)...)
	for _, o := range manifest.Objectives {
		add("index/objective:"+o.ID, index.Objectives[o.ID])
	}
	lesson := func(l *Lesson) {
		if l.Title != "" {
			add(l.ID+"/title", l.Title)
		}
		asked := map[string]bool{}
		for i := range l.Steps {
			s := &l.Steps[i]
			if q := s.Question; q != nil && l.Scenes[q.Scene].ID != "" && !asked[q.Scene] {
				asked[q.Scene] = true
				add(l.ID+"/scene:"+q.Scene, blockTexts(l.Scenes[q.Scene].Text)...)
			}
			parts = append(parts, Part{l.ID + "/" + s.ID, stepHash(s)})
		}
	}
	for _, id := range manifest.Lessons {
		lesson(m.lesson(lang, id, manifest, quiet))
	}
	lesson(m.test(lang, testA, manifest, quiet))
	lesson(m.test(lang, testB, manifest, quiet))
	lesson(m.facilitator(lang, manifest, quiet))
	if src, ok := readText(m.fsys, lang+"/glossary.toml", quiet); ok {
		for _, t := range readGlossary("", src, quiet) {
			add("glossary/"+t.ID, t.Term, t.Definition)
		}
	}
	if src, ok := readText(m.fsys, lang+"/advice.toml", quiet); ok {
		for i, a := range readAdvice("", src, manifest.objectiveIDs(), quiet) {
			add("advice/"+strconv.Itoa(i+1), a.Text)
		}
	}
	return parts
}

// mark notes on the steps of a lesson those that are still in the source language.
func (m *Module) mark(l *Lesson, manifest *Manifest) {
	if l.Lang == manifest.Source || !m.exists(l.Lang+"/"+translation) {
		return
	}
	made := m.Translation(l.Lang)
	for i := range l.Steps {
		if s := &l.Steps[i]; made[l.ID+"/"+s.ID].From == stepHash(s) {
			s.Lang = manifest.Source
		}
	}
}

// stepHash is the hash of what a step says.
func stepHash(s *Step) string {
	if s.Question == nil {
		return hash(append([]string{s.Heading}, blockTexts(s.Blocks)...))
	}
	return hash(questionTexts(s.Question))
}

func blockTexts(blocks []Block) []string {
	var texts []string
	for _, b := range blocks {
		texts = append(texts, b.Callout, b.Markdown)
	}
	return texts
}

// questionTexts are the texts of a question that a translator writes.
func questionTexts(q *quiz.Question) []string {
	texts := []string{q.Prompt, q.Hint, q.Explanation, q.Feedback, q.Unit, q.Model, q.NotApplicable}
	for _, o := range q.Options {
		texts = append(texts, o.Text, o.Feedback)
	}
	for _, accept := range q.Accept {
		texts = append(texts, accept...)
	}
	for _, p := range q.Pairs {
		texts = append(texts, p.Left, p.Right)
	}
	for _, s := range q.Steps {
		texts = append(texts, s.Text)
	}
	return slices.Concat(texts, q.Bank, q.Distractors, q.Criteria, q.Scale)
}

// hash is a fingerprint of texts in a row. A zero byte, which no clean text has, keeps them apart.
func hash(texts []string) string {
	sum := sha256.Sum256([]byte(strings.Join(texts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

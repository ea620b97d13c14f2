package bring

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fanal/modules"
	"fanal/modules/quiz"
)

// A plan is a module about to be written: everything settled, every text Markdown or a clean line.
type plan struct {
	id, title, summary, lang, kind, license string
	authors, tags                           []string
	objectives                              []*objectiveAside
	byID                                    map[string]*objectiveAside
	lessons                                 []*lesson
}

var competenceForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*:[A-Za-z0-9.-]+$`)

// objective gives the objective of an id, made with the sentence when it is new.
func (p *plan) objective(id, sentence string) *objectiveAside {
	if o := p.byID[id]; o != nil {
		return o
	}
	if p.byID == nil {
		p.byID = map[string]*objectiveAside{}
	}
	o := &objectiveAside{ID: id, Sentence: modules.CleanLine(sentence)}
	p.byID[id] = o
	p.objectives = append(p.objectives, o)
	return o
}

func (p *plan) has(id string) bool {
	return slices.ContainsFunc(p.lessons, func(l *lesson) bool { return l.id == id })
}

// prune takes out the objectives that no question serves.
func (p *plan) prune() {
	served := map[string]bool{}
	for _, l := range p.lessons {
		for _, it := range l.items {
			if it.q != nil {
				served[it.q.Objective] = true
			}
		}
	}
	p.objectives = slices.DeleteFunc(p.objectives, func(o *objectiveAside) bool { return !served[o.ID] })
	for i, o := range p.objectives {
		o.place = i
	}
}

// objectives gives the objectives that a lesson's questions serve, in the order of the module's.
func (l *lesson) objectives(p *plan) []string {
	served := map[*objectiveAside]bool{}
	for _, it := range l.items {
		if it.q != nil && p.byID[it.q.Objective] != nil {
			served[p.byID[it.q.Objective]] = true
		}
	}
	var list []string
	for _, o := range slices.SortedFunc(maps.Keys(served), func(a, b *objectiveAside) int { return a.place - b.place }) {
		list = append(list, o.ID)
	}
	return list
}

// files gives the module's files.
func (p *plan) files() map[string][]byte {
	files := map[string][]byte{"module.toml": []byte(p.manifest())}
	put := func(name, text string) { files[p.lang+"/"+name] = []byte(text) }
	put("index.md", "# "+heading(p.title)+"\n\n"+p.summary+"\n")
	var w tomlWriter
	w.line("[objectives]")
	for _, o := range p.objectives {
		w.key(o.ID, 0, o.Sentence)
	}
	put("index.toml", w.String())
	for _, l := range p.lessons {
		put(l.id+".toml", l.toml(l.objectives(p)))
		if !l.isTest() {
			put(l.id+".md", l.markdown())
		}
	}
	return files
}

func (p *plan) manifest() string {
	var w tomlWriter
	const wide = len("languages")
	w.key("format", wide, modules.Format)
	w.key("id", wide, p.id)
	w.key("version", wide, "1.0.0")
	w.key("kind", wide, p.kind)
	w.key("license", wide, p.license)
	w.key("authors", wide, p.authors)
	w.key("source", wide, p.lang)
	w.key("languages", wide, []string{p.lang})
	var ids []string
	for _, l := range p.lessons {
		if !l.isTest() {
			ids = append(ids, l.id)
		}
	}
	w.key("lessons", wide, ids)
	w.key("tags", wide, p.tags)
	for _, o := range p.objectives {
		w.line("\n[[objective]]")
		w.key("id", 0, o.ID)
		w.key("competences", 0, o.Competences)
	}
	return w.String()
}

// heading makes a title of a plain text.
func heading(title string) string { return oneLine(fromPlain(title)) }

// markdown gives the lesson's text: texts and questions in their order. Without a text, the questions are the lesson's quiz.
func (l *lesson) markdown() string {
	var b strings.Builder
	b.WriteString("# " + heading(l.title) + "\n")
	isText := func(it *item) bool { return it.q == nil && it.scene == "" }
	placing := slices.ContainsFunc(l.items, isText)
	for _, it := range l.items {
		switch {
		case isText(it):
			b.WriteString("\n" + it.text + "\n")
		case it.q != nil && placing:
			b.WriteString("\n<!-- ask: " + it.q.ID + " -->\n")
		}
	}
	return b.String()
}

// toml gives the lesson's objectives, scenes and questions.
func (l *lesson) toml(objectives []string) string {
	var w tomlWriter
	if !l.isTest() {
		w.line("objectives = " + value(objectives))
		w.line("sources    = []")
	}
	for _, it := range l.items {
		if it.q == nil && it.scene != "" {
			w.line("\n[[scene]]")
			w.key("id", 4, it.scene)
			w.key("text", 4, it.text)
		}
	}
	for _, it := range l.items {
		if it.q != nil {
			w.question(it.q)
		}
	}
	return w.String()
}

// question writes a question with the keys that its type has.
func (w *tomlWriter) question(q *quiz.Question) {
	const wide = len("explanation")
	w.line("\n[[question]]")
	w.key("id", wide, q.ID)
	w.key("type", wide, string(q.Type))
	w.some("objective", wide, q.Objective)
	w.some("scene", wide, q.Scene)
	if q.Type == quiz.Choice && q.Pick != 1 {
		w.key("pick", wide, q.Pick)
	}
	if q.Type == quiz.Choice && !q.Shuffle {
		w.key("shuffle", wide, false)
	}
	w.key("prompt", wide, q.Prompt)
	w.some("hint", wide, q.Hint)
	switch q.Type {
	case quiz.TrueFalse:
		w.key("answer", wide, q.Truth)
	case quiz.FillIn:
		if len(q.Accept) == 1 && !strings.Contains(q.Prompt, quiz.Gap) {
			w.key("answers", wide, q.Accept[0])
		} else {
			w.key("answers", wide, q.Accept)
		}
		if len(q.Bank) > 0 {
			w.key("bank", wide, q.Bank)
		}
		if q.Exact {
			w.key("exact", wide, true)
		}
	case quiz.Numeric:
		w.key("answer", wide, q.Number)
		if q.Tolerance != 0 {
			w.key("tolerance", wide, q.Tolerance)
		}
		w.some("unit", wide, q.Unit)
	case quiz.LongFillIn:
		w.key("model", wide, q.Model)
		if len(q.Criteria) > 0 {
			w.key("criteria", wide, q.Criteria)
		}
	case quiz.Likert:
		w.key("scale", wide, q.Scale)
		w.some("not_applicable", wide, q.NotApplicable)
	}
	w.some("feedback", wide, q.Feedback)
	w.some("explanation", wide, q.Explanation)
	if len(q.Distractors) > 0 {
		w.key("distractors", wide, q.Distractors)
	}
	w.parts(q)
}

func (w *tomlWriter) parts(q *quiz.Question) {
	for _, o := range q.Options {
		w.line("\n  [[question.option]]")
		w.key("  id", 10, o.ID)
		w.key("  text", 10, o.Text)
		if o.Correct {
			w.key("  correct", 10, true)
		}
		w.some("  feedback", 10, o.Feedback)
	}
	for _, p := range q.Pairs {
		w.line("\n  [[question.pair]]")
		w.key("  id", 7, p.ID)
		w.key("  left", 7, p.Left)
		w.key("  right", 7, p.Right)
	}
	for _, s := range q.Steps {
		w.line("\n  [[question.step]]")
		w.key("  id", 6, s.ID)
		w.key("  text", 6, s.Text)
	}
}

// A tomlWriter writes TOML as people do: one key a line, long texts on lines of their own.
type tomlWriter struct{ strings.Builder }

func (w *tomlWriter) line(s string) { w.WriteString(s + "\n") }

// key writes a key, its name padded to so many letters, and its value.
func (w *tomlWriter) key(name string, wide int, v any) {
	fmt.Fprintf(w, "%-*s = %s\n", wide, name, value(v))
}

// some writes a key with a text that is not empty.
func (w *tomlWriter) some(name string, wide int, text string) {
	if text != "" {
		w.key(name, wide, text)
	}
}

// value writes a value. Every text passes the filter of everything foreign once more.
func value(v any) string {
	switch v := v.(type) {
	case string:
		return tomlText(modules.Clean(v))
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	case float64:
		s := strconv.FormatFloat(v, 'f', -1, 64)
		if len(s) > 18 {
			return strconv.FormatFloat(v, 'e', -1, 64)
		}
		return s
	case []string:
		texts := make([]string, len(v))
		for i, s := range v {
			texts[i] = value(strings.ReplaceAll(s, "\n", " "))
		}
		return "[" + strings.Join(texts, ", ") + "]"
	case [][]string:
		lists := make([]string, len(v))
		for i, list := range v {
			lists[i] = value(list)
		}
		return "[" + strings.Join(lists, ", ") + "]"
	}
	return `""`
}

var tomlEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`)

func tomlText(s string) string {
	s = tomlEscapes.Replace(s)
	if strings.Contains(s, "\n") {
		return "\"\"\"\n" + s + "\n\"\"\""
	}
	return `"` + s + `"`
}

package bring

import (
	"cmp"
	"slices"
	"strings"

	"fanal/modules"
	"fanal/modules/quiz"
)

// Mdbook makes a module of quiz files of mdbook-quiz. Each file becomes a lesson with the file's name; the questions of a
// multipart group share a scene.
func Mdbook(files []File, o Options) *Result {
	d := newDraft(o)
	for _, f := range files {
		text, ok := d.text(f)
		if !ok {
			continue
		}
		root := modules.ParseTOML(text)
		if root == nil {
			d.note(f.Name, 0, Reason{Code: BadTOML})
			continue
		}
		b := &book{d: d, file: f.Name, lesson: d.lesson("", []string{stem(f.Name)}), groups: map[string]string{}, place: modules.Places(text)}
		b.read(root)
	}
	return d.finish(files)
}

// A book reads one quiz file.
type book struct {
	d      *draft
	file   string
	lesson *lesson
	groups map[string]string // the ids of scenes by the names of multipart groups
	place  func(path string) (line, col int)
}

func (b *book) read(root map[string]any) {
	b.unknown(root, "", "questions", "multipart")
	multipart, _ := root["multipart"].(map[string]any)
	scenes := ids{}
	for _, name := range slices.Sorted(keysOf(multipart)) {
		text, _ := multipart[name].(string)
		if text = tame(text, func(string) {}); text == "" {
			continue
		}
		id := scenes.take(modules.Slug(name), "scene-"+itoa(len(scenes)+1))
		b.groups[name] = id
		line, _ := b.place("multipart." + name)
		b.d.add(b.lesson, b.file, &item{line: line, title: quote(name), text: text, scene: id})
	}
	list, _ := root["questions"].([]map[string]any)
	for i, m := range list {
		line, _ := b.place("questions[" + itoa(i) + "]")
		b.d.add(b.lesson, b.file, b.question(m, line))
	}
	if len(list) == 0 {
		b.d.note(b.file, 0, Reason{Code: Empty})
	}
}

func keysOf(m map[string]any) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// unknown notes the keys of a table that are none of those known.
func (b *book) unknown(m map[string]any, path string, known ...string) {
	for _, key := range slices.Sorted(keysOf(m)) {
		if !slices.Contains(known, key) {
			line, _ := b.place(strings.TrimPrefix(path+"."+key, "."))
			b.d.note(b.file, line, Reason{Code: UnknownKey, Value: quote(key)})
		}
	}
}

// A quizItem is a question of a book while it is read.
type quizItem struct {
	reader
	m, asked, right map[string]any
	phrases         Phrases
}

// question makes a question of a table.
func (b *book) question(m map[string]any, line int) *item {
	r := &quizItem{m: m, phrases: b.d.o.Phrases}
	r.item.line = line
	r.asked, _ = m["prompt"].(map[string]any)
	r.right, _ = m["answer"].(map[string]any)
	asked := cmp.Or(text(r.asked["prompt"]), text(r.asked["program"]))
	r.item.title = quote(asked)
	r.item.wanted = modules.Slug(asked) // their ids are random numbers
	r.q = &quiz.Question{Prompt: r.set(asked), Explanation: r.set(text(m["context"])), Shuffle: true}
	r.unknown(m, "id", "type", "multipart", "prompt", "answer", "context", "promptExplanation")
	r.unknown(r.asked, "prompt", "program", "response", "distractors", "answerIndex", "sortAnswers")
	r.unknown(r.right, "answer", "alternatives", "doesCompile", "stdout", "lineNumber")
	if m["promptExplanation"] == true {
		r.why.add(Justify, "")
	}
	switch kind := text(m["type"]); kind {
	case "MultipleChoice":
		r.multipleChoice()
	case "ShortAnswer":
		r.shortAnswer()
	case "Tracing":
		r.tracing()
	default:
		r.leave(UnlikeAll, kind)
	}
	if !r.item.out && strings.TrimSpace(r.q.Prompt) == "" {
		r.leave(NoPrompt, "")
	}
	if group := text(m["multipart"]); group != "" {
		if r.q.Scene = b.groups[group]; r.q.Scene == "" && !r.item.out {
			r.why.add(UnknownKey, group)
		}
	}
	r.item.q, r.item.why = r.q, r.why
	return &r.item
}

// unknown notes the keys of one of the question's tables that are none of those known.
func (r *quizItem) unknown(m map[string]any, known ...string) {
	for _, key := range slices.Sorted(keysOf(m)) {
		if !slices.Contains(known, key) {
			r.why.add(UnknownKey, key)
		}
	}
}

func text(v any) string {
	s, _ := v.(string)
	return strings.TrimSpace(s)
}

// list gives texts that stand alone or in a list.
func list(v any) []string {
	var out []string
	switch v := v.(type) {
	case string:
		out = append(out, text(v))
	case []any:
		for _, it := range v {
			out = append(out, text(it))
		}
	}
	return out
}

func (r *quizItem) set(md string) string { return tame(md, r.media) }

func (r *quizItem) multipleChoice() {
	right, wrong := list(r.right["answer"]), list(r.asked["distractors"])
	at := len(right) + len(wrong) // where the right ones go
	if i, ok := r.asked["answerIndex"].(int64); ok && i >= 0 && int(i) <= len(wrong) {
		at, r.q.Shuffle = int(i), false
	}
	for i, s := range wrong {
		if i == at {
			r.options(right, true)
		}
		r.options([]string{s}, false)
	}
	if at >= len(wrong) {
		r.options(right, true)
	}
	if r.asked["sortAnswers"] == true {
		r.q.Shuffle = false
		slices.SortStableFunc(r.q.Options, func(a, b quiz.Option) int { return strings.Compare(a.Text, b.Text) })
	}
	r.q.Type = quiz.Choice
	r.picks()
}

func (r *quizItem) options(texts []string, right bool) {
	r.format = asMarkdown
	for _, s := range texts {
		r.option(answer{text: s}, right)
	}
}

func (r *quizItem) shortAnswer() {
	right := text(r.right["answer"])
	if right == "" {
		r.leave(NoRight, "")
		return
	}
	if how := text(r.asked["response"]); how == "code" || how == "long" || strings.Contains(right, "\n") {
		r.q.Type = quiz.LongFillIn
		r.q.Model = paragraphs(fenced(right, how == "code"), "")
		r.why.add(CodeAnswer, "")
		return
	}
	r.q.Type = quiz.FillIn
	accept := []string{}
	for _, s := range append([]string{right}, list(r.right["alternatives"])...) {
		if s = squeeze(modules.CleanLine(s)); s != "" && !slices.Contains(accept, s) {
			accept = append(accept, s)
		}
	}
	r.q.Accept = [][]string{accept}
	r.q.Prompt = strings.ReplaceAll(r.q.Prompt, quiz.Gap, "{ }")
}

// fenced gives code as Markdown, and a text as it is.
func fenced(s string, code bool) string {
	if !code {
		return fromPlain(s)
	}
	fence := "```"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence + "\n" + modules.Clean(s) + "\n" + fence
}

// tracing asks what a program prints, or where it is refused. Nothing here runs it, or asks two things at once.
func (r *quizItem) tracing() {
	program := fenced(text(r.asked["program"]), true)
	if text(r.asked["program"]) == "" {
		r.leave(NoPrompt, "")
		return
	}
	compiles, known := r.right["doesCompile"].(bool)
	line, hasLine := r.right["lineNumber"].(int64)
	prints := text(r.right["stdout"])
	ask := ""
	switch {
	case !known:
		r.leave(NoRight, "")
		return
	case !compiles && hasLine:
		ask, r.q.Type, r.q.Number = r.phrases.RefusedAt, quiz.Numeric, float64(line)
	case !compiles, prints == "":
		ask, r.q.Type, r.q.Truth = r.phrases.IsCompiled, quiz.TrueFalse, compiles
	case strings.Contains(prints, "\n"):
		ask, r.q.Type, r.q.Model = r.phrases.Prints, quiz.LongFillIn, fenced(prints, true)
	default:
		ask, r.q.Type, r.q.Accept, r.q.Exact = r.phrases.Prints, quiz.FillIn, [][]string{{squeeze(modules.CleanLine(prints))}}, true
	}
	r.why.add(Tracing, "")
	r.q.Prompt = strings.ReplaceAll(ask+"\n\n"+program, quiz.Gap, "{ }")
}

package check

import (
	"embed"
	"slices"
	"strings"
	"text/template"

	"fanal/modules"
)

//go:embed starter/*.txt
var starters embed.FS

// A Start is what the author of a new module has said.
type Start struct {
	ID      string // the name of its folder
	Title   string
	Lang    string   // the language in which the module will be written; its notes are in that language where we have them, else in English
	Lessons []string // the names of its lessons, as people say them
}

// A starterLesson is a lesson while its files are written.
type starterLesson struct{ ID, Title, Lang string }

// Starter gives the files of a small, complete module, by path: one that passes the check, with notes that teach the format.
func Starter(s Start) map[string]string {
	lang := s.Lang
	text, err := starters.ReadFile("starter/" + lang + ".txt")
	if err != nil {
		text, _ = starters.ReadFile("starter/en.txt")
	}
	var lessons []starterLesson
	for i, name := range s.Lessons {
		l := starterLesson{Slug(name), inString(name), lang}
		for l.ID == "" || slices.ContainsFunc(lessons, func(o starterLesson) bool { return o.ID == l.ID }) || slices.Contains(taken, l.ID) {
			l.ID = strings.TrimPrefix(l.ID+"-"+string(rune('a'+i%26)), "-")
		}
		lessons = append(lessons, l)
	}
	files := map[string]string{}
	for part := range strings.SplitSeq(strings.TrimPrefix(string(text), "=== "), "\n=== ") {
		name, body, _ := strings.Cut(part, "\n")
		t := template.Must(template.New(name).Parse(body))
		write := func(path string, data any) {
			var b strings.Builder
			_ = t.Execute(&b, data) // into memory, from templates that a test executes
			files[path] = strings.TrimRight(b.String(), "\n") + "\n"
		}
		all := map[string]any{"ID": s.ID, "Title": inString(s.Title), "Lang": lang, "Lessons": lessons}
		switch {
		case strings.HasPrefix(name, "lesson."):
			for _, l := range lessons {
				write(lang+"/"+l.ID+strings.TrimPrefix(name, "lesson"), l)
			}
		case name == "test.toml":
			for _, form := range []string{"a", "b"} {
				all["Form"] = form
				write(lang+"/test-"+form+".toml", all)
			}
		case name == "module.toml" || name == "sources.toml":
			write(name, all)
		default:
			write(lang+"/"+name, all)
		}
	}
	return files
}

// taken are the names that no lesson can have.
var taken = []string{"index", "glossary", facilitator, "advice", testA, testB, "translation"}

// inString makes a text fit to stand between quotation marks, and on a line of Markdown.
func inString(s string) string {
	return strings.NewReplacer(`"`, "’", `\`, "/", "<", "‹", "[", "(", "]", ")", "`", "’", "*", "", "_", " ").Replace(modules.CleanLine(s))
}

// Slug makes an id of a name: "Relier les tables" becomes "relier-les-tables". It is "" when no letter or digit of ours is
// left.
func Slug(name string) string {
	const most = 40
	var words []string
	for word := range strings.FieldsFuncSeq(unaccented(name), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }) {
		words = append(words, word)
	}
	s := strings.Join(words, "-")
	return strings.Trim(s[:min(len(s), most)], "-")
}

package check

import (
	"cmp"
	"embed"
	"slices"
	"strings"

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
type starterLesson struct{ id, title string }

// Starter gives the files of a small, complete module, by path: one that passes the check, with notes that teach the format.
func Starter(s Start) map[string]string {
	lang := s.Lang
	text, err := starters.ReadFile("starter/" + lang + ".txt")
	if err != nil {
		text, _ = starters.ReadFile("starter/en.txt")
	}
	var lessons []starterLesson
	for i, name := range s.Lessons {
		l := starterLesson{modules.Slug(name), inString(name)}
		for !modules.IsLessonID(l.id) || slices.ContainsFunc(lessons, func(o starterLesson) bool { return o.id == l.id }) {
			l.id = strings.TrimPrefix(l.id+"-"+string(rune('a'+i%26)), "-")
		}
		l.title = cmp.Or(l.title, l.id)
		lessons = append(lessons, l)
	}
	all := []string{"{{.ID}}", s.ID, "{{.Title}}", cmp.Or(inString(s.Title), s.ID), "{{.Lang}}", lang, "{{.Lessons}}", listed(lessons)}
	files := map[string]string{}
	for part := range strings.SplitSeq(strings.TrimPrefix(string(text), "=== "), "\n=== ") {
		name, body, _ := strings.Cut(part, "\n")
		write := func(path string, values ...string) {
			files[path] = strings.TrimRight(fill(body, lessons, append(values, all...)), "\n") + "\n"
		}
		switch {
		case strings.HasPrefix(name, "lesson."):
			for _, l := range lessons {
				write(lang+"/"+l.id+strings.TrimPrefix(name, "lesson"), l.values()...)
			}
		case name == "test.toml":
			for _, form := range []string{"a", "b"} {
				write(lang+"/test-"+form+".toml", "{{.Form}}", form)
			}
		case name == "module.toml" || name == "sources.toml":
			write(name)
		default:
			write(lang + "/" + name)
		}
	}
	return files
}

// fill puts values, pairs of a name and what it stands for, in the place of the names, the first of two that are alike.
// What is between {{each lesson}} and {{end}} it writes once for each.
func fill(text string, lessons []starterLesson, values []string) string {
	var b strings.Builder
	for found := true; found; {
		var before, each string
		before, text, found = strings.Cut(text, "{{each lesson}}")
		b.WriteString(strings.NewReplacer(values...).Replace(before))
		each, text, _ = strings.Cut(text, "{{end}}")
		for _, l := range lessons {
			b.WriteString(strings.NewReplacer(append(l.values(), values...)...).Replace(each))
		}
	}
	return b.String()
}

func (l starterLesson) values() []string { return []string{"{{.ID}}", l.id, "{{.Title}}", l.title} }

// listed writes the names of the lessons as the manifest does.
func listed(lessons []starterLesson) string {
	ids := make([]string, len(lessons))
	for i, l := range lessons {
		ids[i] = `"` + l.id + `"`
	}
	return strings.Join(ids, ", ")
}

// inString makes a text fit to stand between quotation marks, and on a line of Markdown.
func inString(s string) string {
	return strings.TrimSpace(strings.NewReplacer(`"`, "’", `\`, "/", "<", "‹", "[", "(", "]", ")", "`", "’", "*", "", "_", " ").Replace(modules.CleanLine(s)))
}

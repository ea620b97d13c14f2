package modules

import (
	"strings"
)

// An Outline is what a list of lessons shows of one: what can be had without parsing it.
type Outline struct {
	ID        string
	Lang      string // the language it is in
	Title     string
	Words     int
	Questions int
}

// Minutes says how long the lesson takes: 120 words a minute and 40 seconds a question, rounded up.
func (o Outline) Minutes() int { return minutes(o.Words, o.Questions) }

// Outline gives the outline of every lesson, in order, with the numbers that the lessons themselves give. A lesson whose
// files are missing has no words: that it is missing is said when it is opened.
func (m *Module) Outline(lang string) ([]Outline, error) {
	manifest, err := m.Manifest()
	if err != nil {
		return nil, err
	}
	outlines := make([]Outline, len(manifest.Lessons))
	for i, id := range manifest.Lessons {
		edition := m.editionOf(lang, id+".md", id+".toml")
		o := Outline{ID: id, Lang: edition}
		quiet := func(*Problem) {}
		if md, ok := readText(m.fsys, edition+"/"+id+".md", quiet); ok {
			o.Title, o.Words = titleOf(md), countWords(md)
		}
		if src, ok := readText(m.fsys, edition+"/"+id+".toml", quiet); ok {
			o.Questions = countQuestions(src)
		}
		outlines[i] = o
	}
	return outlines, nil
}

// Minutes says how long all lessons take together: the sum of what is said of each.
func (m *Module) Minutes(lang string) (int, error) {
	outlines, err := m.Outline(lang)
	sum := 0
	for _, o := range outlines {
		sum += o.Minutes()
	}
	return sum, err
}

// Title gives the module's title as its index has it, without parsing that: what a list of modules shows. It is "" when
// there is no index; errors are those of the manifest.
func (m *Module) Title(lang string) (string, error) {
	if _, err := m.Manifest(); err != nil {
		return "", err
	}
	if k := m.known(); k != nil {
		return k.title(lang), nil
	}
	f, err := m.fsys.Open(m.editionOf(lang, "index.md") + "/index.md")
	if err != nil {
		return "", nil
	}
	defer f.Close()
	head := make([]byte, 1<<10) // a title longer than that is none
	n, _ := f.Read(head)
	return titleOf(strings.ToValidUTF8(strings.TrimPrefix(string(head[:n]), "\ufeff"), "\ufffd")), nil
}

// titleOf gives the text of the # heading that a file begins with. What is marked in it is parsed, in this one line.
func titleOf(md string) string {
	line, _, _ := strings.Cut(strings.TrimLeft(md, "\r\n"), "\n")
	if len(line) > maxRun || guardMarkdown(line) != nil {
		return ""
	}
	line = CleanLine(line)
	if text, ok := strings.CutPrefix(line, "# "); ok && !strings.ContainsAny(text, "*_`[]<>&\\#") {
		return strings.Trim(text, " ")
	}
	doc, f := parseMarkdown(line)
	if f != nil || doc.FirstChild() == nil || !strings.HasPrefix(line, "#") {
		return ""
	}
	return plain(doc.FirstChild(), []byte(line))
}

// countQuestions counts the headers of questions without decoding anything.
func countQuestions(src string) int {
	n := 0
	count := func(name string) { n += boolToInt(name == string(ThingQuestion)) }
	(&scanner{src: src, array: count}).scan()
	return n
}

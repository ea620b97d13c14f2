package check

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"fanal/modules"
)

// ErrSourceLanguage is returned by [Translate] for the language that the module is written in.
var ErrSourceLanguage = errors.New("the module is written in this language")

// ErrLanguages is returned by [Translate] when the list of languages in module.toml could not be completed.
var ErrLanguages = errors.New("the languages of module.toml cannot be completed")

// The codes of what [Translate] says of parts.
const (
	ToTranslate modules.Code = "to-translate" // still the source's own text
	Renewed     modules.Code = "renewed"      // had grown old, and has been worked on since
)

// A Translation is what has to be written for an edition to be complete, and what is left to do by hand.
type Translation struct {
	Files   map[string]string // by path, what to write
	Copied  []string          // of these, the files that the edition did not have
	Parts   int               // how many parts the edition has
	Left    []Finding         // parts that are still the source's own text, with the code ToTranslate
	Stale   []Finding         // parts that the source has outrun
	Renewed []Finding         // parts that had grown old and were changed since: they count as translated
}

// Translate makes or completes an edition of the module in fsys: files, questions, scenes, terms and sentences that it lacks
// are copied from the source. Nothing that somebody has translated is touched. Comment stands at the top of translation.toml,
// which remembers of each part what it was made from. Nothing is written; errors are those of the manifest, ErrSourceLanguage
// and ErrLanguages.
func Translate(fsys fs.FS, lang, comment string) (*Translation, error) {
	m := modules.Open(fsys, modules.Origin{})
	manifest, err := m.Manifest()
	if err != nil {
		return nil, err
	}
	if lang == manifest.Source {
		return nil, ErrSourceLanguage
	}
	t := &translator{fsys: overlay{fsys, map[string]string{}}, source: manifest.Source, lang: lang}
	if !slices.Contains(manifest.Languages, lang) {
		if err := t.addLanguage(); err != nil {
			return nil, err
		}
	}
	made := m.Translation(lang)
	t.copyFiles(m.Parts(manifest.Source), m.Parts(lang), made)
	t.completeFiles()
	return t.record(made, comment), nil
}

// A translator prepares what [Translate] gives.
type translator struct {
	fsys         overlay
	source, lang string
	copied       []string
}

func (t *translator) put(name, text string) { t.fsys.files[name] = text }

func (t *translator) text(name string) string {
	data, err := fs.ReadFile(t.fsys, name)
	if err != nil || len(data) > 256<<10 {
		return ""
	}
	return string(data)
}

// addLanguage writes the language at the end of the list in module.toml and leaves the rest as it stands.
func (t *translator) addLanguage() error {
	src, _ := modules.ReadText(t.fsys, "module.toml")
	line, _ := modules.Places(src)("languages")
	lines := strings.SplitAfter(src, "\n")
	before := strings.Join(lines[:line-1], "")
	list, after, found := strings.Cut(src[len(before):], "]")
	list = strings.TrimRight(list, " \t\n,")
	text := before + list + `, "` + t.lang + `"]` + after
	if root := modules.ParseTOML(text); !found || root == nil || !slices.Contains(texts(root["languages"]), t.lang) {
		return ErrLanguages
	}
	t.put("module.toml", text)
	return nil
}

// copyFiles copies the files of the source that the edition lacks, and those of which nobody has translated a word yet.
func (t *translator) copyFiles(source, here []modules.Part, made map[string]modules.Made) {
	untouched := untouchedOf(here, made)
	changed := map[string]bool{}
	for _, p := range source {
		stem, _, _ := strings.Cut(p.Key, "/")
		changed[stem] = changed[stem] || made[p.Key].From != p.Hash
	}
	entries, _ := fs.ReadDir(t.fsys, t.source)
	for _, e := range entries {
		if e.IsDir() || !isText(e.Name()) || modules.IsLitter(e.Name()) || e.Name() == translation {
			continue
		}
		name, stem := t.lang+"/"+e.Name(), strings.TrimSuffix(e.Name(), path.Ext(e.Name()))
		_, err := fs.Stat(t.fsys, name)
		switch text := t.text(t.source + "/" + e.Name()); {
		case text == "":
		case err != nil:
			t.copied = append(t.copied, name)
			t.put(name, text)
		case untouched[stem] && changed[stem]:
			t.put(name, text)
		}
	}
}

// completeFiles copies the questions, scenes, terms and sentences that the edition's files lack to their ends.
func (t *translator) completeFiles() {
	entries, _ := fs.ReadDir(t.fsys, t.source)
	for _, e := range entries {
		name := t.lang + "/" + e.Name()
		if path.Ext(e.Name()) != ".toml" || e.Name() == translation || slices.Contains(t.copied, name) {
			continue
		}
		from, okFrom := modules.ReadText(t.fsys, t.source+"/"+e.Name())
		to, okTo := modules.ReadText(t.fsys, name)
		if !okFrom || !okTo {
			continue
		}
		text := to + missingEntries(from, to) + missingSentences(from, to)
		if text != to && modules.ParseTOML(text) != nil {
			t.put(name, text)
		}
	}
}

// missingEntries gives the text of the tables with an id that the one file has and the other lacks.
func missingEntries(from, to string) string {
	a, b := modules.ParseTOML(from), modules.ParseTOML(to)
	if a == nil || b == nil {
		return ""
	}
	where := modules.Places(from)
	lines := strings.SplitAfter(from, "\n")
	type block struct {
		line    int
		missing bool
	}
	var blocks []block
	for _, key := range []string{"scene", "question", "term"} {
		have := map[string]bool{}
		for _, e := range list(b, "", key) {
			have[e.id()] = true
		}
		for _, e := range list(a, "", key) {
			line, _ := where(e.path)
			blocks = append(blocks, block{line, !have[e.id()]})
		}
	}
	slices.SortFunc(blocks, func(a, b block) int { return a.line - b.line })
	var out strings.Builder
	for i, b := range blocks {
		end := len(lines)
		if i+1 < len(blocks) {
			end = blocks[i+1].line - 1
		}
		if b.missing && strings.HasPrefix(strings.TrimSpace(lines[b.line-1]), "[[") {
			out.WriteString("\n" + strings.TrimRight(strings.Join(lines[b.line-1:end], ""), "\n") + "\n")
		}
	}
	return out.String()
}

// missingSentences gives the lines of the objectives' sentences that an index.toml lacks.
func missingSentences(from, to string) string {
	a, _ := modules.ParseTOML(from)["objectives"].(map[string]any)
	b, _ := modules.ParseTOML(to)["objectives"].(map[string]any)
	if a == nil || b == nil {
		return ""
	}
	where := modules.Places(from)
	lines := strings.SplitAfter(from, "\n")
	var out strings.Builder
	for _, id := range slices.Sorted(maps.Keys(a)) {
		line, _ := where("objectives." + id)
		if text := strings.TrimSpace(lines[line-1]); b[id] == nil && modules.ParseTOML(text) != nil {
			out.WriteString(text + "\n")
		}
	}
	return out.String()
}

// record writes down what every part is made from, and says what is left to do.
func (t *translator) record(made map[string]modules.Made, comment string) *Translation {
	m := modules.Open(t.fsys, modules.Origin{})
	source := map[string]string{}
	for _, p := range m.Parts(t.source) {
		source[p.Key] = p.Hash
	}
	here := m.Parts(t.lang)
	result := &Translation{Files: t.fsys.files, Copied: t.copied, Parts: len(here)}
	c := newChecker(t.fsys, m)
	if c.plan = c.readPlan(); c.plan != nil {
		c.editions[t.lang] = c.edition(t.lang, nil)
	}
	say := func(list *[]Finding, key string, code modules.Code) {
		at := c.spotOf(t.lang, key)
		*list = append(*list, Finding{&modules.Problem{
			File: at.file, Line: at.line, Col: at.col, Thing: at.thing, ID: at.id, Code: code, Key: key,
		}, true})
	}
	now := map[string]modules.Made{}
	for _, p := range here {
		from, there := source[p.Key]
		if !there {
			continue
		}
		old, known := made[p.Key]
		if !known || slices.Contains(t.copied, fileOf(t.lang, p.Key)) {
			old = modules.Made{From: from, As: p.Hash}
		}
		now[p.Key] = modules.Made{From: from, As: p.Hash}
		switch StateOf(from, p.Hash, old, true) {
		case Copied:
			if !strings.HasSuffix(p.Key, "/title") {
				say(&result.Left, p.Key, ToTranslate)
			}
			now[p.Key] = modules.Made{From: p.Hash, As: p.Hash}
		case Old:
			say(&result.Stale, p.Key, Stale)
			now[p.Key] = old
		case Current:
			if known && old.From != from {
				say(&result.Renewed, p.Key, Renewed)
			}
		}
	}
	result.Files[t.lang+"/"+translation] = modules.TranslationText(comment, now)
	return result
}

// fileOf names the text that a part of an edition stands in, when it is a Markdown file.
func fileOf(lang, key string) string {
	stem, _, _ := strings.Cut(key, "/")
	return lang + "/" + stem + ".md"
}

// An overlay is a file system with some files changed.
type overlay struct {
	under fs.FS
	files map[string]string
}

// Open implements fs.FS.
func (o overlay) Open(name string) (fs.File, error) {
	if text, ok := o.files[name]; ok {
		return &overlayFile{strings.NewReader(text), path.Base(name), int64(len(text))}, nil
	}
	return o.under.Open(name)
}

type overlayFile struct {
	*strings.Reader
	name string
	size int64
}

func (f *overlayFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *overlayFile) Close() error               { return nil }
func (f *overlayFile) Name() string               { return f.name }
func (f *overlayFile) Size() int64                { return f.size }
func (f *overlayFile) Mode() fs.FileMode          { return 0o444 }
func (f *overlayFile) ModTime() time.Time         { return time.Time{} }
func (f *overlayFile) IsDir() bool                { return false }
func (f *overlayFile) Sys() any                   { return nil }

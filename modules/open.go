package modules

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// An Origin says where a module was found.
type Origin struct {
	Kind OriginKind
	Path string // of the module's folder or packed file, with slashes; its last element tells the id
}

// An OriginKind is a kind of place that modules come from.
type OriginKind string

// The kinds of origin.
const (
	BuiltIn OriginKind = "built-in" // inside the program
	Folder  OriginKind = "folder"   // a folder of the learner's machine or stick
	Pack    OriginKind = "pack"     // a .fanal file
)

// A Module is a module that can be read. Nothing is read before it is asked for, and only the manifest is kept: whoever
// shows a lesson keeps it as long as it is shown. All methods may be called at the same time.
//
// Every method that reads gives a *[Problem] when a file is not as it should be, the first that it finds. A file that the
// edition in one language lacks is taken from the source language; where that lacks it too, errors.Is(err,
// fs.ErrNotExist) holds.
type Module struct {
	fsys     fs.FS
	origin   Origin
	known    func() *Known
	manifest func() (*Manifest, error)
}

// Open gives the module whose files are those of fsys, without reading any.
func Open(fsys fs.FS, origin Origin) *Module {
	m := &Module{fsys: fsys, origin: origin}
	m.known = sync.OnceValue(func() *Known { return knownOf(fsys) })
	m.manifest = sync.OnceValues(m.readManifest)
	return m
}

func (m *Module) readManifest() (*Manifest, error) {
	if k := m.known(); k != nil {
		return k.Manifest, nil
	}
	rep, err := first()
	src, ok := readText(m.fsys, "module.toml", rep)
	if !ok {
		return nil, err()
	}
	read := readManifest(src, m.origin.id(), rep)
	if err() != nil {
		return nil, err()
	}
	return read, nil
}

var packForm = regexp.MustCompile(`^(.+?)(-\d+\.\d+\.\d+[^/]*)?\.fanal$`)

// id is what the origin's path says of the module's id, "" when it says nothing.
func (o Origin) id() string {
	switch base := path.Base(o.Path); {
	case o.Path == "" || strings.Trim(base, "./") == "" || strings.HasSuffix(base, ":"): // nothing that tells a name, or a drive
		return ""
	case o.Kind == Pack:
		if id := strings.TrimSuffix(base, ".fanal"); id != base && IsID(id) {
			return id // as installed packs are named: a start asks a thousand of them
		}
		if m := packForm.FindStringSubmatch(base); m != nil && IsID(m[1]) {
			return m[1]
		}
		return "" // a packed file may have been renamed: its manifest knows
	default:
		return base
	}
}

// ID gives the module's id: the name of its folder, or, where there is none, what its manifest says. It is "" when neither
// can be had.
func (m *Module) ID() string {
	if id := m.origin.id(); id != "" {
		return id
	}
	if manifest, err := m.Manifest(); err == nil {
		return manifest.ID
	}
	return ""
}

// Origin says where the module was found.
func (m *Module) Origin() Origin { return m.origin }

// Manifest gives what module.toml says. It is read once; the manifest is shared and must not be changed.
func (m *Module) Manifest() (*Manifest, error) { return m.manifest() }

// Edition gives the language in which the module will speak to who asks for lang: lang itself, without its region if need
// be, when the module has that edition, and the source language otherwise. It is "" when the manifest cannot be read.
func (m *Module) Edition(lang string) string {
	manifest, err := m.Manifest()
	if err != nil {
		return ""
	}
	lang = strings.ToLower(strings.ReplaceAll(lang, "_", "-"))
	short, _, _ := strings.Cut(lang, "-")
	for _, l := range []string{lang, short} {
		if slices.Contains(manifest.Languages, l) && m.exists(l+"/index.md") {
			return l
		}
	}
	return manifest.Source
}

func (m *Module) exists(name string) bool {
	info, err := fs.Stat(m.fsys, name)
	return err == nil && !info.IsDir()
}

// editionOf gives the language in which all of the named files exist: the edition for lang, or the source.
func (m *Module) editionOf(lang string, names ...string) string {
	edition := m.Edition(lang)
	for _, name := range names {
		if !m.exists(edition + "/" + name) {
			manifest, err := m.Manifest()
			if err != nil {
				return ""
			}
			return manifest.Source
		}
	}
	return edition
}

// Index gives the title, the summary, the introduction and the objectives' sentences.
func (m *Module) Index(lang string) (*Index, error) {
	manifest, err := m.Manifest()
	if err != nil {
		return nil, err
	}
	names := []string{"index.md"}
	if len(manifest.Objectives) > 0 {
		names = append(names, "index.toml")
	}
	return keepFirst(func(rep report) *Index { return m.index(m.editionOf(lang, names...), manifest, rep) })
}

// keepFirst runs what reads and reports, and gives the first problem instead of the value.
func keepFirst[T any](read func(report) T) (T, error) {
	rep, err := first()
	v := read(rep)
	if err() != nil {
		var none T
		return none, err()
	}
	return v, nil
}

func (m *Module) index(lang string, manifest *Manifest, rep report) *Index {
	index := &Index{Lang: lang}
	if src, ok := readText(m.fsys, lang+"/index.md", rep); ok {
		if text := cutFile(lang+"/index.md", src, asIndex, rep); text != nil {
			index.Title, index.Summary, index.Intro = text.title, text.summary, text.all()
		}
	}
	if len(manifest.Objectives) > 0 || m.exists(lang+"/index.toml") {
		if src, ok := readText(m.fsys, lang+"/index.toml", rep); ok {
			index.Objectives = readSentences(lang+"/index.toml", src, manifest.objectiveIDs(), rep)
		}
	}
	return index
}

// Lesson gives a lesson, cut into steps. A lesson that the manifest does not name gives a *Problem with the code UnknownID.
func (m *Module) Lesson(lang, id string) (*Lesson, error) {
	manifest, err := m.Manifest()
	if err != nil {
		return nil, err
	}
	if !slices.Contains(manifest.Lessons, id) {
		return nil, &Problem{
			File: "module.toml", Code: UnknownID, Key: "lesson", Value: quoted(id), Want: nearest(id, manifest.Lessons), Err: fs.ErrNotExist,
		}
	}
	return keepFirst(func(rep report) *Lesson { return m.lesson(m.editionOf(lang, id+".md", id+".toml"), id, manifest, rep) })
}

func (m *Module) lesson(lang, id string, manifest *Manifest, rep report) *Lesson {
	l := &Lesson{Module: manifest.ID, ID: id, Lang: lang}
	base := lang + "/" + id
	md, okText := readText(m.fsys, base+".md", rep)
	src, ok := readText(m.fsys, base+".toml", rep)
	if ok && okText {
		readLesson(l, base, md, src, manifest, rep)
		m.mark(l, manifest)
	}
	return l
}

// Test gives one form, "a" or "b", of the module's test: a lesson of questions alone, whose id is "test-a" or "test-b" and
// which has no title.
func (m *Module) Test(lang, form string) (*Lesson, error) {
	manifest, err := m.Manifest()
	if err != nil {
		return nil, err
	}
	id := testA
	if form == "b" {
		id = testB
	}
	return keepFirst(func(rep report) *Lesson { return m.test(m.editionOf(lang, id+".toml"), id, manifest, rep) })
}

func (m *Module) test(lang, id string, manifest *Manifest, rep report) *Lesson {
	l := &Lesson{Module: manifest.ID, ID: id, Lang: lang}
	name := lang + "/" + id + ".toml"
	rep, faulty := noting(rep)
	if src, ok := readText(m.fsys, name, rep); ok {
		l.Steps = steps(nil, readQuestionFile(l, name, src, manifest, rep), nil)
		if len(l.Steps) == 0 && !faulty() {
			reportAt(name, src, 0, Problem{Code: NoSteps}, rep)
		}
		m.mark(l, manifest)
	}
	return l
}

// Facilitator gives the text for the mediator, cut as a lesson is, with the id "facilitator".
func (m *Module) Facilitator(lang string) (*Lesson, error) {
	manifest, err := m.Manifest()
	if err != nil {
		return nil, err
	}
	return keepFirst(func(rep report) *Lesson { return m.facilitator(m.editionOf(lang, facilitator+".md"), manifest, rep) })
}

func (m *Module) facilitator(lang string, manifest *Manifest, rep report) *Lesson {
	l := &Lesson{Module: manifest.ID, ID: facilitator, Lang: lang}
	name := lang + "/" + facilitator + ".md"
	src, ok := readText(m.fsys, name, rep)
	if !ok {
		return l
	}
	if text := cutFile(name, src, asLesson, rep); text != nil {
		l.Title, l.Terms, l.Files, l.Words = text.title, text.terms, text.files, countWords(src)
		l.Steps = steps(text.pieces, nil, func(offset int, p Problem) { reportAt(name, src, offset, p, rep) })
	}
	return l
}

// Glossary gives the module's terms, in the order of its file; none when it has no glossary.
func (m *Module) Glossary(lang string) ([]Term, error) {
	return optional(m, lang, "glossary.toml", readGlossary)
}

// Advice gives what the answers to a diagnosis mean, in the order of its file; none when the module has no advice.toml.
func (m *Module) Advice(lang string) ([]Advice, error) {
	manifest, err := m.Manifest()
	if err != nil {
		return nil, err
	}
	return optional(m, lang, "advice.toml", func(name, src string, rep report) []Advice {
		return readAdvice(name, src, manifest.objectiveIDs(), rep)
	})
}

// optional reads a list that a module need not have.
func optional[T any](m *Module, lang, name string, read func(name, src string, rep report) []T) ([]T, error) {
	if _, err := m.Manifest(); err != nil {
		return nil, err
	}
	name = m.editionOf(lang, name) + "/" + name
	if !m.exists(name) {
		return nil, nil
	}
	return keepFirst(func(rep report) []T {
		src, ok := readText(m.fsys, name, rep)
		if !ok {
			return nil
		}
		return read(name, src, rep)
	})
}

// Sources gives where the module's facts come from; none when it has no sources.toml.
func (m *Module) Sources() ([]Source, error) {
	const name = "sources.toml"
	if !m.exists(name) {
		return nil, nil
	}
	return keepFirst(func(rep report) []Source {
		src, ok := readText(m.fsys, name, rep)
		if !ok {
			return nil
		}
		return readSources(name, src, rep)
	})
}

// maxFile is how many bytes a file of an exercise may have.
const maxFile = 64 << 20

// Files lists what the folder "files" holds, as paths that begin with "files/"; none when there is no such folder.
func (m *Module) Files() ([]string, error) {
	var names []string
	err := fs.WalkDir(m.fsys, "files", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			names = append(names, name)
		}
		return err
	})
	if len(names) == 0 && !exists(m.fsys, "files") {
		return nil, nil
	}
	return names, err
}

func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}

// File gives the bytes of a file of an exercise, by the path that lessons name it with: "files/members.csv". They are as the
// author made them; what is shown of them has to pass [Clean].
func (m *Module) File(name string) ([]byte, error) {
	if !fs.ValidPath(name) || !strings.HasPrefix(name, "files/") {
		return nil, &Problem{File: quoted(name), Code: MissingFile, Err: fs.ErrNotExist}
	}
	data, err := readLimited(m.fsys, name, maxFile)
	if err != nil {
		return nil, fileProblem(name, maxFile, err)
	}
	return data, nil
}

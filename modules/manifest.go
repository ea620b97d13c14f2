package modules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Format is the newest version of the module format that this program reads.
const Format = 1

// The kinds, levels and audiences that a manifest may name.
var (
	kinds     = []string{string(Course), string(Job), string(Portrait), string(Diagnosis), string(Kit)}
	levels    = []string{"basic", "intermediate", "advanced", "highly-advanced"}
	audiences = []string{"learner", "jobseeker", "employee", "manager", "volunteer", "trainer"}
)

// readManifest reads module.toml. folder is the name of the folder that it stands in, which must be its id; "" when that
// is not known.
func readManifest(src, folder string, rep report) *Manifest {
	t := parseTOML("module.toml", src, rep)
	if t == nil {
		return nil
	}
	m := &Manifest{Format: t.whole("format", 1, 1<<30, 0)}
	if t.require("format"); m.Format > Format { // nothing else of it can be understood
		t.report("format", Problem{Code: NewerFormat, Value: strconv.Itoa(m.Format), Want: strconv.Itoa(Format)})
		return nil
	}
	m.ID = t.line("id")
	m.Version = t.line("version")
	m.Kind = Kind(t.one("kind", kinds...))
	m.License = t.line("license")
	m.Authors = t.lines("authors")
	m.Source = t.line("source")
	m.Languages = t.lines("languages")
	m.Lessons = t.lines("lessons")
	m.Level = t.one("level", levels...)
	m.Audience = t.lines("audience")
	m.Requires = t.lines("requires")
	m.Tags = t.lines("tags")
	t.require("id", "version", "kind", "license", "source", "languages", "lessons")
	m.check(t, folder)
	m.readObjectives(t)
	m.Mastery = readMastery(t.sub("mastery"))
	t.close()
	return m
}

// check reports the values that cannot be.
func (m *Manifest) check(t *table, folder string) {
	switch {
	case IsDevice(m.ID):
		t.bad("id", m.ID, takenForm)
	case m.ID != "" && !IsID(m.ID):
		t.bad("id", m.ID, idForm)
	case m.ID != "" && folder != "" && m.ID != folder:
		t.bad("id", m.ID, folder)
	}
	if _, ok := parseVersion(m.Version); m.Version != "" && !ok {
		t.bad("version", m.Version, "1.0.0")
	}
	for i, lang := range m.Languages {
		if !IsLanguage(lang) {
			t.bad(item("languages", i), lang, "fr, en, es, it…")
		}
	}
	if m.Source != "" && !slices.Contains(m.Languages, m.Source) {
		t.report("source", Problem{Code: UnknownLang, Value: quoted(m.Source)})
	}
	for i, id := range m.Lessons {
		switch {
		case !IsID(id):
			t.bad(item("lessons", i), id, idForm)
		case !IsLessonID(id):
			t.bad(item("lessons", i), id, takenForm)
		}
	}
	for i, word := range m.Audience {
		if !slices.Contains(audiences, word) {
			t.bad(item("audience", i), word, strings.Join(audiences, ", "))
		}
	}
	for i, id := range m.Requires {
		if !IsID(id) {
			t.bad(item("requires", i), id, idForm)
		}
	}
	t.apart("languages", m.Languages)
	t.apart("lessons", m.Lessons)
	t.apart("requires", m.Requires)
}

// competenceForm is "framework-version:code".
var competenceForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*:[A-Za-z0-9.-]+$`)

func (m *Manifest) readObjectives(t *table) {
	seen := map[string]bool{}
	for _, o := range t.list("objective") {
		id := o.about(ThingObjective)
		o.once(seen)
		competences := o.lines("competences")
		for i, c := range competences {
			if !competenceForm.MatchString(c) {
				o.bad(item("competences", i), c, "digcomp-3.0:1.3")
			}
		}
		o.close()
		m.Objectives = append(m.Objectives, Objective{ID: id, Competences: competences})
	}
}

// readMastery reads the rule; a module that has none of its own takes 4 right answers of 5.
func readMastery(t *table) Mastery {
	rule := Mastery{Correct: 4, Of: 5}
	if t == nil {
		return rule
	}
	rule.Of = t.whole("of", 1, 100, rule.Of)
	rule.Correct = t.whole("correct", 1, 100, min(rule.Correct, rule.Of))
	if rule.Correct > rule.Of {
		t.bad("correct", strconv.Itoa(rule.Correct), "from 1 to "+strconv.Itoa(rule.Of))
	}
	t.close()
	return rule
}

// objectiveIDs are those that questions, lessons and sentences may name.
func (m *Manifest) objectiveIDs() []string {
	ids := make([]string, len(m.Objectives))
	for i, o := range m.Objectives {
		ids[i] = o.ID
	}
	return ids
}

// A version is a semantic version: three numbers, and what stands behind a hyphen.
type version struct {
	numbers [3]int
	pre     []string
}

var versionForm = regexp.MustCompile(`^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$`)

func parseVersion(s string) (v version, ok bool) {
	m := versionForm.FindStringSubmatch(s)
	if m == nil {
		return v, false
	}
	for i := range v.numbers {
		v.numbers[i], _ = strconv.Atoi(m[i+1]) // nine digits at most
	}
	if m[4] != "" {
		v.pre = strings.Split(m[4], ".")
	}
	return v, true
}

// CompareVersions says which of two semantic versions is the higher one, as cmp.Compare does. What is none is the lowest.
func CompareVersions(a, b string) int {
	va, okA := parseVersion(a)
	vb, okB := parseVersion(b)
	if !okA || !okB {
		return boolToInt(okA) - boolToInt(okB)
	}
	if c := slices.Compare(va.numbers[:], vb.numbers[:]); c != 0 {
		return c
	}
	if len(va.pre) == 0 || len(vb.pre) == 0 { // a version comes after those that prepare it
		return boolToInt(len(va.pre) == 0) - boolToInt(len(vb.pre) == 0)
	}
	return slices.CompareFunc(va.pre, vb.pre, comparePre)
}

// comparePre compares one part behind the hyphen: numbers by value, and below words.
func comparePre(a, b string) int {
	na, errA := strconv.ParseUint(a, 10, 64)
	nb, errB := strconv.ParseUint(b, 10, 64)
	switch {
	case errA == nil && errB == nil && na < nb, errA == nil && errB != nil:
		return -1
	case errA == nil && errB == nil && na > nb, errA != nil && errB == nil:
		return 1
	default:
		return strings.Compare(a, b)
	}
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

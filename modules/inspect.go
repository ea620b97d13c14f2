package modules

import "slices"

// Inspect reads all that the module has, in every edition, and reports every problem that would keep a part of it from
// being shown; loading stops at the first of the part asked for. A module without any is one that a learner can use to its
// end. What makes it a good one is for others to say.
func (m *Module) Inspect(report func(*Problem)) {
	src, ok := readText(m.fsys, "module.toml", report)
	if !ok {
		return
	}
	manifest := readManifest(src, m.origin.id(), report)
	if manifest == nil || !IsLanguage(manifest.Source) {
		return
	}
	if m.exists("sources.toml") {
		if src, ok := readText(m.fsys, "sources.toml", report); ok {
			readSources("sources.toml", src, report)
		}
	}
	// The source comes first: what it has, the others need.
	languages := slices.DeleteFunc(slices.Clone(manifest.Languages), func(l string) bool {
		return l == manifest.Source || !IsLanguage(l)
	})
	for _, lang := range append([]string{manifest.Source}, languages...) {
		m.inspectEdition(lang, manifest, report)
	}
}

func (m *Module) inspectEdition(lang string, manifest *Manifest, report report) {
	m.index(lang, manifest, report)
	for _, id := range manifest.Lessons {
		if IsLessonID(id) {
			m.lesson(lang, id, manifest, report)
		}
	}
	has := func(name string) bool { return m.exists(lang+"/"+name) || m.exists(manifest.Source+"/"+name) }
	for _, id := range []string{testA, testB} {
		if manifest.Kind == Course || has(id+".toml") {
			m.test(lang, id, manifest, report)
		}
	}
	if has(facilitator + ".md") {
		m.facilitator(lang, manifest, report)
	}
	if name := "glossary.toml"; has(name) {
		if src, ok := readText(m.fsys, lang+"/"+name, report); ok {
			readGlossary(lang+"/"+name, src, report)
		}
	}
	if name := "advice.toml"; has(name) {
		if src, ok := readText(m.fsys, lang+"/"+name, report); ok {
			readAdvice(lang+"/"+name, src, manifest.objectiveIDs(), report)
		}
	}
	if name := lang + "/" + translation; m.exists(name) {
		if src, ok := readText(m.fsys, name, report); ok {
			readTranslation(name, src, report)
		}
	}
}

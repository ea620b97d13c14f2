package modules

// LessonTitle gives the title of a lesson without parsing it: what "continue" shows. It is the id when the lesson has
// none; errors are those of the manifest.
func (m *Module) LessonTitle(lang, id string) (string, error) {
	if _, err := m.Manifest(); err != nil {
		return "", err
	}
	edition := m.editionOf(lang, id+".md", id+".toml")
	if md, ok := readText(m.fsys, edition+"/"+id+".md", func(*Problem) {}); ok {
		if t := titleOf(md); t != "" {
			return t, nil
		}
	}
	return id, nil
}

package modules

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"strconv"
)

// Stamp gives a short text that changes when the module's edition in a language does: its version, and the names, sizes and
// times of the files that a learner sees. No file is read but the manifest, whose errors it gives. Whatever is made of a
// module's texts and kept, is kept with the stamp.
func (m *Module) Stamp(lang string) (string, error) {
	manifest, err := m.Manifest()
	if err != nil {
		return "", err
	}
	h := fnv.New64a()
	look := func(names ...string) {
		edition := m.editionOf(lang, names...)
		for _, name := range names {
			name = edition + "/" + name
			if info, err := fs.Stat(m.fsys, name); err == nil {
				fmt.Fprintln(h, name, info.Size(), info.ModTime().UnixNano())
			}
		}
	}
	fmt.Fprintln(h, manifest.ID, manifest.Lessons)
	look("index.md")
	look("glossary.toml")
	for _, id := range manifest.Lessons {
		look(id+".md", id+".toml")
	}
	return manifest.Version + " " + strconv.FormatUint(h.Sum64(), 36), nil
}

package modules

import (
	"io/fs"
	"strings"
)

// Known is what somebody has kept of a module that was read before: what a list of modules shows.
type Known struct {
	Manifest *Manifest
	Titles   map[string]string // by language, of the editions that there are
}

// A KnownFS is a file system that may know its module already, so that a list of a thousand is shown without reading them.
// Known gives nil where it does not know; what it gives is what the files say, and is not changed.
type KnownFS interface {
	fs.FS
	Known() *Known
}

func knownOf(fsys fs.FS) *Known {
	if k, ok := fsys.(KnownFS); ok {
		return k.Known()
	}
	return nil
}

// title gives the title for who asks for lang, as [Module.Edition] chooses.
func (k *Known) title(lang string) string {
	lang = strings.ToLower(strings.ReplaceAll(lang, "_", "-"))
	short, _, _ := strings.Cut(lang, "-")
	for _, l := range []string{lang, short} {
		if t, ok := k.Titles[l]; ok {
			return t
		}
	}
	return k.Titles[k.Manifest.Source]
}

package content_test

import (
	"errors"
	"io/fs"
	"slices"
	"testing"

	"fanal/content"
	"fanal/modules"
)

// Whoever asks for a language gets every lesson of every module, in that language or in the one it was written in.
func TestEveryBuiltInModuleOpensInEveryLanguage(t *testing.T) {
	var lib modules.Library
	if err := lib.Add(content.FS, modules.Origin{Kind: modules.BuiltIn}); err != nil {
		t.Fatal(err)
	}
	if got, want := slices.Sorted(slices.Values(content.Modules)), slices.Sorted(slices.Values(lib.IDs())); !slices.Equal(got, want) {
		t.Errorf("offered: %q, built in: %q", got, want)
	}
	for _, m := range lib.All() {
		manifest, err := m.Manifest()
		if err != nil {
			t.Error(err)
			continue
		}
		for _, lang := range manifest.Languages {
			t.Run(m.ID()+"/"+lang, func(t *testing.T) { openAll(t, m, manifest, lang) })
		}
		if _, err := m.Sources(); err != nil {
			t.Error(err)
		}
	}
}

func openAll(t *testing.T, m *modules.Module, manifest *modules.Manifest, lang string) {
	said := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	index, err := m.Index(lang)
	said(err)
	if err == nil && (index.Title == "" || index.Summary == "") {
		t.Errorf("the index in %s has no title or no summary", index.Lang)
	}
	for _, id := range manifest.Lessons {
		_, err := m.Lesson(lang, id)
		said(err)
	}
	for _, form := range []string{"a", "b"} {
		if _, err := m.Test(lang, form); manifest.Kind == modules.Course || !errors.Is(err, fs.ErrNotExist) {
			said(err)
		}
	}
	if _, err := m.Facilitator(lang); !errors.Is(err, fs.ErrNotExist) {
		said(err)
	}
	_, err = m.Glossary(lang)
	said(err)
	_, err = m.Advice(lang)
	said(err)
	files, err := m.Files()
	said(err)
	for _, name := range files {
		_, err := m.File(name)
		said(err)
	}
}

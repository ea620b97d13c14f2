package modules_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fanal/modules"
)

// shelf is a folder of modules: for each name, the text of its module.toml.
func shelf(manifests map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{"readme.txt": &fstest.MapFile{Data: []byte("hello")}, "Photos/a.jpg": &fstest.MapFile{}}
	for name, text := range manifests {
		fsys[name+"/module.toml"] = &fstest.MapFile{Data: []byte(text)}
		fsys[name+"/fr/index.md"] = &fstest.MapFile{Data: []byte("# " + name + "\n")}
	}
	return fsys
}

func version(id, v string) string {
	return swap(swap(manifest, `"tea"`, `"`+id+`"`), "1.2.0", v)
}

func TestALibraryOfAThousandModulesReadsNone(t *testing.T) {
	many := map[string]string{}
	for i := range 1000 {
		many[fmt.Sprintf("module-%d", i)] = "not even TOML"
	}
	c := &counter{FS: shelf(many)}
	var lib modules.Library
	if err := lib.Add(c, modules.Origin{Kind: modules.Folder, Path: "stick"}); err != nil {
		t.Fatal(err)
	}
	if n := len(lib.All()); n != 1000 || len(lib.IDs()) != 1000 {
		t.Errorf("%d modules", n)
	}
	if n := c.opened.Load(); n > 2 { // the folder, and whether "Photos" is a module with a wrong name
		t.Errorf("listing them opened %d files", n)
	}
}

func TestABrokenModuleHidesNoOther(t *testing.T) {
	var lib modules.Library
	err := lib.Add(shelf(map[string]string{"tea": manifest, "broken": "format = ", "Wrong Name": manifest}), modules.Origin{Kind: modules.Folder, Path: "/stick"})
	if err != nil {
		t.Fatal(err)
	}
	if ids := lib.IDs(); !slices.Equal(ids, []string{"Wrong Name", "broken", "tea"}) {
		t.Fatalf("ids = %q", ids)
	}
	for id, want := range map[string]string{"tea": "", "broken": "module.toml:1:", "Wrong Name": `"id" is "tea", not Wrong Name`} {
		m := lib.Module(id)
		if _, err := m.Manifest(); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", id, err, want)
		}
		if m.Origin() != (modules.Origin{Kind: modules.Folder, Path: "/stick/" + id}) {
			t.Errorf("%s comes from %+v", id, m.Origin())
		}
	}
	if lib.Module("coffee") != nil || lib.Suggest("Tee") != "tea" || lib.Suggest("mathematics") != "" {
		t.Errorf("coffee is %v, tee may be %q", lib.Module("coffee"), lib.Suggest("Tee"))
	}
}

func TestTheHighestVersionIsTheOneOpened(t *testing.T) {
	folder := func(v string) fs.FS { return shelf(map[string]string{"tea": v}) }
	tests := []struct {
		name     string
		versions []string // as they are added
		want     int      // which one is opened
	}{
		{"the second is newer", []string{version("tea", "1.2.0"), version("tea", "1.10.0")}, 1},
		{"the first is newer", []string{version("tea", "2.0.0"), version("tea", "1.10.0")}, 0},
		{"the same twice", []string{version("tea", "1.0.0"), version("tea", "1.0.0")}, 0},
		{"prepared and made", []string{version("tea", "1.0.0-beta.2"), version("tea", "1.0.0")}, 1},
		{"a broken one first", []string{"format = ", version("tea", "0.1.0")}, 1},
		{"only broken ones", []string{"format = ", "format = "}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var lib modules.Library
			for i, v := range tt.versions {
				if err := lib.Add(folder(v), modules.Origin{Kind: modules.Folder, Path: fmt.Sprint(i)}); err != nil {
					t.Fatal(err)
				}
			}
			if got := lib.Module("tea").Origin().Path; got != fmt.Sprint(tt.want)+"/tea" {
				t.Errorf("opened %s, want number %d", got, tt.want)
			}
			if n := len(lib.All()); n != 1 {
				t.Errorf("%d modules", n)
			}
		})
	}
}

func TestAPackedModuleStandsBesideTheOthers(t *testing.T) {
	var lib modules.Library
	lib.Put(modules.Open(tea(nil), modules.Origin{Kind: modules.Pack, Path: "tea-1.2.0.fanal"}))
	lib.Put(modules.Open(fstest.MapFS{}, modules.Origin{Kind: modules.Pack, Path: "Copy.fanal"})) // no name, no manifest
	if ids := lib.IDs(); !slices.Equal(ids, []string{"tea"}) {
		t.Errorf("ids = %q", ids)
	}
}

// deaf is a file system that cannot be listed.
type deaf struct{}

func (deaf) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

func TestAFolderThatCannotBeListedIsSaid(t *testing.T) {
	var lib modules.Library
	if err := lib.Add(deaf{}, modules.Origin{Kind: modules.Folder}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("said: %v", err)
	}
	_, err := modules.Open(deaf{}, modules.Origin{}).Manifest()
	var p *modules.Problem
	if !errors.As(err, &p) || p.Code != modules.Unreadable || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("said: %v", err)
	}
}

func TestVersionsAreComparedAsVersions(t *testing.T) {
	ordered := []string{
		"", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0",
	}
	for i, a := range ordered {
		for j, b := range ordered {
			if got, want := modules.CompareVersions(a, b), compareInts(i, j); got != want {
				t.Errorf("CompareVersions(%q, %q) = %d, want %d", a, b, got, want)
			}
		}
	}
	for _, none := range []string{"1", "1.2", "v1.2.3", "01.2.3", "1.2.3.4", "1.2.-3", "latest"} {
		if modules.CompareVersions(none, "0.0.1-a") != -1 || modules.CompareVersions(none, "") != 0 {
			t.Errorf("%q is a version", none)
		}
	}
	if modules.CompareVersions("1.0.0+a", "1.0.0+b") != 0 {
		t.Error("a build makes another version")
	}
}

func compareInts(i, j int) int {
	switch {
	case i < j:
		return -1
	case i > j:
		return 1
	}
	return 0
}

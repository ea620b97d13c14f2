package modules

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// A Library is all the modules that can be read, from wherever they come. Filling it reads no module. The zero value is an
// empty one; all methods may be called at the same time.
type Library struct {
	mu   sync.Mutex
	ids  []string // in the order they were added
	byID map[string][]*Module
}

// Add adds the modules that are folders of fsys: those whose name can be an id, and any other that holds a module.toml, so
// that its fault can be said. Its error is that of a folder that cannot be listed.
func (l *Library) Add(fsys fs.FS, origin Origin) error {
	entries, err := fs.ReadDir(fsys, ".")
	for _, e := range entries { // those before an error are good
		name := e.Name()
		if !e.IsDir() && e.Type()&fs.ModeSymlink == 0 || !IsID(name) && !exists(fsys, path.Join(name, "module.toml")) {
			continue
		}
		sub, subErr := fs.Sub(fsys, name)
		if subErr != nil {
			continue
		}
		l.add(name, Open(sub, Origin{Kind: origin.Kind, Path: path.Join(origin.Path, name)}))
	}
	return err
}

// Put adds one module, whatever file system it is in. One without an id is not added: what its manifest lacks is said by
// [Module.Manifest].
func (l *Library) Put(m *Module) {
	if id := m.ID(); id != "" {
		l.add(id, m)
	}
}

func (l *Library) add(id string, m *Module) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byID == nil {
		l.byID = map[string][]*Module{}
	}
	if len(l.byID[id]) == 0 {
		l.ids = append(l.ids, id)
	}
	l.byID[id] = append(l.byID[id], m)
}

// IDs gives the ids of all modules, in the order they were added.
func (l *Library) IDs() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.ids)
}

// Module gives the module of that id, nil when there is none. Where several origins hold it, it is the one with the highest
// version, the first added among equals, and one that can be read before one that cannot: only then are manifests read.
func (l *Library) Module(id string) *Module {
	l.mu.Lock()
	candidates := slices.Clone(l.byID[id])
	l.mu.Unlock()
	if len(candidates) == 0 {
		return nil
	}
	best := candidates[0]
	for _, m := range candidates[1:] {
		if CompareVersions(versionOf(m), versionOf(best)) > 0 {
			best = m
		}
	}
	return best
}

// versionOf gives a module's version, "" when its manifest cannot be read.
func versionOf(m *Module) string {
	manifest, err := m.Manifest()
	if err != nil {
		return ""
	}
	return manifest.Version
}

// All gives the module of each id, in the order they were added, those that cannot be read included: their manifest's error says why.
func (l *Library) All() []*Module {
	l.mu.Lock()
	all := make([]*Module, len(l.ids))
	var contested []int
	for i, id := range l.ids {
		all[i] = l.byID[id][0]
		if len(l.byID[id]) > 1 {
			contested = append(contested, i)
		}
	}
	l.mu.Unlock()
	for _, i := range contested {
		all[i] = l.Module(all[i].ID())
	}
	return all
}

// Suggest gives the id that was most likely meant by one that the library does not have, or "".
func (l *Library) Suggest(id string) string { return nearest(strings.ToLower(id), l.IDs()) }

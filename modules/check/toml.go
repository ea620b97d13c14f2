package check

import (
	"slices"
	"strconv"
	"strings"

	"fanal/modules"
)

// A file is one TOML file as it stands there: its values, and where each key is. Values of a wrong type count as missing:
// loading has said what they are.
type file struct {
	name  string
	root  map[string]any
	src   string
	where func(path string) (line, col int) // made for the first finding
}

// toml reads a file; nil when it is not there, or no TOML.
func (c *checker) toml(name string) *file {
	c.read[name] = true
	src, ok := modules.ReadText(c.fsys, name)
	if !ok {
		c.broken[name] = slices.Contains(c.files, name)
		return nil
	}
	root := modules.ParseTOML(src)
	if root == nil {
		c.broken[name] = true
		return nil
	}
	return &file{name: name, root: root, src: src}
}

// at gives the spot of a key.
func (f *file) at(path string, thing modules.Thing, id string) spot {
	if f.where == nil {
		f.where = modules.Places(f.src)
	}
	line, col := f.where(path)
	return spot{f.name, line, col, thing, id}
}

// An entry is one table of a file, with its path.
type entry struct {
	path string
	m    map[string]any
}

// list gives the tables of an array of tables.
func list(m map[string]any, under, key string) []entry {
	path := key
	if under != "" {
		path = under + "." + key
	}
	var entries []entry
	add := func(m map[string]any) {
		entries = append(entries, entry{path + "[" + strconv.Itoa(len(entries)) + "]", m})
	}
	switch v := m[key].(type) {
	case []map[string]any:
		for _, m := range v {
			add(m)
		}
	case []any:
		for _, it := range v {
			if m, ok := it.(map[string]any); ok {
				add(m)
			}
		}
	}
	return entries
}

func (e entry) text(key string) string {
	s, _ := e.m[key].(string)
	return strings.TrimSpace(s)
}

func (e entry) id() string { return e.text("id") }

// texts gives a list of texts. One text alone is a list to who forgot the brackets: loading says so.
func texts(v any) []string {
	if s, ok := v.(string); ok {
		return []string{s}
	}
	items, _ := v.([]any)
	var list []string
	for _, it := range items {
		if s, ok := it.(string); ok {
			list = append(list, s)
		}
	}
	return list
}

// number writes a number or a truth value so that equal ones are written alike; "" for anything else.
func number(v any) string {
	switch v := v.(type) {
	case int64:
		return strconv.FormatFloat(float64(v), 'g', -1, 64)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

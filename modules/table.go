package modules

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// A table reads one TOML table by asking for its keys. What has the wrong type is reported when it is asked for; what
// nobody asked for is reported, as unknown, by close.
type table struct {
	file  *tomlFile
	path  string // see scanner
	m     map[string]any
	asked []string
	thing Thing
	id    string
}

// A tomlFile is a file while its tables are read.
type tomlFile struct {
	name   string
	src    string
	rep    report
	places map[string]int // offset of each path; made for the first problem
}

// parseTOML gives the root table of a file, or nil after having reported why there is none.
func parseTOML(name, src string, rep report) *table {
	f := &tomlFile{name: name, src: src, rep: rep}
	end, fault := (&scanner{src: src}).scan()
	if fault != nil {
		f.report(fault.offset, fault.Problem)
		return nil
	}
	safe := src
	if end < len(src) {
		safe = src[:end]
		if n := strings.IndexByte(src[end:], '\n'); n >= 0 {
			safe = src[:end+n+1]
		}
	}
	var m map[string]any
	_, err := toml.Decode(safe, &m)
	var parse toml.ParseError
	switch {
	case errors.As(err, &parse):
		kind, word, offset := slip(src, parse.Position.Start, parse.Message) // its own column counts bytes
		f.report(offset, Problem{Code: BadSyntax, Key: kind, Value: quoted(parse.Message), Want: quoted(word)})
		return nil
	case err != nil:
		f.report(end, Problem{Code: BadSyntax, Value: quoted(err.Error())})
		return nil
	case end < len(src):
		f.report(end, Problem{Code: BadSyntax, Value: "cannot be understood from here on"})
		return nil
	}
	return &table{file: f, m: m}
}

func (f *tomlFile) report(offset int, p Problem) {
	p.File = f.name
	p.Line, p.Col = place(f.src, offset)
	f.rep(&p)
}

// offset says where a path stands, or the nearest of its parents that is written down.
func (f *tomlFile) offset(path string) int {
	if f.places == nil {
		f.places = map[string]int{}
		note := func(path string, offset int) {
			if _, there := f.places[path]; !there {
				f.places[path] = offset
			}
		}
		(&scanner{src: f.src, note: note}).scan()
	}
	for path != "" {
		if at, ok := f.places[path]; ok {
			return at
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return 0
}

// about says which thing the problems of this table are about, and gives its id, which it must have.
func (t *table) about(thing Thing) string {
	t.thing = thing
	if t.id = t.line("id"); t.require("id") && !IsID(t.id) {
		t.bad("id", t.id, idForm)
	}
	return t.id
}

// once reports the table's id when it is among those seen before, and adds it to them.
func (t *table) once(seen map[string]bool) {
	if seen[t.id] {
		t.report("id", Problem{Code: DuplicateID})
	}
	seen[t.id] = t.id != ""
}

// apart reports the first text of a list that stood in it before.
func (t *table) apart(key string, list []string) {
	seen := make(map[string]bool, len(list))
	for i, s := range list {
		if seen[s] {
			t.report(item(key, i), Problem{Code: SameText, Value: quoted(s)})
			return
		}
		seen[s] = true
	}
}

// report reports a problem with a key; "" for the table itself.
func (t *table) report(key string, p Problem) {
	p.Thing, p.ID = t.thing, quoted(t.id)
	if p.Key == "" {
		p.Key = key
	}
	path := t.path
	if key != "" {
		path = join(path, key)
	}
	t.file.report(t.file.offset(path), p)
}

func (t *table) bad(key, value, want string) {
	t.report(key, Problem{Code: BadValue, Value: quoted(value), Want: want})
}

// ask gives the value of a key, nil when it is not there.
func (t *table) ask(key string) any {
	if !slices.Contains(t.asked, key) {
		t.asked = append(t.asked, key)
	}
	return t.m[key]
}

func (t *table) has(key string) bool { return t.ask(key) != nil }

// require reports a key that is not there or empty.
func (t *table) require(keys ...string) bool {
	all := true
	for _, key := range keys {
		empty := false
		switch v := t.ask(key).(type) {
		case nil:
			empty = true
		case string:
			empty = CleanLine(v) == ""
		case []any:
			empty = len(v) == 0
		}
		if empty {
			t.report(key, Problem{Code: MissingKey})
			all = false
		}
	}
	return all
}

// close reports every key that was never asked for.
func (t *table) close() {
	for _, key := range slices.Sorted(func(yield func(string) bool) {
		for key := range t.m {
			if !slices.Contains(t.asked, key) && !yield(key) {
				return
			}
		}
	}) {
		t.report(key, Problem{Code: UnknownKey, Key: quoted(key), Want: nearest(key, t.asked)})
	}
}

// line gives a text of one line, clean; "" when it is not there.
func (t *table) line(key string) string { return CleanLine(t.raw(key)) }

// text gives a text that may have several lines, clean.
func (t *table) text(key string) string { return strings.Trim(Clean(t.raw(key)), "\n") }

func (t *table) raw(key string) string {
	switch v := t.ask(key).(type) {
	case nil:
		return ""
	case string:
		return v
	case time.Time: // an author who forgot the quotes around a date has said what they meant
		return v.Format(time.DateOnly)
	default:
		t.wrong(key, v, "text")
		return ""
	}
}

// lines gives a list of texts of one line.
func (t *table) lines(key string) []string {
	v := t.ask(key)
	if v == nil {
		return nil
	}
	list, ok := texts(v)
	if !ok {
		t.wrong(key, v, "list of texts")
	}
	return list
}

func texts(v any) ([]string, bool) {
	items, ok := v.([]any)
	if !ok {
		return nil, false
	}
	var list []string
	for _, it := range items {
		s, ok := it.(string)
		if !ok {
			return nil, false
		}
		list = append(list, CleanLine(s))
	}
	return list, true
}

// yes gives a truth value, or otherwise when it is not there.
func (t *table) yes(key string, otherwise bool) bool {
	switch v := t.ask(key).(type) {
	case nil:
		return otherwise
	case bool:
		return v
	default:
		t.wrong(key, v, "true or false")
		return otherwise
	}
}

// whole gives a whole number from low to high, or otherwise when it is not there.
func (t *table) whole(key string, low, high, otherwise int) int {
	switch v := t.ask(key).(type) {
	case nil:
		return otherwise
	case int64:
		if v >= int64(low) && v <= int64(high) {
			return int(v)
		}
		t.bad(key, strconv.FormatInt(v, 10), "from "+strconv.Itoa(low)+" to "+strconv.Itoa(high))
	default:
		t.wrong(key, v, "whole number")
	}
	return otherwise
}

// number gives a number from low to high; 0 when it is not there.
func (t *table) number(key string, low, high float64) float64 {
	var n float64
	switch v := t.ask(key).(type) {
	case nil:
		return 0
	case int64:
		n = float64(v)
	case float64:
		n = v
	default:
		t.wrong(key, v, "number")
		return 0
	}
	if !(n >= low && n <= high) { // false for a NaN too
		form := func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
		t.bad(key, form(n), "from "+form(low)+" to "+form(high))
		return 0
	}
	return n
}

// biggest is the largest number that a question may hold; infinity and what is no number are beyond it.
const biggest = math.MaxFloat64

// one gives a word that must be one of several; "" when it is not there.
func (t *table) one(key string, of ...string) string {
	word := t.line(key)
	if word != "" && !slices.Contains(of, word) {
		t.bad(key, word, strings.Join(of, ", "))
	}
	return word
}

// sub gives a table within this one, nil when it is not there.
func (t *table) sub(key string) *table {
	v := t.ask(key)
	if v == nil {
		return nil
	}
	m, ok := v.(map[string]any)
	if !ok {
		t.wrong(key, v, "table")
		return nil
	}
	return &table{file: t.file, path: join(t.path, key), m: m}
}

// list gives the tables of an array of tables.
func (t *table) list(key string) []*table {
	v := t.ask(key)
	var items []*table
	add := func(m map[string]any) {
		items = append(items, &table{file: t.file, path: item(join(t.path, key), len(items)), m: m})
	}
	switch v := v.(type) {
	case nil:
	case []map[string]any:
		for _, m := range v {
			add(m)
		}
	case []any:
		for _, it := range v {
			m, ok := it.(map[string]any)
			if !ok {
				t.wrong(key, v, "list of tables")
				return nil
			}
			add(m)
		}
	default:
		t.wrong(key, v, "list of tables")
	}
	return items
}

func (t *table) wrong(key string, v any, want string) {
	t.report(key, Problem{Code: WrongType, Value: typeName(v), Want: want})
}

// typeName is what a problem calls the type of a value: with those that the methods of table want, "date" and "list".
func typeName(v any) string {
	switch v.(type) {
	case string:
		return "text"
	case bool:
		return "true or false"
	case int64:
		return "whole number"
	case float64:
		return "number"
	case time.Time:
		return "date"
	case map[string]any:
		return "table"
	case []map[string]any:
		return "list of tables"
	default:
		return "list"
	}
}

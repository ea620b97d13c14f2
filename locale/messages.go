package locale

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// The files stand here as strings: what is said is a part of them, and nothing is copied at the start.
var (
	//go:embed fr.toml
	fr string
	//go:embed en.toml
	en string
	//go:embed es.toml
	es string
	//go:embed it.toml
	it string
)

// file returns the messages of a language of ours.
func file(lang string) string {
	switch lang {
	case "fr":
		return fr
	case "es":
		return es
	case "it":
		return it
	}
	return en
}

// A message is what the program says under an id: a text for each plural form, or the other one alone.
type message struct{ one, many, other string }

// read reads the messages of a file, by id. Of TOML it takes what the files use, a line at a time: a comment, a message, or
// [id] before the forms of one that has a plural. All of TOML would take longer than everything else at the start together.
func read(file string) (map[string]message, error) {
	all := make(map[string]message, strings.Count(file, "\n"))
	table, number := "", 0
	for line := range strings.Lines(file) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' && line[len(line)-1] == ']' {
			table = line[1 : len(line)-1]
			continue
		}
		key, quoted, _ := strings.Cut(line, " = ")
		text, err := strconv.Unquote(quoted)
		if err != nil || quoted[0] != '"' {
			return all, fmt.Errorf(`line %d: not of the form id = "text": %s`, number, line)
		}
		m := all[table]
		switch {
		case table == "":
			all[key] = message{other: text}
			continue
		case key == "one":
			m.one = text
		case key == "many":
			m.many = text
		case key == "other":
			m.other = text
		default:
			return all, fmt.Errorf("line %d: %s is no plural form", number, key)
		}
		all[table] = m
	}
	return all, nil
}

// of returns the form for n things in a language, by the rules of Unicode's CLDR for whole numbers: French counts none as
// one, and where English does not, a million is "of".
func (m message) of(lang string, n int) string {
	if n < 0 {
		n = -n
	}
	switch {
	case m.one != "" && (n == 1 || n == 0 && lang == "fr"):
		return m.one
	case m.many != "" && n != 0 && n%1_000_000 == 0 && lang != "en":
		return m.many
	}
	return m.other
}

// fill puts values in the place of their names: "{{.Name}}". A name without a value stays, and is seen.
func fill(text string, values map[string]any) string {
	before, rest, found := strings.Cut(text, "{{.")
	if !found {
		return text
	}
	var b strings.Builder
	for found {
		b.WriteString(before)
		name, after, _ := strings.Cut(rest, "}}")
		if v, ok := values[name]; ok {
			_, _ = fmt.Fprint(&b, v)
		} else {
			b.WriteString("{{." + name + "}}")
		}
		before, rest, found = strings.Cut(after, "{{.")
	}
	b.WriteString(before)
	return b.String()
}

// Package locale has the words of the interface in four languages: messages with their plurals, numbers, durations, and
// which language to speak. It knows nothing of the rest of the program: an error that wants to be said in the learner's
// language carries a message id and its data (see [Spoken]).
//
// The messages stand in one TOML file a language, in the form of go-i18n, which Weblate edits. A test holds the four files
// to the same ids, the same placeholders and the plural forms that each language needs.
package locale

import (
	"errors"
	"fmt"
	"strings"
	"sync"
)

// Languages are the languages of the interface, in the order in which they are offered.
var Languages = []string{"fr", "en", "es", "it"}

// Autonym returns the name of a language in itself, or the code where it is not one of ours.
func Autonym(lang string) string {
	switch lang {
	case "fr":
		return "Français"
	case "en":
		return "English"
	case "es":
		return "Español"
	case "it":
		return "Italiano"
	}
	return lang
}

// Speaks tells whether the interface speaks lang.
func Speaks(lang string) bool {
	for _, l := range Languages {
		if l == lang {
			return true
		}
	}
	return false
}

// A Printer says things in one language.
type Printer struct {
	Lang     string
	messages map[string]message
}

var (
	mu       sync.Mutex
	printers = map[string]*Printer{}
)

// New returns the printer of a language, English where the interface does not speak it. A language's file is read when it
// is first asked for.
func New(lang string) *Printer {
	if !Speaks(lang) {
		lang = "en"
	}
	mu.Lock()
	defer mu.Unlock()
	if p := printers[lang]; p != nil {
		return p
	}
	// The files are embedded and tested: an error here is a broken build, and [Printer.T] then shows the ids.
	messages, _ := read(file(lang))
	p := &Printer{lang, messages}
	printers[lang] = p
	return p
}

// T says the message id. Data are the values of its placeholders, as pairs of a name and a value.
func (p *Printer) T(id string, data ...any) string {
	m, ok := p.messages[id]
	if !ok {
		return id
	}
	return fill(m.other, fields(data))
}

// N says the message id in the plural form of n, which is also its placeholder N.
func (p *Printer) N(id string, n int, data ...any) string {
	m, ok := p.messages[id]
	if !ok {
		return id
	}
	values := fields(data)
	values["N"] = p.Int(n)
	return fill(m.of(p.Lang, n), values)
}

// fields makes a map of pairs. A value that is an error is said by its Error method.
func fields(pairs []any) map[string]any {
	m := make(map[string]any, len(pairs)/2+1)
	for i := 0; i+1 < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m
}

// Spoken is an error that can be said in the learner's language: a message id, and the values of its placeholders. A value
// N of type int chooses the plural form; one that is Spoken itself is said in its place.
type Spoken interface {
	error
	Spoken() (id string, data map[string]any)
}

// Error says err in the printer's language: what happened, to what, and what to do. An error that is not [Spoken], nor
// wraps one, is shown as it stands after a general sentence.
func (p *Printer) Error(err error) string {
	var s Spoken
	if !errors.As(err, &s) {
		return p.T("error-other", "Error", err.Error())
	}
	return p.Message(s.Spoken())
}

// Message says the message id with its data, as [Spoken] gives them. An error among the data is said too.
func (p *Printer) Message(id string, data map[string]any) string {
	if data == nil {
		data = map[string]any{}
	}
	for k, v := range data {
		if e, ok := v.(Spoken); ok {
			data[k] = p.Error(e)
		} else if e, ok := v.(error); ok {
			data[k] = e.Error()
		}
	}
	m, ok := p.messages[id]
	if !ok {
		return id
	}
	if n, ok := data["N"].(int); ok {
		data["N"] = p.Int(n)
		return fill(m.of(p.Lang, n), data)
	}
	return fill(m.other, data)
}

// Pick returns the first language of ours that a list of locale names asks for ("fr_FR.UTF-8", "it", "C"), or "en".
func Pick(names ...string) string {
	for _, n := range names {
		for part := range strings.SplitSeq(n, ":") {
			base := strings.ToLower(part)
			if i := strings.IndexAny(base, "._@-"); i >= 0 {
				base = base[:i]
			}
			if Speaks(base) {
				return base
			}
		}
	}
	return "en"
}

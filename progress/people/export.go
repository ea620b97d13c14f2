package people

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"fanal/progress"
)

// Words say things in a language; a locale.Printer does.
type Words interface {
	T(id string, data ...any) string
	Int(n int) string
	Date(t time.Time) string
}

// Names say what modules, lessons and questions are called; an id stands for what is not known.
type Names interface {
	Module(id string) string
	Lesson(module, id string) string
	Question(module, lesson, id string) string
}

// pinThere is what stands in an export for the hash of a PIN: that there is one is said, but the hash would let whoever
// finds the file try every PIN.
const pinThere = "set"

// WriteJSON writes everything that is stored about a learner for a program to read: what they are, their drafts, and
// every event as it is, but for the hash of a PIN.
func (m Mine) WriteJSON(w io.Writer) error {
	l := m.Learner
	l.PIN = hidden(l.PIN)
	events := make([]progress.Event, len(m.Events))
	for i, e := range m.Events {
		if e.Profile != nil && e.Profile.PIN != nil {
			p, there := *e.Profile, hidden(*e.Profile.PIN)
			p.PIN = &there
			e.Profile = &p
		}
		events[i] = e
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		Format  int                `json:"format"`
		Learner progress.Learner   `json:"learner"`
		Codes   []string           `json:"codes"`
		Sum     progress.Summary   `json:"summary"`
		Drafts  []progress.Draft   `json:"drafts"`
		Tries   int                `json:"pin_tries"`
		Events  []progress.Event   `json:"events"`
		Held    map[string]int     `json:"held"`
		Leaves  map[string]Leaving `json:"leaves"`
	}{1, l, m.Codes, m.Summary, slices.Concat([]progress.Draft{}, m.Drafts), m.Tries, events, m.Held, leavings()})
}

func hidden(pin string) string {
	if pin == "" {
		return ""
	}
	return pinThere
}

func leavings() map[string]Leaving {
	all := map[string]Leaving{}
	for _, about := range Abouts() {
		all[about] = LeavingOf(about)
	}
	return all
}

//go:embed mine.html
var minePage string

// WriteHTML writes everything that is stored about a learner as one page without any other file, to be read in a browser
// or printed. Lang is the language of the words.
func (m Mine) WriteHTML(w io.Writer, words Words, names Names, lang string) error {
	t, err := template.New("mine").Funcs(template.FuncMap{
		"T": words.T, "Int": words.Int,
		"leaves": func(about string) string { return words.T("mine-leaves-" + string(LeavingOf(about))) },
	}).Parse(minePage)
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := t.Execute(&page, m.page(words, names, lang)); err != nil {
		return err
	}
	_, err = page.WriteTo(w)
	return err
}

// A mineView is what the page shows.
type mineView struct {
	Mine
	Lang     string
	Facts    []Fact
	Kept     []Kept
	Written  []line
	Drafting []line
	History  []line
}

// A line is an event as a person reads it.
type line struct{ When, Where, What, Result string }

// A Fact is something about a person that has one value.
type Fact struct{ Name, Value string }

// A Kept is a sentence of the table, and how many records hold something of it.
type Kept struct {
	About, Sentence string
	Records         int
}

// Facts are what a learner is, as a person reads it.
func (m Mine) Facts(words Words, language func(string) string) []Fact {
	yes := func(is bool) string {
		if is {
			return words.T("mine-yes")
		}
		return words.T("mine-no")
	}
	l := m.Learner
	facts := []Fact{
		{words.T("mine-fact-name"), l.Name},
		{words.T("mine-fact-lang"), language(l.Lang)},
		{words.T("mine-fact-pin"), yes(l.PIN != "")},
		{words.T("mine-fact-mediator"), yes(l.Role == Mediator)},
	}
	for _, k := range slices.Sorted(maps.Keys(l.Settings)) {
		value := l.Settings[k]
		if value == "" || value == "on" || value == "off" {
			value = yes(value == "on")
		}
		name := words.T("mine-setting-" + k)
		if name == "mine-setting-"+k { // a setting of a later version
			name = words.T("mine-fact-setting", "Name", k)
		}
		facts = append(facts, Fact{name, value})
	}
	return append(facts,
		Fact{words.T("mine-fact-code"), strings.Join(m.Codes, " ")},
		Fact{words.T("mine-fact-events"), words.Int(len(m.Events))},
		Fact{words.T("mine-fact-answers"), words.Int(m.Answers())},
		Fact{words.T("mine-fact-sessions"), words.Int(m.Summary.Sessions)},
		Fact{words.T("mine-fact-tries"), words.Int(m.Tries)})
}

// Kept are the sentences of the table that hold of this learner, in the order of the table.
func (m Mine) Kept(words Words) []Kept {
	var kept []Kept
	for _, about := range Abouts() {
		if n := m.Held[about]; n > 0 {
			kept = append(kept, Kept{about, words.T(about), n})
		}
	}
	return kept
}

func (m Mine) page(words Words, names Names, lang string) mineView {
	v := mineView{Mine: m, Lang: lang, Facts: m.Facts(words, func(l string) string { return cmp.Or(l, "-") }), Kept: m.Kept(words)}
	for _, t := range m.Texts() {
		v.Written = append(v.Written, line{When: when(words, t.Time), Where: where(names, t.Event), What: t.Typed})
	}
	for _, d := range m.Drafts {
		e := progress.Event{Module: d.Module, Lesson: d.Lesson, Question: d.Question}
		v.Drafting = append(v.Drafting, line{Where: where(names, e), What: d.Text})
	}
	for _, e := range m.Events {
		v.History = append(v.History, line{
			when(words, e.Time), where(names, e), words.T("mine-verb-" + string(e.Verb)), result(words, e),
		})
	}
	return v
}

// when writes a time that can be believed: the clocks of old laptops begin anew in 2009.
func when(words Words, t time.Time) string {
	if !progress.Believable(t) {
		return words.T("mine-no-date")
	}
	return words.Date(t)
}

func where(names Names, e progress.Event) string {
	if e.Module == "" {
		return ""
	}
	parts := []string{names.Module(e.Module)}
	if e.Lesson != "" {
		parts = append(parts, names.Lesson(e.Module, e.Lesson))
	}
	if e.Question != "" {
		parts = append(parts, names.Question(e.Module, e.Lesson, e.Question))
	}
	return strings.Join(parts, " › ")
}

// result says what an event holds beside its place.
func result(words Words, e progress.Event) string {
	var parts []string
	switch {
	case e.Verb != progress.Answered:
	case e.Skipped:
		parts = append(parts, words.T("mine-skipped"))
	case e.Unjudged:
	case e.Right:
		parts = append(parts, words.T("mine-right"))
	default:
		parts = append(parts, words.T("mine-wrong"))
	}
	if len(e.Response) > 0 {
		parts = append(parts, strings.Join(e.Response, ", "))
	}
	if e.Text != "" {
		parts = append(parts, e.Text)
	}
	if p := e.Profile; p != nil {
		for _, s := range []*string{p.Name, p.Lang, p.Role} {
			if s != nil && *s != "" {
				parts = append(parts, *s)
			}
		}
		if p.PIN != nil {
			parts = append(parts, words.T("mine-pin-changed"))
		}
		for _, k := range slices.Sorted(maps.Keys(p.Settings)) {
			parts = append(parts, k+" = "+p.Settings[k])
		}
	}
	return strings.Join(parts, " · ")
}

package check

import (
	"strconv"
	"strings"

	"fanal/modules"
)

// A PartState says how a part of an edition stands to the source.
type PartState int

// The states.
const (
	Current PartState = iota // translated from what the source says now, as far as is known
	Copied                   // still the source's own text
	Old                      // the source has changed since, and the translation has not
)

// StateOf says how a part stands: source is its hash in the source, here in the edition, and made what was written down when
// it was last translated.
func StateOf(source, here string, made modules.Made, known bool) PartState {
	switch {
	case !known:
		return Current
	case here == source, here == made.From:
		return Copied
	case source != made.From && here == made.As:
		return Old
	}
	return Current
}

// untouchedOf tells of which files of an edition, by their stems, nobody has translated a word yet.
func untouchedOf(here []modules.Part, made map[string]modules.Made) map[string]bool {
	untouched := map[string]bool{}
	for _, p := range here {
		stem, _, _ := strings.Cut(p.Key, "/")
		m, known := made[p.Key]
		if _, seen := untouched[stem]; !seen {
			untouched[stem] = true
		}
		if !strings.HasSuffix(p.Key, "/title") && (!known || p.Hash != m.From) { // a title may be the same in both languages
			untouched[stem] = false
		}
	}
	return untouched
}

// stale says which parts of an edition the source has outrun, and how many nobody has translated. It knows of those that
// translation.toml has.
func (c *checker) stale() {
	parts := map[string]string{}
	for _, lang := range c.plan.languages[1:] {
		made := c.mod.Translation(lang)
		if made == nil {
			continue
		}
		if len(parts) == 0 {
			for _, p := range c.mod.Parts(c.plan.source) {
				parts[p.Key] = p.Hash
			}
		}
		here := c.mod.Parts(lang)
		copied := 0
		for _, p := range here {
			from, there := parts[p.Key]
			if !there {
				continue
			}
			m, known := made[p.Key]
			switch StateOf(from, p.Hash, m, known) {
			case Copied:
				if !strings.HasSuffix(p.Key, "/title") { // the same word may be the title in both languages
					copied++
				}
			case Old:
				c.say(c.spotOf(lang, p.Key), Stale, p.Key, "", "")
			}
		}
		if copied > 0 {
			c.say(spot{file: lang}, Untranslated, "", strconv.Itoa(copied), strconv.Itoa(len(here)))
		}
	}
}

// spotOf finds where a part of an edition stands.
func (c *checker) spotOf(lang, key string) spot {
	stem, id, _ := strings.Cut(key, "/")
	kind, name, _ := strings.Cut(id, ":")
	if stem == "glossary" || stem == "advice" || kind == "q" || kind == "scene" || kind == "objective" {
		return c.tomlSpot(lang, stem, kind, name, id)
	}
	at := spot{file: lang + "/" + stem + ".md", line: 1, col: 1}
	if p := c.editions[lang].pages[stem]; p != nil {
		for _, s := range p.steps {
			if s.key == id {
				return p.at(s.offset)
			}
		}
	}
	return at
}

func (c *checker) tomlSpot(lang, stem, kind, name, id string) spot {
	f := c.editions[lang].files[stem]
	if f == nil {
		return spot{file: lang + "/" + stem + ".toml"}
	}
	if kind == "objective" {
		return f.at("objectives."+name, modules.ThingObjective, name)
	}
	key, thing := map[string]string{"q": "question", "scene": "scene"}[kind], modules.Thing("")
	switch stem {
	case "glossary":
		key, name = "term", id
	case "advice":
		key = "advice"
	}
	thing = modules.Thing(key)
	for i, e := range list(f.root, "", key) {
		if stem == "advice" && strconv.Itoa(i+1) == id {
			return f.at(e.path, thing, e.text("objective"))
		}
		if stem != "advice" && e.id() == name {
			return f.at(e.path, thing, name)
		}
	}
	return spot{file: f.name, line: 1, col: 1}
}

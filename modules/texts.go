package modules

// The smaller TOML files of a module: what an index, a glossary, a list of sources and the advice of a diagnosis say.

// readSentences reads index.toml: the sentence of each objective.
func readSentences(name, src string, known []string, rep report) map[string]string {
	t := parseTOML(name, src, rep)
	if t == nil {
		return nil
	}
	sentences := map[string]string{}
	if o := t.sub("objectives"); o != nil {
		for _, id := range known {
			if s := o.line(id); s != "" {
				sentences[id] = s
			}
		}
		o.close()
	}
	t.close()
	return sentences
}

func readGlossary(name, src string, rep report) []Term {
	var terms []Term
	readEntries(name, src, ThingTerm, rep, func(t *table, id string) {
		t.require("term", "definition")
		terms = append(terms, Term{ID: id, Term: t.line("term"), Definition: t.prose("definition")})
	})
	return terms
}

func readSources(name, src string, rep report) []Source {
	var sources []Source
	readEntries(name, src, ThingSource, rep, func(t *table, id string) {
		t.require("title")
		sources = append(sources, Source{
			ID: id, Title: t.line("title"), Publisher: t.line("publisher"), Date: t.line("date"), Checked: t.line("checked"), URL: t.line("url"),
		})
	})
	return sources
}

// readEntries reads a file that is one list of things with ids.
func readEntries(name, src string, thing Thing, rep report, read func(t *table, id string)) {
	root := parseTOML(name, src, rep)
	if root == nil {
		return
	}
	seen := map[string]bool{}
	for _, t := range root.list(string(thing)) {
		id := t.about(thing)
		t.once(seen)
		read(t, id)
		t.close()
	}
	root.close()
}

func readAdvice(name, src string, known []string, rep report) []Advice {
	root := parseTOML(name, src, rep)
	if root == nil {
		return nil
	}
	var advice []Advice
	for _, t := range root.list(string(ThingAdvice)) {
		t.thing, t.id = ThingAdvice, t.line("objective")
		t.require("objective", "up_to", "text")
		t.oneID("objective", known)
		advice = append(advice, Advice{Objective: t.id, UpTo: t.number("up_to", 0, 100), Text: t.prose("text")})
		t.close()
	}
	root.close()
	return advice
}

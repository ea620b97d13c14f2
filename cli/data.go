package cli

import (
	"bytes"
	"fmt"

	"fanal/locale"
	"fanal/progress/people"
	"fanal/progress/report"

	"github.com/spf13/cobra"
)

func (p *program) dataCommand() *cobra.Command {
	w := p.words
	var asHTML, asJSON bool
	var file string
	c := &cobra.Command{
		Use: "data", Short: w.T("cli-data-short"), Long: w.T("cli-data-long"), Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			if asHTML && asJSON {
				return misused("cli-one-format")
			}
			return p.withLearner(true, func(s *seat) error { return p.data(s, asHTML, asJSON, file) })
		},
	}
	c.Flags().BoolVar(&asHTML, "html", false, w.T("cli-flag-html"))
	c.Flags().BoolVar(&asJSON, "json", false, w.T("cli-flag-json"))
	c.Flags().StringVarP(&file, "output", "o", "", w.T("cli-flag-to-file"))
	c.AddCommand(&cobra.Command{
		Use: "erase", Short: w.T("cli-data-erase"), Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return p.withLearner(true, p.dataErase) },
	})
	return c
}

// data says everything that is stored about a learner.
func (p *program) data(s *seat, asHTML, asJSON bool, file string) error {
	m, err := people.Look(s.store, people.NewGate(s.dir), s.learner.ID)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	switch {
	case asJSON:
		err = m.WriteJSON(&b)
	case asHTML:
		var names *report.Names
		if names, err = p.names(); err == nil {
			err = m.WriteHTML(&b, p.words, names, p.words.Lang)
		}
	default:
		p.dataWords(&b, m)
	}
	if err != nil {
		return err
	}
	return p.output(file, b.Bytes())
}

// dataWords says it in plain words, a line a thing.
func (p *program) dataWords(b *bytes.Buffer, m people.Mine) {
	w := p.words
	for _, f := range m.Facts(w, locale.Autonym) {
		fmt.Fprintln(b, w.T("mine-fact", "Name", f.Name, "Value", f.Value))
	}
	fmt.Fprintf(b, "\n%s\n", w.T("mine-page-kept"))
	for _, k := range m.Kept(w) {
		fmt.Fprintf(b, "- %s %s %s\n", k.Sentence, w.N("mine-records", k.Records), w.T("mine-leaves-"+string(people.LeavingOf(k.About))))
	}
	fmt.Fprintf(b, "\n%s\n", w.T("pin-honest"))
	if texts := m.Texts(); len(texts) > 0 {
		fmt.Fprintf(b, "\n%s\n", w.T("mine-page-texts"))
		for _, t := range texts {
			fmt.Fprintf(b, "- %s\n", t.Typed)
		}
	}
	if len(m.Drafts) > 0 {
		fmt.Fprintf(b, "\n%s\n", w.T("mine-page-drafts"))
		for _, d := range m.Drafts {
			fmt.Fprintf(b, "- %s\n", d.Text)
		}
	}
}

// names are what the modules of the library are called.
func (p *program) names() (*report.Names, error) {
	lib, err := p.library()
	if err != nil {
		return nil, err
	}
	return report.NamesIn(lib, p.words.Lang), nil
}

// output writes to a file where there is none yet, or to the output.
func (p *program) output(file string, text []byte) error {
	if file == "" || file == "-" {
		_, err := p.text.Write(text)
		return err
	}
	if err := people.SaveNew(file, text); err != nil {
		return err
	}
	p.note(p.words.T("saving-done", "Path", file))
	return nil
}

// dataErase forgets the learner, after a typed word.
func (p *program) dataErase(s *seat) error {
	w := p.words
	if err := p.typedWord(w.T("erase-what", "Name", s.learner.Name, "Word", w.T("erase-word"))); err != nil {
		return err
	}
	r, err := people.Erase(s.store, people.NewGate(s.dir), s.dir, s.learner.ID)
	if err != nil {
		return err
	}
	return p.receipt(r)
}

// receipt prints what was erased. It is an error when a second look found something.
func (p *program) receipt(r people.Receipt) error {
	for _, sentence := range r.Sentences(p.words) {
		fmt.Fprintln(p.text, sentence)
	}
	if r.Left > 0 {
		return failed(nil, "cli-erase-left")
	}
	return nil
}

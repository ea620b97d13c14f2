package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"fanal/modules"

	"github.com/spf13/cobra"
)

// A listed module is what "fanal list --json" says of it.
type listed struct {
	ID        string         `json:"id"`
	Version   string         `json:"version"`
	Kind      string         `json:"kind"`
	Title     string         `json:"title"`
	Languages []string       `json:"languages"`
	Minutes   int            `json:"minutes"`
	Origin    string         `json:"origin"`
	Lessons   []listedLesson `json:"lessons"`
}

type listedLesson struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Minutes   int    `json:"minutes"`
	Questions int    `json:"questions"`
}

func (p *program) listCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "list", Short: p.words.T("cli-list-short"), Long: p.words.T("cli-list-long"), Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return p.list(asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, p.words.T("cli-flag-json"))
	return c
}

// list prints the modules of the library. One that cannot be read is an error, after all the others have been printed.
func (p *program) list(asJSON bool) error {
	lib, err := p.library()
	if err != nil {
		return err
	}
	all, errs := []listed{}, []error{}
	for _, m := range lib.All() {
		l, err := p.listModule(m)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		all = append(all, l)
	}
	if asJSON {
		errs = append(errs, p.json(all))
		return errors.Join(errs...)
	}
	for _, l := range all {
		fmt.Fprintln(p.text, p.words.T("cli-list-module", "ID", l.ID, "Version", l.Version, "Title", l.Title,
			"Languages", strings.Join(l.Languages, " "), "Minutes", p.words.Minutes(l.Minutes)))
		for _, lesson := range l.Lessons {
			fmt.Fprintln(p.text, "  "+p.words.N("cli-list-lesson", lesson.Questions, "ID", lesson.ID, "Title", lesson.Title,
				"Minutes", p.words.Minutes(lesson.Minutes)))
		}
	}
	return errors.Join(errs...)
}

func (p *program) listModule(m *modules.Module) (listed, error) {
	man, err := m.Manifest()
	if err != nil {
		return listed{}, err
	}
	idx, err := m.Index(p.words.Lang)
	if err != nil {
		return listed{}, err
	}
	outlines, err := m.Outline(p.words.Lang)
	if err != nil {
		return listed{}, err
	}
	l := listed{
		ID: man.ID, Version: man.Version, Kind: string(man.Kind), Title: idx.Title, Languages: man.Languages,
		Origin: string(m.Origin().Kind), Lessons: []listedLesson{},
	}
	for _, o := range outlines {
		l.Lessons = append(l.Lessons, listedLesson{o.ID, o.Title, o.Minutes(), o.Questions})
		l.Minutes += o.Minutes()
	}
	return l, nil
}

// json prints a value as indented JSON. What a person wrote in it stays readable, and passes the last filter.
func (p *program) json(v any) error {
	e := json.NewEncoder(p.text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

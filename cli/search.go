package cli

import (
	"fmt"
	"strings"
	"time"

	finder "fanal/modules/find"
	"fanal/tui/linear"

	"github.com/spf13/cobra"
)

// mostHits is how many places a search prints.
const mostHits = 20

func (p *program) searchCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "search " + p.words.T("cli-search-args"), Short: p.words.T("cli-search-short"), Long: p.words.T("cli-search-long"),
		RunE: func(_ *cobra.Command, args []string) error {
			if strings.TrimSpace(strings.Join(args, "")) == "" {
				return misused("cli-search-nothing")
			}
			return p.search(strings.Join(args, " "), asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, p.words.T("cli-flag-json"))
	return c
}

// search prints where words stand. That they stand nowhere is an answer, not a failure.
func (p *program) search(words string, asJSON bool) error {
	lib, err := p.library()
	if err != nil {
		return err
	}
	dir := p.flags.dataDir()
	if p.flags.guest {
		dir = "" // no trace
	}
	x := finder.Open(dir)
	defer func() { _ = x.Close() }() // what could not be kept of the index is made again
	for said := false; ; said = true {
		left, err := x.Update(lib, p.words.Lang, time.Second)
		if err != nil {
			return err
		}
		if left == 0 {
			break
		}
		if err := p.ctx.Err(); err != nil {
			return err
		}
		if !said {
			fmt.Fprintln(linear.NewFilter(p.Err), p.words.N("cli-search-reading", left))
		}
	}
	res, err := x.Search(lib, p.words.Lang, words, mostHits)
	if err != nil {
		return err
	}
	if asJSON {
		return p.json(res)
	}
	p.printHits(res)
	return nil
}

func (p *program) printHits(res finder.Results) {
	if len(res.Hits) == 0 {
		fmt.Fprintln(p.text, p.words.T("search-none", "Query", res.Query))
		return
	}
	for _, h := range res.Hits {
		address := h.Module
		if h.Lesson != "" {
			address += "/" + h.Lesson
		}
		id, data := h.Place()
		fmt.Fprintf(p.text, "%s\n    %s  (%s)\n", h.Snippet, p.words.T(id, data...), address)
	}
	if len(res.Hits) < res.Found {
		fmt.Fprintln(p.text, p.words.T("cli-search-more", "Shown", len(res.Hits), "Found", p.words.Int(res.Found)))
	}
}

package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fanal/progress"
	"fanal/progress/report"

	"github.com/spf13/cobra"
)

// reportFlags are the options of "fanal report".
type reportFlags struct {
	module, since         string
	asCSV, asHTML, asJSON bool
	table, separator      string
	file                  string
}

func (p *program) reportCommand() *cobra.Command {
	w := p.words
	var f reportFlags
	c := &cobra.Command{
		Use: "report", Short: w.T("cli-report-short"), Long: w.T("cli-report-long"), Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return p.report(f) },
	}
	c.Flags().StringVar(&f.module, "module", "", w.T("cli-flag-module"))
	c.Flags().StringVar(&f.since, "since", "", w.T("cli-flag-since"))
	c.Flags().BoolVar(&f.asCSV, "csv", false, w.T("cli-flag-csv"))
	c.Flags().BoolVar(&f.asHTML, "html", false, w.T("cli-flag-html"))
	c.Flags().BoolVar(&f.asJSON, "json", false, w.T("cli-flag-json"))
	c.Flags().StringVar(&f.table, "table", "", w.T("cli-flag-table"))
	c.Flags().StringVar(&f.separator, "separator", "", w.T("cli-flag-separator"))
	c.Flags().StringVarP(&f.file, "output", "o", "", w.T("cli-flag-to-file"))
	return c
}

// filter reads the options that say what the report is about.
func (f reportFlags) filter() (report.Filter, error) {
	r := report.Filter{Module: f.module}
	var err error
	if f.asCSV && f.asHTML || f.asCSV && f.asJSON || f.asHTML && f.asJSON {
		return r, misused("cli-one-format")
	}
	if f.since != "" {
		if r.Since, err = time.ParseInLocation(time.DateOnly, f.since, time.Local); err != nil {
			return r, misused("cli-flag-bad-value", "Flag", "--since", "Value", f.since)
		}
	}
	if f.table != "" && !slices.Contains(report.Tables, report.Table(f.table)) {
		return r, misused("cli-flag-bad-value", "Flag", "--table", "Value", f.table)
	}
	_, err = f.mark()
	return r, err
}

// mark returns what parts the fields of a CSV file.
func (f reportFlags) mark() (rune, error) {
	switch f.separator {
	case "", "semicolon", ";":
		return report.Semicolon, nil
	case "comma", ",":
		return ',', nil
	case "tab":
		return '\t', nil
	}
	return 0, misused("cli-flag-bad-value", "Flag", "--separator", "Value", f.separator)
}

// report says who did what. A mediator's PIN is asked for where there is a mediator; without one, people who have a PIN
// are not in a report about everybody, and are asked for it in one about themselves.
func (p *program) report(f reportFlags) error {
	filter, err := f.filter()
	if err != nil {
		return err
	}
	lib, err := p.library()
	if err != nil {
		return err
	}
	if f.module != "" && lib.Module(f.module) == nil {
		if _, _, err := find(lib, f.module, ""); err != nil {
			return err
		}
	}
	s, err := p.openStore()
	if err != nil {
		return err
	}
	defer s.close()
	if p.flags.learner != "" {
		if s.learner, err = p.learner(s.store, false); err != nil {
			return err
		}
		filter.Learner = s.learner.ID
	}
	if err := p.mayReport(s, &filter); err != nil {
		return err
	}
	r, err := report.Make(s.store, lib, p.words.Lang, filter)
	if err != nil {
		return err
	}
	if r.Left > 0 {
		p.note(p.words.N("report-left", r.Left))
	}
	return p.writeReport(r, f)
}

// mayReport asks for the PIN that a report needs.
func (p *program) mayReport(s *seat, filter *report.Filter) error {
	if s.learner != nil && s.learner.PIN == "" {
		return nil
	}
	there, err := p.unlockMediator(s)
	switch {
	case err != nil || there:
		return err
	case s.learner != nil:
		return p.unlockLearner(s)
	}
	filter.Leave = func(l progress.Learner) bool { return l.PIN != "" }
	return nil
}

func (p *program) writeReport(r report.Report, f reportFlags) error {
	var b bytes.Buffer
	var err error
	switch {
	case f.asCSV:
		return p.writeCSV(r, f)
	case f.asHTML:
		err = r.WriteHTML(&b, p.words, p.words.Lang)
	case f.asJSON:
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		err = e.Encode(r)
	default:
		r.Write(p.words, func(line string) { fmt.Fprintln(&b, line) })
	}
	if err != nil {
		return err
	}
	return p.output(f.file, b.Bytes())
}

// writeCSV writes the table that is asked for, else all three: a file is one table, so that they stand beside each other.
// On the output there is room for one.
func (p *program) writeCSV(r report.Report, f reportFlags) error {
	mark, err := f.mark()
	if err != nil {
		return err
	}
	tables := report.Tables
	if f.table != "" {
		tables = []report.Table{report.Table(f.table)}
	}
	toFile := f.file != "" && f.file != "-"
	if !toFile {
		return r.WriteCSV(plainCSV{p.Out}, tables[0], p.words, mark)
	}
	for _, t := range tables {
		var b bytes.Buffer
		if err := r.WriteCSV(&b, t, p.words, mark); err != nil {
			return err
		}
		file := f.file
		if len(tables) > 1 {
			ext := filepath.Ext(file)
			file = strings.TrimSuffix(file, ext) + "-" + string(t) + ext
		}
		if err := p.output(file, b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// plainCSV lets a table through to the output as it is: the last filter would take its byte order mark and its tabs. Its
// texts have passed the reading filter, and what is left of the controls goes here.
type plainCSV struct{ w io.Writer }

// Write implements io.Writer.
func (c plainCSV) Write(text []byte) (int, error) {
	tame := bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, text)
	if _, err := c.w.Write(tame); err != nil {
		return 0, err
	}
	return len(text), nil
}

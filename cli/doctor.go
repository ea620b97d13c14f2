package cli

import (
	"errors"
	"fmt"
	"io/fs"

	"fanal/progress"

	"github.com/spf13/cobra"
)

func (p *program) doctorCommand() *cobra.Command {
	var asJSON, repair bool
	c := &cobra.Command{
		Use: "doctor", Short: p.words.T("cli-doctor-short"), Long: p.words.T("cli-doctor-long"), Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return p.doctor(repair, asJSON) },
	}
	c.Flags().BoolVar(&repair, "repair", false, p.words.T("cli-flag-repair"))
	c.Flags().BoolVar(&asJSON, "json", false, p.words.T("cli-flag-json"))
	return c
}

// doctor looks at everything in the data folder and says what it found and what to do. It fails while something is left
// that is not good.
func (p *program) doctor(repair, asJSON bool) error {
	dir := p.flags.dataDir()
	look := progress.Examine
	if repair {
		look = func(dir string) (progress.Report, error) { return progress.Repair(dir, progress.Options{}) }
	}
	r, err := look(dir)
	if errors.Is(err, fs.ErrNotExist) && !asJSON {
		fmt.Fprintln(p.text, p.words.T("cli-doctor-none", "Dir", dir))
		return nil
	}
	if err != nil {
		return storeError(err, dir)
	}
	if asJSON {
		if err := p.json(r); err != nil {
			return err
		}
	} else {
		p.printReport(r, dir)
	}
	for _, f := range r.Findings {
		if !f.Fixed {
			return failed(nil, "cli-doctor-left", "Dir", dir)
		}
	}
	return nil
}

func (p *program) printReport(r progress.Report, dir string) {
	w := p.words
	folder := "cli-doctor-folder"
	for _, f := range r.Findings {
		if !f.Fixed && (f.Ailment == progress.StoreDamaged || f.Ailment == progress.StoreMissing) {
			folder = "cli-doctor-folder-unread" // how much there is, nobody can say yet: not nothing
		}
	}
	fmt.Fprintln(p.text, w.T(folder, "Dir", dir, "Events", w.Int(int(r.Events)), "Learners", w.Int(r.Learners), "Copies", w.Int(r.Copies)))
	for _, f := range r.Findings {
		line := w.T("doctor-" + string(f.Ailment))
		if f.File != "" {
			line += " (" + f.File + ")"
		}
		if f.Fixed {
			line += " " + w.T("cli-doctor-fixed")
		} else {
			line += " " + w.T("doctor-do-"+string(f.Ailment))
		}
		fmt.Fprintln(p.text, line)
	}
	if r.Recovery != nil {
		fmt.Fprintln(p.text, p.recovered(r.Recovery, dir))
	}
	for _, name := range r.Aside {
		fmt.Fprintln(p.text, w.T("cli-doctor-aside", "File", name))
	}
	if len(r.Findings) == 0 {
		fmt.Fprintln(p.text, w.T("cli-doctor-well"))
	}
}

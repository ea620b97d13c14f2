package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fanal/modules"
	"fanal/modules/check"
	"fanal/modules/pack"
	"fanal/tui"

	"github.com/spf13/cobra"
)

// A jsonFinding is what "fanal check --json" says of a finding.
type jsonFinding struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Level   string `json:"level"` // "error" or "warning"
	Code    string `json:"code"`
	Thing   string `json:"thing,omitempty"`
	ID      string `json:"id,omitempty"`
	Key     string `json:"key,omitempty"`
	Value   string `json:"value,omitempty"`
	Want    string `json:"want,omitempty"`
	Message string `json:"message"`
}

func (p *program) checkCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "check " + p.words.T("cli-check-args"), Short: p.words.T("cli-check-short"), Long: p.words.T("cli-check-long"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"."}
			}
			return p.check(args, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, p.words.T("cli-flag-json"))
	return c
}

// A checked module is one that was named on the command line: by its folder, by a packed file, or by one of its files.
type checked struct {
	shown  string // how its paths begin
	folder string // the name of its folder, "" for a packed file
	parent string // where its neighbours are
	only   string // the one file that was named, "" for all
	fsys   fs.FS
}

// check says what the checker finds in the modules that are named.
func (p *program) check(args []string, asJSON bool) error {
	var all []checked
	for _, arg := range args {
		some, err := p.named(arg)
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	lib, err := p.library()
	if err != nil {
		return err
	}
	for _, m := range all {
		_ = addFolder(lib, m.parent) // a folder without other modules is no fault
	}
	said, errs, advice := []jsonFinding{}, 0, 0
	for _, m := range all {
		found := m.findings(lib)
		if len(found) == 0 && !asJSON {
			fmt.Fprintln(p.text, p.words.T("check-clean", "Name", m.shown))
		}
		for _, f := range found {
			f.File = filepath.ToSlash(filepath.Join(m.shown, f.File))
			if !asJSON {
				fmt.Fprintln(p.text, f.Place()+": "+tui.Sentence(p.words, f))
			}
			said = append(said, p.jsonFinding(f))
		}
		n := check.Errors(found)
		errs, advice = errs+n, advice+len(found)-n
	}
	if asJSON {
		if err := p.json(said); err != nil {
			return err
		}
	}
	if errs > 0 {
		return failed(nil, "check-failed", "N", errs)
	}
	if advice > 0 && !asJSON {
		fmt.Fprintln(p.text, p.words.N("check-advised", advice))
	}
	return nil
}

func (p *program) jsonFinding(f check.Finding) jsonFinding {
	level := "error"
	if f.Warning {
		level = "warning"
	}
	return jsonFinding{
		File: f.File, Line: f.Line, Col: f.Col, Level: level, Code: string(f.Code), Thing: string(f.Thing), ID: f.ID, Key: f.Key,
		Value: f.Value, Want: f.Want, Message: p.words.Error(f),
	}
}

// findings checks the module. Links may lead to the modules of lib, and to itself.
func (m checked) findings(lib *modules.Library) []check.Finding {
	found := check.Module(m.fsys, check.Options{Folder: m.folder, Module: lib.Module})
	if m.only == "" {
		return found
	}
	var of []check.Finding
	for _, f := range found {
		if f.File == m.only {
			of = append(of, f)
		}
	}
	return of
}

// named gives the modules that one word of the command line means.
func (p *program) named(arg string) ([]checked, error) {
	info, err := os.Stat(arg)
	switch {
	case err != nil:
		return nil, p.aboutFile(arg, err)
	case !info.IsDir() && strings.HasSuffix(arg, pack.Ext):
		packed, err := pack.Open(arg)
		if err != nil {
			return nil, p.aboutFile(arg, err)
		}
		return []checked{{shown: arg, parent: filepath.Dir(arg), fsys: packed}}, nil
	case !info.IsDir():
		return namedFile(arg)
	case isFile(filepath.Join(arg, "module.toml")):
		m, err := checkedFolder(arg)
		return []checked{m}, err
	}
	entries, err := os.ReadDir(arg)
	if err != nil {
		return nil, p.aboutFile(arg, err)
	}
	var all []checked
	for _, e := range entries {
		if dir := filepath.Join(arg, e.Name()); isFile(filepath.Join(dir, "module.toml")) {
			m, err := checkedFolder(dir)
			if err != nil {
				return nil, err
			}
			all = append(all, m)
		}
	}
	if len(all) == 0 {
		return nil, failed(nil, "check-no-module", "Path", arg)
	}
	return all, nil
}

// namedFile gives the module around one of its files.
func namedFile(name string) ([]checked, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	for dir, shown := filepath.Dir(abs), filepath.Dir(name); ; dir, shown = filepath.Dir(dir), filepath.Join(shown, "..") {
		if isFile(filepath.Join(dir, "module.toml")) {
			m, err := checkedFolder(dir)
			if err != nil {
				return nil, err
			}
			only, err := filepath.Rel(dir, abs)
			m.shown, m.only = shown, filepath.ToSlash(only)
			return []checked{m}, err
		}
		if dir == filepath.Dir(dir) {
			return nil, failed(nil, "check-no-module", "Path", name)
		}
	}
}

// checkedFolder opens the folder of a module through an [os.Root]: a link in it leads nowhere outside.
func checkedFolder(dir string) (checked, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return checked{}, unreadable(dir, err)
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return checked{}, unreadable(dir, err)
	}
	return checked{shown: filepath.Clean(dir), folder: filepath.Base(abs), parent: filepath.Dir(abs), fsys: root.FS()}, nil
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"fanal/modules"
	"fanal/modules/check"
	"fanal/tui"

	"github.com/spf13/cobra"
)

func (p *program) translateCommand() *cobra.Command {
	to := ""
	c := &cobra.Command{
		Use: "translate " + p.words.T("cli-dir-arg"), Short: p.words.T("cli-translate-short"), Long: p.words.T("cli-translate-long"), Args: oneArg,
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case to == "":
				return misused("cli-translate-which", "Dir", args[0])
			case !modules.IsLanguage(to):
				return misused("cli-bad-language", "Lang", to)
			}
			t, err := p.translation(args[0], to)
			if err != nil {
				return err
			}
			p.tellTranslation(args[0], to, t)
			return nil
		},
	}
	c.Flags().StringVar(&to, "to", "", p.words.T("cli-flag-to"))
	return c
}

// translation makes or completes an edition of the module in a folder.
func (p *program) translation(dir, lang string) (*check.Translation, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, unreadable(dir, err)
	}
	defer root.Close()
	t, err := check.Translate(root.FS(), lang, p.words.T("cli-translate-comment"))
	switch {
	case errors.Is(err, check.ErrSourceLanguage):
		return nil, misused("cli-translate-source", "Lang", lang)
	case errors.Is(err, check.ErrLanguages):
		return nil, failed(err, "cli-translate-languages", "Lang", lang)
	case err != nil:
		return nil, err
	}
	return t, writeFiles(dir, t.Files)
}

// tellTranslation says what was copied, and what is left to do: by file where that is much.
func (p *program) tellTranslation(dir, lang string, t *check.Translation) {
	shown := func(name string) string { return filepath.ToSlash(filepath.Join(dir, name)) }
	if n := len(t.Copied); n > 0 {
		fmt.Fprintln(p.text, p.words.N("cli-translate-copied", n, "Dir", shown(lang)))
	}
	for _, list := range [][]check.Finding{t.Renewed, t.Stale} {
		for _, f := range list {
			f.File = shown(f.File)
			fmt.Fprintln(p.text, f.Place()+": "+tui.Sentence(p.words, f))
		}
	}
	count, first, order := map[string]int{}, map[string]int{}, []string{}
	for _, f := range t.Left {
		if count[f.File] == 0 {
			order = append(order, f.File)
			first[f.File] = f.Line
		}
		count[f.File]++
		first[f.File] = min(first[f.File], f.Line)
	}
	for _, file := range order {
		fmt.Fprintln(p.text, p.words.N("cli-translate-left", count[file], "File", shown(file), "Line", first[file]))
	}
	fmt.Fprintln(p.text, p.words.T("cli-translate-done", "Done", t.Parts-len(t.Left)-len(t.Stale), "Parts", t.Parts))
}

// plainError is the system's own words for what went wrong, without the path, which is said already.
func plainError(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

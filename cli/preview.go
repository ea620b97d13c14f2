package cli

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"path/filepath"
	"strconv"

	"fanal/modules"
	"fanal/modules/check"
	"fanal/tui"
	"fanal/tui/linear"

	"github.com/spf13/cobra"
)

func (p *program) previewCommand() *cobra.Command {
	return &cobra.Command{
		Use: "preview " + p.words.T("cli-dir-arg"), Short: p.words.T("cli-preview-short"), Long: p.words.T("cli-preview-long"), Args: oneArg,
		RunE: func(_ *cobra.Command, args []string) error { return p.preview(args[0]) },
	}
}

// preview opens the program at the module in a folder, for a guest, and follows what is saved in it.
func (p *program) preview(dir string) error {
	if !isFile(filepath.Join(dir, "module.toml")) {
		return failed(nil, "check-no-module", "Path", dir)
	}
	m, err := checkedFolder(dir)
	if err != nil {
		return err
	}
	load := func() *modules.Library {
		lib := &modules.Library{}
		abs := filepath.Join(m.parent, m.folder)
		lib.Put(modules.Open(m.fsys, modules.Origin{Kind: modules.Folder, Path: filepath.ToSlash(abs)}))
		return lib
	}
	others, err := p.library()
	if err != nil {
		return err
	}
	_ = addFolder(others, m.parent)
	p.flags.guest, p.flags.learner = true, ""
	s, err := p.seat(true)
	if err != nil {
		return err
	}
	defer s.close()
	stamp := func() string { return stampOf(m.fsys) }
	if p.flags.linear || !p.canDraw() {
		said := func() (said []string) {
			for _, f := range m.findings(others) {
				said = append(said, f.Place()+": "+tui.Sentence(p.words, f))
			}
			return said
		}
		for _, s := range said() {
			fmt.Fprintln(p.text, s)
		}
		o := p.linear(s, load())
		o.Module, o.Preview = m.folder, &linear.Preview{Stamp: stamp, Load: load, Check: said}
		return linear.Run(p.ctx, o)
	}
	return tui.Run(p.ctx, tui.Options{
		Library: load(), Store: s.store, Learner: s.learner, Lang: p.flags.lang, Guest: true, Module: m.folder, Version: Version,
		In: p.In, Out: p.Out,
		Preview: &tui.Preview{
			ID: m.folder, Stamp: stamp, Load: load,
			Check: func() []check.Finding { return m.findings(others) },
		},
	})
}

// stampOf gives a text that changes with the names, sizes and times of the files of a folder. A folder that cannot be looked
// at right now, while an editor writes it anew, has another.
func stampOf(fsys fs.FS) string {
	h := fnv.New64a()
	_ = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil {
			fmt.Fprintln(h, name, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return strconv.FormatUint(h.Sum64(), 36)
}

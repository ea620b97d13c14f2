package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fanal/modules"
	"fanal/modules/pack"

	"github.com/spf13/cobra"
)

// installOptions are the options of "fanal install".
type installOptions struct {
	all, older bool
	trust      string
}

func (p *program) installCommand() *cobra.Command {
	var o installOptions
	c := &cobra.Command{
		Use: "install " + p.words.T("cli-install-args"), Short: p.words.T("cli-install-short"), Long: p.words.T("cli-install-long"),
		RunE: func(_ *cobra.Command, args []string) error { return p.install(args, o) },
	}
	c.Flags().BoolVar(&o.all, "all", false, p.words.T("cli-flag-all"))
	c.Flags().BoolVar(&o.older, "older", false, p.words.T("cli-flag-older"))
	c.Flags().StringVar(&o.trust, "trust", "", p.words.T("cli-flag-trust"))
	return c
}

// install puts modules on the shelf: packed files, folders of modules, and what is chosen among the packs of other folders
// and of sticks.
func (p *program) install(args []string, o installOptions) error {
	s, err := p.shelf()
	if err != nil {
		return err
	}
	places := args
	if len(places) == 0 {
		places = []string{"."}
		for _, stick := range pack.Sticks() {
			places = append(places, stick.Path)
		}
	}
	found, choose, err := p.gather(s, places)
	if err != nil {
		return err
	}
	a := p.asker()
	if choose && !o.all {
		if found, err = p.choose(a, s, found); err != nil {
			return err
		}
	}
	errs := &failures{p: p}
	for _, c := range found {
		if err := p.installOne(a, s, c, o); err != nil {
			errs.add(err)
		}
		if err := p.ctx.Err(); err != nil {
			return err
		}
	}
	return errs.result()
}

// A candidate is a module that could be installed.
type candidate struct {
	path     string
	src      fs.FS       // of a folder; nil for a pack
	offer    *pack.Offer // of a pack that can be opened
	err      error       // of one that cannot
	id       string
	version  string
	title    string
	size     int64 // bytes that it takes
	standing string
}

// gather finds the modules at the places named: a file is one, so is the folder of a module; of any other folder its packs
// are offered to choose from, and its lists of keys are taken.
func (p *program) gather(s *pack.Shelf, places []string) (found []candidate, choose bool, err error) {
	for _, place := range places {
		info, err := os.Stat(place)
		switch {
		case err != nil:
			found = append(found, candidate{path: place, err: err})
		case !info.IsDir():
			found = append(found, p.candidate(s, place))
		case isModule(place):
			found = append(found, p.folderCandidate(place))
		default:
			packs, lists, err := pack.Find(place)
			if err != nil {
				return nil, false, p.aboutFile(place, err)
			}
			p.takeLists(s, lists)
			for _, path := range packs {
				found = append(found, p.candidate(s, path))
			}
			choose = choose || len(packs) > 0
		}
	}
	if len(found) == 0 {
		return nil, false, failed(nil, "cli-install-nothing", "Places", strings.Join(places, ", "))
	}
	return found, choose && len(found) > 1, nil
}

func isModule(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, "module.toml"))
	return err == nil && info.Mode().IsRegular()
}

func (p *program) candidate(s *pack.Shelf, path string) candidate {
	c := candidate{path: path}
	if c.offer, c.err = s.Look(path); c.err != nil {
		return c
	}
	c.id, c.version, c.title = c.offer.Manifest.ID, c.offer.Manifest.Version, p.titleOf(c.offer.Pack)
	c.size, c.standing = c.offer.Pack.Size, p.words.Message(c.offer.Trust.Message())
	return c
}

func (p *program) folderCandidate(dir string) candidate {
	c := candidate{path: dir, standing: p.words.T("pack-trust-unsigned")}
	root, err := os.OpenRoot(dir)
	if err != nil {
		c.err = err
		return c
	}
	c.src, c.size = root.FS(), folderSize(root.FS())
	m := modules.Open(c.src, modules.Origin{})
	man, err := m.Manifest()
	if err != nil {
		c.err = err
		return c
	}
	c.id, c.version = man.ID, man.Version
	c.title, _ = m.Title(p.words.Lang) // none is shown where it cannot be read: installing says why
	return c
}

// takeLists takes what trusted signers say about keys. What is old news or a stranger's is no matter.
func (p *program) takeLists(s *pack.Shelf, lists []string) {
	for _, path := range lists {
		l, err := pack.ReadList(path)
		if err == nil {
			err = s.Keys.Take(l)
		}
		switch {
		case err == nil:
			p.saidList(s, l)
		case errors.Is(err, pack.ListOld), errors.Is(err, pack.ListSigner), errors.Is(err, pack.NotList):
		default:
			p.complain(p.aboutFile(path, err))
		}
	}
}

// choose shows what there is and asks which of it is wanted.
func (p *program) choose(a *asker, s *pack.Shelf, found []candidate) ([]candidate, error) {
	w := p.words
	for i, c := range found {
		if c.err != nil {
			fmt.Fprintln(p.text, w.T("cli-install-refused", "Number", i+1, "File", filepath.Base(c.path), "Error", p.reason(c.err)))
			continue
		}
		fmt.Fprintln(p.text, w.T("cli-install-line", "Number", i+1, "ID", c.id, "Version", c.version, "Title", c.title, "Size", w.Bytes(c.size)))
		fmt.Fprintln(p.text, "   "+c.standing)
		if c.offer != nil && c.offer.Have != "" {
			fmt.Fprintln(p.text, "   "+w.T("cli-install-have", "Version", c.offer.Have))
		}
	}
	if free, ok := pack.Free(existing(p.flags.dataDir())); ok {
		fmt.Fprintln(p.text, w.T("cli-install-free", "Size", w.Bytes(free)))
	}
	for {
		answer, err := a.ask(w.T("cli-install-which"))
		if err == io.EOF {
			return nil, failed(nil, "cli-install-choose")
		}
		if err != nil {
			return nil, err
		}
		if chosen, ok := pick(found, answer); ok {
			return chosen, nil
		}
		fmt.Fprintln(p.text, w.T("cli-install-again", "Answer", answer, "Most", len(found)))
	}
}

// pick reads an answer: numbers, "*" for all that can be installed, nothing for nothing.
func pick(found []candidate, answer string) (chosen []candidate, ok bool) {
	if answer == "*" {
		return slices.DeleteFunc(slices.Clone(found), func(c candidate) bool { return c.err != nil }), true
	}
	for word := range strings.FieldsFuncSeq(answer, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > len(found) {
			return nil, false
		}
		chosen = append(chosen, found[n-1])
	}
	return chosen, true
}

// reason says an error in the words of the interface.
func (p *program) reason(err error) string { return p.words.Error(err) }

// existing returns the nearest folder above a path that exists, to ask how much room its disk has.
func existing(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// installOne installs one module, and says what came of it and who signed it.
func (p *program) installOne(a *asker, s *pack.Shelf, c candidate, o installOptions) error {
	done, err := p.put(s, c, o.older)
	var older *pack.OlderError
	if errors.As(err, &older) && isTerminal(p.In) {
		answer, askErr := a.ask(p.words.T("cli-ask-older", "ID", older.ID, "Have", older.Have, "Got", older.Got))
		if askErr == nil && yes(p.words.T("cli-yes"), answer) {
			done, err = p.put(s, c, true)
		}
	}
	if err != nil {
		return p.aboutFile(c.path, err)
	}
	man := done.Manifest
	id := "cli-installed"
	if done.Before != "" {
		id = "cli-installed-over"
	}
	fmt.Fprintln(p.text, p.words.T(id, "ID", man.ID, "Version", man.Version, "Before", done.Before))
	fmt.Fprintln(p.text, "  "+p.words.Message(done.Trust.Message()))
	if done.Trust.Standing != pack.Unknown {
		return nil
	}
	return p.meet(a, s, done.Trust.Key, o.trust)
}

// put installs a candidate behind a bar.
func (p *program) put(s *pack.Shelf, c candidate, older bool) (*pack.Installed, error) {
	if c.src != nil {
		b := p.newBar(c.id, 4*c.size)
		defer b.end()
		return s.InstallFolder(p.ctx, c.src, older, b.tick)
	}
	work := int64(1)
	if c.offer != nil {
		work = c.offer.Work()
	}
	b := p.newBar(c.id, work)
	defer b.end()
	return s.Install(p.ctx, c.path, older, b.tick)
}

// meet offers to trust a signer whom this computer does not know: a mediator's choice, asked where there is somebody to
// answer, made by --trust elsewhere.
func (p *program) meet(a *asker, s *pack.Shelf, key pack.Key, name string) error {
	if name == "" {
		if !isTerminal(p.In) {
			return nil
		}
		var err error
		if name, err = a.ask(p.words.T("cli-ask-trust")); err != nil || name == "" {
			return nil // the module is installed; not answering is no error
		}
	}
	if err := s.Keys.Trust(key, name); err != nil {
		return err
	}
	fmt.Fprintln(p.text, p.words.T("cli-trusted", "Name", modules.CleanLine(name), "Words", key.Words()))
	return nil
}

// yes tells whether an answer is one of the words for yes, which stand in a row.
func yes(words, answer string) bool {
	return slices.Contains(strings.Fields(words), strings.ToLower(answer))
}

package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"fanal/content"
	"fanal/locale"
	"fanal/modules"
	"fanal/modules/pack"
)

// shelf is the packs that are installed in the data folder, and whom this computer trusts. A keyring that cannot be read
// trusts nobody, and is said to be so.
func (p *program) shelf() (*pack.Shelf, error) {
	dir := p.flags.dataDir()
	keys, err := pack.OpenKeyring(dir)
	s := pack.OpenShelf(dir, keys)
	s.Builtin = func(id string) (string, bool) {
		sub, err := fs.Sub(content.FS, id)
		if err != nil {
			return "", false
		}
		man, err := modules.Open(sub, modules.Origin{}).Manifest()
		if err != nil {
			return "", false
		}
		return man.Version, true
	}
	return s, err
}

// addInstalled adds the installed packs to a library. Their names are read, and nothing else of them.
func (p *program) addInstalled(lib *modules.Library) error {
	s := pack.OpenShelf(p.flags.dataDir(), nil)
	ids, err := s.IDs()
	if err != nil {
		return err
	}
	for _, id := range ids {
		lib.Put(modules.Open(s.Module(id), modules.Origin{Kind: modules.Pack, Path: filepath.ToSlash(s.Path(id))}))
	}
	return nil
}

// aboutFile says of which file an error is. What we have no words for, the system says.
func (p *program) aboutFile(path string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	said := err.Error()
	var spoken locale.Spoken
	var sys *fs.PathError
	if errors.As(err, &spoken) {
		said = p.words.Error(err)
	} else if errors.As(err, &sys) {
		// It may be of another file: of the one that was to be written.
		path, said = sys.Path, sys.Err.Error()
		if errors.Is(err, fs.ErrNotExist) {
			said = p.words.T("cli-no-file")
		}
	}
	return failed(err, "cli-about-file", "File", path, "Error", said)
}

// A bar says on a terminal how long work comes on, when it takes more than a moment. Anywhere else it is silent.
type bar struct {
	p           *program
	label       string
	done, total int64
	next        time.Time
	drawn       bool
}

// newBar begins the bar of a work of total bytes.
func (p *program) newBar(label string, total int64) *bar {
	b := &bar{p: p, label: modules.CleanLine(label), total: max(total, 1)}
	if isTerminal(p.Out) && os.Getenv("TERM") != "dumb" {
		b.next = time.Now().Add(400 * time.Millisecond)
	}
	return b
}

// tick tells that n more bytes are worked through.
func (b *bar) tick(n int64) {
	b.done += n
	if b.next.IsZero() || time.Now().Before(b.next) {
		return
	}
	b.next = time.Now().Add(200 * time.Millisecond)
	b.drawn = true
	share := min(float64(b.done)/float64(b.total), 1)
	line := b.p.words.T("cli-working", "Name", b.label, "Percent", b.p.words.Percent(share))
	fmt.Fprint(b.p.Out, "\r")
	fmt.Fprint(b.p.text, wrapped(line, 70)[0])
	fmt.Fprint(b.p.Out, "\x1b[K")
}

// end takes the bar away.
func (b *bar) end() {
	if b.drawn {
		fmt.Fprint(b.p.Out, "\r\x1b[K")
	}
}

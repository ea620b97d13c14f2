package cli

import (
	"errors"
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

// packOptions are the options of "fanal pack".
type packOptions struct{ out, key, signature string }

func (p *program) packCommand() *cobra.Command {
	var o packOptions
	c := &cobra.Command{
		Use: "pack " + p.words.T("cli-dir-arg"), Short: p.words.T("cli-pack-short"), Long: p.words.T("cli-pack-long"), Args: oneArg,
		RunE: func(_ *cobra.Command, args []string) error { return p.pack(args[0], o) },
	}
	c.Flags().StringVarP(&o.out, "output", "o", "", p.words.T("cli-flag-output"))
	c.Flags().StringVar(&o.key, "key", "", p.words.T("cli-flag-key"))
	c.Flags().StringVar(&o.signature, "signature", "", p.words.T("cli-flag-signature"))
	return c
}

// pack packs the module in a folder into a file, signed where a key or a signature is given.
func (p *program) pack(dir string, o packOptions) error {
	src, man, err := p.moduleFolder(dir)
	if err != nil {
		return err
	}
	sign, err := p.signer(o)
	if err != nil {
		return err
	}
	if o.out == "" {
		o.out = man.ID + "-" + man.Version + pack.Ext
	}
	b := p.newBar(o.out, 2*folderSize(src))
	made, err := pack.Create(p.ctx, o.out, src, sign, b.tick)
	b.end()
	if err != nil {
		return p.aboutFile(dir, err)
	}
	fmt.Fprintln(p.text, p.words.N("cli-packed", len(made.Files()), "File", o.out, "Size", p.words.Bytes(made.Size)))
	if made.Sign == nil {
		fmt.Fprintln(p.text, p.words.T("pack-trust-unsigned"))
	} else {
		fmt.Fprintln(p.text, p.words.T("cli-packed-signed", "Words", made.Sign.Key.Words()))
	}
	return nil
}

// moduleFolder opens the folder of a module, through an [os.Root], and refuses one in which the checker finds errors: each
// is said.
func (p *program) moduleFolder(dir string) (fs.FS, *modules.Manifest, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, p.aboutFile(dir, err)
	}
	lib, err := p.library()
	if err != nil {
		return nil, nil, err
	}
	found := check.Module(root.FS(), check.Options{Module: lib.Module})
	for _, f := range found {
		if !f.Warning {
			f.File = filepath.ToSlash(filepath.Join(dir, f.File))
			fmt.Fprintln(p.text, f.Place()+": "+tui.Sentence(p.words, f))
		}
	}
	if n := check.Errors(found); n > 0 {
		return nil, nil, &problem{id: "cli-pack-faults", data: map[string]any{"N": n, "Dir": dir}}
	}
	man, err := modules.Open(root.FS(), modules.Origin{}).Manifest()
	return root.FS(), man, err
}

// signer returns who signs: a secret key, whose passphrase is asked for, or a signature that was made elsewhere; nil for
// nobody.
func (p *program) signer(o packOptions) (pack.Signer, error) {
	switch {
	case o.key != "" && o.signature != "":
		return nil, misused("cli-key-and-signature")
	case o.key != "":
		secret, err := p.secretKey(o.key)
		if err != nil {
			return nil, err
		}
		return pack.SignWith(secret), nil
	case o.signature != "":
		text, err := os.ReadFile(o.signature)
		if err != nil {
			return nil, p.aboutFile(o.signature, err)
		}
		return pack.SignedBy(text), nil
	}
	return nil, nil
}

// secretKey reads a secret key and asks for its passphrase where it has one: three times, for fingers slip in the dark.
func (p *program) secretKey(path string) (pack.Secret, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return pack.Secret{}, p.aboutFile(path, err)
	}
	if !pack.Sealed(file) {
		secret, err := pack.OpenSecret(file, "")
		return secret, p.aboutFile(path, err)
	}
	a := p.asker()
	for tries := 1; ; tries++ {
		phrase, err := a.secret(p.words.T("cli-ask-passphrase", "File", filepath.Base(path)))
		if err != nil {
			return pack.Secret{}, err
		}
		secret, err := pack.OpenSecret(file, phrase)
		if err == nil || !errors.Is(err, pack.Passphrase) || tries == 3 || !isTerminal(p.In) {
			return secret, p.aboutFile(path, err)
		}
		fmt.Fprintln(p.text, p.words.Error(err))
	}
}

// folderSize is how many bytes the files of a folder take, for a bar to know its end.
func folderSize(src fs.FS) (n int64) {
	_ = fs.WalkDir(src, ".", func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		if info, err := d.Info(); err == nil {
			n += info.Size()
		}
		return nil
	})
	return n
}

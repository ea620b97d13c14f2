package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"fanal/progress"
	"fanal/progress/carry"
	"fanal/tui/linear"

	"github.com/spf13/cobra"
)

// bringOptions are the options of "fanal import".
type bringOptions struct {
	key, makeKey        string
	salvage, pseudonyms bool
}

func (p *program) bringCommand() *cobra.Command {
	w := p.words
	var o bringOptions
	c := &cobra.Command{
		Use: "import " + w.T("cli-bring-args"), Short: w.T("cli-bring-short"), Long: w.T("cli-bring-long"),
		RunE: func(c *cobra.Command, args []string) error {
			if o.makeKey != "" {
				if err := p.makeCarryKey(o.makeKey); err != nil || len(args) == 0 {
					return err
				}
			}
			if err := someArgs(c, args); err != nil {
				return err
			}
			return p.bringAll(args, o)
		},
	}
	c.Flags().StringVar(&o.key, "key", "", w.T("cli-flag-bring-key"))
	c.Flags().StringVar(&o.makeKey, "make-key", "", w.T("cli-flag-bring-make-key"))
	c.Flags().BoolVar(&o.salvage, "salvage", false, w.T("cli-flag-bring-salvage"))
	c.Flags().BoolVar(&o.pseudonyms, "pseudonyms", false, w.T("cli-flag-bring-pseudonyms"))
	return c
}

// makeCarryKey makes a pair of age keys. A file that is there is not written over: it may be the only one of its kind.
func (p *program) makeCarryKey(path string) error {
	secret, public, err := carry.NewKey()
	if err != nil {
		return err
	}
	if err := writeNew(path, secret, 0o600); err != nil {
		return p.aboutFile(path, err)
	}
	fmt.Fprintln(p.text, p.words.T("cli-bring-key-made", "File", path))
	fmt.Fprintln(p.text, public)
	return nil
}

// bringAll merges the bundles that are named, and those in the folders that are. One that is refused does not keep the
// others out.
func (p *program) bringAll(args []string, o bringOptions) error {
	if p.flags.guest {
		return misused("cli-carry-guest")
	}
	paths, err := bundlesIn(args)
	if err != nil {
		return err
	}
	var key carry.Key
	if o.key != "" {
		if key, err = carry.ReadKey(o.key); err != nil {
			return err
		}
	}
	s, err := p.openStore()
	if err != nil {
		return err
	}
	defer s.close()
	errs, a := &failures{p: p}, p.asks()
	for _, path := range paths {
		r, err := p.bringOne(s.store, a, path, &key, o)
		if err := p.ctx.Err(); err != nil {
			return err
		}
		if err != nil {
			errs.add(err)
			continue
		}
		fmt.Fprintln(p.text, path)
		for _, line := range linear.CarriedText(p.words, r) {
			fmt.Fprintln(p.text, "  "+line)
		}
	}
	return errs.result()
}

// bundlesIn returns the bundles that are named, in the order in which they are.
func bundlesIn(args []string) (paths []string, err error) {
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil || !info.IsDir() {
			paths = append(paths, arg) // what is wrong with it is said when it is opened
			continue
		}
		found, err := carry.Find(arg)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			paths = append(paths, f.Path)
		}
		if len(found) == 0 {
			return nil, failed(nil, "cli-bring-nothing", "Dir", arg)
		}
	}
	return paths, nil
}

// bringOne merges a bundle. A passphrase is asked for where it takes one that was not given for a bundle before.
func (p *program) bringOne(store *progress.Store, a *asker, path string, key *carry.Key, o bringOptions) (carry.Result, error) {
	r, err := p.mergeFile(store, path, *key, o)
	if !errors.Is(err, carry.NeedPassphrase) && !(errors.Is(err, carry.WrongPassphrase) && key.Passphrase != "") {
		return r, err
	}
	phrase, e := a.secret(p.words.T("carry-ask", "File", filepath.Base(path)))
	if e != nil {
		return r, e
	}
	key.Passphrase = phrase
	return p.mergeFile(store, path, *key, o)
}

func (p *program) mergeFile(store *progress.Store, path string, key carry.Key, o bringOptions) (carry.Result, error) {
	return carry.MergeFile(p.ctx, path, key, store, carry.MergeOptions{Codes: o.pseudonyms, Salvage: o.salvage})
}

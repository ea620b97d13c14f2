package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"fanal/modules/pack"

	"github.com/spf13/cobra"
)

// declareOptions are the options of "fanal keys declare".
type declareOptions struct {
	key, next, out string
	revoke         []string
}

func (p *program) declareCommand() *cobra.Command {
	var o declareOptions
	c := &cobra.Command{
		Use: "declare", Short: p.words.T("cli-keys-declare-short"), Long: p.words.T("cli-keys-declare-long"), Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if o.key == "" {
				return misused("cli-flag-missing", "Flag", "--key")
			}
			return p.declare(o)
		},
	}
	c.Flags().StringVar(&o.key, "key", "", p.words.T("cli-flag-key"))
	c.Flags().StringVar(&o.next, "next", "", p.words.T("cli-flag-next"))
	c.Flags().StringArrayVar(&o.revoke, "revoke", nil, p.words.T("cli-flag-revoke"))
	c.Flags().StringVarP(&o.out, "output", "o", "fanal"+pack.ListExt, p.words.T("cli-flag-list-output"))
	return c
}

// declare writes what a signer has to say about keys: a list that goes on from the one that is there, and its signature.
func (p *program) declare(o declareOptions) error {
	l, err := pack.ReadList(o.out)
	if errors.Is(err, fs.ErrNotExist) && !errors.Is(err, pack.ListLone) {
		l, err = &pack.List{}, nil
	}
	if err != nil {
		return p.aboutFile(o.out, err)
	}
	if o.next != "" {
		if l.Next, err = p.publicKey(o.next); err != nil {
			return err
		}
	}
	for _, path := range o.revoke {
		key, err := p.publicKey(path)
		if err != nil {
			return err
		}
		l.Revoked = append(l.Revoked, key)
	}
	secret, err := p.secretKey(o.key)
	if err != nil {
		return err
	}
	if l.Signer != "" && l.Signer != secret.Key() {
		return failed(nil, "cli-list-other-signer", "File", o.out, "Words", l.Signer.Words())
	}
	l.Signer = secret.Key()
	l.Sequence++
	sign, err := l.Sign(secret)
	if err != nil {
		return err
	}
	if err := errors.Join(replace(o.out+pack.SignExt, sign), replace(o.out, l.Text())); err != nil {
		return p.aboutFile(o.out, err)
	}
	fmt.Fprintln(p.text, p.words.T("cli-list-written", "File", o.out, "Sign", o.out+pack.SignExt, "Sequence", l.Sequence))
	return nil
}

// replace writes a file beside the one of its name and gives it that name when it is whole.
func replace(path string, data []byte) error {
	beside := path + ".new"
	if err := os.Remove(beside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := writeNew(beside, data, 0o644); err != nil { // a link on a stick is not followed
		return err
	}
	return os.Rename(beside, path)
}

package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fanal/modules"
	"fanal/modules/pack"

	"github.com/spf13/cobra"
)

// keysCommand is whom this computer trusts, and the keys that sign.
func (p *program) keysCommand() *cobra.Command {
	w := p.words
	keys := &cobra.Command{
		Use: "keys", Short: w.T("cli-keys-short"), Long: w.T("cli-keys-long"), Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return p.listKeys() },
	}
	var out string
	makeNew := &cobra.Command{
		Use: "new", Short: w.T("cli-keys-new-short"), Long: w.T("cli-keys-new-long"), Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return p.newKey(out) },
	}
	makeNew.Flags().StringVarP(&out, "output", "o", "fanal", w.T("cli-flag-key-output"))
	show := &cobra.Command{
		Use: "show " + w.T("cli-pub-arg"), Short: w.T("cli-keys-show-short"), Args: oneArg,
		RunE: func(_ *cobra.Command, args []string) error { return p.showKey(args[0]) },
	}
	trust := &cobra.Command{
		Use: "trust " + w.T("cli-trust-args"), Short: w.T("cli-keys-trust-short"), Long: w.T("cli-keys-trust-long"), Args: someArgs,
		RunE: func(_ *cobra.Command, args []string) error { return p.trustKey(args[0], strings.Join(args[1:], " ")) },
	}
	forget := &cobra.Command{
		Use: "forget " + w.T("cli-name-arg"), Short: w.T("cli-keys-forget-short"), Long: w.T("cli-keys-forget-long"), Args: someArgs,
		RunE: func(_ *cobra.Command, args []string) error { return p.forgetKey(strings.Join(args, " ")) },
	}
	take := &cobra.Command{
		Use: "take " + w.T("cli-list-arg"), Short: w.T("cli-keys-take-short"), Args: oneArg,
		RunE: func(_ *cobra.Command, args []string) error { return p.takeList(args[0]) },
	}
	keys.AddCommand(makeNew, show, trust, forget, take, p.declareCommand())
	return keys
}

// listKeys says whom this computer trusts.
func (p *program) listKeys() error {
	s, err := p.shelf()
	if err != nil {
		return err
	}
	keys := s.Keys.Keys()
	if len(keys) == 0 {
		fmt.Fprintln(p.text, p.words.T("cli-keys-none"))
	}
	for _, k := range keys {
		fmt.Fprintln(p.text, p.words.T("cli-keys-line", "Name", k.Name, "Words", k.Key.Words()))
		fmt.Fprintln(p.text, "  "+p.words.Message(s.Keys.Judge(&pack.Signature{Key: k.Key}).Message()))
	}
	return nil
}

// newKey makes a pair of keys in two files. A file that is there is not written over: it may be the only one of its kind.
func (p *program) newKey(name string) error {
	secretPath, publicPath := name+".key", name+".pub"
	for _, path := range []string{secretPath, publicPath} {
		if _, err := os.Lstat(path); err == nil {
			return failed(fs.ErrExist, "cli-key-there", "File", path)
		}
	}
	a := p.asker()
	phrase, err := a.secret(p.words.T("cli-ask-new-passphrase"))
	if err != nil {
		return err
	}
	if phrase == "" {
		return failed(nil, "cli-no-passphrase")
	}
	again, err := a.secret(p.words.T("cli-ask-passphrase-again"))
	if err != nil {
		return err
	}
	if again != phrase {
		return failed(nil, "cli-passphrases-differ")
	}
	secret, err := pack.NewSecret()
	if err != nil {
		return err
	}
	sealed, err := secret.File(phrase)
	if err != nil {
		return err
	}
	if err := writeNew(secretPath, sealed, 0o600); err != nil {
		return p.aboutFile(secretPath, err)
	}
	if err := writeNew(publicPath, secret.Key().File(), 0o644); err != nil {
		return p.aboutFile(publicPath, err)
	}
	fmt.Fprintln(p.text, p.words.T("cli-key-made", "Secret", secretPath, "Public", publicPath))
	fmt.Fprintln(p.text, p.words.T("cli-key-words", "Words", secret.Key().Words()))
	return nil
}

// writeNew writes a file that must not be there yet, and has it on the disk when it returns.
func writeNew(path string, data []byte, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// publicKey reads the key that a file is about: a public key's, or that of a pack's signer.
func (p *program) publicKey(path string) (pack.Key, error) {
	if strings.EqualFold(filepath.Ext(path), pack.Ext) {
		opened, err := pack.Open(path)
		switch {
		case err != nil:
			return "", p.refused(path, err)
		case opened.Sign == nil:
			return "", failed(nil, "cli-pack-unsigned", "File", path)
		}
		return opened.Sign.Key, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", p.aboutFile(path, err)
	}
	key, err := pack.ParseKey(text)
	return key, p.aboutFile(path, err)
}

func (p *program) showKey(path string) error {
	key, err := p.publicKey(path)
	if err != nil {
		return err
	}
	s, err := p.shelf()
	if err != nil {
		return err
	}
	fmt.Fprintln(p.text, string(key))
	fmt.Fprintln(p.text, p.words.T("cli-key-words", "Words", key.Words()))
	fmt.Fprintln(p.text, p.words.Message(s.Keys.Judge(&pack.Signature{Key: key}).Message()))
	return nil
}

// trustKey trusts a key from now on, under a name.
func (p *program) trustKey(path, name string) error {
	key, err := p.publicKey(path)
	if err != nil {
		return err
	}
	if name = modules.CleanLine(name); name == "" {
		name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	s, err := p.shelf()
	if err != nil {
		return err
	}
	if err := s.Keys.Trust(key, name); err != nil {
		return err
	}
	fmt.Fprintln(p.text, p.words.T("cli-trusted", "Name", modules.CleanLine(name), "Words", key.Words()))
	return nil
}

// forgetKey takes trust away from a key, which is named as it was trusted, by its words or by its line.
func (p *program) forgetKey(name string) error {
	s, err := p.shelf()
	if err != nil {
		return err
	}
	matches := slices.DeleteFunc(s.Keys.Keys(), func(k pack.TrustedKey) bool {
		return k.Name != name && k.Key.Words() != name && string(k.Key) != name
	})
	switch len(matches) {
	case 0:
		return failed(nil, "cli-no-key", "Name", name)
	case 1:
		if err := s.Keys.Forget(matches[0].Key); err != nil {
			return err
		}
		fmt.Fprintln(p.text, p.words.T("cli-key-forgotten", "Name", matches[0].Name, "Words", matches[0].Key.Words()))
		return nil
	}
	return failed(nil, "cli-key-twice", "Name", name, "Words", matches[0].Key.Words(), "Other", matches[1].Key.Words())
}

// takeList takes what a trusted signer says about keys.
func (p *program) takeList(path string) error {
	s, err := p.shelf()
	if err != nil {
		return err
	}
	l, err := pack.ReadList(path)
	if err == nil {
		err = s.Keys.Take(l)
	}
	if err != nil {
		return p.aboutFile(path, err)
	}
	p.saidList(s, l)
	return nil
}

// saidList says what a list that was taken has changed.
func (p *program) saidList(s *pack.Shelf, l *pack.List) {
	name := s.Keys.Judge(&pack.Signature{Key: l.Signer}).Name
	fmt.Fprintln(p.text, p.words.T("cli-list-taken", "Name", name, "Sequence", l.Sequence))
	if l.Next != "" {
		fmt.Fprintln(p.text, "  "+p.words.T("cli-list-next", "Words", l.Next.Words()))
	}
	for _, key := range l.Revoked {
		fmt.Fprintln(p.text, "  "+p.words.T("cli-list-revoked", "Words", key.Words()))
	}
}

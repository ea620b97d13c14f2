package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"fanal/locale"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// flags are the options that every command has.
type flags struct {
	data    string
	lang    string
	learner string
	guest   bool
	linear  bool
	modules []string
}

func (p *program) addFlags(set *pflag.FlagSet) {
	w, f := p.words, &p.flags
	set.StringVar(&f.data, "data", "", w.T("cli-flag-data"))
	set.StringVar(&f.lang, "lang", "", w.T("cli-flag-lang"))
	set.StringVar(&f.learner, "learner", "", w.T("cli-flag-learner"))
	set.BoolVar(&f.guest, "guest", false, w.T("cli-flag-guest"))
	set.BoolVar(&f.linear, "linear", false, w.T("cli-flag-linear"))
	set.StringArrayVar(&f.modules, "module-dir", nil, w.T("cli-flag-module-dir"))
	set.BoolP("help", "h", false, w.T("cli-flag-help"))
}

// check finds options that contradict each other or mean nothing.
func (f *flags) check() error {
	switch {
	case f.lang != "" && !locale.Speaks(f.lang):
		return misused("cli-no-language", "Lang", f.lang)
	case f.learner != "" && strings.TrimSpace(f.learner) == "":
		return misused("cli-flag-needs-value", "Flag", "--learner")
	case f.guest && f.learner != "":
		return misused("cli-guest-and-learner")
	}
	return nil
}

// dataDir is the folder with what learners have done: --data, else FANAL_DATA, else a folder of our own where the system
// keeps such things.
func (f *flags) dataDir() string {
	if f.data != "" {
		return f.data
	}
	if dir := os.Getenv("FANAL_DATA"); dir != "" {
		return dir
	}
	return filepath.Join(xdg.DataHome, "fanal")
}

// flagError says in our words what the flag parser found.
func flagError(_ *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		bare    *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		syntax  *pflag.InvalidSyntaxError
	)
	switch {
	case errors.As(err, &unknown):
		return misused("cli-unknown-flag", "Flag", dashed(unknown.GetSpecifiedName(), unknown.GetSpecifiedShortnames()))
	case errors.As(err, &bare):
		return misused("cli-flag-needs-value", "Flag", dashed(bare.GetSpecifiedName(), bare.GetSpecifiedShortnames()))
	case errors.As(err, &invalid):
		return misused("cli-flag-bad-value", "Flag", "--"+invalid.GetFlag().Name, "Value", invalid.GetValue())
	case errors.As(err, &syntax):
		return misused("cli-unknown-flag", "Flag", syntax.GetSpecifiedFlag())
	}
	return err
}

// dashed writes a flag as it was typed: with one dash when it stood among short ones.
func dashed(name, short string) string {
	if short != "" {
		return "-" + name
	}
	return "--" + name
}

// noArgs, oneArg: what commands take behind their names.
func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return misused("cli-too-many-args", "Arg", args[0])
	}
	return nil
}

func oneArg(c *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return misused("cli-arg-missing", "Command", c.CommandPath())
	case len(args) > 1:
		return misused("cli-too-many-args", "Arg", args[1])
	}
	return nil
}

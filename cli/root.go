package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// root is the command without a name: it opens the program.
func (p *program) root() *cobra.Command {
	// Started by a double click on Windows, the program is what is wanted, not cobra's lecture about it.
	cobra.MousetrapHelpText = ""
	var version bool
	root := &cobra.Command{
		Use:               "fanal",
		Short:             p.words.T("cli-root-short"),
		Long:              p.words.T("cli-root-long"),
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		Args:              p.noCommand,
		PersistentPreRunE: func(*cobra.Command, []string) error { return p.flags.check() },
		RunE: func(*cobra.Command, []string) error {
			if version {
				return p.version()
			}
			return p.open("", "")
		},
	}
	root.SuggestionsMinimumDistance = 2
	p.addFlags(root.PersistentFlags())
	root.Flags().BoolVar(&version, "version", false, p.words.T("cli-version-short"))
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { _, _ = p.text.Write([]byte(p.help(c))) })
	root.SetUsageFunc(func(*cobra.Command) error { return nil })
	root.SetOut(p.Out) // completions hold tabs, which the filter takes
	root.SetErr(p.Err)
	root.AddCommand(p.openCommand(), p.listCommand(), p.showCommand(), p.progressCommand(), p.doctorCommand(), p.pinCommand(), p.dataCommand(),
		p.reportCommand(), p.wipeCommand(), p.versionCommand(),
		p.completionCommand(), p.checkCommand(), p.newCommand(), p.translateCommand(), p.previewCommand(), p.installCommand(), p.removeCommand(), p.verifyCommand(), p.packCommand(), p.unpackCommand(), p.keysCommand())
	root.AddCommand(p.importGIFTCommand(), p.importMdbookCommand(), p.exportGIFTCommand())
	root.AddCommand(p.exportCommand(), p.bringCommand(), p.learnerCommand())
	root.AddCommand(p.searchCommand(), p.feedbackCommand(), p.filesCommand())
	root.SetHelpCommand(p.helpCommand())
	return root
}

// noCommand is what root says of a word that is no command, with the nearest one.
func (p *program) noCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		return misused("cli-unknown-command-near", "Command", args[0], "Near", strings.Join(near, ", "))
	}
	return misused("cli-unknown-command", "Command", args[0])
}

func (p *program) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help " + p.words.T("cli-help-args"),
		Short: p.words.T("cli-help-short"),
		RunE: func(c *cobra.Command, args []string) error {
			found, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 && found == c.Root() {
				return p.noCommand(c.Root(), args)
			}
			return found.Help()
		},
	}
}

package cli

import (
	"slices"

	"github.com/spf13/cobra"
)

var shells = []string{"bash", "zsh", "fish", "powershell"}

// completionCommand prints the script that completes our commands in a shell.
func (p *program) completionCommand() *cobra.Command {
	return &cobra.Command{
		Use:       "completion " + p.words.T("cli-completion-args"),
		Short:     p.words.T("cli-completion-short"),
		Long:      p.words.T("cli-completion-long"),
		Args:      oneArg,
		ValidArgs: shells,
		RunE: func(c *cobra.Command, args []string) error {
			root := c.Root()
			// The scripts hold tabs and escapes that mean something to the shell: they are ours, and not filtered.
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(p.Out, true)
			case "zsh":
				return root.GenZshCompletion(p.Out)
			case "fish":
				return root.GenFishCompletion(p.Out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(p.Out)
			}
			return misused("cli-no-shell", "Shell", args[0])
		},
	}
}

// completeModule offers the ids of modules, and behind one of them and a slash those of its lessons.
func (p *program) completeModule(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	lib, err := p.library()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []string
	for _, m := range lib.All() {
		man, err := m.Manifest()
		if err != nil {
			continue
		}
		if module, _ := split(begun); slices.Contains([]rune(begun), '/') && module == man.ID {
			for _, l := range man.Lessons {
				ids = append(ids, man.ID+"/"+l)
			}
		} else {
			ids = append(ids, man.ID)
		}
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

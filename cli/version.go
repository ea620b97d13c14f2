package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

// Version is the program's version. A release sets it: go build -ldflags "-X fanal/cli.Version=1.0.0".
var Version = "0.1.0"

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: p.words.T("cli-version-short"), Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return p.version() },
	}
}

func (p *program) version() error {
	_, err := fmt.Fprintf(p.text, "fanal %s (%s %s/%s)\n", Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

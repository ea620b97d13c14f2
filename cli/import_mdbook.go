package cli

import (
	"fanal/modules/bring"

	"github.com/spf13/cobra"
)

func (p *program) importMdbookCommand() *cobra.Command {
	return p.questionsCommand("import-mdbook", bring.Mdbook)
}

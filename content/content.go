// Package content carries the modules that come with the program. It is data: the teaching texts, their questions and the
// files of their exercises, under the licence in content/LICENSE.
package content

import "embed"

// FS holds one folder per built-in module, named by its id.
//
//go:embed ai-ethics data-governance digital-diagnosis facilitation-kit no-code
var FS embed.FS

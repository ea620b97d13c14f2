// Package content carries the modules that come with the program. It is data: the teaching texts, their questions and the
// files of their exercises, under the licence in content/LICENSE.
package content

import "embed"

// FS holds one folder per built-in module, named by its id.
//
//go:embed ai-ethics data-governance digital-diagnosis facilitation-kit no-code
var FS embed.FS

// Modules are the folders of FS in the order in which they are offered: what people come for first, then what those who
// help them need.
var Modules = []string{"no-code", "data-governance", "ai-ethics", "digital-diagnosis", "facilitation-kit"}

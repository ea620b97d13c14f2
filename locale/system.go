//go:build !windows

package locale

import "os"

// System returns the language that the system speaks, or "en".
func System() string {
	// The order of POSIX and gettext: the first that is set decides, but LANGUAGE lists several.
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if v == "C" || v == "POSIX" {
				return Pick(v)
			}
			return Pick(os.Getenv("LANGUAGE"), v)
		}
	}
	return Pick(os.Getenv("LANGUAGE"))
}

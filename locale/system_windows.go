package locale

import (
	"os"

	"golang.org/x/sys/windows"
)

// System returns the language that the system speaks, or "en".
func System() string {
	if v := os.Getenv("LANG"); v != "" {
		return Pick(v)
	}
	names, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil {
		return "en"
	}
	return Pick(names...)
}

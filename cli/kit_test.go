package cli_test

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"fanal/cli"
	"fanal/content"
	"fanal/locale"
)

// The sheets for facilitators name commands to type the evening before, in four languages. A mediator who types one of them
// gets what the sheet says and no error.
func TestCommandsThatTheSheetsForFacilitatorsNameAreThere(t *testing.T) {
	t.Setenv("FANAL_DATA", t.TempDir())
	named := regexp.MustCompile("`fanal( [^`]*)`")
	found := map[string]int{}
	for _, module := range []string{"facilitation-kit", "digital-diagnosis"} {
		err := fs.WalkDir(content.FS, module, func(file string, _ fs.DirEntry, err error) error {
			if err != nil || path.Ext(file) != ".md" {
				return err
			}
			text, err := fs.ReadFile(content.FS, file)
			if err != nil {
				return err
			}
			for _, m := range named.FindAllStringSubmatch(string(text), -1) {
				command, _, toFile := strings.Cut(m[1], " > ")
				args := strings.Fields(command)
				found[path.Base(path.Dir(file))]++
				if args[0] != "show" && args[0] != "list" { // these would open the program, or erase
					args = append(args, "--help")
				}
				var out, errs bytes.Buffer
				if err := cli.Run(t.Context(), args, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}); err != nil {
					t.Errorf("%s: fanal%s: %v", file, m[1], err)
				}
				if out.Len() == 0 || toFile && out.Len() < 2000 {
					t.Errorf("%s: fanal%s writes %d bytes", file, m[1], out.Len())
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, lang := range []string{"fr", "en", "es", "it"} {
		if found[lang] != found["fr"] || found[lang] < 10 {
			t.Errorf("%s names %d commands, fr %d", lang, found[lang], found["fr"])
		}
		room, err := fs.ReadFile(content.FS, "facilitation-kit/"+lang+"/sheet-room.md")
		for _, id := range []string{"home-carry", "key-save"} {
			if word := locale.New(lang).T(id); err != nil || !strings.Contains(string(room), word) {
				t.Errorf("%s: the sheet of the room does not say %q, as the screen does (%v)", lang, word, err)
			}
		}
	}
}

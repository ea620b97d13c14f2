// Package bring reads and writes the question files of other programs: Moodle's GIFT, both ways, and mdbook-quiz's TOML. A
// teacher's questions become a module; a module's questions become a file that Moodle takes.
//
// What is read is foreign: it is decoded, cleaned and held to the limits of package modules, and every question is loaded
// once as a learner's program would before it is taken. Nothing is dropped in silence: each question that had to be bent or
// left out is a [Note].
package bring

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fanal/modules"
)

// MaxFile is how many bytes a file that is read may have.
const MaxFile = 8 << 20

// A File is a file to read: its name, as notes say it, and its bytes.
type File struct {
	Name string
	Data []byte
}

// Options say of the module to be made what the files do not.
type Options struct {
	ID      string // the module's, and so the name of its folder
	Title   string // "": what the files say, or the name of the first
	Lang    string // the language that the questions are in
	License string // an SPDX identifier; "": what the files say, or [NoLicense]
	Phrases Phrases
}

// NoLicense is the licence of a module whose author has not said under which it may be handed on.
const NoLicense = "LicenseRef-unknown"

// Phrases are the few sentences that an imported module needs beyond its questions, in the language of the module.
type Phrases struct {
	Summary    func(files string) string  // where the questions come from
	Objective  func(lesson string) string // what a learner of the lesson will be able to do
	Answer     func(right string) string  // an explanation for a question that has none: its right answer
	True       string                     // explains a statement that holds
	False      string                     // explains one that does not
	Compare    string                     // explains a question that is answered freely
	Prints     string                     // asks what a program prints
	RefusedAt  string                     // asks at which line a compiler refuses a program
	IsCompiled string                     // states that a program can be compiled
}

// A Result is a module made of foreign files.
type Result struct {
	Files     map[string][]byte // by path within the module's folder, with slashes
	Lessons   int               // the forms of a test not counted
	Questions int
	Notes     []Note // by file and line
}

// ErrNotEmpty says that a folder to write to holds something.
var ErrNotEmpty = errors.New("the folder is not empty")

// Write writes the module into a folder that is empty or does not exist yet. It returns ErrNotEmpty for another one, and
// what the system says.
func (r *Result) Write(dir string) error {
	if found, err := os.ReadDir(dir); err == nil && len(found) > 0 {
		return ErrNotEmpty
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for name, data := range r.Files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(to, data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// An ids gives ids that are used once. It keeps, of each, the number that the next one of its name may have.
type ids map[string]int

// take gives the id wanted, or otherwise, with a number where it is used already.
func (used ids) take(wanted, otherwise string) string {
	if !modules.IsID(wanted) {
		wanted = otherwise
	}
	id := wanted
	for used[id] > 0 {
		used[wanted]++
		id = numbered(wanted, used[wanted])
	}
	used[id] = max(used[id], 1)
	return id
}

// numbered puts a number behind an id, which stays one.
func numbered(id string, n int) string {
	tail := "-" + itoa(n)
	return strings.TrimRight(id[:min(len(id), 64-len(tail))], "-") + tail
}

// lessonSlug makes the id of a lesson of its title.
func lessonSlug(title string) string {
	slug := modules.Slug(title)
	if slug != "" && !modules.IsLessonID(slug) {
		return "lesson-" + slug
	}
	return slug
}

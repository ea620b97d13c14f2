package bring

import (
	"encoding/json"
	"regexp"
	"strings"

	"fanal/modules"
	"fanal/modules/quiz"
)

// A block is what stands between two blank lines of a GIFT file: a question, a text, a category.
type block struct {
	line  int    // where its first line that is no comment stands
	text  string // those lines, without the spaces around them
	id    string // what a comment gives as [id:…]
	tags  []string
	aside *aside // what a comment of ours says of it; nil when there is none
	bad   bool   // there is one of ours that cannot be read
}

// An aside is what a question has that GIFT has no words for. It stands in front of the question, as JSON, in a comment that
// begins with "//fanal": other programs pass over it.
type aside struct {
	Module        *moduleAside `json:"module,omitempty"` // of the whole file
	Lesson        string       `json:"lesson,omitempty"` // with a category: the lesson's id
	Scene         string       `json:"scene,omitempty"`  // with a text: the scene whose text it is
	Type          quiz.Type    `json:"type,omitempty"`   // where GIFT has none like it
	Objective     string       `json:"objective,omitempty"`
	Prompt        string       `json:"prompt,omitempty"`
	Hint          string       `json:"hint,omitempty"`
	Explanation   string       `json:"explanation,omitempty"`
	Feedback      string       `json:"feedback,omitempty"`
	IDs           []string     `json:"ids,omitempty"` // of the options, pairs or steps
	Fixed         bool         `json:"fixed,omitempty"`
	Exact         bool         `json:"exact,omitempty"`
	NoGap         bool         `json:"no_gap,omitempty"` // underscores in the prompt are what they look like
	Unit          string       `json:"unit,omitempty"`
	Answers       [][]string   `json:"answers,omitempty"`
	Bank          []string     `json:"bank,omitempty"`
	Criteria      []string     `json:"criteria,omitempty"`
	NotApplicable string       `json:"not_applicable,omitempty"`
}

// A moduleAside is what a file says of the module that its questions come from.
type moduleAside struct {
	Title      string           `json:"title,omitempty"`
	Summary    string           `json:"summary,omitempty"`
	Kind       string           `json:"kind,omitempty"`
	License    string           `json:"license,omitempty"`
	Authors    []string         `json:"authors,omitempty"`
	Tags       []string         `json:"tags,omitempty"`
	Objectives []objectiveAside `json:"objectives,omitempty"`
}

type objectiveAside struct {
	ID          string   `json:"id"`
	Sentence    string   `json:"sentence"`
	Competences []string `json:"competences,omitempty"`
	place       int      // among the module's
}

const asidePrefix = "//fanal "

var (
	idForm       = regexp.MustCompile(`\[id:([^\]]+)\]`)
	tagForm      = regexp.MustCompile(`\[tag:([^\]]+)\]`)
	categoryMark = "$CATEGORY:"
)

// blocks cuts a text at its blank lines. Comments are lines of their own, wherever they stand.
func blocks(text string) []block {
	var all []block
	var lines []string
	now := block{}
	end := func() {
		now.text = strings.Join(lines, "\n")
		if now.text != "" || now.aside != nil || now.bad {
			all = append(all, now)
		}
		now, lines = block{}, nil
	}
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			end()
			continue
		case strings.HasPrefix(line, "//"):
			now.comment(line)
			if now.line == 0 {
				now.line = n
			}
			continue
		case len(lines) == 0:
			now.line = n
		}
		lines = append(lines, line)
		if strings.HasPrefix(line, categoryMark) && len(lines) == 1 { // a question may follow without a blank line
			end()
		}
	}
	end()
	return all
}

// comment takes what a comment says that is meant for programs.
func (b *block) comment(line string) {
	if data, ok := strings.CutPrefix(line, asidePrefix); ok {
		a := &aside{}
		if err := json.Unmarshal([]byte(data), a); err != nil {
			b.bad = true
			return
		}
		b.aside = a
		return
	}
	if m := idForm.FindStringSubmatch(line); m != nil {
		b.id = modules.CleanLine(m[1])
	}
	for _, m := range tagForm.FindAllStringSubmatch(line, -1) {
		b.tags = append(b.tags, modules.CleanLine(m[1]))
	}
}

// category gives the elements of the path that a category line names, without the place that Moodle puts first.
func category(line string) []string {
	path := strings.TrimSpace(strings.TrimPrefix(line, categoryMark))
	path = strings.ReplaceAll(path, "//", slash) // a stroke within a name is doubled
	var parts []string
	for i, part := range strings.Split(path, "/") {
		part = modules.CleanLine(strings.ReplaceAll(part, slash, "/"))
		switch {
		case part == "", i == 0 && contextForm.MatchString(part), len(parts) == 0 && part == "top":
		default:
			parts = append(parts, part)
		}
	}
	return parts
}

// contextForm is that of "$course$", "$system$", "$cat1$".
var contextForm = regexp.MustCompile(`^\$\w+\$$`)

// Signs for what an escape stands for, while the marks around it are looked for. They are no characters, and no clean text
// holds them.
const (
	newline = "\ufdd0"
	slash   = "\ufdd2"
)

// blank is the sign for the place of the answers in a sentence. It passes every filter; decode takes it out of what is read.
const blank = "\U0010fff0"

// hide puts signs for escaped characters; show puts the characters back. An escaped newline stays a sign until its text is
// set.
var (
	hide = strings.NewReplacer(`\\`, "\ufdd3", `\:`, "\ufdd4", `\#`, "\ufdd5", `\=`, "\ufdd6", `\{`, "\ufdd7", `\}`, "\ufdd8", `\~`, "\ufdd9",
		`\n`, newline)
	show = strings.NewReplacer("\ufdd3", `\`, "\ufdd4", ":", "\ufdd5", "#", "\ufdd6", "=", "\ufdd7", "{", "\ufdd8", "}", "\ufdd9", "~")
)

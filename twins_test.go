package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// twins says for every key that the screens name what does the same line by line: a message of tui/linear. Where there is
// nothing to do without a screen, it says why.
var twins = map[string]struct{ line, why string }{
	"key-about":       {line: "linear-about"},
	"key-again":       {line: "linear-again"},
	"key-answer":      {why: "every typed line is one"},
	"key-back":        {line: "linear-back-home"},
	"key-begin":       {line: "linear-your-name"},
	"key-bookmark":    {line: "mark-bookmark"},
	"key-choose":      {why: "a letter is typed"},
	"key-compare":     {line: "linear-type-lines"},
	"key-data":        {line: "files-none"},
	"key-confirm":     {why: "Enter ends a line"},
	"key-continue":    {line: "linear-enter-goes-on"},
	"key-filter":      {line: "linear-glossary-what"},
	"key-fold":        {why: "what was said is said"},
	"key-go":          {why: "picking goes there"},
	"key-guest":       {line: "linear-guest"},
	"key-guide":       {line: "linear-guide"},
	"key-help":        {line: "linear-help"},
	"key-hint":        {line: "linear-hint"},
	"key-install":     {line: "linear-add-which"},
	"key-keep-back":   {why: "a line is kept when it ends"},
	"key-language":    {line: "linear-language"},
	"key-learners":    {line: "linear-switch"},
	"key-look-again":  {line: "carry-look-again"},
	"key-module":      {line: "linear-to-module"},
	"key-more":        {why: "a text is said to its end"},
	"key-move":        {why: "letters are typed in order"},
	"key-new":         {line: "linear-newcomer"},
	"key-next-field":  {why: "gaps come one after the other"},
	"key-next-lesson": {line: "linear-next-lesson"},
	"key-note":        {line: "linear-note-how"},
	"key-number":      {line: "linear-type-pairs"},
	"key-open":        {why: "picking opens"},
	"key-outline":     {line: "linear-outline"},
	"key-pair":        {line: "linear-type-pairs"},
	"key-previous":    {why: ":b goes back"},
	"key-quit":        {line: "linear-leave"},
	"key-rename":      {line: "linear-rename"},
	"key-retry":       {line: "linear-try-again"},
	"key-rewrite":     {line: "linear-try-again"},
	"key-save":        {line: "linear-save-where"},
	"key-scroll":      {why: "the terminal scrolls"},
	"key-search":      {line: "linear-search-what"},
	"key-show-answer": {line: "linear-show-answer"},
	"key-skip":        {line: "linear-not-yet-skipped"},
	"key-solution":    {line: "linear-show-solution"},
	"key-stop":        {why: "Ctrl+C stops"},
	"key-terms":       {line: "terms-none"},
	"key-three-words": {line: "cli-pin-words"},
	"key-tick":        {line: "linear-type-several"},
	"key-trust":       {line: "add-trust"},
	"key-unclear":     {line: "mark-unclear"},
	"key-undo":        {why: "a line can be typed anew before it ends"},
	"key-wide":        {why: "the spacing of a screen"},
	"key-words":       {line: "linear-type-bank"},
}

// What can be done in one front end can be done in the other: no key comes to the screens without its word here.
func TestEveryKeyOfTheScreensHasItsWordLineByLine(t *testing.T) {
	named := func(pattern string, id *regexp.Regexp) map[string]bool {
		found := map[string]bool{}
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range files {
			if ok, _ := filepath.Match("*_test.go", filepath.Base(name)); ok {
				continue
			}
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range id.FindAllStringSubmatch(string(src), -1) {
				found[m[1]] = true
			}
		}
		return found
	}
	keys := named("tui/*.go", regexp.MustCompile(`"(key-[a-z-]+)"`))
	said := named("tui/linear/*.go", regexp.MustCompile(`"([a-z]+-[a-z0-9-]+)"`))
	for key := range keys {
		twin, ok := twins[key]
		switch {
		case !ok:
			t.Errorf("%s is a key of the screens: what does the same line by line?", key)
		case twin.line != "" && !said[twin.line]:
			t.Errorf("%s: %s is not said line by line", key, twin.line)
		}
	}
	for key := range twins {
		if !keys[key] {
			t.Errorf("%s is no key of the screens any more", key)
		}
	}
	// What stands in the menus of the screens stands in those here, by the same words or by their own.
	own := map[string]string{
		"home-begin": "linear-begin", "home-continue": "linear-continue", "home-modules": "linear-modules",
		"learner-guest": "linear-guest", "learner-new": "linear-newcomer",
		"mediator-erase": "linear-mediator-erase", "mediator-reset": "linear-mediator-reset",
		"mediator-for": "mediator-title", "mediator-who": "mediator-title", // headings
		"mine-settings-title": "mine-setting-confidence",
	}
	rows := named("tui/*.go", regexp.MustCompile(`left: +[a-z.]*w(?:ords)?\.T\("([a-z]+-[a-z-]+)"`))
	if len(rows) < 15 {
		t.Errorf("found only %d rows of menus", len(rows))
	}
	for row := range rows {
		if line, ok := own[row]; ok {
			row = line
		}
		if !said[row] {
			t.Errorf("%s can be picked on a screen, and nowhere line by line", row)
		}
	}
}

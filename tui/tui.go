// Package tui is what a learner sees on a screen: one file a screen, all of them over the same study engine as the linear
// front end. The root (root.go) holds the stack of screens, the size and the keys that work everywhere; a screen draws
// strings and returns where to go. No screen reads a file, renders Markdown or asks the store in Update or View: named
// methods return commands for that.
package tui

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"fanal/locale"
	"fanal/modules"
	"fanal/modules/find"
	"fanal/modules/pack"
	"fanal/progress"
	"fanal/progress/people"
	"fanal/study"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// FramesPerSecond is how often the screen is drawn at most: half of Bubble Tea's own rate, which an old laptop does not
// notice on the screen and does in its battery.
const FramesPerSecond = 28

// Options are what a start of the screen front end is made of.
type Options struct {
	Library *modules.Library
	Store   *progress.Store
	Shelf   *pack.Shelf       // of installed modules; nil: none can be added
	Data    string            // the data folder, to show where things are
	Learner *progress.Learner // nil: asked for
	Lang    string            // asked for at the start, and stronger than the first learner's own; "": theirs, or the system's
	Guest   bool              // Store is in memory, and says so on every screen
	Notice  string            // one sentence shown at the start, "" for none
	Module  string            // open this module
	Lesson  string            // and this lesson of it
	Version string
	Preview *Preview      // a module that somebody is writing meanwhile; nil for none
	Seed    func() uint64 // see study.Desk
	In      io.Reader     // nil: the terminal
	Out     io.Writer     // nil: the terminal
	Env     []string      // nil: the process's
}

// Run shows the program until the learner leaves it. It returns an error when the terminal cannot be used.
func Run(ctx context.Context, o Options) error {
	if o.Env == nil {
		o.Env = os.Environ()
	}
	if o.Out == nil {
		o.Out = os.Stdout
	}
	root := newRoot(o)
	defer root.app.closeIndex()
	opts := []tea.ProgramOption{
		tea.WithContext(ctx),
		tea.WithFPS(FramesPerSecond),
		tea.WithWindowSize(80, 24),
		tea.WithEnvironment(o.Env),
		tea.WithOutput(o.Out),
	}
	if noColor(o.Env) {
		opts = append(opts, tea.WithColorProfile(colorprofile.ASCII))
	}
	if o.In != nil {
		opts = append(opts, tea.WithInput(o.In))
	}
	_, err := tea.NewProgram(root, opts...).Run()
	if errors.Is(err, tea.ErrInterrupted) || errors.Is(err, context.Canceled) {
		return nil // a closed window, ctrl-c: nothing is lost by it
	}
	return err
}

// app is what all screens share: who studies, in which words, and how things look.
type app struct {
	Options
	desk  *study.Desk // nil until a learner is known
	lang  string      // asked for at the start, until somebody is seated
	words *locale.Printer
	theme theme
	set   *typesetter
	gate  *people.Gate // before those who have a PIN

	width, height int  // of the window
	below         bool // the screen drawn last has more text below the window

	studied study.Place // the lesson that was opened last: where the cursor of its module is

	preview *previewing // nil without
	index   *find.Index // of everything installed; nil until something is looked for

	// later sends a message after a while: the one use of a clock, and what a story replaces.
	later func(time.Duration, tea.Msg) tea.Cmd
}

// column returns the left margin and the width of text in the window.
func (a *app) column() (margin, text int) {
	margin, text = column(a.width)
	if a.wide() {
		text = min(text, wideText)
	}
	return margin, text
}

// wideText is how wide lessons are set with the wide spacing, which also puts an empty line between lines.
const wideText = 60

// wideOn is the value of the setting "wide" of those who read with wide spacing.
const wideOn = "on"

// wide tells whether the learner reads with wide spacing.
func (a *app) wide() bool { return a.desk != nil && a.desk.Setting("wide") == wideOn }

// asked is what a message brings an answer to: the screen that asked, and the language that it asked in.
type asked struct {
	of   screen
	lang string
}

// ask marks a question that a screen asks now.
func (a *app) ask(of screen) asked { return asked{of, a.words.Lang} }

// wants tells whether an answer is for this screen, and still in the language that is spoken.
func (a *app) wants(of screen, to asked) bool { return to == a.ask(of) }

// speak changes the language of everything on screen.
func (a *app) speak(lang string) {
	a.words = locale.New(lang)
}

// seat makes a learner the one who studies.
func (a *app) seat(store *progress.Store, l progress.Learner, guest bool) {
	lang := l.Lang
	if a.lang != "" {
		lang = a.lang
	}
	if !locale.Speaks(lang) {
		lang = a.words.Lang
	}
	a.lang = "" // who sits down next brings a language of their own
	a.speak(lang)
	a.desk = study.Sit(a.Library, store, l, lang, "screen")
	a.desk.Guest, a.desk.Seed = guest, a.Seed
}

// ruled tells whether the window is high enough to spend two lines on rules.
func (a *app) ruled() bool { return a.height >= 16 }

// bodyHeight is how many lines a screen has between the title and the keys.
func (a *app) bodyHeight() int {
	if a.ruled() {
		return a.height - 4
	}
	return a.height - 2
}

// Package linear is the second front end: the whole program as a conversation, line by line. It uses the same study engine
// as the screens and can do what they can; it moves no cursor, draws no box and uses no colour, so that a screen reader, a
// Braille line, a slow serial line, a script and a test can follow it.
//
// # The protocol
//
// Whenever the program waits, it has written "> " at the start of a line and nothing after it; no other line begins like
// that. What can be picked comes one a line as "a) …". An answer is a letter, letters, a text or a number, as the question
// says; an empty line goes on. What begins with a colon is a command and never an answer: see [Run]. The verdict is a line
// of its own that begins with the language's word for right or not yet.
//
// On a terminal, paragraphs are wrapped between words, because a terminal breaks them in the middle of one, and that is
// read out as two. Everywhere else a paragraph is one line, and so is what can be picked: a script and a Braille line's own
// reader make a better use of that.
package linear

import (
	"context"
	"errors"
	"io"
	"strings"

	"fanal/locale"
	"fanal/modules"
	"fanal/modules/find"
	"fanal/modules/pack"
	"fanal/progress"
	"fanal/progress/people"
	"fanal/study"
)

// Options are what a start of the linear front end is made of.
type Options struct {
	Library *modules.Library
	Store   *progress.Store
	Shelf   *pack.Shelf       // of installed modules; nil: none can be added
	Data    string            // the data folder, to say where things are
	Learner *progress.Learner // nil: asked for
	Lang    string            // of the interface; "": the learner's, and before one is known the system's
	Guest   bool              // Store is in memory
	Notice  string            // one sentence said at the start, "" for none
	Module  string            // open this module
	Lesson  string            // and this lesson of it
	Version string
	In      io.Reader
	Out     io.Writer
	Width   int  // columns to wrap at; 0: nothing is wrapped
	Echo    bool // Out shows what is typed at In, as a terminal does
	// Paper sets a lesson as it is printed; nil: lessons cannot be saved.
	Paper func(*modules.Lesson, *locale.Printer) string
	// Preview follows a module that somebody is writing; nil: nobody is.
	Preview *Preview
}

// A Preview is a module that somebody is writing while the program says it.
type Preview struct {
	Stamp func() string           // changes when one of its files does
	Load  func() *modules.Library // a library with the module as it stands now
	Check func() []string         // what its author should know, a sentence each
}

// What can end a place of the conversation, beside the errors of input and output.
var (
	errLeave  = errors.New("leave the program")
	errBack   = errors.New("go back")
	errAgain  = errors.New("say this place again, in another language")
	errSwitch = errors.New("let someone else study")
)

// A session is one run of the front end.
type session struct {
	Options
	*talk
	ctx   context.Context
	words *locale.Printer
	desk  *study.Desk // nil until a learner is known
	lost  bool        // a place could not be kept, and that has been said
	said  string      // the scene that was said last
	here  string      // the commands that meant something when a line was heard last
	gate  *people.Gate
	index *find.Index // of everything installed; nil until something is looked for

	stamp string // of the previewed module, when it was read

	set func(md string, words *locale.Printer) []para // paragraphs
}

// Run talks with a learner until they leave (:q), the input ends or ctx is done; none of these is an error, and none loses
// anything, since every answer is kept before it is acknowledged. Other errors are those of reading and writing.
//
// The commands are :h (hint), :s (skip), :r (say or ask again), :b (back), :o (outline), :f (find in the lesson), :m (the
// module), :g (the lesson's words), :n (note), :u (not understood), :k (bookmark), :e (save the lesson), :l (language, as
// in ":l fr"), :? (help) and :q.
func Run(ctx context.Context, o Options) error {
	s := &session{
		set:     paragraphs,
		Options: o, ctx: ctx,
		talk: newTalk(o.In, o.Out, o.Width, o.Echo),
		gate: people.NewGate(o.Data),
	}
	defer s.stop()
	defer func() {
		if s.index != nil {
			_ = s.index.Close() // what could not be kept of it is made again
		}
	}()
	if o.Preview != nil {
		s.stamp = o.Preview.Stamp()
	}
	s.speak(o.Lang)
	why := s.all()
	unsaid := s.out.Flush()
	if errors.Is(why, errLeave) || errors.Is(why, io.EOF) || errors.Is(why, context.Canceled) {
		return unsaid
	}
	return why
}

// all is the whole conversation: who studies, then home, and again when someone else takes the seat. It returns why it
// ended.
func (s *session) all() error {
	if s.Notice != "" {
		s.say(s.Notice)
	}
	if s.Learner != nil {
		if err := s.admit(*s.Learner); errors.Is(err, errBack) {
			return errLeave
		} else if err != nil {
			return err
		}
		s.seat(s.Store, *s.Learner, s.Guest)
		if err := s.open(); err != nil && !errors.Is(err, errBack) {
			return err
		}
	} else if err := s.arrive(); err != nil {
		return err
	}
	for {
		err := s.home()
		if errors.Is(err, errSwitch) {
			err = s.who()
		}
		if errors.Is(err, errAnew) {
			err = s.arrive()
		}
		if err != nil {
			return err
		}
	}
}

// seat makes a learner the one who studies.
func (s *session) seat(store *progress.Store, l progress.Learner, guest bool) {
	lang := s.Lang
	if lang == "" {
		lang = l.Lang
	}
	if !locale.Speaks(lang) {
		lang = s.words.Lang
	}
	s.speak(lang)
	s.desk = study.Sit(s.Library, store, l, lang, "linear")
	s.desk.Guest = guest
	s.Lang = "" // who takes the seat next brings a language of their own
}

// speak changes the words from here on.
func (s *session) speak(lang string) {
	if lang == "" {
		lang = locale.System()
	}
	s.words = locale.New(lang)
}

// markdown says a text of a few paragraphs; as it stands, if it takes too long to set.
func (s *session) markdown(md string) {
	paras, ok := InTime(setBudget, func() []para { return s.set(md, s.words) })
	if !ok {
		s.tell("text-unset")
		s.gap()
		for line := range strings.Lines(modules.Clean(md)) {
			paras = append(paras, para{text: strings.TrimSpace(line), tight: true})
		}
	}
	for i, p := range paras {
		if !p.tight && i > 0 {
			s.gap()
		}
		if p.fixed {
			s.line(p.text)
			continue
		}
		s.hang(p.text, p.indent)
	}
}

// tell says a message.
func (s *session) tell(id string, data ...any) { s.say(s.words.T(id, data...)) }

// trouble says what went wrong.
func (s *session) trouble(err error) { s.say(s.words.Error(err)) }

// place keeps something that is no answer: where the learner is, which language they speak. That it cannot be kept is said
// once, since nothing that they wrote is lost by it.
func (s *session) place(keep func() error) {
	if err := keep(); err != nil && !s.lost {
		s.lost = true
		s.tell("linear-place-not-kept")
	}
}

// A typed line is a text or, where cmd is not 0, a command and what follows it.
type typed struct {
	text string
	cmd  byte
}

// hear waits for a line. The commands that mean the same everywhere are obeyed here; those of here, a string of their
// letters, are returned; of the others it is said that they mean nothing now. Where free is true, what only looks like a
// command is text.
func (s *session) hear(here string, free bool) (typed, error) {
	s.here = here
	for {
		line, err := s.read(s.ctx)
		if err != nil {
			return typed{}, err
		}
		line = strings.TrimSpace(line)
		cmd, arg, ok := command(line)
		if free && strings.IndexByte(everywhere, cmd) < 0 && line != strings.ToLower(line) { // a smile is text
			ok = false
		}
		switch {
		case !strings.HasPrefix(line, ":") || free && !ok:
			return typed{text: line}, nil
		case !ok:
			s.tell("linear-unknown-command", "Command", line)
		case cmd == 'q':
			return typed{}, errLeave
		case cmd == '?':
			s.help(here)
		case cmd == 'x' && s.Preview != nil:
			s.findings()
		case cmd == 'l':
			if err := s.tongue(arg); err != nil {
				return typed{}, err
			}
		case strings.IndexByte(here, cmd) >= 0:
			return typed{cmd: cmd}, nil
		default:
			s.tell("linear-not-here", "Command", ":"+string(cmd))
		}
	}
}

// tongue changes the language, asking for it where none of ours was named. It returns errAgain when the language has
// changed, for the place to be said again.
func (s *session) tongue(lang string) error {
	lang = strings.ToLower(lang)
	if !locale.Speaks(lang) {
		if lang != "" {
			s.tell("linear-no-language", "Lang", lang)
		}
		i, err := s.pick(s.words.T("linear-which-language"), len(locale.Languages), func(i int) string {
			return locale.Autonym(locale.Languages[i])
		}, -1)
		if errors.Is(err, errBack) {
			return errAgain
		}
		if err != nil {
			return err
		}
		lang = locale.Languages[i]
	}
	s.speak(lang)
	if s.desk == nil {
		s.Lang = lang
	} else {
		s.place(s.desk.Speak(lang))
	}
	return errAgain
}

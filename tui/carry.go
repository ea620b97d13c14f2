package tui

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"

	"fanal/locale"
	"fanal/progress/carry"
	"fanal/progress/people"
	"fanal/tui/linear"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// carrying is where progress is taken along on a stick or brought in from one.
type carrying struct {
	app  *app
	list list
}

func newCarrying(a *app) *carrying {
	s := &carrying{app: a}
	s.fill()
	return s
}

func (s *carrying) fill() {
	w, me := s.app.words, s.app.desk.Learner
	to := func(open func() screen) func() (move, tea.Cmd) {
		return func() (move, tea.Cmd) { return move{push: open()}, nil }
	}
	rows := []row{{left: w.T("carry-take"), do: to(func() screen { return newTake(s.app, me.ID, me.Name) })}}
	if people.IsMediator(me) {
		rows = append(rows, row{left: w.T("carry-take-all"), do: to(func() screen { return newTake(s.app, "", "") })})
	}
	s.list.set(append(rows, row{left: w.T("carry-bring"), do: to(func() screen { return newBring(s.app) })}))
}

func (s *carrying) Init() tea.Cmd           { s.fill(); return nil }
func (s *carrying) Title() (string, string) { return s.app.words.T("home-carry"), "" }
func (s *carrying) Typing() bool            { return false }

func (s *carrying) Keys() []key.Binding {
	return append(s.list.keys(s.app, "key-open"), escTo(s.app, "key-back"))
}

func (s *carrying) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case spokeMsg:
		s.fill()
	case tea.KeyPressMsg:
		if m, cmd, ok := s.list.key(msg); ok {
			return m, cmd
		}
		if is(msg, "esc", "left", "backspace") {
			return move{pop: true}, nil
		}
	}
	return move{}, nil
}

func (s *carrying) View(width, height int) string {
	return "\n" + s.list.view(s.app.theme, width, height-1)
}

// A toil is work on a stick under way: a number to be shown while another goroutine does it.
type toil struct {
	id   string // of the message that tells of it
	done atomic.Int64
	stop context.CancelFunc
}

// A toilTick says that the number may have changed.
type toilTick struct{ of *toil }

func (a *app) toil(id string, work func(ctx context.Context, tick func(int)) tea.Msg) (*toil, tea.Cmd) {
	ctx, stop := context.WithCancel(context.Background())
	t := &toil{id: id, stop: stop}
	return t, tea.Batch(func() tea.Msg { return work(ctx, func(n int) { t.done.Store(int64(n)) }) }, a.later(workEvery, toilTick{t}))
}

// lines say how far the work is: a number that changes in its place.
func (t *toil) lines(w *locale.Printer, width int) []string {
	return hanging("", w.N(t.id, int(t.done.Load())), width)
}

// ended shows what came of the work. It is pushed, never put in the place of what is on top: that may be the help.
func (a *app) ended(text []string, err error) (move, tea.Cmd) {
	switch {
	case errors.Is(err, context.Canceled):
		return move{}, say(a.words.T("carry-stopped"))
	case err != nil:
		return move{push: newNotice(a, a.words.Error(err))}, nil
	}
	return move{push: newNotice(a, strings.Join(text, "\n"))}, nil
}

// newSecretField makes a field that shows nothing of what is typed but how much.
func newSecretField() *textinput.Model {
	f := newField("")
	f.EchoMode = textinput.EchoPassword
	return &f
}

// take writes what a learner has done, "" everybody, onto a stick.
type take struct {
	app           *app
	learner, name string
	places        []linear.CarryPlace
	ready         bool
	list          list
	lock          carry.Lock
	sealed        bool
	field         *textinput.Model // a passphrase is being typed, or nil
	first         string           // it was typed once
	toil          *toil            // under way, or nil
}

type (
	placesMsg struct {
		of     *take
		places []linear.CarryPlace
	}
	writtenMsg struct {
		of   *take
		path string
		what carry.Contents
		err  error
	}
	lockMsg struct {
		of   *take
		lock carry.Lock
		err  error
	}
)

func newTake(a *app, learner, name string) *take { return &take{app: a, learner: learner, name: name} }

func (s *take) Init() tea.Cmd {
	return func() tea.Msg { return placesMsg{s, linear.CarryPlaces()} }
}

func (s *take) fill() {
	w := s.app.words
	var rows []row
	for _, p := range s.places {
		r := row{left: w.T("carry-here"), do: func() (move, tea.Cmd) { return move{}, s.write(p) }}
		if p.Name != "" {
			r.left = w.T("carry-stick", "Name", p.Name)
		}
		if p.Free > 0 {
			r.right = w.T("carry-free", "Size", w.Bytes(p.Free))
		}
		rows = append(rows, r)
	}
	seal := "carry-seal-no"
	if s.sealed {
		seal = "carry-seal-yes"
	}
	s.list.set(append(rows, row{}, row{left: w.T(seal), do: func() (move, tea.Cmd) {
		if s.sealed {
			s.sealed, s.lock = false, carry.Lock{}
			s.fill()
		} else {
			s.field, s.first = newSecretField(), ""
		}
		return move{}, nil
	}}))
}

// write writes the bundle in the background.
func (s *take) write(p linear.CarryPlace) (cmd tea.Cmd) {
	o := carry.Options{Learner: s.learner, Program: s.app.Version}
	store, lock, name := s.app.desk.Store, s.lock, s.name
	s.toil, cmd = s.app.toil("carry-writing", func(ctx context.Context, tick func(int)) tea.Msg {
		o.Day, o.Tick = linear.Today(store), tick
		path := carry.FreeName(p.Path, name, o.Day)
		c, err := carry.Save(ctx, path, store, o, lock, false)
		return writtenMsg{s, path, c, err}
	})
	return cmd
}

func (s *take) Title() (string, string) {
	if s.learner == "" {
		return s.app.words.T("carry-take-all"), ""
	}
	return s.app.words.T("carry-take"), s.name
}

func (s *take) Typing() bool { return s.field != nil }

func (s *take) Keys() []key.Binding {
	return carryKeys(s.app, s.toil, s.field, &s.list)
}

// carryKeys are the keys of a screen that lists, asks for a passphrase, or works.
func carryKeys(a *app, t *toil, field *textinput.Model, l *list) []key.Binding {
	w := a.words
	switch {
	case t != nil:
		return []key.Binding{escTo(a, "key-stop")}
	case field != nil:
		return confirmKeys(a)
	}
	return append(l.keys(a, "key-confirm"), bind("r", w.T("key-look-again"), "r"), escTo(a, "key-back"))
}

func (s *take) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case placesMsg:
		if msg.of == s {
			s.places, s.ready = msg.places, true
			s.fill()
		}
	case writtenMsg:
		if msg.of == s {
			s.toil.stop()
			s.toil = nil
			return s.app.ended(linear.WrittenText(s.app.words, msg.path, msg.what), msg.err)
		}
	case lockMsg:
		if msg.of == s {
			s.lock, s.sealed = msg.lock, msg.err == nil
			s.fill()
			return move{}, func() tea.Msg { return trouble(msg.err) }
		}
	case toilTick:
		if msg.of == s.toil && s.toil != nil {
			return move{}, s.app.later(workEvery, msg)
		}
	case spokeMsg:
		s.fill()
	case tea.PasteMsg:
		if s.field != nil {
			*s.field, _ = s.field.Update(msg)
		}
	case tea.KeyPressMsg:
		return s.key(msg)
	}
	return move{}, nil
}

func (s *take) key(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case s.toil != nil:
		if is(msg, "esc") {
			s.toil.stop()
		}
		return move{}, nil
	case s.field != nil:
		return move{}, s.phrase(msg)
	case is(msg, "esc", "left", "backspace"):
		return move{pop: true}, nil
	case is(msg, "r"):
		return move{}, s.Init()
	}
	m, cmd, _ := s.list.key(msg)
	return m, cmd
}

// phrase takes a key while the passphrase is typed, twice.
func (s *take) phrase(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case is(msg, "esc"):
		s.field = nil
	case is(msg, "enter") && s.first == "":
		phrase := s.field.Value()
		if _, err := carry.LockWith(phrase); err != nil {
			return func() tea.Msg { return trouble(err) }
		}
		s.field, s.first = newSecretField(), phrase
	case is(msg, "enter"):
		first, again := s.first, s.field.Value()
		s.field, s.first = nil, ""
		if first != again {
			return say(s.app.words.T("carry-differ"))
		}
		return func() tea.Msg {
			lock, err := carry.LockWith(first)
			return lockMsg{s, lock, err}
		}
	default:
		*s.field, _ = s.field.Update(msg)
	}
	return nil
}

func (s *take) View(width, height int) string {
	w := s.app.words
	margin, text := column(width)
	var lines []string
	switch {
	case s.toil != nil:
		lines = s.toil.lines(w, text)
	case s.field != nil:
		ask := "carry-ask-new"
		if s.first != "" {
			ask = "carry-ask-again"
		}
		s.field.SetWidth(min(text-4, 40))
		lines = append(hanging("", w.T(ask), text), "", "  > "+s.field.View())
	case s.ready:
		lines = hanging("", w.T("carry-take-what"), text)
		if len(s.places) == 1 {
			lines = append(lines, hanging("", w.T("carry-no-stick"), text)...)
		}
		lines = indentLines(append([]string{""}, append(lines, "")...), margin)
		return strings.Join(lines, "\n") + "\n" + s.list.view(s.app.theme, width, max(height-len(lines), 1))
	}
	return strings.Join(indentLines(append([]string{""}, lines...), margin), "\n")
}

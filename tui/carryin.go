package tui

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fanal/progress"
	"fanal/progress/carry"
	"fanal/tui/linear"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// bring lists the bundles on the sticks and in the current folder, and brings in the one that is chosen.
type bring struct {
	app    *app
	found  []carry.Found
	ready  bool
	list   list
	chosen carry.Found
	field  *textinput.Model // its passphrase is being typed, or nil
	toil   *toil            // under way, or nil
}

type (
	bundlesMsg struct {
		of    *bring
		found []carry.Found
	}
	broughtMsg struct {
		of      *bring
		what    carry.Result
		learner progress.Learner   // who sits here, as the store knows them now
		gone    []progress.Learner // who is left, when they are no more
		err     error
	}
)

func newBring(a *app) *bring { return &bring{app: a} }

func (s *bring) Init() tea.Cmd {
	return func() tea.Msg {
		msg := bundlesMsg{of: s}
		for _, p := range linear.CarryPlaces() {
			found, _ := carry.Find(p.Path) // a stick that was pulled meanwhile has none
			msg.found = append(msg.found, found...)
		}
		return msg
	}
}

func (s *bring) fill() {
	w := s.app.words
	var rows []row
	for _, f := range s.found {
		r := row{left: inline(filepath.Base(f.Path)), right: w.Bytes(f.Size), do: func() (move, tea.Cmd) {
			s.chosen = f
			if f.Seal == carry.WithPassphrase {
				s.field = newSecretField()
				return move{}, nil
			}
			return move{}, s.merge(carry.Key{})
		}}
		switch f.Seal {
		case carry.WithPassphrase:
			r.right += ", " + w.T("carry-sealed")
		case carry.WithKey:
			r.right += ", " + w.T("carry-sealed-key")
		}
		rows = append(rows, r)
	}
	s.list.set(rows)
}

// merge brings the chosen bundle in, in the background.
func (s *bring) merge(k carry.Key) (cmd tea.Cmd) {
	store, path, me := s.app.Store, s.chosen.Path, s.app.desk.Learner.ID
	s.toil, cmd = s.app.toil("carry-reading", func(ctx context.Context, tick func(int)) tea.Msg {
		msg := broughtMsg{of: s}
		if msg.what, msg.err = carry.MergeFile(ctx, path, k, store, carry.MergeOptions{Tick: tick}); msg.err != nil {
			return msg
		}
		if msg.learner, msg.err = store.Learner(me); errors.Is(msg.err, progress.ErrUnknown) {
			msg.gone, msg.err = store.Learners()
		}
		return msg
	})
	return cmd
}

// brought takes what came of it. Who sits here may have been merged with somebody elsewhere, or have asked there to be
// forgotten.
func (s *bring) brought(msg broughtMsg) (move, tea.Cmd) {
	s.toil.stop()
	s.toil = nil
	text := linear.CarriedText(s.app.words, msg.what)
	switch {
	case msg.err != nil:
	case msg.learner.ID == "":
		s.app.desk = nil
		if len(msg.gone) == 0 {
			return move{reset: []screen{newWelcome(s.app)}}, say(s.app.words.T("carry-person-gone"))
		}
		return move{reset: []screen{newLearners(s.app, msg.gone)}}, say(s.app.words.T("carry-person-gone"))
	default:
		s.app.desk.Learner = msg.learner
	}
	return s.app.ended(text, msg.err)
}

func (s *bring) Title() (string, string) { return s.app.words.T("carry-bring"), "" }
func (s *bring) Typing() bool            { return s.field != nil }
func (s *bring) Keys() []key.Binding     { return carryKeys(s.app, s.toil, s.field, &s.list) }

func (s *bring) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case bundlesMsg:
		if msg.of == s {
			s.found, s.ready = msg.found, true
			s.fill()
		}
	case broughtMsg:
		if msg.of == s {
			return s.brought(msg)
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

func (s *bring) key(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case s.toil != nil:
		if is(msg, "esc") {
			s.toil.stop()
		}
		return move{}, nil
	case s.field != nil && is(msg, "esc"):
		s.field = nil
		return move{}, nil
	case s.field != nil && is(msg, "enter"):
		k := carry.Key{Passphrase: s.field.Value()}
		s.field = nil
		return move{}, s.merge(k)
	case s.field != nil:
		*s.field, _ = s.field.Update(msg)
		return move{}, nil
	case is(msg, "esc", "left", "backspace"):
		return move{pop: true}, nil
	case is(msg, "r"):
		return move{}, s.Init()
	}
	m, cmd, _ := s.list.key(msg)
	return m, cmd
}

func (s *bring) View(width, height int) string {
	w := s.app.words
	margin, text := column(width)
	var lines []string
	switch {
	case s.toil != nil:
		lines = s.toil.lines(w, text)
	case s.field != nil:
		s.field.SetWidth(min(text-4, 40))
		lines = append(hanging("", w.T("carry-ask", "File", inline(filepath.Base(s.chosen.Path))), text), "", "  > "+s.field.View())
	case s.ready && len(s.found) == 0:
		lines = hanging("", w.T("carry-no-bundle"), text)
	case s.ready:
		lines = indentLines(append([]string{""}, append(hanging("", w.T("carry-bring-what"), text), "")...), margin)
		return strings.Join(lines, "\n") + "\n" + s.list.view(s.app.theme, width, max(height-len(lines), 1))
	}
	return strings.Join(indentLines(append([]string{""}, lines...), margin), "\n")
}

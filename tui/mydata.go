package tui

import (
	"bytes"
	"strings"

	"fanal/locale"
	"fanal/progress"
	"fanal/progress/people"
	"fanal/progress/report"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// mydata is everything that is stored about the one who sits here, and what they can do with it: read it, take a page of
// it away, put a PIN before it, erase it.
type mydata struct {
	app   *app
	mine  people.Mine
	ready bool
	them  []progress.Learner // mediators of this laptop
	list  list
}

type mydataMsg struct {
	of   *mydata
	mine people.Mine
	them []progress.Learner
}

func newMydata(a *app) *mydata { return &mydata{app: a} }

func (s *mydata) Init() tea.Cmd {
	desk, gate := s.app.desk.Apart(), s.app.gate
	return func() tea.Msg {
		m, err := people.Look(desk.Store, gate, desk.Learner.ID)
		if err != nil {
			return trouble(err)
		}
		them, err := people.Mediators(desk.Store)
		if err != nil {
			return trouble(err)
		}
		return mydataMsg{s, m, them}
	}
}

func (s *mydata) Title() (string, string) {
	return s.app.words.T("mine-title"), s.app.desk.Learner.Name
}
func (s *mydata) Typing() bool { return false }

func (s *mydata) Keys() []key.Binding {
	return append(s.list.keys(s.app, "key-open"), escTo(s.app, "key-back"))
}

func (s *mydata) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case mydataMsg:
		if msg.of == s {
			s.mine, s.them, s.ready = msg.mine, msg.them, true
			s.app.desk.Learner = msg.mine.Learner
			s.fill()
		}
	case spokeMsg:
		s.fill()
	case tea.KeyPressMsg:
		if m, cmd, ok := s.list.key(msg); ok {
			return m, cmd
		}
		if is(msg, "esc", "backspace", "left") {
			return move{pop: true}, nil
		}
	}
	return move{}, nil
}

// fill makes the rows: what can be done, and under it the facts.
func (s *mydata) fill() {
	if !s.ready {
		return
	}
	w, desk := s.app.words, s.app.desk
	to := func(open func() screen) func() (move, tea.Cmd) {
		return func() (move, tea.Cmd) { return move{push: open()}, nil }
	}
	rows := []row{
		{left: w.T("mine-read"), do: to(func() screen { return newPaper(s.app, "mine-title", s.words) })},
		{left: w.T("mine-save-page"), do: to(func() screen { return s.saveAs(".html") })},
		{left: w.T("mine-save-json"), do: to(func() screen { return s.saveAs(".json") })},
	}
	if !desk.Guest {
		rows = append(rows, s.pinRows()...)
		rows = append(rows, row{left: w.T("mine-erase"), do: to(func() screen { return s.erase() })})
	}
	rows = append(append(rows, row{}), s.settingRows()...)
	rows = append(rows, row{})
	if desk.Guest {
		rows = append(rows, row{left: w.T("mine-guest")})
	}
	for _, f := range s.mine.Facts(w, locale.Autonym) {
		rows = append(rows, row{left: f.Name, right: inline(f.Value)})
	}
	s.list.set(rows)
}

// settingRows are the settings, turned on and off in place.
func (s *mydata) settingRows() []row {
	w, a := s.app.words, s.app
	rows := []row{{left: w.T("mine-settings-title")}}
	for _, set := range []struct {
		name, on, off string
		is            bool
	}{
		{"wide", wideOn, "", a.wide()},
		{"confidence", "", confidenceOff, a.desk.Setting("confidence") != confidenceOff},
	} {
		to, word := set.on, "mine-no"
		if set.is {
			to, word = set.off, "mine-yes"
		}
		rows = append(rows, row{left: "  " + w.T("mine-setting-"+set.name), right: w.T(word), do: func() (move, tea.Cmd) {
			keep := a.desk.Set(set.name, to)
			s.mine.Learner = a.desk.Learner
			s.fill()
			return move{}, keeping(keep)
		}})
	}
	return rows
}

// pinRows are what can be done about a PIN, and about being a mediator, who always has one.
func (s *mydata) pinRows() []row {
	w, l := s.app.words, s.mine.Learner
	set := func(id string) row {
		return row{left: w.T(id), do: func() (move, tea.Cmd) {
			return move{push: newPinSet(s.app, func() (move, tea.Cmd) {
				return move{pop: true}, say(w.T("pin-kept"))
			})}, nil
		}}
	}
	do := func(id string, f func() error) row {
		return row{left: w.T(id), do: func() (move, tea.Cmd) {
			again := s.Init()
			return move{}, func() tea.Msg {
				if err := f(); err != nil {
					return trouble(err)
				}
				return again()
			}
		}}
	}
	if l.PIN == "" {
		return []row{set("pin-row-set")}
	}
	rows := []row{set("pin-row-change")}
	store, gate := s.app.Store, s.app.gate
	if people.IsMediator(l) {
		return append(rows, do("mediator-row-end", func() error { return people.Appoint(store, l.ID, false) }))
	}
	return append(rows,
		do("pin-row-remove", func() error { return people.RemovePIN(store, gate, l.ID) }),
		row{left: w.T("mediator-row-become"), do: s.become})
}

// become makes the learner a mediator: at once where there is none yet, else when one of them types their PIN.
func (s *mydata) become() (move, tea.Cmd) {
	store, id := s.app.Store, s.mine.Learner.ID
	appoint := func() tea.Msg {
		if err := people.Appoint(store, id, true); err != nil {
			return trouble(err)
		}
		return s.Init()()
	}
	if len(s.them) == 0 {
		return move{}, appoint
	}
	what := func() string { return s.app.words.T("mediator-ask") }
	return move{push: newPinAsk(s.app, what, s.them, func() (move, tea.Cmd) { return move{pop: true}, appoint })}, nil
}

// words say everything that is stored, sentence by sentence, and what was typed.
func (s *mydata) words(width int) []string {
	w, t := s.app.words, s.app.theme
	var lines []string
	for _, f := range s.mine.Facts(w, locale.Autonym) {
		lines = append(lines, hanging("", w.T("mine-fact", "Name", f.Name, "Value", f.Value), width)...)
	}
	lines = append(append(lines, ""), t.strong.Render(w.T("mine-page-kept")))
	for _, k := range s.mine.Kept(w) {
		leaves := w.T("mine-leaves-" + string(people.LeavingOf(k.About)))
		lines = append(lines, hanging("- ", k.Sentence+" "+w.N("mine-records", k.Records)+" "+leaves, width)...)
	}
	lines = append(append(lines, ""), hanging("", w.T("pin-honest"), width)...)
	if texts := s.mine.Texts(); len(texts) > 0 {
		lines = append(append(lines, ""), t.strong.Render(w.T("mine-page-texts")))
		for _, x := range texts {
			lines = append(lines, hanging("- ", inline(x.Typed), width)...)
		}
	}
	if len(s.mine.Drafts) > 0 {
		lines = append(append(lines, ""), t.strong.Render(w.T("mine-page-drafts")))
		for _, d := range s.mine.Drafts {
			lines = append(lines, hanging("- ", inline(d.Text), width)...)
		}
	}
	return lines
}

func (s *mydata) saveAs(ext string) screen {
	m, w, lib := s.mine, s.app.words, s.app.Library
	return newSaveAs(s.app, people.FileName("fanal", m.Learner.Name), ext, func() ([]byte, error) {
		var b bytes.Buffer
		if ext == ".json" {
			err := m.WriteJSON(&b)
			return b.Bytes(), err
		}
		err := m.WriteHTML(&b, w, report.NamesIn(lib, w.Lang), w.Lang)
		return b.Bytes(), err
	})
}

// erase asks for a word, and then forgets the learner.
func (s *mydata) erase() screen {
	a := s.app
	return newConfirm(a, "erase", "erase-title", func() string {
		return a.words.T("erase-what", "Name", s.mine.Learner.Name, "Word", a.words.T("erase-word"))
	}, func() (func() (move, tea.Cmd), error) {
		r, err := people.Erase(a.Store, a.gate, a.Data, s.mine.Learner.ID)
		if err != nil {
			return nil, err
		}
		return func() (move, tea.Cmd) {
			a.desk = nil // nobody sits here any more
			p := newPaper(a, "receipt-title", func(width int) []string { return a.receipt(r, width) })
			p.leave = func() (move, tea.Cmd) { return move{reset: arrival(a)}, nil }
			return move{reset: []screen{p}}, nil
		}, nil
	})
}

// receipt says what was erased.
func (a *app) receipt(r people.Receipt, width int) []string {
	var lines []string
	for _, sentence := range r.Sentences(a.words) {
		lines = append(append(lines, hanging("", sentence, width)...), "")
	}
	return lines
}

func (s *mydata) View(width, height int) string {
	if !s.ready {
		return ""
	}
	view := s.list.view(s.app.theme, width, height-1)
	return "\n" + strings.TrimRight(view, "\n")
}

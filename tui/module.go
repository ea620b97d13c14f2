package tui

import (
	"strconv"
	"strings"

	"fanal/modules"
	"fanal/study"
	"fanal/tui/linear"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// module shows what a module is about and its lessons with their state.
type module struct {
	app    *app
	mod    *modules.Module
	list   list
	view   *study.Overview
	detail *moduleMsg
	placed study.Place // the lesson that the cursor was put on last
}

// A moduleMsg brings what takes reading: titles of lessons and their minutes, and of the tests how many questions they ask
// and which lessons they say are known already.
type moduleMsg struct {
	of      *modules.Module
	lang    string
	view    *study.Overview
	lessons []modules.Outline
	asks    map[study.Context]int
	known   map[string]bool
}

func newModule(a *app, m *modules.Module) *module { return &module{app: a, mod: m} }

func (s *module) Init() tea.Cmd {
	desk, m := s.app.desk.Apart(), s.mod
	lang := desk.Lang
	return func() tea.Msg {
		o, err := desk.Overview(m)
		if err != nil {
			return trouble(err)
		}
		msg := moduleMsg{of: m, lang: lang, view: o, asks: map[study.Context]int{}}
		if msg.lessons, err = m.Outline(lang); err != nil {
			return trouble(err)
		}
		if _, _, ok := desk.Tests(o); !ok {
			return msg
		}
		if msg.known, err = desk.KnownLessons(o); err != nil {
			return trouble(err)
		}
		for _, form := range []study.Context{study.TestA, study.TestB} {
			if msg.asks[form], err = desk.TestLength(o, form); err != nil {
				return trouble(err)
			}
		}
		return msg
	}
}

func (s *module) fill() {
	d := s.detail
	first := s.view == nil
	s.view = d.view
	rows, after := s.testRows()
	tests := len(rows)
	for i, l := range d.view.Lessons {
		rows = append(rows, row{
			left: strconv.Itoa(i+1) + " " + d.lessons[i].Title, right: s.lessonWords(i),
			do: func() (move, tea.Cmd) { return move{push: newLesson(s.app, d.view.Manifest.ID, l.ID)}, nil },
		})
	}
	at := ""
	if s.app.studied.Module == d.view.Manifest.ID && s.app.studied != s.placed {
		s.placed = s.app.studied
		at = s.placed.Lesson
	} else if next, ok := d.view.Next(); ok && first {
		at = next
	}
	for i, l := range d.view.Lessons {
		if l.ID == at {
			s.list.cursor = tests + i
		}
	}
	s.list.set(append(append(rows, after...), s.profileRow()...))
}

// lessonWords say how far a lesson is and how long it takes; in a narrow window, the one or the other.
func (s *module) lessonWords(i int) string {
	w, l := s.app.words, s.detail.view.Lessons[i]
	minutes, state := w.Minutes(s.detail.lessons[i].Minutes()), "state-"+l.State.String()
	if l.State == study.New && s.detail.known[l.ID] {
		state = "state-known"
	}
	switch {
	case s.app.width >= 60:
		return w.T(state) + "  " + minutes
	case state == "state-new":
		return minutes
	}
	return w.T(state)
}

func (s *module) Title() (string, string) {
	if s.view == nil {
		return "fanal", ""
	}
	w := s.app.words
	total := 0
	for _, l := range s.detail.lessons {
		total += l.Minutes()
	}
	return s.view.Index.Title, w.Minutes(total)
}

func (s *module) Typing() bool { return false }

func (s *module) Keys() []key.Binding {
	w := s.app.words
	return append(s.list.keys(s.app, "key-open"),
		escTo(s.app, "key-back"),
		bind("i", w.T("key-about"), "i"),
		bind("f", w.T("key-guide"), "f"),
		bind("l", w.T("key-language"), "l"),
	)
}

func (s *module) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case moduleMsg:
		if msg.of == s.mod && msg.lang == s.app.desk.Lang {
			s.detail = &msg
			s.fill()
		}
	case roundMsg:
		if msg.of == s && msg.run != nil {
			return move{push: newRound(s.app, msg.run)}, nil
		}
	case spokeMsg:
		return move{}, s.Init()
	case tea.WindowSizeMsg:
		if s.detail != nil {
			s.fill()
		}
	case tea.KeyPressMsg:
		if m, cmd, ok := s.list.key(msg); ok {
			return m, cmd
		}
		switch {
		case is(msg, "esc", "left", "backspace"):
			return move{pop: true}, nil
		case is(msg, "f"):
			return move{push: newGuide(s.app, s.mod)}, nil
		case is(msg, "i") && s.view != nil:
			return move{push: newAbout(s.app, s.view)}, nil
		}
	}
	return move{}, nil
}

func (s *module) View(width, height int) string {
	if s.view == nil {
		return ""
	}
	w, t := s.app.words, s.app.theme
	margin, text := column(width)
	var head []string
	if s.view.Index.Lang != s.app.desk.Lang {
		head = append(head, hanging("", w.T("other-language", "Language", s.view.Index.Lang), text)...)
	}
	if height >= len(s.list.rows)+5 {
		head = append(head, hanging("", inline(s.view.Index.Summary), text)...)
		if why := s.whyTest(text); len(why) > 0 {
			head = append(append(head, ""), why...)
		}
		if len(head) > height-len(s.list.rows)-2 {
			head = head[:max(height-len(s.list.rows)-2, 0)]
		}
	}
	if len(head) > 0 {
		head = append(append([]string{""}, indentLines(head, margin)...), "")
	}
	return strings.Join(append(head, s.list.view(t, width, height-len(head))), "\n")
}

// about shows the rest of what a module says of itself: introduction, objectives, licence, authors, origin.
type about struct {
	app   *app
	view  *study.Overview
	trust string // who made an installed module, in words
	from  []modules.Source
	pager pager
}

type sourcesMsg struct {
	of   *about
	from []modules.Source
}

type trustMsg struct {
	of   *about
	text string
}

func newAbout(a *app, o *study.Overview) *about { return &about{app: a, view: o} }

func (s *about) Init() tea.Cmd {
	_, text := s.app.column()
	return tea.Batch(s.app.set.want(blockPieces(s.view.Index.Intro, text)), s.askTrust(), s.readSources())
}

func (s *about) readSources() tea.Cmd {
	m := s.view.Module
	return func() tea.Msg {
		from, err := m.Sources()
		if err != nil {
			return trouble(err)
		}
		return sourcesMsg{s, from}
	}
}

// askTrust asks the shelf who signed an installed module.
func (s *about) askTrust() tea.Cmd {
	shelf, w, id := s.app.Shelf, s.app.words, s.view.Manifest.ID
	if shelf == nil || s.view.Module.Origin().Kind != modules.Pack {
		return nil
	}
	return func() tea.Msg {
		t, err := shelf.Trust(id)
		if err != nil {
			return nil // the module's own screen says why it cannot be read
		}
		return trustMsg{s, w.Message(t.Message())}
	}
}

func (s *about) Title() (string, string) { return s.view.Index.Title, s.view.Manifest.Version }
func (s *about) Typing() bool            { return false }

func (s *about) Keys() []key.Binding {
	return scrollKeys(s.app, &s.pager, escTo(s.app, "key-back"))
}

func (s *about) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case trustMsg:
		if msg.of == s {
			s.trust = msg.text
		}
	case sourcesMsg:
		if msg.of == s {
			s.from = msg.from
		}
	case tea.WindowSizeMsg:
		return move{}, s.Init()
	case tea.KeyPressMsg:
		if scrollKey(&s.pager, msg) {
			return move{}, nil
		}
		if is(msg, "esc", "left", "backspace", "enter", "i") {
			return move{pop: true}, nil
		}
	}
	return move{}, nil
}

func (s *about) View(width, height int) string {
	w, t := s.app.words, s.app.theme
	margin, text := column(width)
	lines := append([]string{""}, hanging("", inline(s.view.Index.Summary), text)...)
	if intro, ok := s.app.blockLines(s.view.Index.Intro, text, true); ok && len(intro) > 0 {
		lines = append(append(lines, ""), intro...)
	}
	if len(s.view.Manifest.Objectives) > 0 {
		what := "about-objectives"
		if s.view.Manifest.Kind == modules.Diagnosis { // most of its objectives are the themes that it looks at
			what = "about-themes"
		}
		lines = append(lines, "", t.strong.Render(w.T(what)))
		for _, ob := range s.view.Objectives() {
			mark := ""
			if ob.Mastered {
				mark = " (" + w.T("objective-mastered") + ")"
			}
			lines = append(lines, hanging("• ", inline(ob.Sentence)+mark, text)...)
		}
	}
	man := s.view.Manifest
	lines = append(lines, "", t.strong.Render(w.T("about-module")))
	lines = append(lines, hanging("", w.T("about-facts", "Version", man.Version, "License", man.License,
		"Authors", strings.Join(man.Authors, ", "), "Languages", strings.Join(man.Languages, ", ")), text)...)
	lines = append(lines, hanging("", w.T("origin-"+string(s.view.Module.Origin().Kind), "Path", modules.CleanLine(s.view.Module.Origin().Path)), text)...)
	if s.trust != "" {
		lines = append(lines, hanging("", s.trust, text)...)
	}
	if len(s.from) > 0 {
		lines = append(lines, "", t.strong.Render(w.T("about-sources")))
		for _, src := range s.from {
			lines = append(lines, hanging("• ", linear.SourceText(w, src), text)...)
		}
	}
	return s.app.page(&s.pager, lines, margin, height)
}

// scrollKey scrolls a text by the keys that scroll everywhere.
func scrollKey(p *pager, msg tea.KeyPressMsg) bool {
	switch {
	case is(msg, "down", "j"):
		p.scroll(1)
	case is(msg, "up", "k"):
		p.scroll(-1)
	case is(msg, "pgdown", "space"):
		p.page(1)
	case is(msg, "pgup"):
		p.page(-1)
	case is(msg, "home"):
		p.scroll(-len(p.lines))
	case is(msg, "end"):
		p.scroll(len(p.lines))
	default:
		return false
	}
	return true
}

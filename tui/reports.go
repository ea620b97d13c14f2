package tui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"fanal/progress/people"
	"fanal/progress/report"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// group shows a mediator how far everybody on this laptop is: a bar and the words that say the same, per person and
// module; one person in full; the questions that most had wrong; and the way to take it away as a file.
type group struct {
	app    *app
	report report.Report
	ready  bool
	list   list
}

type groupMsg struct {
	asked
	report report.Report
}

func newGroup(a *app) *group { return &group{app: a} }

func (s *group) Init() tea.Cmd {
	store, lib, ask := s.app.Store, s.app.Library, s.app.ask(s)
	return func() tea.Msg {
		r, err := report.Make(store, lib, ask.lang, report.Filter{})
		if err != nil {
			return trouble(err)
		}
		return groupMsg{ask, r}
	}
}

func (s *group) Title() (string, string) { return s.app.words.T("group-title"), "" }
func (s *group) Typing() bool            { return false }

func (s *group) Keys() []key.Binding {
	return append(s.list.keys(s.app, "key-open"), escTo(s.app, "key-back"))
}

func (s *group) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case groupMsg:
		if s.app.wants(s, msg.asked) {
			s.report, s.ready = msg.report, true
			s.fill()
		}
	case spokeMsg:
		return move{}, s.Init()
	case tea.WindowSizeMsg:
		if s.ready {
			s.fill()
		}
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

func (s *group) fill() {
	w, t := s.app.words, s.app.theme
	to := func(open func() screen) func() (move, tea.Cmd) {
		return func() (move, tea.Cmd) { return move{push: open()}, nil }
	}
	var rows []row
	for _, p := range s.report.People {
		rows = append(rows, row{left: p.Name, do: to(func() screen {
			return newPaper(s.app, "group-title", func(width int) []string { return s.person(p, width) })
		})})
		for _, m := range p.Modules {
			right := report.LessonsWords(m, w)
			if s.app.width < 70 {
				right = fmt.Sprintf("%d/%d", m.Done, m.Lessons)
			}
			rows = append(rows, row{left: "  " + t.gauge(share(m.Done, m.Lessons), 8) + " " + m.Title, right: right})
		}
		if len(p.Modules) == 0 {
			rows = append(rows, row{left: "  " + w.T("report-nothing")})
		}
	}
	s.list.set(append(rows, row{},
		row{left: w.T("group-questions"), do: to(func() screen { return newPaper(s.app, "group-questions", s.questions) })},
		row{left: w.T("group-save-page"), do: to(func() screen { return s.saveAs(".html") })},
		row{left: w.T("group-save-csv"), do: to(func() screen { return s.saveAs(".csv") })},
		row{left: w.T("group-save-json"), do: to(func() screen { return s.saveAs(".json") })},
		row{left: w.T("group-help"), do: to(func() screen { return newMediator(s.app) })}))
}

func share(part, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(part) / float64(of)
}

// person says in full what somebody did.
func (s *group) person(p report.Person, width int) []string {
	w, t := s.app.words, s.app.theme
	lines := heading(t.strong, p.Name, width)
	if len(p.Modules) == 0 {
		return append(lines, hanging("", w.T("report-nothing"), width)...)
	}
	for _, m := range p.Modules {
		lines = append(append(lines, ""), heading(t.strong, m.Title, width)...)
		for _, text := range m.Sentences(w) {
			lines = append(lines, hanging("  ", text, width)...)
		}
		for _, o := range m.Objectives {
			if o.Answered > 0 || o.Before.Asked > 0 || o.After.Asked > 0 {
				lines = append(lines, hanging("  "+t.gauge(share(o.Right, o.Answered), 6)+" ", inline(o.Sentences(w)), width)...)
			}
		}
	}
	return lines
}

// questions says how people fared with each question, the hardest first.
func (s *group) questions(width int) []string {
	w, t := s.app.words, s.app.theme
	lines := hanging("", w.T("report-questions-what"), width)
	for _, q := range s.report.Questions {
		lines = append(append(lines, ""), heading(t.strong, q.ModuleTitle+" › "+report.LessonName(q, w), width)...)
		lines = append(lines, hanging("  ", inline(promptLine(q.Prompt)), width)...)
		lines = append(lines, hanging("  "+t.gauge(share(q.First, q.People), 6)+" ", inline(q.Sentences(w)), width)...)
	}
	return lines
}

// saveAs writes the report. As CSV it is three files beside each other.
func (s *group) saveAs(ext string) screen {
	r, w := s.report, s.app.words
	base := people.FileName("fanal", w.T("report-file"))
	if ext == ".csv" {
		base += "-" + string(report.People)
	}
	screen := newSaveAs(s.app, base, ext, func() ([]byte, error) {
		var b bytes.Buffer
		var err error
		switch ext {
		case ".html":
			err = r.WriteHTML(&b, w, w.Lang)
		case ".json":
			e := json.NewEncoder(&b)
			e.SetIndent("", "  ")
			err = e.Encode(r)
		default:
			err = r.WriteCSV(&b, report.People, w, report.Semicolon)
		}
		return b.Bytes(), err
	})
	if ext == ".csv" {
		screen.beside = func(path string) error { return s.others(path) }
	}
	return screen
}

// others writes the other tables beside the first one.
func (s *group) others(path string) error {
	ext := filepath.Ext(path)
	base := strings.TrimSuffix(strings.TrimSuffix(path, ext), "-"+string(report.People))
	for _, t := range report.Tables[1:] {
		var b bytes.Buffer
		if err := s.report.WriteCSV(&b, t, s.app.words, report.Semicolon); err != nil {
			return err
		}
		if err := people.SaveNew(base+"-"+string(t)+ext, b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

func (s *group) View(width, height int) string {
	if !s.ready {
		return ""
	}
	return "\n" + s.list.view(s.app.theme, width, height-1)
}

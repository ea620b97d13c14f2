package tui

import (
	"time"

	"fanal/locale"
	"fanal/modules"
	"fanal/modules/check"
	"fanal/study"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// lookEvery is how often the files of a previewed module are looked at. Nobody notices an eighth of a second; asking for
// the times of two hundred files costs a millisecond.
const lookEvery = 125 * time.Millisecond

// A Preview is a module that somebody is writing while the program shows it.
type Preview struct {
	ID    string
	Stamp func() string           // changes when one of its files does
	Load  func() *modules.Library // a library with the module as it stands now
	Check func() []check.Finding  // what its author should know
}

// previewing is what the root knows of a preview.
type previewing struct {
	Preview
	stamp   string
	found   []check.Finding
	checked bool
}

// A lookMsg says that it is time to look at the files.
type lookMsg struct{}

// A changedMsg brings the module read again; lib is nil when nothing has changed.
type changedMsg struct {
	stamp string
	lib   *modules.Library
}

// A checkedMsg brings what the checker says.
type checkedMsg struct{ found []check.Finding }

// A rereadMsg brings a lesson read again, opened at the step where it was.
type rereadMsg struct {
	of  *lesson
	run *study.Run
}

// newPreviewing begins a preview, or none.
func newPreviewing(p *Preview) *previewing {
	if p == nil {
		return nil
	}
	return &previewing{Preview: *p, stamp: p.Stamp()}
}

// start looks at the files for the first time, and checks the module.
func (p *previewing) start(a *app) tea.Cmd {
	if p == nil {
		return nil
	}
	return tea.Batch(a.later(lookEvery, lookMsg{}), p.check())
}

func (p *previewing) check() tea.Cmd {
	return func() tea.Msg { return checkedMsg{p.Check()} }
}

// look returns a command that tells whether a file has changed.
func (p *previewing) look(known string) tea.Cmd {
	return func() tea.Msg {
		stamp := p.Stamp()
		if stamp == known {
			return changedMsg{stamp: known}
		}
		return changedMsg{stamp, p.Load()}
	}
}

// follow takes the messages of a preview; handled is false for every other one.
func (r *root) follow(msg tea.Msg) (cmd tea.Cmd, handled bool) {
	p := r.app.preview
	if p == nil {
		return nil, false
	}
	switch msg := msg.(type) {
	case lookMsg:
		return p.look(p.stamp), true
	case changedMsg:
		p.stamp = msg.stamp
		again := r.app.later(lookEvery, lookMsg{})
		if msg.lib == nil {
			return again, true
		}
		return tea.Batch(r.reread(msg.lib), p.check(), again), true
	case checkedMsg:
		p.found, p.checked = msg.found, true
		return nil, true
	case rereadMsg:
		return msg.of.replace(msg.run), true
	}
	return nil, false
}

// reread has every screen of the stack show the module as it stands now. A lesson that cannot be read at the moment stays
// as it was: the findings say why.
func (r *root) reread(lib *modules.Library) tea.Cmd {
	a := r.app
	a.Library = lib
	if a.desk == nil {
		return nil
	}
	a.desk.Library = lib
	var cmds []tea.Cmd
	for _, s := range r.stack {
		switch s := s.(type) {
		case *home:
			cmds = append(cmds, s.Init())
		case *module:
			if m := lib.Module(s.mod.ID()); m != nil {
				s.mod = m
				cmds = append(cmds, s.Init())
			}
		case *lesson:
			if s.run != nil && s.run.Context == study.InLesson {
				desk, module, id, step := a.desk.Apart(), s.run.Lesson().Module, s.run.Lesson().ID, s.run.Step().ID
				cmds = append(cmds, func() tea.Msg {
					run, err := desk.OpenLessonAt(module, id, step)
					if err != nil {
						return nil
					}
					return rereadMsg{s, run}
				})
			}
		}
	}
	return tea.Batch(cmds...)
}

// replace goes on with a run of the same lesson, at the place on the screen where the old one was.
func (s *lesson) replace(run *study.Run) tea.Cmd {
	pager, open := s.pager, s.open
	s.run, s.busy = run, false
	cmd := s.arrive()
	s.pager, s.open = pager, open
	return cmd
}

// note is what stands at the top right of every screen of a preview: how much there is to correct.
func (p *previewing) note(w *locale.Printer) string {
	switch errors := check.Errors(p.found); {
	case !p.checked:
		return ""
	case len(p.found) == 0:
		return w.T("preview-clean")
	case errors == 0:
		return w.N("preview-advice", len(p.found)) + " (x)"
	case errors == len(p.found):
		return w.N("preview-errors", errors) + " (x)"
	default:
		return w.N("preview-errors", errors) + ", " + w.N("preview-advice", len(p.found)-errors) + " (x)"
	}
}

// Sentence says a finding without its place: what it is about, what is wrong and why.
func Sentence(w *locale.Printer, f check.Finding) string {
	s := w.Error(f)
	if f.Thing != "" {
		s = w.T("check-about", "Thing", w.T("check-thing-"+string(f.Thing), "ID", f.ID), "What", s)
	}
	if f.Warning {
		s = w.T("check-as-advice", "What", s)
	}
	return s
}

// findings shows what the checker says of a previewed module.
type findings struct {
	app   *app
	pager pager
}

func newFindings(a *app) *findings { return &findings{app: a} }

func (s *findings) Init() tea.Cmd { return nil }
func (s *findings) Typing() bool  { return false }
func (s *findings) Title() (string, string) {
	return s.app.words.T("preview-title"), ""
}

func (s *findings) Keys() []key.Binding {
	return scrollKeys(s.app, &s.pager, escTo(s.app, "key-back"))
}

func (s *findings) Update(msg tea.Msg) (move, tea.Cmd) {
	if msg, ok := msg.(tea.KeyPressMsg); ok {
		if is(msg, "esc", "q", "x", "f5", "left", "backspace", "enter") {
			return move{pop: true}, nil
		}
		scrollKey(&s.pager, msg)
	}
	return move{}, nil
}

func (s *findings) View(width, height int) string {
	w, t := s.app.words, s.app.theme
	margin, text := column(width)
	lines := []string{""}
	if len(s.app.preview.found) == 0 {
		lines = append(lines, hanging("", w.T("preview-clean"), text)...)
	}
	for _, f := range s.app.preview.found {
		lines = append(lines, t.strong.Render(f.Place()))
		lines = append(append(lines, hanging("  ", Sentence(w, f), text)...), "")
	}
	lines = append(lines, hanging("", w.T("preview-follow"), text)...)
	return s.app.page(&s.pager, lines, margin, height)
}

package cli

import (
	"fmt"
	"maps"
	"slices"

	"fanal/modules"
	"fanal/study"

	"github.com/spf13/cobra"
)

// A told learner's progress is what "fanal progress --json" says.
type told struct {
	Learner *toldLearner `json:"learner"` // null when nobody studies here
	Events  uint64       `json:"events"`
	// Sessions are the sittings with an answer; Due, how many questions a review would ask for today.
	Sessions int          `json:"sessions"`
	Due      int          `json:"due"`
	Modules  []toldModule `json:"modules"`
}

type toldLearner struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type toldModule struct {
	ID      string       `json:"id"`
	Lessons []toldLesson `json:"lessons"`
	title   string
}

type toldLesson struct {
	ID       string `json:"id"`
	State    string `json:"state"`
	Answered int    `json:"answered"`
	Right    int    `json:"right"`
	title    string
}

func (p *program) progressCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "progress", Short: p.words.T("cli-progress-short"), Long: p.words.T("cli-progress-long"), Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return p.progress(asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, p.words.T("cli-flag-json"))
	return c
}

// progress prints how far a learner is with each module of the library.
func (p *program) progress(asJSON bool) error {
	lib, err := p.library()
	if err != nil {
		return err
	}
	s, err := p.seat(false)
	if err != nil {
		return err
	}
	defer s.close()
	if err := p.onlyLearner(s); err != nil {
		return err
	}
	t := told{Modules: []toldModule{}}
	if s.learner != nil {
		if t, err = p.tell(lib, s); err != nil {
			return err
		}
	}
	if asJSON {
		return p.json(t)
	}
	p.printProgress(t)
	return nil
}

// onlyLearner seats the one learner there is, where none was named. Of several, one must be.
func (p *program) onlyLearner(s *seat) error {
	if s.learner != nil {
		return nil
	}
	if err := p.only(s); err != nil {
		return err
	}
	return p.unlockLearner(s)
}

// only seats the one learner there is, without asking for their PIN.
func (p *program) only(s *seat) error {
	all, err := s.store.Learners()
	switch {
	case err != nil:
		return err
	case len(all) > 1:
		return misused("cli-which-learner", "Name", all[0].Name)
	case len(all) == 1:
		s.learner = &all[0]
	}
	return nil
}

func (p *program) tell(lib *modules.Library, s *seat) (told, error) {
	sum, err := s.store.Summary(s.learner.ID)
	if err != nil {
		return told{}, err
	}
	t := told{Learner: &toldLearner{s.learner.ID, s.learner.Name}, Events: sum.Events, Sessions: sum.Sessions, Due: sum.Due, Modules: []toldModule{}}
	desk := study.Sit(lib, s.store, *s.learner, p.lang(s.learner), "linear")
	for _, m := range lib.All() {
		o, err := desk.Overview(m)
		if err != nil {
			return told{}, err
		}
		tm := toldModule{ID: o.Manifest.ID, Lessons: []toldLesson{}, title: o.Index.Title}
		titles := map[string]string{}
		if outlines, err := m.Outline(o.Index.Lang); err == nil {
			for _, line := range outlines {
				titles[line.ID] = line.Title
			}
		}
		for _, l := range o.Lessons {
			tm.Lessons = append(tm.Lessons, toldLesson{l.ID, l.State.String(), l.Mark.Answered, l.Mark.Right, titles[l.ID]})
		}
		t.Modules = append(t.Modules, tm)
	}
	gone, err := p.gone(lib, s)
	t.Modules = append(t.Modules, gone...)
	return t, err
}

// gone tells of the modules that were studied and that the library does not have at the moment: what was learned there is
// not lost. Their titles are not known, nor what they ask for mastery.
func (p *program) gone(lib *modules.Library, s *seat) (all []toldModule, err error) {
	studied, err := s.store.Modules(s.learner.ID)
	for _, id := range slices.Sorted(maps.Keys(studied)) {
		if lib.Module(id) != nil {
			continue
		}
		m := toldModule{ID: id, Lessons: []toldLesson{}, title: p.words.T("cli-module-gone", "Module", id)}
		for _, lesson := range slices.Sorted(maps.Keys(studied[id].Lessons)) {
			mark := studied[id].Lessons[lesson]
			state := study.Begun
			if mark.Passes > 0 {
				state = study.Done
			}
			m.Lessons = append(m.Lessons, toldLesson{lesson, state.String(), mark.Answered, mark.Right, lesson})
		}
		all = append(all, m)
	}
	return all, err
}

func (p *program) printProgress(t told) {
	if t.Learner == nil {
		fmt.Fprintln(p.text, p.words.T("cli-nobody"))
		return
	}
	fmt.Fprintln(p.text, p.words.N("cli-progress-of", int(t.Events), "Name", t.Learner.Name))
	for _, m := range t.Modules {
		fmt.Fprintln(p.text)
		fmt.Fprintln(p.text, m.title)
		for _, l := range m.Lessons {
			state := p.words.T("linear-state-" + l.State)
			line := p.words.T("cli-progress-lesson-new", "Title", l.title, "State", state)
			if l.Answered > 0 {
				line = p.words.N("cli-progress-lesson", l.Right, "Title", l.title, "State", state, "Answered", l.Answered)
			}
			fmt.Fprintln(p.text, "  "+line)
		}
	}
}

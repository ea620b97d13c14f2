package study

import (
	"fanal/modules"
	"fanal/progress"
)

// Left returns what the learner left on the current step: a note, a bookmark, "I did not understand this".
func (r *Run) Left() (progress.Mark, error) {
	it := r.items[r.at]
	return r.desk.Store.Mark(r.desk.Learner.ID, it.lesson.Module, it.lesson.ID, it.get().ID)
}

// Note returns a function that keeps the learner's note on the current step; "" takes it away.
func (r *Run) Note(text string) func() error {
	return r.leave(progress.Commented, modules.Clean(text))
}

// Unclear returns a function that keeps that the learner did not understand the current step, or does now.
func (r *Run) Unclear(on bool) func() error { return r.leave(progress.Flagged, onText(on)) }

// Bookmark returns a function that keeps a bookmark on the current step, or takes it away.
func (r *Run) Bookmark(on bool) func() error { return r.leave(progress.Marked, onText(on)) }

func onText(on bool) string {
	if on {
		return "on"
	}
	return ""
}

func (r *Run) leave(verb progress.Verb, text string) func() error {
	e := r.event(verb)
	e.Context, e.Text = "", text
	store := r.desk.Store
	return func() error {
		_, err := store.Append(e)
		return err
	}
}

// A Note is something that the learner left on a step, with the words to find it by.
type Note struct {
	progress.MarkedStep
	ModuleTitle, LessonTitle, Heading string
}

// Notes returns everything that the learner left on steps, in the order of the modules and lessons. It reads the lessons
// concerned, and belongs in the background.
func (d *Desk) Notes() ([]Note, error) {
	marks, err := d.Store.Marks(d.Learner.ID, "")
	if err != nil {
		return nil, err
	}
	lessons := map[string]*modules.Lesson{}
	var notes []Note
	for _, mk := range marks {
		n := Note{MarkedStep: mk, ModuleTitle: mk.Module, LessonTitle: mk.Lesson}
		if m := d.Library.Module(mk.Module); m != nil {
			if t, err := m.Title(d.Lang); err == nil && t != "" {
				n.ModuleTitle = t
			}
			key := mk.Module + "/" + mk.Lesson
			l, ok := lessons[key]
			if !ok {
				l, _ = m.Lesson(d.Lang, mk.Lesson)
				lessons[key] = l
			}
			if l != nil {
				n.LessonTitle, n.Heading = l.Title, headingOf(l, mk.Step)
			}
		}
		notes = append(notes, n)
	}
	return notes, nil
}

// headingOf returns the words by which a step is known: its heading, or its question's prompt.
func headingOf(l *modules.Lesson, step string) string {
	for _, s := range l.Steps {
		if s.ID == step {
			if s.Question != nil {
				return s.Question.Prompt
			}
			return s.Heading
		}
	}
	return ""
}

// OpenLessonAt opens a lesson at a step, wherever the learner left it.
func (d *Desk) OpenLessonAt(module, lesson, step string) (*Run, error) {
	r, err := d.OpenLesson(module, lesson)
	if err != nil {
		return nil, err
	}
	for i, it := range r.items {
		if it.get().ID == step {
			r.at = i
		}
	}
	return r, nil
}

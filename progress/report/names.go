package report

import (
	"fanal/modules"
	"fanal/modules/quiz"
	"fanal/study"
)

// Names say what modules, lessons and questions are called in a language, as far as the library knows; an id stands for
// what it does not. A lesson is read once. Not for several goroutines at once.
type Names struct {
	lib     *modules.Library
	lang    string
	lessons map[[2]string]*modules.Lesson // nil: cannot be read
}

// NamesIn returns the names of a library in a language.
func NamesIn(lib *modules.Library, lang string) *Names {
	return &Names{lib, lang, map[[2]string]*modules.Lesson{}}
}

// Module returns a module's title.
func (n *Names) Module(id string) string {
	if m := n.lib.Module(id); m != nil {
		if title, err := m.Title(n.lang); err == nil && title != "" {
			return title
		}
	}
	return id
}

// Lesson returns a lesson's title; a test has none but its form.
func (n *Names) Lesson(module, id string) string {
	if l := n.lesson(module, id); l != nil && l.Title != "" {
		return l.Title
	}
	return id
}

// Question returns a question's prompt.
func (n *Names) Question(module, lesson, id string) string {
	if q := n.find(module, lesson, id); q != nil && q.Prompt != "" {
		return q.Prompt
	}
	return id
}

func (n *Names) find(module, lesson, id string) *quiz.Question {
	l := n.lesson(module, lesson)
	if l == nil {
		return nil
	}
	for _, s := range l.Steps {
		if s.Question != nil && s.Question.ID == id {
			return s.Question
		}
	}
	return nil
}

func (n *Names) lesson(module, id string) *modules.Lesson {
	key := [2]string{module, id}
	l, ok := n.lessons[key]
	if ok {
		return l
	}
	if m := n.lib.Module(module); m != nil {
		if c := study.Context(id); c.IsTest() {
			l, _ = m.Test(n.lang, id[len("test-"):])
		} else {
			l, _ = m.Lesson(n.lang, id)
		}
	}
	n.lessons[key] = l
	return l
}

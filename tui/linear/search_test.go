package linear_test

import (
	"strings"
	"testing"

	"fanal/tui/linear"
)

func TestPhraseIsFoundAgainLineByLine(t *testing.T) {
	c := run(t, course(t), func(o *linear.Options) { o.Data = t.TempDir() })
	home := c.hear()
	said := c.say(pickOf(t, home, "Chercher"))
	expect(t, said, "Que cherchez-vous")
	said = c.say("plnaches") // a slip, and another ending
	expect(t, said, "a) ", "planche", "Le potager, Leçon one, étape 1")
	expect(t, c.say(pickOf(t, said, "Leçon one, étape 1")), "Leçon one", "Étape 1 sur 3")
	expect(t, c.say(":m"), "Leçon one, étape 1") // back among what was found
	expect(t, c.say(":b"), "Que cherchez-vous")
	expect(t, c.say("xyzzy"), "Rien n’a été trouvé pour : xyzzy", "Que cherchez-vous")
	expect(t, c.say(""), "Chercher", "Glossaire")
}

func TestGlossaryIsReadLineByLine(t *testing.T) {
	c := run(t, course(t), func(o *linear.Options) { o.Data = t.TempDir() })
	said := c.say(pickOf(t, c.hear(), "Glossaire"))
	expect(t, said, "Tapez le début d’un mot")
	expect(t, c.say("zzz"), "Aucun mot ne commence ainsi.")
	said = c.say("plan")
	expect(t, said, "1 mot", "a) planche (Le potager)")
	said = c.say("a")
	expect(t, said, "planche : Un carré de terre.", "Leçons qui l’utilisent", "a) Leçon one (étape 1)", "b) Leçon two (étape 1)")
	expect(t, c.say("b"), "Leçon two", "Étape 1 sur 3")
}

func TestWordsAreFoundInTheLessonThatIsOpen(t *testing.T) {
	c := run(t, course(t), func(o *linear.Options) { o.Module, o.Lesson = "c", "one" })
	c.hear()
	expect(t, c.say(":f"), "Que cherchez-vous")
	said := c.say("vrais")
	expect(t, said, "a) Est-ce vrai, one-a ? (étape 2)", "b) Est-ce vrai, one-b ? (étape 3)")
	expect(t, c.say("b"), "Étape 3 sur 3")
	expect(t, c.say(":f"), "Que cherchez-vous")
	expect(t, c.say(""), "Étape 3 sur 3")
}

func TestSearchThatIsLeftLeavesTheProgram(t *testing.T) {
	c := run(t, course(t), nil)
	c.say(pickOf(t, c.hear(), "Chercher"))
	if said := c.say(":q"); strings.TrimSpace(said) != "" {
		t.Errorf("said %q", said)
	}
	if err := c.wait(); err != nil {
		t.Error(err)
	}
}

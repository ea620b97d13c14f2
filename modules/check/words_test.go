package check_test

import (
	"strings"
	"testing"

	"fanal/modules"
	"fanal/modules/check"
)

// saysOf gives what is found of one kind in a module with a text in it, in an edition of a language.
func saysOf(t *testing.T, code modules.Code, lang string, changes map[string]string) (values []string) {
	t.Helper()
	fsys := tea(changes)
	for name, file := range fsys {
		if after, ok := strings.CutPrefix(name, "fr/"); ok {
			delete(fsys, name)
			fsys[lang+"/"+after] = file
		}
		if name == "module.toml" {
			file.Data = []byte(strings.NewReplacer(`"fr", "en"`, `"`+lang+`"`, `"fr"`, `"`+lang+`"`).Replace(string(file.Data)))
		}
	}
	for _, f := range check.Module(fsys, check.Options{Folder: "tea"}) {
		if f.Code == code {
			values = append(values, f.Value)
		}
	}
	return values
}

// Whoever knows two of the options guesses such a one; an option that only speaks of answers is left in peace.
func TestOptionsThatSumUpTheOthersAreFoundInFourLanguages(t *testing.T) {
	option := func(s string) map[string]string { return french(`"The guest does it alone"`, `"`+s+`"`) }
	for _, s := range []string{
		"Toutes les réponses", "Toutes ces propositions sont justes", "Aucune de ces réponses.", "Aucune n’est correcte", "Tout ce qui précède", "Les deux réponses ci-dessus",
		"A et B", "All of the above", "None of these", "Both answers are right", "all the above", "A, B and C", "Todas las anteriores", "Ninguna de las respuestas es correcta",
		"Todas son correctas", "Nada de lo anterior", "Tutte le precedenti", "Nessuna delle risposte precedenti", "Tutte queste", "Nessuna è corretta", "Entrambe sono vere",
	} {
		if found := saysOf(t, check.AllOfAbove, "fr", option(s)); len(found) != 1 {
			t.Errorf("%s: %q", s, found)
		}
	}
	for _, s := range []string{
		"Toutes les réponses du formulaire", "Les réponses de toutes les familles", "Aucune", "Toutes les réponses sont enregistrées", "All answers are kept in one table",
		"None of the families", "Both tables", "Todas las respuestas de la encuesta", "Tutte le risposte vanno in una tabella", "Nessuna tabella", "Les deux tables",
	} {
		if found := saysOf(t, check.AllOfAbove, "fr", option(s)); len(found) != 0 {
			t.Errorf("%s: %q", s, found)
		}
	}
}

// A form that a screen reader breaks on is found; prose that only looks like one is left in peace.
func TestFormsAreFoundInProseAndNothingElseIs(t *testing.T) {
	for _, tt := range []struct{ lang, text, form string }{
		{"fr", "Les étudiant·e·s lisent.", "étudiant·e"},
		{"fr", "Un·e habitué·e.", "Un·e"},
		{"fr", "Tou·s viennent.", "Tou·s"},
		{"fr", "Un(e) invité(e).", "Un(e)"},
		{"fr", "Les lecteur/trices.", "lecteur/trices"},
		{"es", "Hola amig@s.", "amig@s"},
		{"es", "Hola a tod*s.", `tod*s`},
		{"es", "Los niños/as.", "niños/as"},
		{"it", "Ciao a tuttə.", "tuttə"},
		{"it", "Ciao a tutt*, benvenut*.", "tutt*"},
		{"it", "Ragazzi/e.", "Ragazzi/e"},
		{"en", "A pump of 2 kW·h, of 5 N·m and 3 Pa·s.", ""},
		{"en", "The function f(a) and SUM(a), see note(1).", ""},
		{"en", "Prices* and sales. The star* is a footnote.", ""},
		{"en", "Write to awa@example.org, 60 km/h, and/or, input/output, n/a, 1/a.", ""},
		{"en", "See https://example.org/a/es and fr/es.", ""},
		{"fr", "Le bit/s, le « oui/non », l’aller(-retour).", ""},
		{"fr", "Un projet col·lectif, la paral·lela.", ""},
		{"es", "Sí y/o no; el C++ (a) y el (b).", ""},
		{"it", "E/o, città (a piedi), un’ora.", ""},
	} {
		escaped := strings.ReplaceAll(tt.text, "*", `\*`)
		found := saysOf(t, check.Inclusive, tt.lang, text("Faites du thé.", escaped))
		if tt.form == "" && len(found) != 0 || tt.form != "" && (len(found) != 1 || found[0] != tt.form) {
			t.Errorf("%s: found %q, want %q", tt.text, found, tt.form)
		}
	}
}

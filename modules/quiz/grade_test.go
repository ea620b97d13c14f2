package quiz_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fanal/modules/quiz"
)

func choice(correct ...bool) *quiz.Question {
	q := &quiz.Question{ID: "q", Type: quiz.Choice, Shuffle: true}
	for i, c := range correct {
		q.Options = append(q.Options, quiz.Option{ID: string(rune('a' + i)), Text: "option", Correct: c})
		if c {
			q.Pick++
		}
	}
	return q
}

func fillIn(accept ...string) *quiz.Question {
	return &quiz.Question{ID: "q", Type: quiz.FillIn, Accept: [][]string{accept}}
}

func numeric(n, tolerance float64, unit string) *quiz.Question {
	return &quiz.Question{ID: "q", Type: quiz.Numeric, Number: n, Tolerance: tolerance, Unit: unit}
}

func matching() *quiz.Question {
	return &quiz.Question{
		ID: "q", Type: quiz.Matching, Distractors: []string{"draws", "sings"},
		Pairs: []quiz.Pair{{"table", "table", "keeps"}, {"form", "form", "asks"}, {"view", "view", "shows"}, {"list", "list", "shows"}},
	}
}

func sequencing(ids ...string) *quiz.Question {
	q := &quiz.Question{ID: "q", Type: quiz.Sequencing}
	for _, id := range ids {
		q.Steps = append(q.Steps, quiz.Item{ID: id, Text: "step " + id})
	}
	return q
}

func TestGradeGivesWhatTheFormatSays(t *testing.T) {
	tests := []struct {
		name  string
		q     *quiz.Question
		a     quiz.Answer
		score float64
		parts []bool
	}{
		{"the right option", choice(false, true, false), quiz.Answer{"b"}, 1, []bool{true, true, true}},
		{"a wrong option", choice(false, true, false), quiz.Answer{"a"}, 0, []bool{false, false, true}},
		{"nothing picked", choice(false, true, false), nil, 0, []bool{true, false, true}},
		{"an option that is not there", choice(false, true), quiz.Answer{"z"}, 0, []bool{true, false}},
		{"both of two", choice(true, false, true, false), quiz.Answer{"c", "a"}, 1, []bool{true, true, true, true}},
		{"one of two", choice(true, false, true, false), quiz.Answer{"c"}, .5, []bool{false, true, true, true}},
		{"one right and one wrong cancel out", choice(true, false, true, false), quiz.Answer{"a", "b"}, 0, []bool{true, false, false, true}},
		{"all picked", choice(true, false, true, false), quiz.Answer{"a", "b", "c", "d"}, 0, []bool{true, false, true, false}},
		{"two right and one wrong", choice(true, true, true, false), quiz.Answer{"a", "b", "d"}, 1. / 3, []bool{true, true, false, false}},
		{"more wrong than right is not below nothing", choice(true, false, false), quiz.Answer{"b", "c"}, 0, []bool{false, false, false}},
		{"the same option twice counts once", choice(true, false, true), quiz.Answer{"a", "a"}, .5, []bool{true, true, false}},

		{"true is true", &quiz.Question{Type: quiz.TrueFalse, Truth: true}, quiz.Answer{"true"}, 1, nil},
		{"true is false", &quiz.Question{Type: quiz.TrueFalse, Truth: true}, quiz.Answer{"false"}, 0, nil},
		{"false is false", &quiz.Question{Type: quiz.TrueFalse}, quiz.Answer{"false"}, 1, nil},
		{"no word on it", &quiz.Question{Type: quiz.TrueFalse}, quiz.Answer{""}, 0, nil},

		{"a word", fillIn("record", "row"), quiz.Answer{"row"}, 1, []bool{true}},
		{"another word", fillIn("record", "row"), quiz.Answer{"field"}, 0, []bool{false}},
		{"no gap filled", fillIn("record"), quiz.Answer{}, 0, []bool{false}},
		{
			"one gap of two",
			&quiz.Question{Type: quiz.FillIn, Accept: [][]string{{"record"}, {"field"}}},
			quiz.Answer{"Record", "row"},
			.5,
			[]bool{true, false},
		},
		{
			"the gaps exchanged",
			&quiz.Question{Type: quiz.FillIn, Accept: [][]string{{"record"}, {"field"}}},
			quiz.Answer{"field", "record"},
			0,
			[]bool{false, false},
		},

		{"every pair", matching(), quiz.Answer{"table", "form", "view", "list"}, 1, []bool{true, true, true, true}},
		{"the twin of a right item", matching(), quiz.Answer{"table", "form", "list", "view"}, 1, []bool{true, true, true, true}},
		{"half of the pairs", matching(), quiz.Answer{"table", "distractor-1", "view", ""}, .5, []bool{true, false, true, false}},
		{"a short answer", matching(), quiz.Answer{"table"}, .25, []bool{true, false, false, false}},

		{"the right order", sequencing("a", "b", "c", "d"), quiz.Answer{"a", "b", "c", "d"}, 1, []bool{true, true, true, true}},
		{"the order backwards", sequencing("a", "b", "c", "d"), quiz.Answer{"d", "c", "b", "a"}, 0, []bool{false, false, false, false}},
		{"two halves exchanged", sequencing("a", "b", "c", "d"), quiz.Answer{"c", "d", "a", "b"}, 2. / 3, []bool{false, true, false, true}},
		{"the last one first", sequencing("a", "b", "c", "d"), quiz.Answer{"d", "a", "b", "c"}, 2. / 3, []bool{false, true, true, false}},
		{"a step twice", sequencing("a", "b", "c"), quiz.Answer{"a", "b", "a", "b", "c"}, .5, []bool{true, true, false}},
		{"a stranger among the steps", sequencing("a", "b", "c"), quiz.Answer{"x", "a", "b", "c"}, 1, []bool{false, true, true}},

		{"near the model", &quiz.Question{Type: quiz.LongFillIn}, quiz.Answer{"my text", "2"}, 1, nil},
		{"half way", &quiz.Question{Type: quiz.LongFillIn}, quiz.Answer{"my text", "1"}, .5, nil},
		{"far from it", &quiz.Question{Type: quiz.LongFillIn}, quiz.Answer{"my text", "0"}, 0, nil},
		{"not judged yet", &quiz.Question{Type: quiz.LongFillIn}, quiz.Answer{"my text"}, 0, nil},
		{"judged beyond the scale", &quiz.Question{Type: quiz.LongFillIn}, quiz.Answer{"my text", "3"}, 0, nil},
	}
	for _, tt := range tests {
		t.Run(string(tt.q.Type)+"/"+tt.name, func(t *testing.T) {
			v := quiz.Grade(tt.q, tt.a)
			if math.Abs(v.Score-tt.score) > 1e-12 || v.Right != (tt.score == 1) || !v.Judged {
				t.Errorf("Grade = %+v, want score %v", v, tt.score)
			}
			if !slices.Equal(v.Parts, tt.parts) {
				t.Errorf("parts = %v, want %v", v.Parts, tt.parts)
			}
		})
	}
}

func TestAScaleHasNoRightAnswer(t *testing.T) {
	q := &quiz.Question{Type: quiz.Likert, Scale: []string{"never", "always"}, NotApplicable: "does not concern me"}
	for _, a := range []quiz.Answer{nil, {"1"}, {"2"}, {quiz.NA}, {"9"}} {
		if v := quiz.Grade(q, a); v.Judged || v.Right || v.Score != 0 {
			t.Errorf("Grade(%v) = %+v, want nothing judged", a, v)
		}
	}
}

func TestTypedTextIsForgivenItsFormNotItsSubstance(t *testing.T) {
	tests := []struct {
		accepted, typed string
		want            bool
	}{
		{"enregistrement", "enregistrement", true},
		{"Enregistrement", "ENREGISTREMENT", true},
		{"donnée", "donnee", true},
		{"modèle de données", "  modele   de donnees ", true},
		{"cœur", "coeur", true},
		{"Straße", "strasse", true},
		{"l’identifiant", "l'identifiant", true},
		{"aujourd’hui", "aujourdhui", true},
		{"mot de passe", "mot\u00a0de\u202fpasse", true},
		{"mot de passe", "motde passe", true},
		{"mot de passe", "motdepasse", false}, // two slips
		{"no-code", "no code", true},
		{"mot‑clé", "mot-cle", true},
		{"table", "table.", true},
		{"table", "« table »", true},
		{"table", "table…", true},
		{"table", "la table", true},
		{"la table", "table", true},
		{"la poste", "le poste", false},
		{"identificador", "el identificador", true},
		{"identificatore", "l’identificatore", true},
		{"identificatore", "un identificatoer", true},

		{"enregistrement", "enregistrment", true},   // a letter missing
		{"enregistrement", "enregisttrement", true}, // one too many
		{"enregistrement", "enregistrenent", true},  // a wrong one
		{"enregistrement", "enregistremetn", true},  // two exchanged
		{"enregistrement", "enregistrments", false}, // two slips
		{"record", "recrod", true},                  // six letters
		{"table", "tabel", false},                   // five
		{"vue", "rue", false},
		{"typical", "atypical", false},
		{"atypical", "typical", false},
		{"legal", "illegal", false},
		{"data governance", "data govrnance", true},
		{"data governance", "date governance", false},
		{"data governance", "governance", false},
		{"data governance", "governance data", false},
		{"l'accord", "d'accord", false},

		{"version 12", "version 13", false},
		{"version12a", "version13a", false},
		{"2024-2025", "2024-2026", false},
		{"3 000", "3000", true},
		{"3 000", "3.000", true},
		{"3 000", "3001", false},
		{"2,5", "2.50", true},
		{"0,5", ".5", true},
		{"1.000", "1", false},
		{"-5", "5", false},
		{"−5", "-5", true},
		{"01200", "1200", false},
		{"01200", "01 200", true},
		{"06 00 00 00 19", "0600000019", true},
		{"5 %", "5%", true},
		{"5 %", "5", true},

		{"table", "", false},
		{"", "", false},
		{"table", ".", false},
		{".", ".", true},
		{"table", strings.Repeat("table ", 2000), false},
	}
	for _, tt := range tests {
		if v := quiz.Grade(fillIn(tt.accepted), quiz.Answer{tt.typed}); v.Right != tt.want {
			t.Errorf("%q for %q: right = %v, want %v", tt.typed, tt.accepted, v.Right, tt.want)
		}
	}
}

func TestASlipThatMakesAnotherWordOfTheQuestionIsMeant(t *testing.T) {
	bank := fillIn("employer")
	bank.Bank = []string{"employer", "employee", "trainer"}
	if quiz.Grade(bank, quiz.Answer{"Employee"}).Right {
		t.Error("a wrong word of the bank was taken for a slip")
	}
	if !quiz.Grade(bank, quiz.Answer{"employr"}).Right {
		t.Error("a slip was not forgiven because there is a bank")
	}
	gaps := &quiz.Question{Type: quiz.FillIn, Accept: [][]string{{"employer"}, {"employee"}}}
	if v := quiz.Grade(gaps, quiz.Answer{"employee", "employer"}); v.Score != 0 {
		t.Errorf("the words of two gaps exchanged score %v", v.Score)
	}
	if v := quiz.Grade(gaps, quiz.Answer{"emploper", "emploee"}); !v.Right {
		t.Errorf("a slip in each gap scores %v", v.Score)
	}
}

func TestAnExactTextIsComparedLetterByLetter(t *testing.T) {
	q := fillIn("Donnée l’an 2000")
	q.Exact = true
	for typed, want := range map[string]bool{
		"Donnée l’an 2000":         true,
		" Donne\u0301e  l'an 2000": true, // the same letters; no keyboard tells these apart
		"donnée l’an 2000":         false,
		"Donnee l’an 2000":         false,
		"Donnée l’an 2000.":        false,
		"":                         false,
	} {
		if v := quiz.Grade(q, quiz.Answer{typed}); v.Right != want {
			t.Errorf("%q: right = %v, want %v", typed, v.Right, want)
		}
	}
}

func TestTypedNumberIsForgivenItsFormNotItsValue(t *testing.T) {
	tests := []struct {
		number, tolerance float64
		unit, typed       string
		want              bool
	}{
		{72, 0, "%", "72", true},
		{72, 0, "%", "72 %", true},
		{72, 0, "%", " 72\u202f% ", true},
		{72, 0, "%", "72 pour cent", true},
		{72, 0, "%", "0.72", false},
		{72, 0, "%", "72 €", false},
		{72, 0, "", "72 %", true},
		{72, 0, "", "72.", true},
		{72, 0, "", "72.0", true},
		{72, 0, "", "+72", true},
		{72, 0, "", "= 72", true},
		{72, 0, "", "073", false},
		{72, 0, "", "-72", false},
		{-72, 0, "", "−72", true},
		{-72, 0, "", "- 72", true},
		{-72, 0, "", "72", false},
		{7, 0, "champs", "7 champs", true},
		{7, 0, "champs", "7 champ", true},
		{7, 0, "champs", "7 lignes", false},
		{7, 0, "champs", "champs", false},
		{7, 0, "minutes", "7 min", true},
		{7, 0, "€", "€ 7", true},
		{7, 0, "€", "7,00 euros", true},
		{7, 0, "€", "€7€", false},
		{7, 0, "m2", "7 m²", true},
		{2.5, 0, "", "2,5", true},
		{2.5, 0, "", "2.5", true},
		{2.5, 0, "", "2 5", false},
		{.5, 0, "", ",5", true},
		{1500, 0, "", "1 500", true},
		{1500, 0, "", "1\u00a0500", true},
		{1500, 0, "", "1.500", true},
		{1500, 0, "", "1,500", true},
		{1500, 0, "", "1'500,00", true},
		{1500, 0, "", "1.500,00", true},
		{1500, 0, "", "1,500.00", true},
		{1500, 0, "", "15 00", false},
		{1500, 0, "", "1,500.000,00", false},
		{1500000, 0, "", "1.500.000", true},
		{1500000, 0, "", "1 500 000", true},
		{500, 0, "", "0,500", false},
		{72, .5, "", "72,5", true},
		{72, .5, "", "71.5", true},
		{72, .5, "", "72.6", false},
		{.2, .1, "", "0.3", true},
		{7, 0, "", "7e0", false},
		{7, 0, "", "7 / 1", false},
		{7, 0, "", "seven", false},
		{7, 0, "", "", false},
		{7, 0, "", "7 8", false},
		{7, 0, "", strings.Repeat("7", 400), false},
		{7, 0, "", "7 millions", false},
		{16, 0, "", "0x10", false},
	}
	for _, tt := range tests {
		if v := quiz.Grade(numeric(tt.number, tt.tolerance, tt.unit), quiz.Answer{tt.typed}); v.Right != tt.want {
			t.Errorf("%q for %v ± %v %s: right = %v, want %v", tt.typed, tt.number, tt.tolerance, tt.unit, v.Right, tt.want)
		}
	}
}

func TestGradingPastedPagesCostsNothing(t *testing.T) {
	page := strings.Repeat("e\u0301", 1<<20)
	q := fillIn("enregistrement")
	if n := testing.AllocsPerRun(1, func() { quiz.Grade(q, quiz.Answer{page}) }); n > 200 {
		t.Errorf("a pasted page of 2 MB costs %v allocations", n)
	}
	if quiz.Numbers(strings.Repeat("1 000 ", 1<<20), "") != nil {
		t.Error("a pasted page is a number")
	}
}

func FuzzGrade(f *testing.F) {
	for _, s := range []string{"enregistrement", "1,500 %", "l’an", "-", "'", "a", "le ", "\xff", "0", "e\u0301\u0301", "a'b'c"} {
		f.Add(byte(2), s, s, "%", 7.0)
		f.Add(byte(3), s, s+"x", s, 0.5)
		f.Add(byte(5), s, "a", s, 1.0)
	}
	types := []quiz.Type{
		quiz.Choice, quiz.TrueFalse, quiz.FillIn, quiz.Numeric, quiz.Matching, quiz.Sequencing, quiz.LongFillIn, quiz.Likert, "",
	}
	f.Fuzz(func(t *testing.T, kind byte, right, typed, other string, number float64) {
		q := &quiz.Question{
			Type: types[int(kind)%len(types)], Options: []quiz.Option{{ID: right, Correct: true}, {ID: other}},
			Accept: [][]string{{right}, {other, right}}, Bank: []string{other, typed}, Number: number, Unit: other,
			Pairs: []quiz.Pair{{right, right, other}, {other, typed, right}}, Steps: []quiz.Item{{right, ""}, {other, ""}},
		}
		for _, a := range []quiz.Answer{nil, {typed}, {typed, other}, {right, typed, other}} {
			v := quiz.Grade(q, a)
			if !(v.Score >= 0 && v.Score <= 1) || v.Right != (v.Judged && v.Score == 1) {
				t.Fatalf("Grade(%+v, %q) = %+v", q, a, v)
			}
			quiz.Response(q, a)
		}
		if quiz.Same(right, typed) && onlyDigits(right) != onlyDigits(typed) && onlyLetters(right) != onlyLetters(typed) {
			t.Fatalf("%q was taken for %q: letters and digits differ", typed, right)
		}
		if len(right) < 1000 && quiz.Same(right, right+"1") && onlyDigits(right) == "" {
			t.Fatalf("a digit more was forgiven in %q", right)
		}
	})
}

func onlyDigits(s string) string  { return keep(s, "0123456789") }
func onlyLetters(s string) string { return keep(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz") }

func keep(s, chars string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(chars, r) {
			return r
		}
		return -1
	}, s)
}

func BenchmarkGradeTypedWord(b *testing.B) {
	q := fillIn("enregistrement", "ligne", "fiche")
	for b.Loop() {
		quiz.Grade(q, quiz.Answer{"un enregistrment"})
	}
}

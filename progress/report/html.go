package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
)

//go:embed report.html
var page string

// WriteHTML writes the report as one page without any other file, for a browser or a printer. Every bar stands beside the
// words that say the same. Lang is the language of the words.
func (r Report) WriteHTML(w io.Writer, words Words, lang string) error {
	t, err := template.New("report").Funcs(template.FuncMap{
		"T": words.T, "N": words.N, "Int": words.Int, "Minutes": words.Minutes, "Date": words.Date,
		"wrong":  func(q Question) string { return WrongName(q, words) },
		"lesson": func(q Question) string { return LessonName(q, words) },
		"score":  func(s Score) string { return ScoreWords(s, words) },
		"gain": func(of interface{ Gain() (int, bool) }) string {
			if points, ok := of.Gain(); ok {
				return GainWords(points, words)
			}
			return ""
		},
		"lessons": func(s Studied) string { return LessonsWords(s, words) },
		"percent": func(part, of int) int {
			p, _ := Score{part, of}.Percent()
			return p
		},
		"short": short,
	}).Parse(page)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	err = t.Execute(&b, struct {
		Report
		Lang string
	}{r, lang})
	if err != nil {
		return err
	}
	_, err = b.WriteTo(w)
	return err
}

// ScoreWords says a test: "7 of 10", or that it was not taken.
func ScoreWords(s Score, words Words) string {
	if s.Asked == 0 {
		return words.T("report-no-test")
	}
	return words.T("report-score", "Right", words.Int(s.Right), "Asked", words.Int(s.Asked))
}

// GainWords says a gain with its sign: "+30 points".
func GainWords(points int, words Words) string {
	if points > 0 {
		return words.N("report-gain-more", points)
	}
	if points < 0 {
		return words.N("report-gain-less", -points)
	}
	return words.T("report-gain-none")
}

// LessonsWords says how far somebody is with the lessons of a module.
func LessonsWords(s Studied, words Words) string {
	if !s.Here {
		return words.N("report-lessons-away", s.Done)
	}
	return words.N("report-lessons", s.Done, "Of", words.Int(s.Lessons), "Mastered", words.Int(s.Mastered))
}

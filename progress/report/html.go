package report

import (
	"io"
	"strings"

	"fanal/progress/page"
)

// WriteHTML writes the report as one page without any other file, for a browser or a printer. Every bar stands beside the
// words that say the same. Lang is the language of the words.
func (r Report) WriteHTML(w io.Writer, words Words, lang string) error {
	p := page.New(lang, words.T("report-title"))
	var about []string
	if !r.Made.IsZero() {
		about = append(about, words.T("report-made", "Date", words.Date(r.Made)))
	}
	if !r.Since.IsZero() {
		about = append(about, words.T("report-since", "Date", words.Date(r.Since)))
	}
	p.Paragraph(strings.Join(append(about, words.T("report-what")), " "))
	if r.Undated > 0 {
		p.Paragraph(words.N("report-undated", r.Undated))
	}
	if r.Left > 0 {
		p.Paragraph(words.N("report-left", r.Left))
	}
	p.Heading(2, words.T("report-people"))
	for _, person := range r.People {
		person.write(p, words)
	}
	p.Heading(2, words.T("report-questions"))
	p.Paragraph(words.T("report-questions-what"))
	p.Table("", func() {
		p.Row(columns(words, "question", "first", "wrong")...)
		for _, q := range r.Questions {
			q.write(p, words)
		}
	})
	return p.End(w)
}

// columns are the cells above a table.
func columns(words Words, names ...string) []page.Cell {
	cells := make([]page.Cell, len(names))
	for i, name := range names {
		cells[i] = page.Column(words.T("report-col-" + name))
	}
	return cells
}

func (person Person) write(p *page.Page, words Words) {
	p.Heading(3, person.Name+" ("+short(person.ID)+")")
	if len(person.Modules) == 0 {
		p.Paragraph(words.T("report-nothing"))
		return
	}
	p.Table("", func() {
		p.Row(columns(words, "module", "lessons", "before", "after", "gain", "minutes")...)
		for _, m := range person.Modules {
			p.Row(page.Name(m.Title), share(m.Done, m.Lessons, LessonsWords(m, words)), page.Text(ScoreWords(m.Before, words)),
				page.Text(ScoreWords(m.After, words)), page.Text(gained(m, words)), page.Text(words.Minutes(m.Minutes)))
			for _, o := range m.Objectives {
				if o.Answered > 0 {
					o.write(p, words)
				}
			}
		}
	})
}

func (o Objective) write(p *page.Page, words Words) {
	answers := words.T("record-answers", "Right", o.Right, "Of", o.Answered)
	if o.Mastered {
		answers += ", " + words.T("state-mastered")
	}
	p.Row(page.Text(o.Sentence), share(o.Right, o.Answered, answers), page.Text(ScoreWords(o.Before, words)),
		page.Text(ScoreWords(o.After, words)), page.Text(gained(o, words)), page.Text())
}

func (q Question) write(p *page.Page, words Words) {
	wrong := ""
	if q.Wrong != "" {
		wrong = WrongName(q, words) + " (" + words.N("report-chose", q.WrongPeople) + ")"
	}
	p.Row(page.Text(q.Prompt, q.ModuleTitle+" › "+LessonName(q, words)),
		share(q.First, q.People, words.N("report-first", q.People, "First", q.First)), page.Text(wrong))
}

// share is a cell with a bar, but where there is nothing to have a share of.
func share(part, of int, said string) page.Cell {
	percent, ok := Score{part, of}.Percent()
	if !ok {
		return page.Text(said)
	}
	return page.Bar(percent, said)
}

// gained says a gain, where both tests were taken.
func gained(of interface{ Gain() (int, bool) }, words Words) string {
	if points, ok := of.Gain(); ok {
		return GainWords(points, words)
	}
	return ""
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

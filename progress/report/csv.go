package report

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"time"
)

// Words say things in a language; a locale.Printer does.
type Words interface {
	T(id string, data ...any) string
	N(id string, n int, data ...any) string
	Int(n int) string
	Minutes(n int) string
	Date(t time.Time) string
}

// A Table is one of the three tables of a report: a file of its own as CSV, a part of the page as HTML.
type Table string

// The tables.
const (
	People     Table = "people"     // a line per person and module
	Objectives Table = "objectives" // a line per person, module and objective
	Questions  Table = "questions"  // a line per question
)

// Tables are the tables, in their order.
var Tables = []Table{People, Objectives, Questions}

// Semicolon parts the fields of a CSV file where nothing else is asked for. A spreadsheet takes the mark of its locale by
// itself: that is the semicolon wherever the comma stands in decimals, and LibreOffice takes it everywhere.
const Semicolon = ';'

// bom tells spreadsheets that the text is UTF-8; without it they read what their system's old code page makes of accents.
const bom = "\uFEFF"

// A cell is a text or, where number is true, a whole number or nothing.
type cell struct {
	text   string
	number bool
}

func text(s string) cell { return cell{text: s} }
func number(n int) cell  { return cell{strconv.Itoa(n), true} }

// maybe is a number that may be missing.
func maybe(n int, ok bool) cell {
	if !ok {
		return cell{number: true}
	}
	return number(n)
}

// WriteCSV writes one table, its heads in the language of the words. Every number in it is a whole one, without a sign for
// thousands: so it is read as a number in every locale. Every text stands in quotes, since the separators of other
// locales may be in it; a text that a spreadsheet would compute is not one any more.
func (r Report) WriteCSV(w io.Writer, t Table, words Words, separator rune) error {
	var b bytes.Buffer
	b.WriteString(bom)
	var heads []cell
	for _, id := range columnsOf(t) {
		heads = append(heads, text(words.T("report-col-"+id)))
	}
	writeRow(&b, heads, separator)
	for _, row := range r.rows(t, words) {
		writeRow(&b, row, separator)
	}
	_, err := b.WriteTo(w)
	return err
}

func writeRow(b *bytes.Buffer, row []cell, separator rune) {
	for i, c := range row {
		if i > 0 {
			b.WriteRune(separator)
		}
		if c.number {
			b.WriteString(c.text)
			continue
		}
		b.WriteString(`"` + strings.ReplaceAll(tame(c.text), `"`, `""`) + `"`)
	}
	b.WriteString("\r\n")
}

// tame puts an apostrophe before what a spreadsheet would take for a formula: names come from sticks too.
func tame(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func columnsOf(t Table) []string {
	switch t {
	case Objectives:
		return strings.Fields("person code module objective answered right mastered before after gain")
	case Questions:
		return strings.Fields("module lesson id question people first first-percent answers wrong wrong-people")
	}
	return strings.Fields("person code module version lessons begun done lessons-mastered minutes answers " +
		"before-right before-asked before after-right after-asked after gain")
}

func (r Report) rows(t Table, words Words) (rows [][]cell) {
	switch t {
	case Questions:
		for _, q := range r.Questions {
			percent, _ := Score{q.First, q.People}.Percent()
			rows = append(rows, []cell{
				text(q.ModuleTitle), text(LessonName(q, words)), text(q.Module + "/" + q.Lesson + "/" + q.ID), text(q.Prompt),
				number(q.People), number(q.First), number(percent), number(q.Answers),
				text(WrongName(q, words)), maybe(q.WrongPeople, q.Wrong != ""),
			})
		}
		return rows
	case Objectives:
		for _, p := range r.People {
			for _, s := range p.Modules {
				for _, o := range s.Objectives {
					rows = append(rows, append([]cell{
						text(p.Name), text(short(p.ID)), text(s.Title), text(o.Sentence), number(o.Answered), number(o.Right),
						number(one(o.Mastered)),
					}, percents(o.Before, o.After, false)...))
				}
			}
		}
		return rows
	}
	for _, p := range r.People {
		for _, s := range p.Modules {
			rows = append(rows, append([]cell{
				text(p.Name), text(short(p.ID)), text(s.Title), text(s.Version), number(s.Lessons), number(s.Begun),
				number(s.Done), maybe(s.Mastered, s.Here), number(s.Minutes), number(s.Answers),
			}, percents(s.Before, s.After, true)...))
		}
	}
	return rows
}

// percents are the cells of the two tests and the gain; whole with the numbers that they come from.
func percents(before, after Score, whole bool) (cells []cell) {
	for _, s := range []Score{before, after} {
		percent, ok := s.Percent()
		if whole {
			cells = append(cells, maybe(s.Right, ok), maybe(s.Asked, ok))
		}
		cells = append(cells, maybe(percent, ok))
	}
	return append(cells, maybe(gain(before, after)))
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// short is enough of a code to tell two people of one name apart. The sign before it keeps spreadsheets from taking digits
// with an "e" among them for a number.
func short(id string) string { return "#" + id[:min(len(id), 8)] }

// WrongName is what the wrong option that most chose says, "" when there is none.
func WrongName(q Question, words Words) string {
	switch {
	case q.Wrong == "":
		return ""
	case q.WrongText != "":
		return q.WrongText
	case q.Wrong == "true", q.Wrong == "false":
		return words.T("word-" + q.Wrong)
	}
	return q.Wrong
}

// LessonName is the title of a question's lesson, or which test it is in.
func LessonName(q Question, words Words) string {
	if q.Lesson == "test-a" || q.Lesson == "test-b" {
		return words.T("report-" + q.Lesson)
	}
	return q.LessonTitle
}

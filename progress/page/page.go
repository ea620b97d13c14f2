// Package page writes pages of HTML without any other file, for a browser or a printer. What is given to it are texts: what
// would be markup in them is escaped, and there is no way to write something that is not.
//
// It stands in for html/template, which finds methods by their names: whatever links it keeps every method of every type,
// a tenth of the program.
package page

import (
	"html"
	"io"
	"strconv"
	"strings"
)

const style = `
body { font: 1rem/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff }
h1 { font-size: 1.5rem } h2 { font-size: 1.25rem; margin-top: 2rem } h3 { font-size: 1rem; margin-bottom: .3rem }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; padding: .3rem 0 }
th, td { border-bottom: 1px solid #999; padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere }
td.number, th.number { text-align: right; white-space: nowrap }
.text { white-space: pre-wrap }
.bar { display: inline-block; width: 6rem; height: .6rem; border: 1px solid #333; margin-right: .5rem; background: #fff }
.bar span { display: block; height: 100%; background: #333; print-color-adjust: exact; -webkit-print-color-adjust: exact }
@media print { body { margin: 0; max-width: none; font-size: 10pt } tr, h3 { break-inside: avoid } h2, h3 { break-after: avoid } }
`

// A Page is written from its beginning to its end. It begins with New.
type Page struct{ b strings.Builder }

// New begins a page in a language with its title, which is its first heading too.
func New(lang, title string) *Page {
	p := &Page{}
	p.put("<!DOCTYPE html>\n<html lang=\"", html.EscapeString(lang), "\">\n<head>\n<meta charset=\"utf-8\">\n")
	p.put("<meta name=\"viewport\" content=\"width=device-width\">\n<title>", html.EscapeString(title), "</title>\n")
	p.put("<style>", style, "</style>\n</head>\n<body>\n")
	p.Heading(1, title)
	return p
}

func (p *Page) put(parts ...string) {
	for _, part := range parts {
		p.b.WriteString(part)
	}
}

// Heading writes a heading of a level from 1.
func (p *Page) Heading(level int, text string) {
	h := "h" + strconv.Itoa(level)
	p.put("<", h, ">", html.EscapeString(text), "</", h, ">\n")
}

// Paragraph writes a paragraph.
func (p *Page) Paragraph(text string) { p.put("<p>", html.EscapeString(text), "</p>\n") }

// Label writes a paragraph that says what the next one is; the rest of it, which can be "", is less strong.
func (p *Page) Label(text, rest string) {
	p.put("<p><strong>", html.EscapeString(text), "</strong>", html.EscapeString(rest), "</p>\n")
}

// Typed writes a paragraph with the lines that somebody made.
func (p *Page) Typed(text string) { p.put(`<p class="text">`, html.EscapeString(text), "</p>\n") }

// Table writes a table: its caption, unless it is "", then its rows.
func (p *Page) Table(caption string, rows func()) {
	p.put("<table>\n")
	if caption != "" {
		p.put("<caption>", html.EscapeString(caption), "</caption>\n")
	}
	rows()
	p.put("</table>\n")
}

// Row writes a row of a table.
func (p *Page) Row(cells ...Cell) {
	p.put("<tr>")
	for _, c := range cells {
		p.put(c.html)
	}
	p.put("</tr>\n")
}

// End ends the page and writes it to w.
func (p *Page) End(w io.Writer) error {
	p.put("</body>\n</html>\n")
	_, err := io.WriteString(w, p.b.String())
	return err
}

// A Cell is a part of a row, made by one of the functions below.
type Cell struct{ html string }

// Text is a cell with a text, or with several under each other.
func Text(lines ...string) Cell {
	escaped := make([]string, len(lines))
	for i, line := range lines {
		escaped[i] = html.EscapeString(line)
	}
	return Cell{"<td>" + strings.Join(escaped, "<br>") + "</td>"}
}

// Typed is a cell with the lines that somebody made.
func Typed(text string) Cell { return Cell{`<td class="text">` + html.EscapeString(text) + "</td>"} }

// Number is a cell with a number.
func Number(text string) Cell {
	return Cell{`<td class="number">` + html.EscapeString(text) + "</td>"}
}

// Bar is a cell with a bar of so many percent, and the words that say the same beside it.
func Bar(percent int, words string) Cell {
	return Cell{`<td><span class="bar" aria-hidden="true"><span style="width: ` + strconv.Itoa(percent) + `%"></span></span>` +
		html.EscapeString(words) + "</td>"}
}

// Name is the cell that says what its row is about.
func Name(text string) Cell { return Cell{`<th scope="row">` + html.EscapeString(text) + "</th>"} }

// Column is the cell that says what stands below it.
func Column(text string) Cell { return Cell{`<th scope="col">` + html.EscapeString(text) + "</th>"} }

// Numbers is the cell above numbers.
func Numbers(text string) Cell {
	return Cell{`<th scope="col" class="number">` + html.EscapeString(text) + "</th>"}
}

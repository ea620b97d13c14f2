package page_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"fanal/progress/page"
)

// Whatever people call themselves or type, the page shows it and a browser runs nothing of it: where texts are written
// there is not one tag, attribute or comment more than with harmless ones.
func TestNothingThatPeopleTypedIsMarkup(t *testing.T) {
	for _, typed := range []string{
		`<script>alert("x")</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='x`, "</td></table>", "</style><b>", "<!-- ",
		"&lt;script&gt;", "&#60;b>", "]]>", "<?x", "</title>",
	} {
		harmless, got := written(t, "harmless"), written(t, typed)
		if strings.Join(tags(t, got), "\n") != strings.Join(tags(t, harmless), "\n") {
			t.Errorf("%s is markup:\n%s", typed, got)
		}
		if n := strings.Count(words(t, got), typed); n != strings.Count(words(t, harmless), "harmless") {
			t.Errorf("%s can be read %d times:\n%s", typed, n, got)
		}
	}
}

// written writes a text in every place of a page.
func written(t *testing.T, text string) string {
	t.Helper()
	p := page.New("fr", text)
	p.Heading(2, text)
	p.Paragraph(text)
	p.Label(text, text)
	p.Typed(text)
	p.Table(text, func() {
		p.Row(page.Column(text), page.Numbers(text))
		p.Row(page.Name(text), page.Text(text, text), page.Typed(text), page.Number(text), page.Bar(50, text))
	})
	var b strings.Builder
	if err := p.End(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func tags(t *testing.T, html string) (tags []string) {
	t.Helper()
	tokens(t, html, func(token xml.Token) {
		switch token := token.(type) {
		case xml.StartElement:
			tag := token.Name.Local
			for _, a := range token.Attr {
				tag += " " + a.Name.Local + "=" + a.Value
			}
			tags = append(tags, tag)
		case xml.EndElement:
			tags = append(tags, "/"+token.Name.Local)
		case xml.Comment, xml.ProcInst:
			tags = append(tags, "?")
		}
	})
	return tags
}

func words(t *testing.T, html string) string {
	t.Helper()
	var b strings.Builder
	tokens(t, html, func(token xml.Token) {
		if text, ok := token.(xml.CharData); ok {
			b.Write(text)
			b.WriteByte('\n')
		}
	})
	return b.String()
}

// tokens reads a page as XML does, which it would be but for the elements that are never closed.
func tokens(t *testing.T, html string, each func(xml.Token)) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(html))
	d.Strict, d.AutoClose = false, []string{"meta", "br"}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in:\n%s", err, html)
		}
		each(token)
	}
}

package locale

import (
	"strconv"
	"strings"
	"time"
)

const nbsp = "\u00a0"

// Int writes n with the language's thousands mark, which Spanish and French set from ten thousand on as the others do.
func (p *Printer) Int(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	if len(s) <= 4 {
		return sign + s
	}
	mark := nbsp
	switch p.Lang {
	case "en":
		mark = ","
	case "it":
		mark = "."
	}
	var b strings.Builder
	for i, r := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteRune(r)
	}
	return sign + b.String()
}

// Decimal writes f with at most places decimals and the language's decimal mark.
func (p *Printer) Decimal(f float64, places int) string {
	s := strconv.FormatFloat(f, 'f', places, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if p.Lang != "en" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// Percent writes a share between 0 and 1 as a whole percentage.
func (p *Printer) Percent(share float64) string {
	s := strconv.Itoa(int(share*100 + 0.5))
	if p.Lang == "fr" || p.Lang == "es" {
		return s + nbsp + "%"
	}
	return s + "%"
}

// Minutes writes a length in minutes: "48 min", "2 h 05".
func (p *Printer) Minutes(n int) string {
	if n < 60 {
		return strconv.Itoa(n) + nbsp + "min"
	}
	m := strconv.Itoa(n % 60)
	if len(m) == 1 {
		m = "0" + m
	}
	return strconv.Itoa(n/60) + nbsp + "h" + nbsp + m
}

// Bytes writes a size for a person: "12 kB", "3,4 MB"; "ko" and "Mo" in French.
func (p *Printer) Bytes(n int64) string {
	unit := [...]string{"B", "kB", "MB", "GB", "TB"}
	if p.Lang == "fr" {
		unit = [...]string{"o", "ko", "Mo", "Go", "To"}
	}
	f, i := float64(n), 0
	for f >= 1000 && i < len(unit)-1 {
		f, i = f/1000, i+1
	}
	places := 0
	if i > 0 && f < 10 {
		places = 1
	}
	return p.Decimal(f, places) + nbsp + unit[i]
}

// Date writes a day: "22 novembre 2026", "22 November 2026", "22 de noviembre de 2026", "1er août 2026".
func (p *Printer) Date(t time.Time) string {
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = p.T("date-first")
	}
	return p.T("date-form", "Day", day, "Month", p.T("month-"+strconv.Itoa(int(t.Month()))), "Year", t.Year())
}

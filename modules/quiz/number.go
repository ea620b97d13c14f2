package quiz

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Numbers gives what a typed number may mean; none when it is not a number. A decimal comma, spaces or apostrophes
// between thousands, a percent sign and the unit (before or after) are form. "1,500" and "1.500" may mean one and a half
// or one thousand five hundred, depending on where one went to school: they give both. Another unit than the question's
// is substance: then it is no answer to it.
func Numbers(typed, unit string) []float64 {
	if len(typed) > longestTyped {
		return nil
	}
	m := numberForm.FindStringSubmatch(plainNumber(typed))
	if m == nil || m[1] != "" && m[4] != "" || !unitIs(unit, m[1]) || !unitIs(unit, m[4]) {
		return nil
	}
	var values []float64
	for _, digits := range readings(strings.TrimRight(m[3], " .,'")) {
		v, err := strconv.ParseFloat(strings.TrimSpace(m[2])+digits, 64)
		if err == nil && !math.IsInf(v, 0) && !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return values
}

// numberForm takes apart what stands before a number, its sign, its digits and what follows.
var numberForm = regexp.MustCompile(`^([^0-9.,+-]*)([+-]? ?)([.,]?[0-9][0-9 .,']*)(.*)$`)

// plainNumber levels signs and spaces as plain does, and keeps everything else.
func plainNumber(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(strings.Map(level, s))), " ")
}

// readings gives the ways to read digits with separators, each as strconv reads them.
func readings(s string) []string {
	points, commas := strings.Count(s, "."), strings.Count(s, ",")
	switch {
	case points+commas == 0:
		return whole(s)
	case points+commas == 1:
		at := strings.IndexAny(s, ".,")
		out := fraction(s[:at], s[at+1:])
		if at > 0 && s[0] != '0' { // "0,500" is never five hundred
			out = append(out, whole(strings.ReplaceAll(strings.ReplaceAll(s, ",", " "), ".", " "))...)
		}
		return out
	case points == 0 || commas == 0: // several of one kind: between thousands
		return whole(strings.NewReplacer(".", " ", ",", " ").Replace(s))
	default: // both: the last one stands before the decimals, and alone of its kind
		at := strings.LastIndexAny(s, ".,")
		if strings.Count(s, s[at:at+1]) > 1 {
			return nil
		}
		return fraction(strings.NewReplacer(".", " ", ",", " ").Replace(s[:at]), s[at+1:])
	}
}

// whole reads digits, with or without spaces or apostrophes between groups of three.
func whole(s string) []string {
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\'' })
	if len(groups) == 0 || len(groups) > 1 && len(groups[0]) > 3 {
		return nil
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return nil
		}
	}
	return []string{strings.Join(groups, "")}
}

func fraction(before, after string) []string {
	after = strings.ReplaceAll(after, " ", "")
	if before == "" {
		before = "0"
	}
	if w := whole(before); w != nil && after != "" && strings.Trim(after, "0123456789") == "" {
		return []string{w[0] + "." + after}
	}
	return nil
}

// units that have more than one way to be written.
var units = [][]string{
	{"%", "pour cent", "pourcent", "percent", "per cent", "por ciento", "per cento"},
	{"€", "euro", "euros", "eur"},
	{"h", "heure", "heures", "hour", "hours", "hora", "horas", "ora", "ore"},
	{"min", "minute", "minutes", "minuto", "minutos", "minuti"},
}

// unitIs says whether what stands beside a number can be the question's unit, or nothing. A question without a unit
// takes a percent sign as well.
func unitIs(unit, typed string) bool {
	typed = plain(typed)
	if strings.Trim(typed, " .=") == "" {
		return true
	}
	unit = plain(unit)
	if unit == "" {
		unit = "%"
	}
	if unit == typed || unit+"s" == typed || unit == typed+"s" || sameButSlips(words(unit), words(typed)) {
		return true
	}
	return slices.ContainsFunc(units, func(u []string) bool { return slices.Contains(u, unit) && slices.Contains(u, typed) })
}

func rightNumber(q *Question, typed string) bool {
	// Decimal fractions are not exact in binary: 0.3 is within 0.1 of 0.2.
	slack := 1e-9 * math.Max(1, math.Abs(q.Number))
	return slices.ContainsFunc(Numbers(typed, q.Unit), func(v float64) bool {
		return math.Abs(v-q.Number) <= q.Tolerance+slack
	})
}

// sameNumber says whether two texts in plain form write the same number. A zero in front is substance: a postcode 01200
// is not 1200.
func sameNumber(a, b string) bool {
	da, db := onlyDigits(a), onlyDigits(b)
	if da == "" || db == "" {
		return false
	}
	na, nb := Numbers(a, ""), Numbers(b, "")
	if strings.ReplaceAll(a, " ", "") == strings.ReplaceAll(b, " ", "") {
		return len(na) > 0 && len(nb) > 0 || strings.Trim(a+b, "0123456789 ") == ""
	}
	if len(na) == 1 && len(nb) == 1 && zeroFirst(a) == zeroFirst(b) {
		return na[0] == nb[0]
	}
	return da == db && slices.ContainsFunc(na, func(v float64) bool { return slices.Contains(nb, v) })
}

func zeroFirst(s string) bool {
	s = strings.TrimLeft(s, "+- ")
	return len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9'
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

package content_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fanal/content"
	"fanal/modules"
)

// The answers that rest on sample data are worked out from the files that learners open: whoever counts for themselves
// must come to the answer that the program calls right, and to the figures that the lesson explains.
func TestAnswersFollowFromTheSampleData(t *testing.T) {
	visits, members := table(t, "no-code/files/visits.csv"), table(t, "data-governance/files/members.csv")
	survey, requests := table(t, "data-governance/files/survey.csv"), table(t, "ai-ethics/files/requests.csv")
	if got := table(t, "no-code/files/members.csv"); !slices.EqualFunc(got.rows, members.rows, slices.Equal) {
		t.Error("the members of two modules are not the same people")
	}
	households := visits.groups("household")
	emails := members.count(func(r row) bool { return r.get("email") != "" })
	wellFormed := regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[a-z]+$`)
	honestB := requests.where(func(r row) bool { return r.get("group") == "B" && r.get("fraud") == "no" })
	answers := []struct {
		module, lesson, question string
		want                     float64
	}{
		{"no-code", "need-to-model", "count-fields", float64(len(members.header))},
		{"no-code", "link-tables", "diallo-rows", float64(visits.count(func(r row) bool { return r.get("household") == "Diallo" }))},
		{"no-code", "link-tables", "households-count", float64(len(households))},
		{"data-governance", "good-quality", "email-filled", percent(emails, len(members.rows))},
		{"data-governance", "good-quality", "malformed-email", float64(members.count(func(r row) bool {
			return r.get("email") != "" && !wellFormed.MatchString(r.get("email"))
		}))},
		{"data-governance", "keep-and-react", "alone-rows", float64(len(survey.alone("age_band", "village", "nationality")))},
		{"ai-ethics", "spot-bias", "rate-group-b", percent(honestB.count(flagged), len(honestB.rows))},
	}
	all := editions(t)
	for _, a := range answers {
		for _, e := range all[a.module] {
			q := question(t, e, a.lesson, a.question)
			if math.Abs(q.Number-a.want) > q.Tolerance {
				t.Errorf("%s/%s/%s: the answer is %v, the data say %v", e, a.lesson, a.question, q.Number, a.want)
			}
		}
	}
	before, after := len(visits.rows)*len(visits.header), 5*len(households)+3*len(visits.rows)
	for _, e := range all["no-code"] {
		names(t, e, "link-tables", "solution", len(visits.rows), before, 5*len(households), 3*len(visits.rows), after)
	}
	doubtful := members.doubtful(wellFormed)
	for _, e := range all["data-governance"] {
		names(t, e, "good-quality", "solution", append(doubtful, emails)...)
		if cells := fmt.Sprintf("E2:E%d", len(members.rows)+1); members.header[4] != "email" || !strings.Contains(blocks(e, "good-quality", "exercise"), cells) {
			t.Errorf("%s: the formula does not count the emails, which are in %s", e, cells)
		}
		solution := blocks(e, "keep-and-react", "solution")
		for _, columns := range [][]string{{"age_band", "village", "nationality"}, {"age_band", "village"}, {"age_band"}} {
			for _, n := range survey.alone(columns...) {
				if !regexp.MustCompile(fmt.Sprintf(`\b%d\b`, n)).MatchString(solution) {
					t.Errorf("%s: row %d is alone by %q, and the solution does not name it", e, n, columns)
				}
			}
		}
		if got := question(t, e, "keep-and-react", "alone-rows").Explanation; !contains(numbers(got, e.lang), 3, 6) {
			t.Errorf("%s: rows 3 and 6 are not explained: %s", e, got)
		}
	}
	if got := survey.alone("age_band"); len(got) > 0 {
		t.Errorf("by age alone, rows %v are alone, and the solution says nobody is", got)
	}
	biasFigures(t, all["ai-ethics"], requests)
}

// biasFigures compares what the lesson on bias says with the forty requests.
func biasFigures(t *testing.T, editions []*edition, requests sheet) {
	right := func(r row) bool { return r.get("fraud") == r.get("flagged") }
	var shares []float64
	for _, group := range []string{"A", "B"} {
		all := requests.where(func(r row) bool { return r.get("group") == group })
		honest := all.where(func(r row) bool { return r.get("fraud") == "no" })
		shares = append(shares, percent(all.count(right), len(all.rows)), math.Round(percent(honest.count(flagged), len(honest.rows))))
		for _, e := range editions {
			found := all.where(func(r row) bool { return r.get("fraud") == "yes" })
			said := numbers(pageText(e, "spot-bias"), e.lang)
			for _, n := range []int{found.count(flagged), len(found.rows), honest.count(flagged), len(honest.rows), all.count(right), len(all.rows)} {
				if !contains(said, float64(n)) {
					t.Errorf("%s: the table lacks %d, of group %s", e, n, group)
				}
			}
		}
	}
	shares = append(shares, percent(requests.count(right), len(requests.rows)))
	for _, e := range editions {
		if got := numbers(blocks(e, "spot-bias", "solution"), e.lang); !contains(got, shares...) {
			t.Errorf("%s: the solution says %v, the data %v", e, got, shares)
		}
	}
}

// Lists that a lesson prints for those who work on paper are the files that others open.
func TestPrintedListsAreTheFiles(t *testing.T) {
	none := map[string]string{"fr": "sans", "en": "no ", "es": "sin", "it": "senza"}
	for _, c := range []struct {
		module, lesson, file string
		columns              []string // that no language translates
	}{
		{"no-code", "link-tables", "visits.csv", []string{"household", "phone", "adults", "children"}},
		{"data-governance", "good-quality", "members.csv", []string{"first_name", "last_name", "birth_year", "email", "postcode", "joined"}},
		{"data-governance", "keep-and-react", "survey.csv", []string{"age_band", "village"}},
	} {
		sheet := table(t, c.module+"/files/"+c.file)
		for _, e := range editions(t)[c.module] {
			lines := strings.Split(pageText(e, c.lesson), "\n")
			for i := range sheet.rows {
				want := sheet.row(i)
				if !slices.ContainsFunc(lines, func(l string) bool { return printed(l, want, c.columns, none[e.lang], i+1) }) {
					t.Errorf("%s/%s: row %d of %s is not printed: %q", e, c.lesson, i+1, c.file, sheet.rows[i])
				}
			}
		}
	}
}

// printed tells whether a line is list item n and has the fields of a row in their order; a missing value is a word.
func printed(line string, r row, columns []string, none string, n int) bool {
	start, rest, _ := strings.Cut(line, " ")
	if start != fmt.Sprintf("%d.", n) && (start != "-" || !strings.Contains(rest, fmt.Sprintf(" %d", n))) {
		return false
	}
	for _, c := range columns {
		value := r.get(c)
		if value == "" {
			value = none
		}
		_, after, ok := strings.Cut(rest, value)
		if !ok {
			return false
		}
		rest = after
	}
	return true
}

// A sheet is a CSV file with a heading line.
type sheet struct {
	header []string
	rows   [][]string
}

type row struct {
	header, cells []string
}

func (r row) get(column string) string { return r.cells[slices.Index(r.header, column)] }

func (s sheet) row(i int) row { return row{s.header, s.rows[i]} }

func flagged(r row) bool { return r.get("flagged") == "yes" }

func table(t *testing.T, name string) sheet {
	t.Helper()
	data, err := fs.ReadFile(content.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return sheet{all[0], all[1:]}
}

func (s sheet) where(holds func(row) bool) sheet {
	found := sheet{header: s.header}
	for i := range s.rows {
		if holds(s.row(i)) {
			found.rows = append(found.rows, s.rows[i])
		}
	}
	return found
}

func (s sheet) count(holds func(row) bool) int { return len(s.where(holds).rows) }

// groups counts the rows for each combination of values of the columns.
func (s sheet) groups(columns ...string) map[string]int {
	n := map[string]int{}
	for i := range s.rows {
		n[s.key(i, columns)]++
	}
	return n
}

func (s sheet) key(i int, columns []string) string {
	var values []string
	for _, c := range columns {
		values = append(values, s.row(i).get(c))
	}
	return strings.Join(values, "|")
}

// alone gives the numbers of the rows that no other row resembles in the columns.
func (s sheet) alone(columns ...string) []int {
	var rows []int
	groups := s.groups(columns...)
	for i := range s.rows {
		if groups[s.key(i, columns)] == 1 {
			rows = append(rows, i+1)
		}
	}
	return rows
}

// doubtful gives the numbers of the member rows that need a check.
func (s sheet) doubtful(wellFormed *regexp.Regexp) []int {
	date, seen := regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])$`), map[string]bool{}
	var rows []int
	for i := range s.rows {
		r := s.row(i)
		name := r.get("first_name") + r.get("last_name") + r.get("birth_year")
		if !wellFormed.MatchString(r.get("email")) || r.get("birth_year") > "2026" || len(r.get("postcode")) != 5 ||
			!date.MatchString(r.get("joined")) || seen[name] {
			rows = append(rows, i+1)
		}
		seen[name] = true
	}
	return rows
}

func percent(part, whole int) float64 { return 100 * float64(part) / float64(whole) }

func contains(said []float64, want ...float64) bool {
	for _, n := range want {
		if !slices.Contains(said, n) {
			return false
		}
	}
	return true
}

// names reports the numbers that a lesson's callouts of a kind do not name.
func names(t *testing.T, e *edition, lesson, callout string, want ...int) {
	t.Helper()
	said := numbers(blocks(e, lesson, callout), e.lang)
	for _, n := range want {
		if !contains(said, float64(n)) {
			t.Errorf("%s/%s: the %s lacks %d: %v", e, lesson, callout, n, said)
		}
	}
}

// blocks gives the text of a lesson's callouts of a kind.
func blocks(e *edition, lesson, callout string) string {
	var found []modules.Block
	for _, l := range e.lessons {
		for _, s := range l.Steps {
			for _, b := range s.Blocks {
				if l.ID == lesson && b.Callout == callout {
					found = append(found, b)
				}
			}
		}
	}
	return markdown(found)
}

// pageText gives the text of a lesson, questions excepted.
func pageText(e *edition, lesson string) string {
	var texts []string
	for _, l := range e.lessons {
		for _, s := range l.Steps {
			if l.ID == lesson {
				texts = append(texts, markdown(s.Blocks))
			}
		}
	}
	return strings.Join(texts, "\n")
}

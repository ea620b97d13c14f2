package bring_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fanal/modules/bring"
	"fanal/modules/quiz"
)

// taken reads one GIFT text and gives its questions, and the codes of what was said of it. The module loads.
func taken(t *testing.T, gift string) (questions []*quiz.Question, codes []bring.Code) {
	t.Helper()
	r := bring.GIFT([]bring.File{{Name: "quiz.txt", Data: []byte(gift)}}, options("quiz"))
	for _, n := range r.Notes {
		for _, why := range n.Why {
			codes = append(codes, why.Code)
		}
	}
	if r.Questions == 0 {
		return nil, codes
	}
	for _, l := range lessonsOf(t, opened(t, r), "en") {
		questions = append(questions, l.Questions()...)
	}
	return questions, codes
}

// said writes a question down in a few signs: type, prompt, what is right, what is said.
func said(q *quiz.Question) string {
	s := string(q.Type) + ": " + q.Prompt
	for _, o := range q.Options {
		mark := " ~"
		if o.Correct {
			mark = " ="
		}
		s += mark + o.Text
		if o.Feedback != "" {
			s += "#" + o.Feedback
		}
	}
	switch q.Type {
	case quiz.TrueFalse:
		s += fmt.Sprintf(" %v", q.Truth)
	case quiz.FillIn:
		s += fmt.Sprintf(" %q", q.Accept)
	case quiz.Numeric:
		s += fmt.Sprintf(" %v±%v", q.Number, q.Tolerance)
	case quiz.LongFillIn:
		s += " model: " + q.Model
	}
	for _, p := range q.Pairs {
		s += " " + p.Left + "->" + p.Right
	}
	for _, d := range q.Distractors {
		s += " ->" + d
	}
	for _, p := range q.Scale {
		s += " |" + p
	}
	if q.Feedback != "" {
		s += " wrong: " + q.Feedback
	}
	if q.Explanation != "" && !strings.HasPrefix(q.Explanation, "Right: ") && !strings.HasPrefix(q.Explanation, "It ") && q.Explanation != "Compare." {
		s += " why: " + q.Explanation
	}
	return s
}

// none is the one thing said of a question that had no explanation and was taken as it is.
var none = []bring.Code{bring.NoExplanation}

// manual are the examples of Moodle's manual, and others like them.
var manual = map[string]struct {
	gift, want string
	codes      []bring.Code
}{
	"choice": {
		`Which port has two lighthouses?{~Brest ~Calais =La Rochelle}`,
		`choice: Which port has two lighthouses? ~Brest ~Calais =La Rochelle`, none,
	},
	"missing word": {
		`A tide is {~pulled =raised ~cooled} by the moon.`,
		`choice: A tide is _____ by the moon. ~pulled =raised ~cooled`, none,
	},
	"answers on lines of their own": {
		"The harbour opens on the {\n    ~second\n    ~third\n    =fourth\n} Monday of May.",
		`choice: The harbour opens on the _____ Monday of May. ~second ~third =fourth`, none,
	},
	"short answer":                   {`Who keeps the lamp?{=the keeper =keeper}`, `fill-in: Who keeps the lamp? [["the keeper" "keeper"]]`, none},
	"short answer within a sentence": {`Two and two make {=four =4}.`, `fill-in: Two and two make {{}}. [["four" "4"]]`, none},
	"short answer alone":             {`Where do ships sleep?{harbour}`, `fill-in: Where do ships sleep? [["harbour"]]`, none},
	"true":                           {`The sun rises in the east.{T}`, `true-false: The sun rises in the east. true`, none},
	"false in full":                  {`The lamp burns water.{FALSE}`, `true-false: The lamp burns water. false`, none},
	"true and false with both feedbacks": {
		`The lamp burns water.{F#Water does not burn.#Well seen!}`,
		`true-false: The lamp burns water. false wrong: Water does not burn. why: Well seen!`, nil,
	},
	"matching": {
		"Match the lands and their chief towns. {\n =Canada -> Ottawa\n =Italy  -> Rome\n =Japan  -> Tokyo\n }",
		`matching: Match the lands and their chief towns. Canada->Ottawa Italy->Rome Japan->Tokyo`, none,
	},
	"matching without spaces":           {`Towns.{=Canada->Ottawa =Italy->Rome}`, `matching: Towns. Canada->Ottawa Italy->Rome`, none},
	"matching with one too many":        {`Towns.{=Canada->Ottawa =Italy->Rome = -> Chad}`, `matching: Towns. Canada->Ottawa Italy->Rome ->Chad`, none},
	"number":                            {`In which year? {#1822}`, `numeric: In which year? 1822±0`, none},
	"number with how far":               {`A number from 1 to 5? {#3:2}`, `numeric: A number from 1 to 5? 3±2`, none},
	"number from to":                    {`A number from 1 to 5? {#1..5}`, `numeric: A number from 1 to 5? 3±2`, none},
	"number with decimals":              {`Pi? {#3.141..3.142}`, `numeric: Pi? 3.1415±0.0005`, none},
	"number with a decimal comma":       {`Pi? {#3,14:0,01}`, `numeric: Pi? 3.14±0.01`, none},
	"number below zero":                 {`How cold? {#-4:0.5}`, `numeric: How cold? -4±0.5`, none},
	"number within a sentence":          {`It has {#4} legs.`, `numeric: It has _____ legs. 4±0`, none},
	"number that is not one":            {`When? {#soon}`, ``, []bring.Code{bring.NotNumber}},
	"numbers of unequal worth":          {"When? {#\n =1822:0#Right.\n =%50%1822:2#Half.\n}", `numeric: When? 1822±0 wrong: 1822:2 – Half. why: Right.`, []bring.Code{bring.Partial}},
	"number with a word for the rest":   {"When? {#\n =%100%1822:0#\n ~#Look it up.\n}", `numeric: When? 1822±0 wrong: Look it up.`, none},
	"several numbers":                   {`When? {#=4 =5,5}`, `fill-in: When? [["4" "5,5" "5.5"]]`, []bring.Code{bring.NoExplanation, bring.NumbersAsWords}},
	"several numbers within a sentence": {`It was {#=4:0#Born. =5:0#Crowned. ~#Look it up.} years ago.`, "fill-in: It was {{}} years ago. [[\"4\" \"5\"]] wrong: Look it up. why: Born.\n\nCrowned.", []bring.Code{bring.NumbersAsWords}},
	"several numbers with how far":      {`When? {#=4:1 =9:1 =14..15}`, `numeric: When? 4±1`, []bring.Code{bring.NoExplanation, bring.SeveralNumbers}},
	"a number within another":           {`When? {#=4:0#Yes. =3..7#Nearly.}`, "numeric: When? 5±2 why: Yes.\n\nNearly.", nil},
	"numbers that overlap":              {`When? {#=1..3 =2..5}`, `numeric: When? 3±2`, none},
	"a description":                     {`You can put a text here.`, ``, []bring.Code{bring.Empty}},
	"essay":                             {`How are you? {}`, `long-fill-in: How are you? model: …`, []bring.Code{bring.NoExplanation, bring.NoModel}},
	"essay with something to compare":   {`Tell. {####Like this.}`, `long-fill-in: Tell. model: Like this.`, none},
	"name and feedback": {
		"::Colours:: Between orange and green?\n{\n =yellow # right; good!\n ~red # wrong, it's yellow\n ~blue # wrong, it's yellow\n}",
		`choice: Between orange and green? =yellow#right; good! ~red#wrong, it's yellow ~blue#wrong, it's yellow`, none,
	},
	"general feedback": {
		`Two and two?{=four ~five####Count the fingers.}`, `choice: Two and two? =four ~five why: Count the fingers.`, nil,
	},
	"general feedback of a short answer": {
		`Two and two?{=four#Yes!####Count the fingers.}`, "fill-in: Two and two? [[\"four\"]] why: Yes!\n\nCount the fingers.", nil,
	},
	"comments anywhere": {
		"// before\n::T::The sun rises // here it is text\n// within\nin the east.{T}\n// behind",
		`true-false: The sun rises // here it is text in the east. true`, none,
	},
	"half a point": {
		`Hard.{~wrong ~%50%half =full}`, `choice: Hard. ~wrong ~half =full`, []bring.Code{bring.NoExplanation, bring.Partial},
	},
	"two right answers": {
		"Who lies there? {\n ~No one\n ~%50%Grant\n ~%50%His wife\n ~His father }",
		`choice: Who lies there? ~No one =Grant =His wife ~His father`, none,
	},
	"two right answers, and wrong ones that cost": {
		"Who lies there? {\n ~%-50%No one\n ~%50%Grant\n ~%50%His wife\n ~%-50%His father }",
		`choice: Who lies there? ~No one =Grant =His wife ~His father`, none,
	},
	"thirds": {
		`Which? {~%33.33333%a1 ~%33.33333%b1 ~%33.33334%c1 ~%-100%d1}`, `choice: Which? =a1 =b1 =c1 ~d1`, none,
	},
	"unequal": {`Which? {~%70%a1 ~%30%b1 ~c1}`, `choice: Which? =a1 =b1 ~c1`, []bring.Code{bring.NoExplanation, bring.Uneven}},
	"short answers of unequal worth": {
		"From {\n =Nazareth#Yes!\n =%75%Nazereth#Misspelled.\n =%25%Bethlehem#Born there.\n}.",
		"fill-in: From {{}}. [[\"Nazareth\"]] wrong: Nazereth – Misspelled.\n\nBethlehem – Born there. why: Yes!",
		[]bring.Code{bring.Partial},
	},
	"escapes": {
		`Which is 5? {~ \= 2 + 2 = \= 2 + 3 ~ \= 2 + 4 }`, `choice: Which is 5? ~= 2 + 2 == 2 + 3 ~= 2 + 4`, none,
	},
	"all escapes": {
		`Signs \: \# \= \{ \} \~ \\ here {=a b}`, `fill-in: Signs : # = { } ~ \ here [["a b"]]`, none,
	},
	"signs in the text that need no escape": {
		`Note: at 10:30, x = 3 # ~ yes?{T}`, `true-false: Note: at 10:30, x = 3 # ~ yes? true`, none,
	},
	"wanted newlines": {
		`One.\n\nTwo,\nthree?{T}`, "true-false: One.\n\nTwo,\\\nthree? true", none,
	},
	"html": {
		`[html]<p>Is <b>this</b> <em>so</em>&nbsp;?</p><ul><li>a</li><li>b &lt; c</li></ul>{T}`,
		"true-false: Is **this** *so*\u00a0?\n\n- a\n- b < c true", none,
	},
	"markdown": {
		`[markdown]Who lies in **the tomb**, *really*?{=no one}`, `fill-in: Who lies in **the tomb**, *really*? [["no one"]]`, none,
	},
	"plain":                                {`[plain]Is 2 * 3 * 4 <b>so</b>?{T}`, `true-false: Is 2 \* 3 \* 4 \<b\>so\</b\>? true`, none},
	"an entity that is meant as it stands": {`[plain]Is &amp; a sign?{=&lt; =[html]b}`, `fill-in: Is \&amp; a sign? [["&lt;" "[html]b"]]`, none},
	"formats of the parts": {
		"::Q::Which?\n{\n =yellow\n ~red # [html]wrong, <b>no</b>\n ~[plain]*blue* # wrong\n}",
		`choice: Which? =yellow ~red#wrong, **no** ~\*blue\*#wrong`, none,
	},
	"images are said": {
		`[html]<img src\="a.png" alt\="A boat">What is it?{T}`, `true-false: A boat What is it? true`, []bring.Code{bring.NoExplanation, bring.Media},
	},
	"what looks like a tag and is none": {`Is <stdio.h> a file?{T}`, `true-false: Is <stdio.h> a file? true`, none},
	"a scale":                           {`How was it?{=good ~%100%fair ~%100%bad}`, `likert: How was it? |good |fair |bad`, []bring.Code{bring.AllRight}},
	"one of several":                    {`Which?{=a1 =b1 ~c1}`, `choice: Which? =a1 =b1 ~c1`, []bring.Code{bring.NoExplanation, bring.SeveralRight}},
	"asked in the name":                 {`::What is 2+2?::{=four}`, `fill-in: What is 2+2? [["four"]]`, none},
	"a blank by hand":                   {`The ____ keeps the lamp.{=keeper}`, `fill-in: The {{}} keeps the lamp. [["keeper"]]`, none},
	"twice the same":                    {`Which?{=a1 ~b1 ~b1#no}`, `choice: Which? =a1 ~b1#no`, []bring.Code{bring.NoExplanation, bring.SameText}},
	"an answer for all others":          {`Which?{=a1 =%0%*#Look again.}`, `fill-in: Which? [["a1"]] wrong: Look again.`, none},
	"a star":                            {`Which?{=*photo* =2 \* 3}`, `fill-in: Which? [["photo" "2 * 3"]]`, []bring.Code{bring.NoExplanation, bring.Wildcard}},
	"an equals sign in a pair":          {`Sums.{=1+1=2 -> yes =1+1 -> no}`, `matching: Sums. 1+1=2->yes 1+1->no`, []bring.Code{bring.NoExplanation, bring.Joined}},
	"an arrow in what is said":          {`Which?{=a1#look -> there}`, `fill-in: Which? [["a1"]] why: look -> there`, nil},
	"second braces":                     {`It is {=a1} or {=b1}.`, `fill-in: It is {{}} or {=b1}. [["a1"]]`, []bring.Code{bring.NoExplanation, bring.SecondBraces}},
}

func TestTheExamplesOfMoodlesManualAreTaken(t *testing.T) {
	for name, c := range manual {
		t.Run(name, func(t *testing.T) {
			questions, codes := taken(t, c.gift)
			got := ""
			for _, q := range questions {
				got += said(q)
			}
			if got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			if !slices.Equal(codes, c.codes) {
				t.Errorf("said %v, not %v", codes, c.codes)
			}
		})
	}
}

// Each answer that is worth less than it was is named, not the first one alone.
func TestAllThatIsBentIsNamed(t *testing.T) {
	const gift = "Hard.{~%25%quarter ~%50%half =full ~%50%half#again ~quarter}"
	r := bring.GIFT([]bring.File{{Name: "quiz.txt", Data: []byte(gift)}}, options("quiz"))
	said := map[bring.Code]string{}
	for _, n := range r.Notes {
		for _, why := range n.Why {
			said[why.Code] = why.Value
		}
	}
	if said[bring.Partial] != "quarter, half" || said[bring.SameText] != "half, quarter" {
		t.Errorf("said %q", said)
	}
}

// A teacher who brings questions in and takes them out again has the same ones, in the same order, with the texts between.
func TestTheExamplesOfMoodlesManualComeBackTheSame(t *testing.T) {
	file := "Before all.\n\n"
	for i, name := range slices.Sorted(maps.Keys(manual)) {
		file += "// [tag:manual]\n" + manual[name].gift + "\n\n"
		switch i % 10 {
		case 3:
			file += "Between.\n\n[html]<p>A <b>text</b>\\: \\{so\\}</p><ul><li>\\= one</li></ul>\n\n"
		case 9:
			file += fmt.Sprintf("$CATEGORY: $course$/top/Part %d\n\n", i)
		}
	}
	first := bring.GIFT([]bring.File{{Name: "quiz.txt", Data: []byte(file)}}, options("quiz"))
	if first.Questions < len(manual)-5 {
		t.Fatalf("%d questions of %d examples", first.Questions, len(manual))
	}
	data, notes, err := bring.WriteGIFT(opened(t, first), "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range notes {
		if n.Name != "" && n.Why[0].Code != bring.AsEither || n.Why[0].Code == bring.TextStays {
			t.Errorf("not written as it was: %v", n)
		}
	}
	again := bring.GIFT([]bring.File{{Name: "quiz.gift", Data: data}}, options("quiz"))
	for _, n := range again.Notes {
		t.Errorf("not taken as it was written: %v", n)
	}
	for name := range first.Files {
		if got, want := string(again.Files[name]), string(first.Files[name]); got != want {
			t.Errorf("%s came back as\n%s\nnot\n%s", name, got, want)
		}
	}
	if len(again.Files) != len(first.Files) {
		t.Errorf("%d files, not %d", len(again.Files), len(first.Files))
	}
}

func TestWhatIsLeftOutIsSaidWithItsPlace(t *testing.T) {
	const gift = "Fine.{T#No.#Yes.}\n\nBroken { =a\n\n~b }\n\n=stray ~answers\n\nNone right{~a ~b}\n\nOne{~%100%a1}\n\n{}\n\nWhat?{#}\n\nWhich?{~= ~a1}\n"
	r := bring.GIFT([]bring.File{{Name: "quiz.txt", Data: []byte(gift)}}, options("quiz"))
	want := []string{
		`quiz.txt:3: "Broken { =a" left out: braces`,
		`quiz.txt:5: "~b }" left out: braces`,
		`quiz.txt:7: "=stray ~answers" left out: stray`,
		`quiz.txt:9: "None right" left out: no-right`,
		`quiz.txt:11: "One" left out: few-parts`,
		`quiz.txt:13: "{}" left out: no-prompt`,
		`quiz.txt:15: "What?" left out: no-right`,
		`quiz.txt:17: "Which?" left out: few-parts`,
	}
	var got []string
	for _, n := range r.Notes {
		got = append(got, n.Error())
	}
	if !slices.Equal(got, want) {
		t.Errorf("said\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if r.Questions != 1 {
		t.Errorf("%d questions taken, not 1", r.Questions)
	}
	opened(t, r)
}

func TestCategoriesBecomeLessonsAndTextsStayInTheirPlace(t *testing.T) {
	const gift = "$CATEGORY: $course$/top/Sea/Tides\n\nRead this first.\n\n// [id:moon-pull] [tag:moon]\nThe moon pulls.{T#x#y}\n\n[markdown]Then **this**.\n\nHigh?{F#x#y}\n\n" +
		"$CATEGORY: $course$/top/Sea/Boats \\: big // small\nFloat?{T#x#y}\n\n$CATEGORY: $course$/top/Land/Tides\n\nDry?{T#x#y}\n\n$CATEGORY: $course$/top/Sea/Tides\n\nAgain?{T#x#y}\n"
	r := bring.GIFT([]bring.File{{Name: "sea.txt", Data: []byte(gift)}}, options("sea"))
	for _, n := range r.Notes {
		t.Error(n)
	}
	m := opened(t, r)
	man, err := m.Manifest()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"tides", "boats-big-small", "land-tides"}; !slices.Equal(man.Lessons, want) {
		t.Errorf("lessons %v, not %v", man.Lessons, want)
	}
	if !slices.Equal(man.Tags, []string{"moon"}) {
		t.Errorf("tags %v", man.Tags)
	}
	tides, err := m.Lesson("en", "tides")
	if err != nil {
		t.Fatal(err)
	}
	var steps []string
	for _, s := range tides.Steps {
		if s.Question != nil {
			steps = append(steps, s.Question.ID)
			continue
		}
		steps = append(steps, s.Blocks[0].Markdown)
	}
	if want := []string{"Read this first.", "moon-pull", "Then **this**.", "high", "again"}; tides.Title != "Tides" || !slices.Equal(steps, want) {
		t.Errorf("%q: %q, not %q", tides.Title, steps, want)
	}
	if boats, err := m.Lesson("en", "boats-big-small"); err != nil || boats.Title != `Boats \: big / small` && boats.Title != "Boats : big / small" {
		t.Errorf("title %q, %v", boats.Title, err)
	}
}

func TestFilesOfOldMachinesAreRead(t *testing.T) {
	const want = "true-false: L’été à Besançon coûte 5 €\u00a0? true"
	for name, c := range map[string]struct {
		data string
		code []bring.Code
	}{
		"UTF-8":                    {"L’été à Besançon coûte 5 €\u00a0?{T#x#y}", nil},
		"with a byte order mark":   {"\ufeffL’été à Besançon coûte 5 €\u00a0?{T#x#y}", nil},
		"with the ends of Windows": {"L’été à Besançon\r\ncoûte 5 €\u00a0?{T#x#y}\r\n\r\n", nil},
		"with the ends of a Mac":   {"L’été à Besançon\rcoûte 5 €\u00a0?{T#x#y}\r\r", nil},
		"Windows-1252":             {"L\x92\xe9t\xe9 \xe0 Besan\xe7on co\xfbte 5 \x80\xa0?{T#x#y}", []bring.Code{bring.Encoding}},
		"UTF-16": {"\xff\xfeL\x00\x19\x20\xe9\x00t\x00\xe9\x00 \x00\xe0\x00 \x00B\x00e\x00s\x00a\x00n\x00\xe7\x00o\x00n\x00 \x00c\x00o\x00\xfb\x00t\x00e\x00 \x005\x00 \x00" +
			"\xac\x20\xa0\x00?\x00{\x00T\x00#\x00x\x00#\x00y\x00}\x00", []bring.Code{bring.Encoding}},
	} {
		t.Run(name, func(t *testing.T) {
			questions, codes := taken(t, c.data)
			if len(questions) != 1 || !slices.Equal(codes, c.code) {
				t.Fatalf("%d questions, said %v", len(questions), codes)
			}
			got, _, _ := strings.Cut(said(questions[0]), " wrong:")
			if strings.ReplaceAll(got, "\n", " ") != want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestABigBankIsCutIntoLessonsThatAFileCanHold(t *testing.T) {
	var b strings.Builder
	for n := range 1500 {
		fmt.Fprintf(&b, "Question number %d, %s?{T#%s#%[3]s}\n\n", n, strings.Repeat("which is long ", 10), strings.Repeat("because ", 15))
	}
	r := bring.GIFT([]bring.File{{Name: "big.txt", Data: []byte(b.String())}}, options("big"))
	if r.Questions != 1500 || r.Lessons < 2 {
		t.Errorf("%d questions in %d lessons", r.Questions, r.Lessons)
	}
	opened(t, r)
}

// The table of docs/importing.md promises a type for each form.
func TestTheManualOfImportingIsTrue(t *testing.T) {
	data, err := os.ReadFile("../../docs/importing.md")
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile("(?m)^\\| `([^`]*\\{[^`]*\\})`.*? \\| `([a-z-]+)`")
	rows := row.FindAllStringSubmatch(string(data), -1)
	if len(rows) < 8 {
		t.Fatalf("%d rows found in the manual", len(rows))
	}
	for _, m := range rows {
		questions, _ := taken(t, m[1])
		if len(questions) != 1 || string(questions[0].Type) != m[2] {
			t.Errorf("%s: the manual promises %s, got %v", m[1], m[2], questions)
		}
	}
}

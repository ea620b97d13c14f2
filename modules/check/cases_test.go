package check_test

import (
	"fmt"
	"strings"

	"fanal/modules"
)

// loading are the codes of package modules.
var loading = []modules.Code{
	modules.MissingFile, modules.TooBig, modules.HasNUL, modules.BadSyntax, modules.TooDeep, modules.TooMany, modules.TooLong,
	modules.UnknownKey, modules.MissingKey, modules.WrongType, modules.BadValue, modules.NewerFormat, modules.DuplicateID, modules.SameText,
	modules.UnknownID, modules.UnknownLang, modules.NoCorrect, modules.WrongPick, modules.TooFew, modules.WrongGaps, modules.NotInBank,
	modules.NoTitle, modules.SecondTitle, modules.BadCallout, modules.BadAsk, modules.UnknownAsk, modules.AskTwice,
	modules.NoSteps,
}

func manifestWith(old, by string) map[string]string { return swap("module.toml", old, by) }
func french(old, by string) map[string]string       { return swap("fr/brew.toml", old, by) }
func english(old, by string) map[string]string      { return swap("en/brew.toml", old, by) }
func text(old, by string) map[string]string         { return swap("fr/brew.md", old, by) }
func everywhere(old, by string) map[string]string   { return both(french(old, by), english(old, by)) }

// longSentence has 26 words.
var longSentence = strings.Repeat("un ", 25) + "mot."

var cases = []struct {
	name    string
	changes map[string]string
	want    string // each finding: its place and its code
}{
	// What loading finds.
	{"a file is missing", map[string]string{"en/glossary.toml": ""}, "en/glossary.toml missing-file"},
	{"a file of the source is missing", map[string]string{"fr/test-b.toml": "", "en/test-b.toml": ""}, "en/test-b.toml missing-file\nfr/test-b.toml missing-file"},
	{"a file has another name", map[string]string{"en/test-b.toml": "", "en/test-bb.toml": "# x\n"}, "en/test-b.toml missing-file\nen/test-bb.toml unused-file"},
	{"a file is too big", map[string]string{"fr/facilitator.md": "# A\n\n" + strings.Repeat("word ", 60000), "en/facilitator.md": "# A\n\na\n"}, "fr/facilitator.md too-big"},
	{"a file of zeros", map[string]string{"sources.toml": "[[source]]\nid = \"book\x00\"\n"}, "sources.toml:2:11 nul"},
	{"an open quote", french(`prompt = "Water boils."`, `prompt = "Water boils.`), "fr/brew.toml:12:23 bad-syntax"},
	{"a second = sign", french(`prompt = "Water boils."`, `prompt == "Water boils."`), "fr/brew.toml:12:9 bad-syntax"},
	{"a colon for the = sign", french(`prompt = "Water boils."`, `prompt : "Water boils."`), "fr/brew.toml:12:8 bad-syntax"},
	{"nothing behind the = sign", french(`prompt = "Water boils."`, `prompt = `), "fr/brew.toml:12:10 bad-syntax"},
	{"a text without quotation marks", french(`prompt = "Water boils."`, `prompt = Water boils.`), "fr/brew.toml:12:10 bad-syntax"},
	{"a version without quotation marks", manifestWith(`"1.2.0"`, `1.2.0`), "module.toml:3:11 bad-syntax"},
	{"curly quotation marks", french(`prompt = "Water boils."`, `prompt = “Water boils.”`), "fr/brew.toml:12:10 bad-syntax"},
	{"a curly quotation mark at the end", french(`prompt = "Water boils."`, `prompt = "L’eau été ”`), "fr/brew.toml:12:22 bad-syntax"},
	{"quotation marks within a text", french(`prompt = "Water boils."`, `prompt = "L’été "boils" now."`), "fr/brew.toml:12:18 bad-syntax"},
	{"an apostrophe within a text", french(`prompt = "Water boils."`, `prompt = 'L'eau'`), "fr/brew.toml:12:13 bad-syntax"},
	{"a text of several lines that does not end", french(`prompt = "Water boils."`, `prompt = """Water boils.`), "fr/brew.toml:12:10 bad-syntax"},
	{"a backslash", french(`prompt = "Water boils."`, `prompt = "C:\Users\Awa"`), "fr/brew.toml:12:11 bad-syntax"},
	{"a line twice", french(`prompt = "Water boils."`, "prompt = \"Water boils.\"\n  prompt = \"Water boils.\""), "fr/brew.toml:13:3 bad-syntax"},
	{"yes in another language", french(`answer = true`, `answer = Vrai`), "fr/brew.toml:13:10 bad-syntax"},
	{"a decimal comma", french(`answer = 100`, `answer = 99,5`), "fr/brew.toml:41:12 bad-syntax"},
	{"a list without a comma", french(`["warm", "cold"]`, `["warm" "cold"]`), "fr/brew.toml:51:16 bad-syntax"},
	{"a list without brackets", french(`["warm", "cold"]`, `"warm", "cold"`), "fr/brew.toml:51:14 bad-syntax"},
	{"a header in one bracket and two", french("[[question]]", "[[question]"), "fr/brew.toml:8:11 bad-syntax"},
	{"a header in single brackets", french("[[question]]", "[question]"), "fr/brew.toml:17:3 bad-syntax"},
	{"a no-break space", french(`prompt = "Water boils."`, "prompt =\u00a0\"Water boils.\""), "fr/brew.toml:12:9 bad-syntax"},
	{"a line that is no TOML at all", french(`prompt = "Water boils."`, `= "Water boils."`), "fr/brew.toml:12:1 bad-syntax"},
	{"too deep", text("Faites du thé.", strings.Repeat("> ", 18)+"Faites du thé."), "fr/brew.md:22:1 too-deep"},
	{"too many headings", map[string]string{"fr/facilitator.md": "# A\n\n" + strings.Repeat("### b\n\n", 501), "en/facilitator.md": "# A\n"}, "fr/facilitator.md:1001:5 too-many"},
	{"too many links", map[string]string{"fr/facilitator.md": "# A\n\n" + strings.Repeat("[b](files/list.csv)\n\n", 1001), "en/facilitator.md": "# A\n"}, "fr/facilitator.md:2003:2 too-many"},
	{"too many notes", map[string]string{"fr/facilitator.md": "# A\n\n" + strings.Repeat("<!-- b -->\n", 1001), "en/facilitator.md": "# A\n"}, "fr/facilitator.md:1003:1 too-many"},
	{"too many code blocks", map[string]string{"fr/facilitator.md": "# A\n\n" + strings.Repeat("```\nx\n```\n\n", 201), "en/facilitator.md": "# A\n"}, "fr/facilitator.md:804:1 too-many"},
	{"too wide a table", map[string]string{"fr/facilitator.md": "# A\n\n" + strings.Repeat("|a", 51) + "|\n" + strings.Repeat("|-", 51) + "|\n", "en/facilitator.md": "# A\n"}, "fr/facilitator.md:4:1 too-many"},
	{"too long a key", manifestWith("[[objective]]", "a.b.c.d.e.f.g.h.i = 1\n[[objective]]"), "module.toml:11:17 too-many"},
	{"too many places on a scale", everywhere(`scale = ["No", "Yes"]`, `scale = ["`+strings.Join(strings.Split("abcdefghijklmnopqrstuvwxyz1", ""), `", "`)+`"]`), "en/brew.toml:91:1 too-many\nfr/brew.toml:91:1 too-many"},
	{"a long line", text("Faites du thé.", strings.Repeat("Un. ", 2100)), "fr/brew.md:22:1 too-long"},
	{"a long word", text("Faites du thé.", strings.Repeat("a", 2050)), "fr/brew.md:22:3 too-long"},
	{"a long code block", map[string]string{"fr/facilitator.md": "# A\n\n```\n" + strings.Repeat("code code\n", 3300) + "```\n", "en/facilitator.md": "# A\n"}, "fr/facilitator.md:4:1 too-long"},
	{"an unknown key", french("objective = \"boil\"\nprompt = \"At", "objectif = 1\nobjective = \"boil\"\nprompt = \"At"), "fr/brew.toml:39:1 unknown-key"},
	{"a misspelt key", everywhere("tolerance = 1", "tolerence = 1"), "en/brew.toml:42:1 unknown-key\nfr/brew.toml:42:1 unknown-key"},
	{"no prompt", everywhere(`prompt = "At what?"`, `prompt = ""`), "en/brew.toml:40:1 missing-key\nfr/brew.toml:40:1 missing-key"},
	{"a number for a text", french(`prompt = "At what?"`, `prompt = 4`), "fr/brew.toml:40:1 wrong-type"},
	{"a text for a list", everywhere(`objectives = ["boil", "pour"]`, `objectives = "boil"`), "en/brew.toml:1:1 wrong-type\nfr/brew.toml:1:1 wrong-type\nmodule.toml:15:1 unnamed-objective"},
	{"a text for a truth", everywhere(`correct = true`, `correct = "yes"`), "en/brew.toml:17:1 no-correct\nen/brew.toml:28:3 wrong-type\nfr/brew.toml:17:1 no-correct\nfr/brew.toml:28:3 wrong-type"},
	{"a text for a whole number", manifestWith(`format = 1`, `format = "1"`), "module.toml:1:1 wrong-type"},
	{"a text for a number", french(`answer = 100`, `answer = "100"`), "fr/brew.toml:41:1 wrong-type"},
	{"a text for a table", map[string]string{"fr/index.toml": `objectives = "none"`}, "fr/index.toml:1:1 wrong-type"},
	{"a table for a list of tables", map[string]string{"sources.toml": "[source]\nid = \"book\"\n"}, "sources.toml:1:1 wrong-type"},
	{"a version that is none", manifestWith(`"1.2.0"`, `"1.2"`), "module.toml:3:1 bad-value"},
	{"a kind that there is not", manifestWith(`"course"`, `"curse"`), "module.toml:4:1 bad-value"},
	{"an id that Windows keeps", both(manifestWith(`id = "tea"`, `id = "nul"`), swap("fr/brew.md", "lesson:tea/brew", "lesson:nul/brew"), swap("en/brew.md", "lesson:tea/brew", "lesson:nul/brew")), "module.toml:2:1 bad-value"},
	{"a lesson that Windows keeps", manifestWith(`lessons = ["brew"]`, `lessons = ["brew", "con"]`), "module.toml:8:20 bad-value"},
	{"an id in capitals", everywhere(`id = "like"`, `id = "I like"`), "en/brew.toml:88:1 bad-value\nfr/brew.toml:88:1 bad-value"},
	{"mastery out of reach", manifestWith("[[objective]]", "mastery = { correct = 4, of = 3 }\n[[objective]]"), "module.toml:11:13 bad-value"},
	{"a newer format", manifestWith("format = 1", "format = 2"), "module.toml:1:1 newer-format"},
	{"an id twice", everywhere(`id = "like"`, `id = "pairs"`), "en/brew.toml:88:1 duplicate-id\nfr/brew.toml:88:1 duplicate-id"},
	{"two options alike", everywhere(`"The guest does it alone"`, `"The host does it"`), "en/brew.toml:31:3 same-text\nfr/brew.toml:31:3 same-text"},
	{"an unknown objective", everywhere("objective = \"boil\"\nprompt = \"At", "objective = \"zzzzzzzz\"\nprompt = \"At"), "en/brew.toml:39:1 unknown-id\nfr/brew.toml:39:1 unknown-id"},
	{"a misspelt objective", everywhere("objective = \"boil\"\nprompt = \"At", "objective = \"boill\"\nprompt = \"At"), "en/brew.toml:39:1 unknown-id\nfr/brew.toml:39:1 unknown-id"},
	{"a source without an edition", manifestWith(`languages = ["fr", "en"]`, `languages = ["en"]`), "module.toml:6:1 unknown-lang"},
	{"nothing is right", everywhere("  correct = true\n", ""), "en/brew.toml:17:1 no-correct\nfr/brew.toml:17:1 no-correct"},
	{"more is right than is asked for", everywhere("  id = \"guest\"\n", "  id = \"guest\"\n  correct = true\n"), "en/brew.toml:17:1 wrong-pick\nfr/brew.toml:17:1 wrong-pick"},
	{"no choice", everywhere(`scale = ["No", "Yes"]`, `scale = ["No"]`), "en/brew.toml:91:1 too-few\nfr/brew.toml:91:1 too-few"},
	{"a list too many", everywhere(`answers = [["warm"]]`, `answers = [["warm"], ["hot"]]`), "en/brew.toml:50:1 wrong-gaps\nen/brew.toml:51:1 not-in-bank\nfr/brew.toml:50:1 wrong-gaps\nfr/brew.toml:51:1 not-in-bank"},
	{"a bank without the answer", everywhere(`bank = ["warm", "cold"]`, `bank = ["tepid", "cold"]`), "en/brew.toml:51:1 not-in-bank\nfr/brew.toml:51:1 not-in-bank"},
	{"no title", text("# Préparer le thé\n", ""), "fr/brew.md:1:1 no-title"},
	{"two titles", text("## L’eau", "# L’eau"), "fr/brew.md:3:3 second-title"},
	{"an unknown callout", text("[!EXERCISE]", "[!HOMEWORK]"), "fr/brew.md:21:3 bad-callout"},
	{"a misspelt callout", text("[!EXERCISE]", "[!EXERCICE]"), "fr/brew.md:21:3 bad-callout"},
	{"an ask line in a sentence", text("<!-- ask: who -->", "Alors <!-- ask: who -->"), "fr/brew.md:11:1 long-stretch\nfr/brew.md:15:7 bad-ask"},
	{"an unknown question", text("<!-- ask: who -->", "<!-- ask: zzzzzzzz -->"), "fr/brew.md:15:1 unknown-ask"},
	{"a misspelt question", text("<!-- ask: who -->", "<!-- ask: whoo -->"), "fr/brew.md:15:1 unknown-ask"},
	{"a question placed twice", text("## La fin", "<!-- ask: who -->\n\n## La fin"), "fr/brew.md:17:1 ask-twice"},
	{"a lesson of a title alone", both(manifestWith(`lessons = ["brew"]`, `lessons = ["brew", "two"]`), map[string]string{
		"fr/two.md": "# Deux\n", "fr/two.toml": "# fr\n", "en/two.md": "# Two\n", "en/two.toml": "# en\n",
	}), "en/two.md:1:1 no-steps\nen/two.md:1:1 short-lesson\nfr/two.md:1:1 no-steps\nfr/two.md:1:1 short-lesson"},
	{"a test without a question", map[string]string{"fr/test-a.toml": "# fr\n", "en/test-a.toml": "# en\n"}, "en/test-a.toml:1:1 no-steps\nfr/test-a.toml:1:1 no-steps\nfr/test-b.toml:4:1 other-forms\nfr/test-b.toml:38:1 other-forms"},

	// Errors that loading does not find.
	{"Latin letters", text("Faites du thé.", "Faites du th\xe9."), "fr/brew.md:22:15 bad-utf8"},
	{"a whole file of Latin letters", map[string]string{"fr/facilitator.md": "# \xc9t\xe9\n\n\xc9t\xe9\n\n\xe9t\xe9\n", "en/facilitator.md": "# A\n\na\n"}, "fr/facilitator.md:1:3 bad-utf8"},
	{"some damage here and there", map[string]string{"fr/facilitator.md": "# Été\n\n\xc9té été\n\n\xe9té\n", "en/facilitator.md": "# A\n\na\n"}, "fr/facilitator.md:3:1 bad-utf8\nfr/facilitator.md:5:1 bad-utf8"},
	{"the text of another system", map[string]string{"fr/facilitator.md": "\xff\xfe#\x00 \x00A\x00\n\x00\x19 ", "en/facilitator.md": "# A\n"}, "fr/facilitator.md:1:4 nul"},
	{"an escape sequence", text("Faites du thé.", "Faites\x1b[2J du thé."), "fr/brew.md:22:9 control-char"},
	{"an escape by reference", text("Faites du thé.", "Faites &#27;[2J du thé."), "fr/brew.md:22:10 control-char"},
	{"an escape in a string", french(`"Water boils."`, `"Water \u001b boils."`), "fr/brew.toml:12:1 control-char"},
	{"a turned direction", text("Faites du thé.", "Faites \u202edu thé."), "fr/brew.md:22:10 bidi-char"},
	{"a hidden character", text("Faites du thé.", "Faites\u200b du thé."), "fr/brew.md:22:9 hidden-char"},
	{"a name in capitals", both(map[string]string{"files/Liste été.csv": "a\n"}, text("files/list.csv", "files/Liste%20été.csv")), "files/Liste été.csv unsafe-path"},
	{"a name that is too deep", map[string]string{"files/a/b/c/d/e/f.txt": "a\n"}, "files/a/b/c/d/e/f.txt unsafe-path\nfiles/a/b/c/d/e/f.txt unused-file"},
	{"HTML in a line", text("Faites du thé.", "Faites <b>du</b> thé."), "fr/brew.md:22:10 raw-html"},
	{"a block of HTML", text("## La fin", "<div>\nA\n</div>\n\n## La fin"), "fr/brew.md:17:1 raw-html"},
	{"HTML in a string", french(`"Water boils."`, `"Water <i>boils</i>."`), "fr/brew.toml:12:1 raw-html"},
	{"an image without words", text("Faites du thé.", "![](files/list.csv)"), "fr/brew.md:21:3 no-alt"},
	{"a link to nowhere", text("(files/list.csv)", "(list.csv)"), "fr/brew.md:5:39 bad-link"},
	{"a dangerous link", text("(files/list.csv)", "(javascript:alert)"), "fr/brew.md:5:39 bad-link"},
	{"an unknown term", text("(glossary:pot)", "(glossary:zzzzz)"), "fr/brew.md:5:11 unknown-term\nfr/glossary.toml:1:1 unused-term"},
	{"a misspelt term", text("(glossary:pot)", "(glossary:pots)"), "fr/brew.md:5:11 unknown-term"},
	{"an unknown lesson", text("(lesson:water/tap)", "(lesson:water/zzzz)"), "fr/brew.md:5:76 unknown-lesson"},
	{"a misspelt lesson", text("(lesson:tea/brew)", "(lesson:tea/brow)"), "fr/brew.md:5:105 unknown-lesson"},
	{"an unknown file", text("(files/list.csv)", "(files/zzzzzzzzz)"), "fr/brew.md:5:39 unknown-file"},
	{"a misspelt file", text("(files/list.csv)", "(files/lists.csv)"), "fr/brew.md:5:39 unknown-file"},
	{"an unknown source", everywhere(`sources = ["book"]`, `sources = ["book", "zzzz"]`), "en/brew.toml:2:20 unknown-source\nfr/brew.toml:2:20 unknown-source"},
	{"a misspelt source", everywhere(`sources = ["book"]`, `sources = ["books"]`), "en/brew.toml:2:12 unknown-source\nfr/brew.toml:2:12 unknown-source"},
	{"no explanation", french("explanation = \"Heat makes it boil.\"\n", ""), "fr/brew.toml:8:1 no-explanation"},
	{"no sentence", swap("en/index.toml", "boil = \"Boil water\"\n", ""), "en/index.toml:2:1 no-sentence"},
	{"an objective without a lesson", everywhere(`objectives = ["boil", "pour"]`, `objectives = ["boil"]`), "en/brew.toml:20:1 unknown-id\nen/brew.toml:48:1 unknown-id\nen/brew.toml:57:1 unknown-id\nen/brew.toml:72:1 unknown-id\nfr/brew.toml:20:1 unknown-id\nfr/brew.toml:48:1 unknown-id\nfr/brew.toml:57:1 unknown-id\nfr/brew.toml:72:1 unknown-id\nmodule.toml:15:1 unnamed-objective"},
	{"an objective without a question", manifestWith("id = \"pour\"\n", "id = \"pour\"\n\n[[objective]]\nid = \"drink\"\n"), "en/index.toml:2:1 no-sentence\nfr/index.toml:2:1 no-sentence\nmodule.toml:18:1 unnamed-objective"},
	{"an objective that is only named", both(manifestWith("id = \"pour\"\n", "id = \"pour\"\n\n[[objective]]\nid = \"drink\"\n"),
		everywhere(`objectives = ["boil", "pour"]`, `objectives = ["boil", "pour", "drink"]`),
		swap("fr/index.toml", "[objectives]", "[objectives]\ndrink = \"Drink\""), swap("en/index.toml", "[objectives]", "[objectives]\ndrink = \"Drink\"")), "module.toml:18:1 unserved-objective"},
	{"an id in two files", both(swap("fr/test-b.toml", `"b-more"`, `"a-more"`), swap("en/test-b.toml", `"b-more"`, `"a-more"`)), "en/test-b.toml:36:1 id-elsewhere\nfr/test-b.toml:36:1 id-elsewhere"},
	{"a question is missing in a language", english(brewTOML[strings.Index(brewTOML, "[[question]]\nid = \"like\""):], ""), "en/brew.toml lacks"},
	{"an option has another id", english(`id = "guest"`, `id = "visitor"`), "en/brew.toml:17:1 lacks\nen/brew.toml:31:3 extra"},
	{"a pair has another id", english("id = \"b\"\n  left", "id = \"c\"\n  left"), "en/brew.toml:69:1 lacks\nen/brew.toml:82:3 extra"},
	{"a step has another id", english(`id = "heat"`, `id = "warm"`), "en/brew.toml:54:1 lacks\nen/brew.toml:65:3 extra"},
	{"a lesson is missing in a language", map[string]string{"en/brew.md": "", "en/brew.toml": ""}, "en/brew.md missing-file\nen/brew.toml missing-file"},
	{"a choice of two in one language", french("  id = \"guest\"\n", "  id = \"guest\"\n  correct = true\n"), "en/brew.toml:31:3 differs\nfr/brew.toml:17:1 wrong-pick"},
	{"a term is missing in a language", swap("en/glossary.toml", "[[term]]\nid = \"pot\"\nterm = \"pot\"\ndefinition = \"A pot.\"\n", ""), "en/brew.md:5:10 unknown-term\nen/glossary.toml lacks"},
	{"another option is right", english("correct = true\n  feedback = \"Yes.\"\n\n  [[question.option]]\n  id = \"guest\"\n", "feedback = \"Yes.\"\n\n  [[question.option]]\n  id = \"guest\"\n  correct = true\n"), "en/brew.toml:17:1 key-place\nen/brew.toml:25:3 differs\nen/brew.toml:30:3 differs"},
	{"another truth", english("answer = true", "answer = false"), "en/brew.toml:13:1 differs"},
	{"another number", english("answer = 100", "answer = 99.5"), "en/brew.toml:41:1 differs"},
	{"another tolerance", english("tolerance = 1", "tolerance = 5"), "en/brew.toml:42:1 differs"},
	{"another type", english(`type = "likert"`, `type = "long-fill-in"`), "en/brew.toml:87:1 missing-key\nen/brew.toml:87:1 no-explanation\nen/brew.toml:89:1 differs\nen/brew.toml:91:1 unknown-key"},
	{"another scale", english(`scale = ["No", "Yes"]`, `scale = ["No", "So", "Yes"]`), "en/brew.toml:91:1 other-count"},
	{"another number of gaps", english(`prompt = "It is {{}}."`, `prompt = "It is."`), "en/brew.toml:49:1 other-count"},
	{"another number of distractors", english(`distractors = ["Salt"]`, `distractors = ["Salt", "Milk"]`), "en/brew.toml:74:1 other-count"},
	{"another order of steps", english("id = \"fill\"\n  text = \"Fill\"\n\n  [[question.step]]\n  id = \"heat\"\n  text = \"Heat\"", "id = \"heat\"\n  text = \"Heat\"\n\n  [[question.step]]\n  id = \"fill\"\n  text = \"Fill\""), "en/brew.toml:61:3 other-order"},
	{"other objectives of a lesson", english(`objectives = ["boil", "pour"]`, `objectives = ["pour", "boil", "boil"]`), "en/brew.toml:1:1 differs"},
	{"a scene is missing in a language", english("id = \"kitchen\"", "id = \"room\""), "en/brew.toml lacks\nen/brew.toml:4:1 extra\nen/brew.toml:21:1 unknown-id"},
	{"other advice", both(map[string]string{"fr/advice.toml": advice("boil", 50) + advice("pour", 100), "en/advice.toml": advice("pour", 50) + advice("pour", 90)}), "en/advice.toml:2:1 differs\nen/advice.toml:7:1 differs"},
	{"less advice", both(map[string]string{"fr/advice.toml": advice("boil", 50) + advice("pour", 100), "en/advice.toml": advice("boil", 50)}), "en/advice.toml other-count"},
	{"a heading more", swap("en/brew.md", "> [!EXERCISE]", "## To end\n\n> [!EXERCISE]"), "en/brew.md:21:4 other-steps"},
	{"a question elsewhere", swap("en/brew.md", "## La théière\n\n", "<!-- ask: how-hot -->\n\n## La théière\n\n"), "en/brew.md:11:1 other-steps"},
	{"a step less", swap("fr/brew.md", "> [!EXERCISE]", "## Pour finir\n\n> [!EXERCISE]"), "en/brew.md:22:17 other-steps"},
	{"a fault and its copy", both(french("objective = \"boil\"\nprompt = \"At", "objective = \"zzzzzzzz\"\nprompt = \"At"),
		map[string]string{"en/brew.toml": french("objective = \"boil\"\nprompt = \"At", "objective = \"zzzzzzzz\"\nprompt = \"At")["fr/brew.toml"]}), "fr/brew.toml:39:1 unknown-id"},
	{"a copy of what the source was", oldCopy(), "en untranslated\nen/brew.md old-copy"},
	{"forms that are not parallel", both(swap("fr/test-b.toml", "objective = \"pour\"\nprompt = \"Which one now", "objective = \"boil\"\nprompt = \"Which one now"), swap("en/test-b.toml", "objective = \"pour\"\nprompt = \"Which one now", "objective = \"boil\"\nprompt = \"Which one now")), "fr/test-b.toml:21:1 other-forms\nfr/test-b.toml:38:1 other-forms"},

	// Warnings.
	{"a short lesson", text("## La théière\n\n"+between("## La théière", "<!-- ask: who -->"), "## La théière\n\nCourt.\n\n"), "fr/brew.md:1:1 short-lesson"},
	{"a long lesson", text("## La théière\n", "## La théière\n\n"+strings.Repeat("Le thé est bon ici. ", 40)+"\n\n<!-- ask: how-hot -->\n\n"+strings.Repeat("Le thé est bon là. ", 40)+"\n"), "en/brew.md:15:1 other-steps\nfr/brew.md:1:1 long-lesson\nfr/brew.md:17:1 long-stretch"},
	{"a long sentence", text("Faites du thé.", "Bien. "+longSentence), "fr/brew.md:22:9 long-sentence"},
	{"a long sentence in a string", french(`"At sea level."`, `"`+longSentence+`"`), "fr/brew.toml:43:1 long-sentence"},
	{"a long heading", text("## La fin", "## "+strings.Repeat("Un titre ", 7)), "fr/brew.md:17:4 long-heading"},
	{"a wide table", text("Faites du thé.", "Faites.\n\n| a | b | c | d |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |"), "fr/brew.md:24:3 wide-table"},
	{"a long stretch", text("<!-- ask: hot -->\n\n", ""), "en/brew.md:9:1 other-steps\nfr/brew.md:1:1 long-stretch"},
	{"a wrong option without feedback", french("  feedback = \"No.\"\n", ""), "fr/brew.toml:31:3 no-feedback"},
	{"a true-false without feedback", french("feedback = \"It does.\"\n", ""), "fr/brew.toml:8:1 no-feedback"},
	{"the longest is right", both(longestRight("fr"), longestRight("en")), "en/test-a.toml:1:1 key-longest\nfr/test-a.toml:1:1 key-longest"},
	{"right at the same place", both(samePlace("fr"), samePlace("en")), "en/test-a.toml:1:1 key-place\nfr/test-a.toml:1:1 key-place"},
	{"all of the above", french(`"The guest does it alone"`, `"Toutes les réponses ci-dessus"`), "fr/brew.toml:33:3 all-of-above"},
	{"many true or false", both(everywhere("type = \"numeric\"\nobjective = \"boil\"\nprompt = \"At what?\"\nanswer = 100\ntolerance = 1\n", "type = \"true-false\"\nobjective = \"boil\"\nprompt = \"Cold?\"\nanswer = false\nfeedback = \"No.\"\n")), "en/brew.toml:1:1 many-true-false\nfr/brew.toml:1:1 many-true-false"},
	{"an emoji", text("Faites du thé.", "Faites du thé 🙂."), "fr/brew.md:22:17 emoji"},
	{"a mid-dot", text("Faites du thé.", "Les étudiant·e·s font du thé."), "fr/brew.md:22:7 inclusive"},
	{"brackets", text("Faites du thé.", "Les invité(e)s font du thé."), "fr/brew.md:22:7 inclusive"},
	{"an at sign", text("Faites du thé.", "Todos l@s amig@s, ecrivez à a@b.org."), "fr/brew.md:22:9 inclusive"},
	{"a schwa", text("Faites du thé.", "Ciao tuttə."), "fr/brew.md:22:8 inclusive"},
	{"a star", french(`"At sea level."`, `"Hola tod*s."`), "fr/brew.toml:43:1 inclusive"},
	{"a slash", text("Faites du thé.", "Un lecteur/trice et/ou 60 km/h sur https://a.org/es ici."), "fr/brew.md:22:6 inclusive"},
	{"a term without a link", text("[guide](glossary:pot)", "guide"), "fr/glossary.toml:1:1 unused-term"},
	{"a source without a lesson", everywhere(`sources = ["book"]`, `sources = []`), "sources.toml:1:1 unused-source"},
	{"a file without a lesson", map[string]string{"fr/brow.md": "# A\n", "files/more.csv": "a\n"}, "files/more.csv unused-file\nfr/brow.md unused-file"},
	{"a folder without a language", map[string]string{"de/index.md": "# A\n", "de/brew.md": "# A\n"}, "de unused-folder"},
	{"a module that is not here", both(manifestWith(`["water"]`, `["coffee"]`), text("lesson:water/tap", "lesson:milk/cow")), "fr/brew.md:5:76 unknown-module\nmodule.toml:9:13 unknown-module"},
	{"a translation that has grown old", translated(), "en untranslated\nen/brew.md:11:4 stale"},
}

func advice(objective string, upTo int) string {
	return fmt.Sprintf("[[advice]]\nobjective = %q\nup_to = %d\ntext = \"Try.\"\n", objective, upTo)
}

// between gives what stands between two marks of the French lesson.
func between(from, to string) string {
	_, s, _ := strings.Cut(string(tea(nil)["fr/brew.md"].Data), from+"\n\n")
	s, _, _ = strings.Cut(s, to)
	return s
}

// longestRight makes the right option of three choice questions of five the longest.
func longestRight(lang string) map[string]string {
	changes := map[string]string{}
	for _, form := range []string{"a", "b"} {
		name := lang + "/test-" + form + ".toml"
		changes[name] = strings.ReplaceAll(string(tea(nil)[name].Data), `"Two"`, `"Two, which is longer still"`)
	}
	return changes
}

// samePlace makes the right option the second one nearly everywhere.
func samePlace(lang string) map[string]string {
	changes := map[string]string{}
	for _, form := range []string{"a", "b"} {
		name := lang + "/test-" + form + ".toml"
		one := strings.ReplaceAll(testTOML, "FORM", form)
		at := strings.LastIndex(one, "[[question]]")
		last := strings.NewReplacer("Which one", "Which one now", form+"-boil", form+"-more", `objective = "boil"`, `objective = "pour"`).
			Replace(one[:strings.Index(one, "[[question]]\nid = \""+form+"-pour")])
		changes[name] = one[:at] + last + "# " + lang + "\n"
	}
	return changes
}

package report

import "strings"

// Sentences say what somebody did in a module, as a screen reader reads it.
func (s Studied) Sentences(words Words) []string {
	all := []string{LessonsWords(s, words)}
	if s.Before.Asked > 0 || s.After.Asked > 0 {
		text := words.T("report-tests", "Before", ScoreWords(s.Before, words), "After", ScoreWords(s.After, words))
		if points, ok := s.Gain(); ok {
			text += " " + words.T("report-gain", "Gain", GainWords(points, words))
		}
		all = append(all, text)
	}
	return append(all, words.N("report-answers", s.Answers, "Minutes", words.Minutes(s.Minutes)))
}

// Sentences say how far somebody is with an objective.
func (o Objective) Sentences(words Words) string {
	var parts []string
	if o.Answered > 0 {
		parts = append(parts, words.T("record-answers", "Right", words.Int(o.Right), "Of", words.Int(o.Answered)))
	}
	if o.Mastered {
		parts = append(parts, words.T("objective-mastered"))
	}
	if points, ok := o.Gain(); ok {
		parts = append(parts, GainWords(points, words))
	}
	if len(parts) == 0 {
		return o.Sentence
	}
	return o.Sentence + " (" + strings.Join(parts, ", ") + ")"
}

// Sentences say how people fared with a question.
func (q Question) Sentences(words Words) string {
	text := words.N("report-first", q.People, "First", words.Int(q.First))
	if q.Wrong != "" {
		text += " " + words.T("report-wrong", "Option", WrongName(q, words), "Chose", words.N("report-chose", q.WrongPeople))
	}
	return text
}

// Write says the whole report as lines of text.
func (r Report) Write(words Words, line func(string)) {
	if !r.Made.IsZero() {
		line(words.T("report-made", "Date", words.Date(r.Made)))
	}
	if !r.Since.IsZero() {
		line(words.T("report-since", "Date", words.Date(r.Since)))
	}
	if r.Undated > 0 {
		line(words.N("report-undated", r.Undated))
	}
	if r.Left > 0 {
		line(words.N("report-left", r.Left))
	}
	for _, p := range r.People {
		line("")
		line(p.Name + " (" + short(p.ID) + ")")
		if len(p.Modules) == 0 {
			line("  " + words.T("report-nothing"))
		}
		for _, s := range p.Modules {
			line("  " + s.Title)
			for _, text := range s.Sentences(words) {
				line("    " + text)
			}
			for _, o := range s.Objectives {
				if o.Answered > 0 || o.Before.Asked > 0 || o.After.Asked > 0 {
					line("    - " + o.Sentences(words))
				}
			}
		}
	}
	if len(r.Questions) == 0 {
		return
	}
	line("")
	line(words.T("report-questions"))
	for _, q := range r.Questions {
		line("  " + q.ModuleTitle + ", " + LessonName(q, words))
		line("    " + strings.ReplaceAll(q.Prompt, "\n", " "))
		line("    " + q.Sentences(words))
	}
}

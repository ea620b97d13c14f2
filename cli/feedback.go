package cli

import (
	"bytes"
	"strings"

	"fanal/study"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"
)

// A feedback file is what "fanal feedback" writes: TOML, as the author's own files are.
type feedbackFile struct {
	Module    string             `toml:"module"`
	Version   string             `toml:"version"`
	Learners  int                `toml:"learners"`
	Unclear   []feedbackUnclear  `toml:"not_understood,omitempty"`
	Questions []feedbackQuestion `toml:"question,omitempty"`
}

type feedbackUnclear struct {
	Lesson   string `toml:"lesson"`
	Step     string `toml:"step"`
	Heading  string `toml:"heading"`
	Learners int    `toml:"learners"`
}

type feedbackQuestion struct {
	Lesson       string           `toml:"lesson"`
	ID           string           `toml:"id"`
	Prompt       string           `toml:"prompt"`
	Learners     int              `toml:"learners"`
	FirstRight   int              `toml:"right_at_first_try"`
	FirstHinted  int              `toml:"hint_at_first_try"`
	FirstSkipped int              `toml:"passed_at_first_try"`
	Answers      int              `toml:"answers"`
	Older        int              `toml:"answers_to_an_earlier_text,omitempty"`
	Nobody       []string         `toml:"nobody_picks,omitempty"`
	Options      []feedbackOption `toml:"option,omitempty"`
}

type feedbackOption struct {
	ID      string `toml:"id"`
	Text    string `toml:"text"`
	Correct bool   `toml:"correct,omitempty"`
	Times   int    `toml:"picked"`
}

func (p *program) feedbackCommand() *cobra.Command {
	file := ""
	c := &cobra.Command{
		Use: "feedback " + p.words.T("cli-feedback-args"), Short: p.words.T("cli-feedback-short"), Long: p.words.T("cli-feedback-long"),
		Args: oneArg, ValidArgsFunction: p.completeModule,
		RunE: func(_ *cobra.Command, args []string) error { return p.feedback(args[0], file) },
	}
	c.Flags().StringVarP(&file, "output", "o", "", p.words.T("cli-flag-to-file"))
	return c
}

// feedback writes what a module's author can learn from what was done here.
func (p *program) feedback(module, file string) error {
	lib, err := p.library()
	if err != nil {
		return err
	}
	m, _, err := find(lib, module, "")
	if err != nil {
		return err
	}
	s, err := p.openStore()
	if err != nil {
		return err
	}
	defer s.close()
	f, err := study.GatherFeedback(s.store, m)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	for line := range strings.SplitSeq(p.words.T("cli-feedback-head"), "\n") {
		b.WriteString("# " + line + "\n")
	}
	b.WriteString("\n")
	e := toml.NewEncoder(&b)
	e.Indent = ""
	if err := e.Encode(written(f)); err != nil {
		return err
	}
	return p.output(file, b.Bytes())
}

// written puts feedback in the words of the file. Questions that nobody was asked say nothing, and are left out.
func written(f *study.Feedback) feedbackFile {
	out := feedbackFile{Module: f.Module, Version: f.Version, Learners: f.Learners}
	for _, u := range f.Unclear {
		out.Unclear = append(out.Unclear, feedbackUnclear(*u))
	}
	for _, q := range f.Questions {
		if q.Learners == 0 && q.Older == 0 {
			continue
		}
		w := feedbackQuestion{
			Lesson: q.Lesson, ID: q.ID, Prompt: q.Prompt, Learners: q.Learners, FirstRight: q.FirstRight, FirstHinted: q.FirstHinted,
			FirstSkipped: q.FirstSkipped, Answers: q.Answers, Older: q.Older, Nobody: q.Nobody(),
		}
		for _, o := range q.Options {
			w.Options = append(w.Options, feedbackOption(o))
		}
		out.Questions = append(out.Questions, w)
	}
	return out
}

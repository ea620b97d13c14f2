package study

import (
	"slices"
	"strconv"

	"fanal/modules"
	"fanal/modules/quiz"
	"fanal/progress"
)

// An Area is one theme of a diagnosis: where the answers place the learner or their organisation, and what that means.
// There is no total: themes are looked at one by one.
type Area struct {
	ID, Sentence string
	Percent      float64 // mean of the answers, 0 (lowest of the scale) to 100; meaningless while Answered is 0
	Answered     int     // statements placed on the scale
	Aside        int     // statements that do not apply
	Of           int     // statements there are
	Before       float64 // the same as it stood before the sitting in which a statement was last answered again
	HasBefore    bool
	Advice       string // what the module's advice says for this place on the scale
}

// Profile returns the themes of a diagnosis in the order of the module: those of its objectives that likert statements
// serve. It reads every lesson and the whole history, and belongs in the background.
func (d *Desk) Profile(o *Overview) ([]Area, error) {
	given, err := d.scaleAnswers(o.Manifest.ID)
	if err != nil {
		return nil, err
	}
	advice, err := o.Module.Advice(d.Lang)
	if err != nil {
		return nil, err
	}
	sums := map[string]*areaSum{}
	for _, l := range o.Lessons {
		lesson, err := o.Module.Lesson(d.Lang, l.ID)
		if err != nil {
			return nil, err
		}
		for _, q := range lesson.Questions() {
			if q.Type != quiz.Likert {
				continue
			}
			s := sums[q.Objective]
			if s == nil {
				s = &areaSum{}
				sums[q.Objective] = s
			}
			s.add(given[l.ID+"/"+q.ID], len(q.Scale))
		}
	}
	var areas []Area
	for _, ob := range o.Manifest.Objectives {
		s := sums[ob.ID]
		if s == nil {
			continue
		}
		a := s.area()
		a.ID, a.Sentence = ob.ID, o.Index.Objectives[ob.ID]
		if a.Answered > 0 {
			a.Advice = adviceFor(advice, ob.ID, a.Percent)
		}
		areas = append(areas, a)
	}
	return areas, nil
}

// Scales tells whether the lesson of a run has statements that the profile of a diagnosis is made of.
func (r *Run) Scales() bool {
	man, err := r.Module().Manifest()
	return err == nil && man.Kind == modules.Diagnosis &&
		slices.ContainsFunc(r.Lesson().Questions(), func(q *quiz.Question) bool { return q.Type == quiz.Likert })
}

// A placing is one answer to a statement: the place on the scale, or 0 for "does not apply", and the sitting it was given in.
type placing struct {
	place   int
	sitting string
}

// scaleAnswers returns what was answered to each statement of a module, in the order of the log, by lesson and question.
func (d *Desk) scaleAnswers(module string) (map[string][]placing, error) {
	given := map[string][]placing{}
	for e, err := range d.Store.Events(d.Learner.ID) {
		if err != nil {
			return nil, err
		}
		if e.Verb != progress.Answered || e.Module != module || !e.Unjudged || e.Skipped || len(e.Response) != 1 {
			continue
		}
		n, err := strconv.Atoi(e.Response[0])
		if err != nil {
			n = 0 // quiz.NA
		}
		key := e.Lesson + "/" + e.Question
		given[key] = append(given[key], placing{n, e.Sitting})
	}
	return given, nil
}

// An areaSum adds up the statements of one theme.
type areaSum struct {
	of, now, aside, before int
	nowSum, beforeSum      float64
	again                  bool // a statement was answered in two sittings
}

// add takes the answers to one statement on a scale of so many places.
func (s *areaSum) add(answers []placing, places int) {
	s.of++
	if len(answers) == 0 {
		return
	}
	share := func(n int) float64 { return 100 * float64(n-1) / float64(max(places-1, 1)) }
	last := answers[len(answers)-1]
	// Who changes their mind in one sitting corrects; what stood there before is what an earlier sitting left.
	was := last
	for _, a := range slices.Backward(answers) {
		if a.sitting != last.sitting {
			was, s.again = a, true
			break
		}
	}
	if last.place > 0 {
		s.now++
		s.nowSum += share(last.place)
	} else {
		s.aside++
	}
	if was.place > 0 {
		s.before++
		s.beforeSum += share(was.place)
	}
}

func (s *areaSum) area() Area {
	a := Area{Of: s.of, Answered: s.now, Aside: s.aside}
	if s.now > 0 {
		a.Percent = s.nowSum / float64(s.now)
	}
	if s.again && s.before > 0 {
		a.Before, a.HasBefore = s.beforeSum/float64(s.before), true
	}
	return a
}

// adviceFor returns the text for a place on the scale: the first entry of the objective that reaches up to it.
func adviceFor(advice []modules.Advice, objective string, percent float64) string {
	var best modules.Advice
	for _, a := range advice {
		reaches := percent <= a.UpTo+0.999 // entries are written in whole percents: 24 ends where 25 begins
		if a.Objective == objective && reaches && (best.Objective == "" || a.UpTo < best.UpTo) {
			best = a
		}
	}
	return best.Text
}

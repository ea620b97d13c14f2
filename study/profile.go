package study

import (
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
	Answered     int     // statements answered, those that do not apply left out
	Of           int     // statements there are
	Before       float64 // the same over the answers before the last ones
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

// scaleAnswers returns the places on the scale that were given to each statement of a module, in the order of the log, by
// lesson and question. 0 stands for "does not apply".
func (d *Desk) scaleAnswers(module string) (map[string][]int, error) {
	given := map[string][]int{}
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
		given[key] = append(given[key], n)
	}
	return given, nil
}

// An areaSum adds up the statements of one theme.
type areaSum struct {
	of, now, before   int
	nowSum, beforeSum float64
}

// add takes the answers to one statement on a scale of so many places.
func (s *areaSum) add(answers []int, places int) {
	s.of++
	share := func(n int) float64 { return 100 * float64(n-1) / float64(max(places-1, 1)) }
	if n := len(answers); n > 0 && answers[n-1] > 0 {
		s.now++
		s.nowSum += share(answers[n-1])
	}
	if n := len(answers); n > 1 && answers[n-2] > 0 {
		s.before++
		s.beforeSum += share(answers[n-2])
	}
}

func (s *areaSum) area() Area {
	a := Area{Of: s.of, Answered: s.now}
	if s.now > 0 {
		a.Percent = s.nowSum / float64(s.now)
	}
	if s.before > 0 {
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

package study

// Draft returns a function that reads what the learner had begun to write in answer to the current question, "" where
// there is nothing. The function may run in another goroutine.
func (r *Run) Draft() func() string {
	it, store, who := r.items[r.at], r.desk.Store, r.desk.Learner.ID
	return func() string { return store.Draft(who, it.lesson.Module, it.lesson.ID, it.get().Question.ID) }
}

// SaveDraft returns a function that keeps what is written so far; "" takes it away, which is done when it is answered.
func (r *Run) SaveDraft(text string) func() error {
	it, store, who := r.items[r.at], r.desk.Store, r.desk.Learner.ID
	return func() error { return store.SaveDraft(who, it.lesson.Module, it.lesson.ID, it.get().Question.ID, text) }
}

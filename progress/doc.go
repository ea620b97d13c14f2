// Package progress keeps what learners have done.
//
// What happened is an [Event]; events are written once, in the order of a counter that no wrong clock can turn back, and
// never changed. What follows from them (who studies here, where they are, what they know) is folded from the events and
// kept beside them in the same transaction, so that a screen reads a handful of records however long the history is.
// Two histories are brought together by the union of their events, folded again: nothing is added up, nothing conflicts.
//
// A [Store] is one data folder, open in one process. docs/reliability.md says what it promises and how that was tried.
package progress

// Package people is what a laptop owes to each of the people who share it: a PIN when they want one, a mediator who can
// help when it is forgotten, one place that says everything that is stored about them, exports and erases it, and an end
// of the loan that leaves nobody behind.
//
// A PIN stops mistakes and curiosity. It does not stop who takes the file: nothing is encrypted with it, and all PINs of
// four digits can be tried in a quarter of an hour. docs/privacy.md says so to everybody.
package people

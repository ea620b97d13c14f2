// Package locale has the words of the interface in four languages: numbers, plurals, and which language to speak.
package locale

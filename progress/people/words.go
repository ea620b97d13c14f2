package people

import (
	"crypto/rand"
	"embed"
	"math/big"
	"slices"
	"strings"
	"sync"
)

//go:embed words/*.txt
var wordFiles embed.FS

// wordsOf are the simple words of a language, a few hundred each, accents and all.
func wordsOf(lang string) []string {
	text, err := wordFiles.ReadFile("words/" + lang + ".txt")
	if err != nil {
		text, _ = wordFiles.ReadFile("words/en.txt")
	}
	return strings.Fields(string(text))
}

var wordLangs = []string{"fr", "en", "es", "it"}

// known holds every word of every language, folded: who learns in French may have chosen Italian words.
var known = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, lang := range wordLangs {
		for _, w := range wordsOf(lang) {
			all[folded(w)] = true
		}
	}
	return all
})

// Suggest draws three different words of a language (fr, en, es, it; English otherwise) for somebody who does not like
// digits, to be learnt as a little story.
func Suggest(lang string) string {
	words := wordsOf(lang)
	var drawn []string
	for len(drawn) < pinWords {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(words))))
		if err != nil {
			panic(err) // the system has no randomness: nothing that it keeps would be safe
		}
		if w := words[n.Int64()]; !slices.Contains(drawn, w) {
			drawn = append(drawn, w)
		}
	}
	return strings.Join(drawn, " ")
}

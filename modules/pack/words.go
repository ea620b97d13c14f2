package pack

import (
	"strings"
	"sync"
)

// The words of a fingerprint are two syllables each, of letters that are read alike in French, English, Spanish and Italian:
// no C, G, J, Q, S between vowels, V, W, X, Y, Z or H. They mean nothing, so that one list serves four languages and a
// mediator can read them to another over the telephone.
const (
	onsets = "bdfklmnprt"
	vowels = "aeiou"
)

// shunned are the words that one would rather not read aloud in one of the four languages.
const shunned = " bite bito bita kaka kako kuka kulo kula kule kuli kuto kuti fika fiko fiki fike fino foki foka foku foko fuki fuka fuko " +
	"fuke fute futa fota fote foto puta puto pute puti peni pene penu pede pedo pedi peda pipi popo popa popu pupu pupi kika " +
	"dodo dildo tita tito teta tete tota tata tuta mona mono moro mora moto neka niko nika nike nuda nudo nero nera nake " +
	"tuer tuka tuko loka loko luko bobo boba bebe bolo bola pola rape rapa rape raka rake riko tabu dope dupe kana dame " +
	"lama kame mamo mama papa nana nono peto peta pete pota pote poto pito pita paki paka mafi lupa lope nuke fame fake "

// wordList has the 2,048 words, spread evenly over all that the syllables make.
var wordList = sync.OnceValue(func() []string {
	var all []string
	for i := range len(onsets) * len(vowels) {
		for j := range len(onsets) * len(vowels) {
			w := syllable(i) + syllable(j)
			if i != j && !strings.Contains(shunned, " "+w+" ") {
				all = append(all, w)
			}
		}
	}
	const count = 1 << 11
	list := make([]string, count)
	for i := range list {
		list[i] = all[i*len(all)/count]
	}
	return list
})

func syllable(i int) string {
	return onsets[i/len(vowels):][:1] + vowels[i%len(vowels):][:1]
}

// word returns the word of 11 bits.
func word(bits int) string { return wordList()[bits] }

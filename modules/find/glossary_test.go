package find

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The orders are those of Unicode's collation for the language, at the level of letters.
func TestTermsStandWhereADictionaryHasThem(t *testing.T) {
	for lang, order := range map[string][]string{
		"fr": {"3D", "à-coup", "accès", "bloc notes", "bloc-notes", "blocage", "côte", "coteau", "élève", "elle", "l’avis", "lavis", "œuvre", "offre", "zéro"},
		"en": {"API", "apple", "café", "cafeteria", "e-mail", "email", "naïve", "Naples"},
		"es": {"Ana", "anzuelo", "año", "aorta", "cana", "canto", "caña", "llave", "luna", "nube", "nuño", "ñandú", "oso"},
		"it": {"a capo", "accesso", "città", "cittadino", "dell’utente", "delta", "è", "ebbene", "più", "piuma"},
		"de": {"Ärger", "arm", "Straße", "Strauß"},
	} {
		terms := make([]Term, len(order))
		for i, to := range rand.Perm(len(order)) {
			terms[to].Term = order[i]
		}
		sortTerms(terms, lang)
		got := make([]string, len(order))
		for i, term := range terms {
			got[i] = term.Term
		}
		if !slices.Equal(got, order) {
			t.Errorf("%s: %q, not %q", lang, got, order)
		}
	}
}

package bring_test

import (
	"os"
	"testing"

	"fanal/locale"
	"fanal/modules/bring"

	"github.com/BurntSushi/toml"
)

func TestEverythingThatIsSaidHasItsSentenceInFourLanguages(t *testing.T) {
	for _, lang := range locale.Languages {
		data, err := os.ReadFile("../../locale/" + lang + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]any
		if err := toml.Unmarshal(data, &words); err != nil {
			t.Fatal(err)
		}
		counted := map[bring.Code]bool{bring.SeveralRight: true, bring.NoExplanation: true, bring.AllRight: true, bring.InComments: true, bring.TextStays: true}
		for _, code := range bring.Codes() {
			r := bring.Reason{Code: code, Value: "x"}
			if counted[code] {
				r.N = 2
			}
			id, _ := r.Spoken()
			if _, plural := words[id].(map[string]any); words[id] == nil || plural != counted[code] {
				t.Errorf("%s: no sentence %s, or one without its plurals", lang, id)
			}
			if said := locale.New(lang).Error(r); said == id || said == "" {
				t.Errorf("%s: %s is not said", lang, id)
			}
		}
	}
}

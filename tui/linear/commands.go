package linear

import "strings"

// commands are the letters that follow a colon, in the order in which help says them.
const commands = "hsrbofmgnukedxlq?"

// everywhere are those that mean something everywhere.
const everywhere = "lq?"

// spelled are words that people type when they look for a command, in our four languages and the commonest of others.
var spelled = map[string]byte{
	"help": '?', "aide": '?', "ayuda": '?', "aiuto": '?', "menu": 'm', "menú": 'm',
	"quit": 'q', "exit": 'q', "bye": 'q', "quitter": 'q', "sortir": 'q', "salir": 'q', "esci": 'q', "uscire": 'q',
	"hint": 'h', "indice": 'h', "pista": 'h', "suggerimento": 'h',
	"skip": 's', "passer": 's', "saltar": 's', "salta": 's', "saltare": 's',
	"back": 'b', "retour": 'b', "volver": 'b', "indietro": 'b', "atrás": 'b', "atras": 'b',
	"language": 'l', "langue": 'l', "idioma": 'l', "lingua": 'l',
	"find": 'f', "search": 'f', "chercher": 'f', "buscar": 'f', "cerca": 'f', "cercare": 'f',
	"outline": 'o', "plan": 'o', "índice": 'o', "piano": 'o',
	"repeat": 'r', "répéter": 'r', "repeter": 'r', "repetir": 'r', "ripetere": 'r', "ripeti": 'r',
	"print": 'e', "save": 'e', "imprimer": 'e', "enregistrer": 'e', "imprimir": 'e', "guardar": 'e', "stampare": 'e', "salvare": 'e',
}

// command reads a line that begins with a colon. It is false for what is no command.
func command(line string) (cmd byte, arg string, ok bool) {
	rest, ok := strings.CutPrefix(line, ":")
	if !ok {
		return 0, "", false
	}
	word, arg, _ := strings.Cut(strings.TrimSpace(rest), " ")
	word = strings.ToLower(word)
	if len(word) == 1 && strings.Contains(commands, word) {
		return word[0], strings.TrimSpace(arg), true
	}
	cmd, ok = spelled[word]
	return cmd, strings.TrimSpace(arg), ok
}

// meant returns the command that someone who typed a mere word may have meant.
func meant(text string) (cmd byte, ok bool) {
	text = strings.ToLower(strings.Trim(text, " .!/-"))
	if text == "?" || text == "q" {
		return text[0], true
	}
	cmd, ok = spelled[text]
	return cmd, ok
}

// misread says, of a line that is no answer here, what can be typed instead: the message id, with its data. A word that
// looks like a wish to leave or to be helped gets the command for it.
func (s *session) misread(text, id string, data ...any) {
	if cmd, ok := meant(text); ok && serves(cmd, s.here) {
		s.tell("linear-meant", "Text", text, "Command", ":"+string(cmd), "What", s.words.T(commandID(cmd)))
		return
	}
	s.tell(id, data...)
}

// serves tells whether a command means something where those of here do.
func serves(cmd byte, here string) bool {
	return strings.IndexByte(here+everywhere, cmd) >= 0
}

// commandID is the message that says what a command does.
func commandID(cmd byte) string {
	if cmd == '?' {
		return "linear-command-help"
	}
	return "linear-command-" + string(cmd)
}

// help says the commands that mean something here, one a line, and where what is answered is kept.
func (s *session) help(here string) {
	s.tell("linear-help")
	for i := range len(commands) {
		cmd := commands[i]
		if !serves(cmd, here) && (cmd != 'x' || s.Preview == nil) {
			continue
		}
		name := ":" + string(cmd)
		if cmd == 'l' {
			name += " " + s.words.Lang
		}
		s.hang(name+"  "+s.words.T(commandID(cmd)), 5)
	}
	if s.desk != nil && !s.desk.Guest && s.Data != "" {
		s.tell("linear-kept")
		s.tell("help-data", "Path", s.Data)
	}
}

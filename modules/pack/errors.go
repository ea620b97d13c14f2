package pack

import (
	"errors"
	"strconv"
	"unicode/utf8"

	"fanal/modules"
)

// A Reason is why something foreign is refused. Each is an error by itself, so that errors.Is(err, pack.Overlap) holds of
// the [*Refusal] that carries it, and each has a sentence of its own in the four languages, "pack-" and its text.
type Reason string

// Error returns the reason in the machine's words.
func (r Reason) Error() string { return string(r) }

// Reasons that concern the file as a whole.
const (
	NotPack   Reason = "not-pack"  // no zip archive at all
	Truncated Reason = "truncated" // begins as a pack and does not end as one
	Damaged   Reason = "damaged"   // its bytes do not add up to the mark at its end
	OtherZip  Reason = "other-zip" // a zip archive that was not written by Write
	TooLarge  Reason = "too-large" // more than MaxPacked bytes
	TooMuch   Reason = "too-much"  // more than MaxUnpacked bytes unpacked
	TooMany   Reason = "too-many"  // more than MaxFiles files
	Hidden    Reason = "hidden"    // bytes that belong to no file
	Overlap   Reason = "overlap"   // two files that share bytes
	Order     Reason = "order"     // files not in their order
)

// Reasons that concern one file of the pack.
const (
	NameEmpty     Reason = "name-empty"     // no name, or an element without one ("a//b", "a/")
	NameLong      Reason = "name-long"      // more than MaxName bytes
	NameDeep      Reason = "name-deep"      // more than MaxDepth elements
	NameControl   Reason = "name-control"   // controls, invisible characters, not UTF-8
	NameBackslash Reason = "name-backslash" // Windows' separator, a network path
	NameDrive     Reason = "name-drive"     // "C:"
	NameAbsolute  Reason = "name-absolute"  // "/etc"
	NameParent    Reason = "name-parent"    // ".."
	NameCapital   Reason = "name-capital"   // capitals
	NameLetter    Reason = "name-letter"    // spaces, accents, signs
	NameStart     Reason = "name-start"     // begins with a dot, a dash, an underscore
	NameDot       Reason = "name-dot"       // ends in a dot
	NameReserved  Reason = "name-reserved"  // a device of Windows
	Twice         Reason = "twice"          // the same name twice
	Twin          Reason = "twin"           // names that some systems take for the same
	FileFolder    Reason = "file-folder"    // a name that is a file and a folder
	Folder        Reason = "folder"         // an entry that is a folder
	Link          Reason = "link"           // a symbolic link
	Device        Reason = "device"         // a pipe, a device, a socket
	Encrypted     Reason = "encrypted"      // encrypted
	Method        Reason = "method"         // a compression that is not ours
	TooDense      Reason = "too-dense"      // unpacks to more than MaxRatio times its size
	SizeLie       Reason = "size-lie"       // more or fewer bytes than announced
	TwoHeads      Reason = "two-heads"      // its two headers contradict each other
	Broken        Reason = "broken"         // its bytes cannot be unpacked, or not to what was packed
	Nested        Reason = "nested"         // an archive within the archive
	Changed       Reason = "changed"        // altered while it was being read
)

// Reasons that concern sums and signatures.
const (
	NoSums      Reason = "no-sums"      // fanal.sum is missing
	BadSums     Reason = "bad-sums"     // fanal.sum cannot be read, or is not sorted
	NoSum       Reason = "no-sum"       // a file that fanal.sum does not name
	NoFile      Reason = "no-file"      // a file that fanal.sum names and that is not there
	BadSum      Reason = "bad-sum"      // a file that is not what fanal.sum says
	BadSign     Reason = "bad-sign"     // the signature cannot be read
	WrongSign   Reason = "wrong-sign"   // the signature does not fit
	SignOther   Reason = "sign-other"   // the signature was made for something else
	SignKey     Reason = "sign-key"     // signed by another key than the one it names
	NoModule    Reason = "no-module"    // module.toml is missing or cannot be read
	Unfit       Reason = "unfit"        // a part of the module cannot be shown; Err is the [modules.Problem]
	NotUTF8     Reason = "not-utf8"     // a text that is not UTF-8
	KeyFile     Reason = "key-file"     // not a key of minisign's
	Passphrase  Reason = "passphrase"   // the passphrase does not open the key
	NotList     Reason = "not-list"     // not a list of keys
	ListSigner  Reason = "list-signer"  // a list of keys signed by a key that is not trusted here
	ListOld     Reason = "list-old"     // a list of keys with a sequence that is not higher than the one kept
	ListLone    Reason = "list-lone"    // a list of keys without its signature
	KeyringFile Reason = "keyring-file" // the laptop's own keys cannot be read
)

// A Refusal says why a pack, a key or a list of keys is not taken: what is wrong, and with which of its files.
type Refusal struct {
	Why  Reason
	Name string // of the file concerned, as it stands in the pack: foreign, and to be shown through Shown alone
	Err  error  // what lies under it, or nil
}

func refuse(why Reason, name string) error { return &Refusal{Why: why, Name: name} }

// Error says the refusal in the machine's words.
func (r *Refusal) Error() string {
	s := "refused: " + string(r.Why)
	if r.Name != "" {
		s += " " + Shown(r.Name)
	}
	if r.Err != nil {
		s += ": " + r.Err.Error()
	}
	return s
}

// Is tells whether the refusal is for this reason.
func (r *Refusal) Is(target error) bool { return target == error(r.Why) }

// Unwrap returns what lies under the refusal.
func (r *Refusal) Unwrap() error { return r.Err }

// Spoken returns the message that says the refusal to a person, with what its author has to correct where that is known.
func (r *Refusal) Spoken() (id string, data map[string]any) {
	id, data = "pack-"+string(r.Why), map[string]any{"Name": Shown(r.Name)}
	var fault *modules.Problem
	if (r.Why == Unfit || r.Why == NoModule) && errors.As(r.Err, &fault) {
		id, data["Fault"] = id+"-at", fault
	}
	return id, data
}

// Shown writes a foreign name so that any terminal can show it and it takes one line of at most 60 characters: in quotes,
// everything that is not plain ASCII escaped.
func Shown(name string) string {
	const most = 48
	if len(name) > most {
		cut := most
		for cut > 0 && !utf8.RuneStart(name[cut]) {
			cut--
		}
		q := strconv.QuoteToASCII(name[:cut])
		if len(q) > 58 {
			q = q[:57] + `"`
		}
		return q + "…"
	}
	q := strconv.QuoteToASCII(name)
	if len(q) > 58 {
		return q[:57] + `"…`
	}
	return q
}

package pack

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"fanal/modules"
)

// A Keyring is what a laptop knows of signers: the keys that a person chose to trust, and what those keys have said about
// others. It is the file keys.json of the data folder. It knows no dates: it counts the installations on this laptop.
type Keyring struct {
	path string
	ring
}

// ring is what keys.json holds.
type ring struct {
	Format   int           `json:"format"`
	Installs int           `json:"installs"` // packs installed on this laptop so far
	Keys     []TrustedKey  `json:"keys"`     // the longest trusted first
	Lists    map[Key]*List `json:"lists"`    // by signer, of the highest sequence seen
}

// A TrustedKey is a key that this laptop trusts.
type TrustedKey struct {
	Key   Key    `json:"key"`
	Name  string `json:"name"`           // whose it is, in the words of who trusted it
	Since int    `json:"since"`          // how many packs this laptop had installed by then
	After Key    `json:"after,omitzero"` // the key that said this one follows; "" when a person chose it
}

// KeyringName is the name of the keyring in the data folder.
const KeyringName = "keys.json"

// OpenKeyring reads the keyring of a data folder; one that does not exist is empty. The error is [KeyringFile] when there is
// one that cannot be read: an empty one comes with it, which trusts nobody.
func OpenKeyring(dir string) (*Keyring, error) {
	k := &Keyring{path: filepath.Join(dir, KeyringName)}
	return k, k.load()
}

func (k *Keyring) load() error {
	k.ring = ring{Format: 1, Lists: map[Key]*List{}}
	data, err := os.ReadFile(k.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var r ring
	if err == nil {
		err = json.Unmarshal(data, &r)
	}
	if err == nil && r.Format != 1 {
		err = errors.New("of another format")
	}
	if err != nil {
		return &Refusal{Why: KeyringFile, Err: err}
	}
	if r.Lists == nil {
		r.Lists = map[Key]*List{}
	}
	k.ring = r
	return nil
}

// change reads the keyring anew, so that what another window has changed is not lost, changes it and keeps it.
func (k *Keyring) change(do func() error) error {
	return locked(filepath.Dir(k.path), func() error {
		return k.changeLocked(do)
	})
}

func (k *Keyring) changeLocked(do func() error) error {
	if err := k.load(); err != nil {
		return err
	}
	err := do()
	if err == nil {
		err = replaceJSON(k.path, k.ring)
	}
	if err != nil {
		_ = k.load() // what could not be kept does not hold; it was readable a moment ago
	}
	return err
}

// Keys returns the trusted keys, the longest trusted first, without those that were withdrawn since.
func (k *Keyring) Keys() []TrustedKey {
	revoked := k.revoked()
	return slices.DeleteFunc(slices.Clone(k.ring.Keys), func(t TrustedKey) bool { return revoked[t.Key] })
}

// Trust adds a key under a name. A key that was withdrawn is refused with a [*RevokedError]; one that is trusted already
// gets the name.
func (k *Keyring) Trust(key Key, name string) error {
	if _, err := key.public(); err != nil {
		return &Refusal{Why: KeyFile, Err: err}
	}
	return k.change(func() error {
		if k.revoked()[key] {
			return &RevokedError{Key: key}
		}
		name = modules.CleanLine(name)
		if t := k.find(key); t != nil {
			t.Name = name
			return nil
		}
		k.ring.Keys = append(k.ring.Keys, TrustedKey{Key: key, Name: name, Since: k.Installs})
		return nil
	})
}

// Forget takes trust away from a key, and from those that came after it by its own word. What it has said about others is
// forgotten too.
func (k *Keyring) Forget(key Key) error {
	return k.change(func() error {
		gone := map[Key]bool{key: true}
		for range k.ring.Keys {
			for _, t := range k.ring.Keys {
				if gone[t.After] {
					gone[t.Key] = true
				}
			}
		}
		k.ring.Keys = slices.DeleteFunc(k.ring.Keys, func(t TrustedKey) bool { return gone[t.Key] })
		for key := range gone {
			delete(k.Lists, key)
		}
		return nil
	})
}

// Take takes what a signer says about keys. It is taken from a trusted key alone ([ListSigner]), and only when its
// sequence is higher than that of the list that the signer is known by ([ListOld]).
func (k *Keyring) Take(l *List) error {
	return k.change(func() error {
		signer := k.find(l.Signer)
		if signer == nil || k.revoked()[l.Signer] {
			return refuse(ListSigner, "")
		}
		if kept := k.Lists[l.Signer]; kept != nil && kept.Sequence >= l.Sequence {
			return refuse(ListOld, "")
		}
		k.Lists[l.Signer] = l
		if l.Next != "" && k.find(l.Next) == nil && !k.revoked()[l.Next] {
			// Beside the key it follows, and of its rank.
			at := slices.IndexFunc(k.ring.Keys, func(t TrustedKey) bool { return t.Key == l.Signer })
			next := TrustedKey{Key: l.Next, Name: signer.Name, Since: k.Installs, After: l.Signer}
			k.ring.Keys = slices.Insert(k.ring.Keys, at+1, next)
		}
		return nil
	})
}

func (k *Keyring) find(key Key) *TrustedKey {
	for i := range k.ring.Keys {
		if k.ring.Keys[i].Key == key {
			return &k.ring.Keys[i]
		}
	}
	return nil
}

// revoked returns the keys that are withdrawn. A key may withdraw itself and every key but those that are trusted for
// longer: when two withdraw each other, the one that the laptop has known longer is believed.
func (k *Keyring) revoked() map[Key]bool {
	revoked := map[Key]bool{}
	elders := map[Key]bool{}
	for _, t := range k.ring.Keys {
		if l := k.Lists[t.Key]; l != nil && !revoked[t.Key] {
			for _, key := range l.Revoked {
				if !elders[key] {
					revoked[key] = true
				}
			}
		}
		elders[t.Key] = true
	}
	return revoked
}

// follows tells whether a key is the heir of another: the same, or one that follows it by its own word.
func (k *Keyring) follows(old, key Key) bool {
	for range len(k.ring.Keys) + 1 {
		if key == old {
			return true
		}
		t := k.find(key)
		if t == nil || t.After == "" {
			return false
		}
		key = t.After
	}
	return false
}

// A Standing is how a laptop stands to the signer of a module.
type Standing string

// The standings.
const (
	Unsigned Standing = "unsigned" // nobody has signed it
	Unknown  Standing = "unknown"  // signed by a key that this laptop does not trust
	Trusted  Standing = "trusted"  // signed by a key that this laptop trusts
	Revoked  Standing = "revoked"  // signed by a key that has been withdrawn
)

// Trust is what a laptop can say of the signer of a module.
type Trust struct {
	Standing Standing
	Key      Key    // "" when it is not signed
	Name     string // of the key, where it is trusted
	Ago      int    // how many packs this laptop has installed since it trusts the key
}

// Judge says what this laptop makes of a signature; nil is no signature.
func (k *Keyring) Judge(s *Signature) Trust {
	if s == nil {
		return Trust{Standing: Unsigned}
	}
	t := Trust{Standing: Unknown, Key: s.Key}
	known := k.find(s.Key)
	if known != nil {
		t.Name, t.Ago = known.Name, k.Installs-known.Since
	}
	switch {
	case k.revoked()[s.Key]:
		t.Standing = Revoked
	case known != nil:
		t.Standing = Trusted
	}
	return t
}

package pack

// Message returns the id of the message that says to a person who signed a module, and its data: a sentence or two. A value
// N chooses the plural.
func (t Trust) Message() (id string, data map[string]any) {
	switch t.Standing {
	case Unknown:
		return "pack-trust-unknown", map[string]any{"Words": t.Key.Words()}
	case Trusted:
		if t.Ago > 0 {
			return "pack-trust-trusted", map[string]any{"N": t.Ago, "Name": t.Name}
		}
		return "pack-trust-new", map[string]any{"Name": t.Name}
	case Revoked:
		return "pack-trust-revoked", map[string]any{"Words": t.Key.Words()}
	}
	return "pack-trust-unsigned", nil
}

package pack

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"fanal/modules"
)

// knownName is the file with what is kept of the installed packs, so that a list of a thousand modules reads one file and
// not a thousand. It can be lost at any time: what is not in it is read from the packs, and kept again at the next
// installation.
//
// It has a line a pack: a checksum of what follows, the id, the size and the time of its file, and what modules.Known has,
// as JSON; tabs between them. The time is that of the disk's own records, whatever the clock said: it only has to be the same. A
// line is decoded when its module is asked for, for a start shows a screenful of them.
const knownName = "known.tsv"

// known is that file, read when it is first asked for.
type known struct {
	mu    sync.Mutex
	lines map[string]string // by id, from the size on; nil before the file is read
}

// of returns what is kept of a module, or nil when that is nothing, or not of the file that is there.
func (k *known) of(s *Shelf, id string) *modules.Known {
	k.mu.Lock()
	if k.lines == nil {
		k.lines = readKnown(filepath.Join(s.dir, knownName))
	}
	line, ok := k.lines[id]
	k.mu.Unlock()
	if !ok {
		return nil
	}
	is, err := os.Stat(s.Path(id))
	if err != nil {
		return nil
	}
	text, ok := strings.CutPrefix(line, stampOf(is))
	if !ok {
		return nil
	}
	kept := &modules.Known{}
	if err := json.Unmarshal([]byte(text), kept); err != nil || kept.Manifest == nil || kept.Manifest.ID != id {
		return nil
	}
	return kept
}

// stampOf writes what tells whether a line is of this file.
func stampOf(is fs.FileInfo) string {
	return fmt.Sprintf("%d\t%d\t", is.Size(), is.ModTime().UnixNano())
}

func readKnown(path string) map[string]string {
	lines := map[string]string{}
	data, err := os.ReadFile(path)
	if err != nil {
		return lines
	}
	for line := range strings.Lines(string(data)) {
		sum, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if sum != sumOfLine(rest) {
			continue
		}
		if id, rest, ok := strings.Cut(rest, "\t"); ok {
			lines[id] = rest
		}
	}
	return lines
}

func sumOfLine(s string) string { return fmt.Sprintf("%08x", crc32.Checksum([]byte(s), castagnoli)) }

// keepKnown brings the file up to date: what is kept stays, the module of changed and those that came by other ways are
// read, those that are gone go. It is called under the lock. That it cannot be written is no matter.
func (s *Shelf) keepKnown(changed string) {
	ids, err := s.IDs()
	if err != nil {
		return
	}
	s.known.mu.Lock()
	defer s.known.mu.Unlock()
	path := filepath.Join(s.dir, knownName)
	old, lines := readKnown(path), map[string]string{}
	var text strings.Builder
	for _, id := range ids {
		line := s.knownLine(id, old[id], id == changed)
		if line == "" {
			continue
		}
		lines[id] = line
		full := id + "\t" + line
		text.WriteString(sumOfLine(full) + "\t" + full + "\n")
	}
	_ = replaceFile(path, func(f *os.File) error {
		_, err := f.WriteString(text.String())
		return err
	})
	s.known.lines = lines
}

// knownLine returns the line of a module: the old one where it is of the file that is there, else a new one; "" for a module
// that cannot be read.
func (s *Shelf) knownLine(id, old string, anew bool) string {
	is, err := os.Stat(s.Path(id))
	if err != nil {
		return ""
	}
	stamp := stampOf(is)
	if !anew && strings.HasPrefix(old, stamp) {
		return old
	}
	p, err := s.Open(id)
	if err != nil {
		return ""
	}
	m := modules.Open(p, modules.Origin{})
	man, err := m.Manifest()
	if err != nil || man.ID != id {
		return ""
	}
	kept := modules.Known{Manifest: man, Titles: map[string]string{}}
	for _, lang := range man.Languages {
		if m.Edition(lang) != lang {
			continue
		}
		if kept.Titles[lang], err = m.Title(lang); err != nil {
			return ""
		}
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return ""
	}
	return stamp + string(text)
}

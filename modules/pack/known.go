package pack

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
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
// It has a line a pack: its id, the size and the time of its file, what modules.Known has, as JSON, and a checksum; tabs
// between them. The time is that of the disk's own records, whatever the clock said: it only has to be the same. A
// line is decoded when its module is asked for, for a start shows a screenful of them.
const knownName = "known.tsv"

// known is that file, read when it is first asked for.
type known struct {
	mu    sync.Mutex
	lines map[string]string // by id; nil before the file is read
}

// of returns what is kept of a module, or nil when that is nothing, or not of the file that is there.
func (k *known) of(s *Shelf, id string) *modules.Known {
	k.mu.Lock()
	if k.lines == nil {
		k.lines = readKnown(filepath.Join(s.dir, knownName))
	}
	line := k.lines[id]
	k.mu.Unlock()
	is, err := os.Stat(s.Path(id))
	if err != nil {
		return nil
	}
	text, ok := strings.CutPrefix(line, lineHead(id, is))
	if !ok {
		return nil
	}
	if text, ok = strings.CutSuffix(text, "\t"+sumOfLine(line)); !ok {
		return nil
	}
	kept := &modules.Known{}
	if err := json.Unmarshal([]byte(text), kept); err != nil || kept.Manifest == nil || kept.Manifest.ID != id {
		return nil
	}
	return kept
}

// lineHead is how the line of a module begins when it is of this file.
func lineHead(id string, is fs.FileInfo) string {
	return fmt.Sprintf("%s\t%d\t%d\t", id, is.Size(), is.ModTime().UnixNano())
}

// sumOfLine is the checksum that ends a line, of all that stands before it.
func sumOfLine(line string) string {
	end := strings.LastIndexByte(line, '\t')
	return fmt.Sprintf("%08x", crc32.Checksum([]byte(line[:max(end, 0)]), castagnoli))
}

// readKnown reads the lines of that file. They are parts of one text that is read once: at a thousand modules a start would
// feel every copy of it.
func readKnown(path string) map[string]string {
	f, err := os.Open(path)
	if err != nil {
		return map[string]string{}
	}
	defer f.Close()
	var text strings.Builder
	if is, err := f.Stat(); err == nil {
		text.Grow(int(is.Size()))
	}
	if _, err := io.Copy(&text, f); err != nil {
		return map[string]string{}
	}
	lines := make(map[string]string, strings.Count(text.String(), "\n"))
	for line := range strings.Lines(text.String()) {
		id, _, _ := strings.Cut(line, "\t")
		lines[id] = strings.TrimSuffix(line, "\n")
	}
	return lines
}

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
		text.WriteString(line + "\n")
	}
	// Not synced: what a power cut leaves of it is worth what its checksums say.
	if temp := filepath.Join(s.dir, beside+knownName); os.WriteFile(temp, []byte(text.String()), 0o644) == nil {
		_ = os.Rename(temp, path)
	}
	s.known.lines = lines
}

// knownLine returns the line of a module: the old one where it is of the file that is there, else a new one; "" for a module
// that cannot be read.
func (s *Shelf) knownLine(id, old string, anew bool) string {
	is, err := os.Stat(s.Path(id))
	if err != nil {
		return ""
	}
	head := lineHead(id, is)
	if !anew && strings.HasPrefix(old, head) && strings.HasSuffix(old, "\t"+sumOfLine(old)) {
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
	line := head + string(text) + "\t"
	return line + sumOfLine(line)
}

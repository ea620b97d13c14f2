package modules

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strconv"
	"strings"
)

// The limits of docs/module-format.md, checked before anything is parsed: some parsers die of what they forbid.
const (
	maxText      = 256 << 10 // bytes of a file
	maxLine      = 8 << 10   // bytes of a line of text
	maxRun       = 2 << 10   // bytes without a space
	maxNesting   = 16        // lists, quotes and emphasis in each other; brackets in TOML
	maxKeyParts  = 8         // of a dotted key
	maxFences    = 200
	maxHeadings  = 500
	maxColumns   = 50
	maxRows      = 500
	maxCodeBlock = 32 << 10 // bytes
	maxLinks     = 1000
	maxComments  = 1000 // and other signs <! and <?, of which each that does not end is looked for to the end of its paragraph
	maxID        = 64   // bytes
)

// readText reads a text file, of at most 256 KiB, as its parsers want it: UTF-8 throughout, newlines only, no byte order
// mark. It is not clean yet. ok is false when a problem was reported.
func readText(fsys fs.FS, name string, rep report) (src string, ok bool) {
	data, err := readLimited(fsys, name, maxText)
	if err != nil {
		rep(fileProblem(name, maxText, err))
		return "", false
	}
	if at := bytes.IndexByte(data, 0); at >= 0 {
		line, col := place(string(data), at)
		rep(&Problem{File: name, Line: line, Col: col, Code: HasNUL})
		return "", false
	}
	src = strings.TrimPrefix(string(data), "\ufeff")
	if strings.Contains(src, "\r") {
		src = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(src)
	}
	return strings.ToValidUTF8(src, "\ufffd"), true
}

// fileProblem says why a file of at most limit bytes was not read.
func fileProblem(name string, limit int, err error) *Problem {
	var tooBig tooBigError
	switch {
	case errors.As(err, &tooBig):
		return &Problem{File: name, Code: TooBig, Value: strconv.FormatInt(int64(tooBig), 10), Want: strconv.Itoa(limit)}
	case errors.Is(err, fs.ErrNotExist):
		return &Problem{File: name, Code: MissingFile, Err: fs.ErrNotExist}
	default:
		return &Problem{File: name, Code: Unreadable, Err: err}
	}
}

// tooBigError is the size of a file that is too big.
type tooBigError int64

func (e tooBigError) Error() string { return strconv.FormatInt(int64(e), 10) + " bytes" }

// readLimited reads a file of at most limit bytes. The size that the file system states is believed only when it is too
// large.
func readLimited(fsys fs.FS, name string, limit int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("is a folder")}
	}
	if info.Size() > limit {
		return nil, tooBigError(info.Size())
	}
	data := bytes.NewBuffer(make([]byte, 0, max(info.Size(), 0)+bytes.MinRead)) // room to meet the end without moving
	if _, err := data.ReadFrom(io.LimitReader(f, limit+1)); err != nil {
		return nil, err
	}
	if int64(data.Len()) > limit {
		return nil, tooBigError(data.Len())
	}
	return data.Bytes(), nil
}

// A fault is a problem in a text, by its offset in it; whoever knows where the text stands makes a [Problem] of it.
type fault struct {
	offset int
	Problem
}

// guardMarkdown checks what must be known before the Markdown parser sees a text, and returns nil when it is safe: lines,
// runs, markers of lists and quotes in front of a line, comments, and tables, whose missing cells the parser makes up.
func guardMarkdown(src string) *fault {
	offset, cells, references, comments := 0, 0, 0, 0
	for rest := src; rest != ""; {
		line, after, _ := strings.Cut(rest, "\n")
		if f := guardLine(line); f != nil {
			f.offset += offset
			return f
		}
		if end, _ := containers(line); strings.HasPrefix(line[end:], "[") && strings.Contains(line[end:], "]:") {
			// The definition of a link's address, which the tree does not show any more.
			if references++; references > maxLinks {
				return &fault{offset, Problem{Code: TooMany, Key: "links", Value: strconv.Itoa(references), Want: strconv.Itoa(maxLinks)}}
			}
		}
		if comments += strings.Count(line, "<!") + strings.Count(line, "<?"); comments > maxComments {
			return &fault{offset, Problem{Code: TooMany, Key: "comments", Value: strconv.Itoa(comments), Want: strconv.Itoa(maxComments)}}
		}
		if n := columns(line); n > 0 {
			rows := rowsAfter(after)
			cells += n * rows
			switch {
			case n > maxColumns:
				return &fault{offset, Problem{Code: TooMany, Key: "columns", Value: strconv.Itoa(n), Want: strconv.Itoa(maxColumns)}}
			case rows > maxRows:
				return &fault{offset, Problem{Code: TooMany, Key: "rows", Value: strconv.Itoa(rows), Want: strconv.Itoa(maxRows)}}
			case cells > maxColumns*maxRows:
				return &fault{offset, Problem{Code: TooMany, Key: "cells", Value: strconv.Itoa(cells), Want: strconv.Itoa(maxColumns * maxRows)}}
			}
		}
		offset += len(line) + 1
		rest = after
	}
	return nil
}

func guardLine(line string) *fault {
	if len(line) > maxLine {
		return &fault{0, Problem{Code: TooLong, Key: "line", Want: strconv.Itoa(maxLine)}}
	}
	if len(line) > maxRun {
		offset := 0
		for run := range strings.FieldsSeq(line) {
			if len(run) > maxRun {
				offset = strings.Index(line, run)
				return &fault{offset, Problem{Code: TooLong, Key: "word", Want: strconv.Itoa(maxRun)}}
			}
		}
	}
	if _, depth := containers(line); depth > maxNesting {
		return &fault{0, Problem{Code: TooDeep, Want: strconv.Itoa(maxNesting)}}
	}
	return nil
}

// containers counts the markers of quotes and lists that a line begins with, and gives where they end.
func containers(line string) (end, depth int) {
	for end < len(line) {
		switch c := line[end]; {
		case c == ' ' || c == '\t':
			end++
			continue
		case c == '>':
			end++
		case (c == '-' || c == '+' || c == '*') && (end+1 == len(line) || line[end+1] == ' ' || line[end+1] == '\t'):
			end++
		case c >= '0' && c <= '9':
			n := end
			for n < len(line) && n-end < 10 && line[n] >= '0' && line[n] <= '9' {
				n++
			}
			if n == len(line) || line[n] != '.' && line[n] != ')' || n+1 < len(line) && line[n+1] != ' ' && line[n+1] != '\t' {
				return end, depth
			}
			end = n + 1
		default:
			return end, depth
		}
		depth++
	}
	return end, depth
}

// columns says how many columns a table has whose line of dashes this could be; 0 when it is none.
func columns(line string) int {
	if !strings.ContainsAny(line, "|:") || !strings.Contains(line, "-") {
		return 0
	}
	end, _ := containers(line)
	dashes := strings.TrimSpace(line[end:])
	if strings.Trim(dashes, "|:- \t") != "" {
		return 0
	}
	return strings.Count(strings.TrimSuffix(strings.TrimPrefix(dashes, "|"), "|"), "|") + 1
}

func rowsAfter(text string) int {
	rows := 0
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			break
		}
		rows++
	}
	return rows
}

package pack

import (
	"context"
	"io"
	"os"
	"slices"
	"sync"
)

// copyPack copies a pack that has been opened into f, verifies what was copied and syncs it, all three at once: the bytes
// are verified as they arrive, by the layout that the original has, and the copy is held to that layout in the end. So a
// large pack takes as long as the disk needs for it.
func copyPack(ctx context.Context, f *os.File, like *Pack, tick func(n int64)) (*Pack, error) {
	tk := newTicker(ctx, tick)
	a := newArrival(f)
	synced := make(chan error, 1)
	go func() {
		err := copyFile(tk, a, like)
		a.end(err)
		if err == nil {
			err = f.Sync()
		}
		synced <- err
	}()
	marked := make(chan error, 1)
	go func() { marked <- checkMark(tk, a, like.Size) }()

	var p *Pack
	err := like.verifyEntries(tk, a)
	if err == nil {
		p, err = parse(a, like.Size)
	}
	if err == nil && !slices.Equal(p.entries, like.entries) {
		err = refuse(Changed, "")
	}
	// What went wrong first: a copy that broke off, then a damaged pack, whatever else its bytes seem to say.
	if err := firstError(<-synced, <-marked, err); err != nil {
		return nil, err
	}
	p.Path = f.Name()
	return p, nil
}

// copyFile copies the file of a pack, piece by piece so that it can be told of and stopped. The system copies each piece by
// itself where it can.
func copyFile(tk ticker, to *arrival, p *Pack) error {
	src, err := openRegular(p.Path)
	if err != nil {
		return err
	}
	defer src.Close()
	var total int64
	for err == nil && total <= p.Size {
		if err := tk.ctx.Err(); err != nil {
			return err
		}
		var n int64
		n, err = io.CopyN(to.f, src, 1<<20)
		total += n
		to.come(n)
		if tk.tick != nil {
			tk.tick(n)
		}
	}
	if (err == nil || err == io.EOF) && total != p.Size {
		return refuse(Changed, "")
	}
	if err == io.EOF {
		return nil
	}
	return err
}

// An arrival is a file that is being written: who reads it waits until the bytes are there.
type arrival struct {
	f     *os.File
	mu    sync.Mutex
	news  *sync.Cond
	there int64 // bytes
	ended bool
	err   error // of writing
}

func newArrival(f *os.File) *arrival {
	a := &arrival{f: f}
	a.news = sync.NewCond(&a.mu)
	return a
}

// come tells that n more bytes are there.
func (a *arrival) come(n int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.there += n
	a.news.Broadcast()
}

// end tells that no more bytes will come, because of err unless it is nil.
func (a *arrival) end(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ended, a.err = true, err
	a.news.Broadcast()
}

// ReadAt reads as io.ReaderAt has it, when the bytes are there.
func (a *arrival) ReadAt(p []byte, off int64) (int, error) {
	a.mu.Lock()
	for !a.ended && a.there < off+int64(len(p)) {
		a.news.Wait()
	}
	err := a.err
	a.mu.Unlock()
	if err != nil {
		return 0, err
	}
	return a.f.ReadAt(p, off)
}

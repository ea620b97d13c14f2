package pack

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fanal/modules"
)

// An Installed says what was put on the shelf.
type Installed struct {
	Manifest *modules.Manifest
	Trust    Trust
	Before   string // the version that it replaces; "" when it is new
}

// An Offer is a pack that could be installed, and what would come of it.
type Offer struct {
	Pack     *Pack
	Manifest *modules.Manifest
	Trust    Trust
	Have     string // the version that is installed or built in; "" when there is none
	Against  error  // why it would be refused, or nil; an [*OlderError] is for a person to decide
}

// Look opens the packed file at path and says what installing it would do. Its content is not verified yet.
func (s *Shelf) Look(path string) (*Offer, error) {
	p, err := Open(path)
	if err != nil {
		return nil, err
	}
	man, err := p.identify()
	if err != nil {
		return nil, err
	}
	return s.offer(p, man), nil
}

// offer holds a pack against what is installed.
func (s *Shelf) offer(p *Pack, man *modules.Manifest) *Offer {
	o := &Offer{Pack: p, Manifest: man, Trust: s.Keys.Judge(p.Sign)}
	if o.Trust.Standing == Revoked {
		o.Against = &RevokedError{Key: o.Trust.Key, Name: o.Trust.Name}
		return o
	}
	if err := CheckName(man.ID + Ext); err != nil {
		o.Against = err
		return o
	}
	if have, version := s.held(man.ID); have != nil {
		o.Have = version
		o.Against = s.mayReplace(man.ID, have, o.Trust)
	} else if s.Builtin != nil {
		if version, ok := s.Builtin(man.ID); ok {
			o.Have = version
			if o.Trust.Standing != Trusted {
				o.Against = &BuiltinError{ID: man.ID}
			}
		}
	}
	if o.Against == nil && o.Have != "" && modules.CompareVersions(man.Version, o.Have) < 0 {
		o.Against = &OlderError{ID: man.ID, Have: o.Have, Got: man.Version}
	}
	return o
}

// A holding is what is known of the signer of an installed module.
type holding struct{ key Key }

// held returns what is installed under an id, or nil. A pack that cannot be read any more holds its place for nobody.
func (s *Shelf) held(id string) (*holding, string) {
	p, err := s.Open(id)
	if err != nil {
		return nil, ""
	}
	man, err := p.identify()
	if err != nil {
		return nil, ""
	}
	h := &holding{}
	if p.Sign != nil {
		h.key = p.Sign.Key
	}
	return h, man.Version
}

// mayReplace tells whether a pack of this trust may take the place of what is held.
func (s *Shelf) mayReplace(id string, have *holding, t Trust) error {
	switch {
	case have.key == "":
		return nil
	case t.Key == "":
		return &UnsignedError{ID: id, Have: have.key}
	case s.Keys.follows(have.key, t.Key):
		return nil
	case t.Standing == Trusted && s.Keys.revoked()[have.key]:
		return nil // a withdrawn key owns nothing any more
	}
	return &OtherKeyError{ID: id, Have: have.key, Got: t.Key}
}

// Work returns about how many bytes [Shelf.Install] will tell its tick of.
func (o *Offer) Work() int64 { return 2*o.Pack.Size + o.Pack.Unpacked() }

// Install puts the packed file at path on the shelf, in the place of an earlier version where there is one. It is copied
// beside, verified as copied, synced and renamed: whatever happens meanwhile, the module is whole, either as it was or as it
// is to be. Older allows a version older than the one there. Tick, unless nil, is told how many bytes have been worked
// through since it was last told, [Offer.Work] of them. The errors are those of [Verify], those of this file, and the
// system's.
func (s *Shelf) Install(ctx context.Context, path string, older bool, tick func(n int64)) (*Installed, error) {
	// Most of what is refused is refused here, before anything is written.
	o, err := s.Look(path)
	if err != nil {
		// A damaged pack is said to be damaged, whatever else its bytes seem to say.
		return nil, firstError(markOf(ctx, path), err)
	}
	if err := o.against(older); err != nil {
		return nil, err
	}
	return s.install(ctx, o.Pack.Size, func(f *os.File) (*Offer, error) {
		copied, err := copyPack(ctx, f, o.Pack, tick)
		return s.fit(copied, older, err)
	})
}

// InstallFolder packs the module in src, unsigned, and puts it on the shelf as [Shelf.Install] does.
func (s *Shelf) InstallFolder(ctx context.Context, src fs.FS, older bool, tick func(n int64)) (*Installed, error) {
	names, err := list(src)
	if err != nil {
		return nil, err
	}
	var size int64 // at most: most of it is compressed
	for _, name := range names {
		if info, err := fs.Stat(src, name); err == nil {
			size += info.Size()
		}
	}
	return s.install(ctx, size, func(f *os.File) (*Offer, error) {
		err := errors.Join(Write(ctx, f, src, nil, tick), f.Sync())
		if err != nil {
			return nil, err
		}
		p, _, err := Verify(ctx, f.Name(), tick)
		return s.fit(p, older, err)
	})
}

// fit judges a pack as it was copied, for the stick may have changed since it was looked at. Err is that of copying it.
func (s *Shelf) fit(p *Pack, older bool, err error) (*Offer, error) {
	if err != nil {
		return nil, err
	}
	man, err := p.identify()
	if err == nil {
		err = fitness(p)
	}
	if err != nil {
		return nil, err
	}
	o := s.offer(p, man)
	return o, o.against(older)
}

// install makes room for size bytes, has fill write and verify and sync a pack beside, and renames it to its place.
func (s *Shelf) install(ctx context.Context, size int64, fill func(*os.File) (*Offer, error)) (*Installed, error) {
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return nil, err
	}
	if free, ok := Free(s.dir); ok && free < size+1<<20 {
		return nil, &RoomError{Need: size + 1<<20, Free: free}
	}
	var done *Installed
	err := locked(s.data, func() error {
		s.sweep()
		var o *Offer
		err := writeBeside(s.dir, func(f *os.File) (path string, err error) {
			if o, err = fill(f); err != nil {
				return "", err
			}
			return s.Path(o.Manifest.ID), ctx.Err()
		})
		if err != nil {
			return err
		}
		done = &Installed{Manifest: o.Manifest, Trust: o.Trust, Before: o.Have}
		s.keepKnown(o.Manifest.ID)
		// The count of installations is a help for people: a module is installed without it too.
		_ = s.Keys.changeLocked(func() error { s.Keys.Installs++; return nil })
		return nil
	})
	return done, err
}

// against returns what stands against an offer, when a person has decided about older versions.
func (o *Offer) against(older bool) error {
	var old *OlderError
	if older && errors.As(o.Against, &old) {
		return nil
	}
	return o.Against
}

// markOf tells whether a packed file is damaged.
func markOf(ctx context.Context, path string) error {
	f, err := openRegular(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return checkMark(ticker{ctx: ctx}, f, info.Size())
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// sweep removes what an installation left behind that was interrupted. It is called under the lock: nobody is writing.
func (s *Shelf) sweep() {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), beside) {
			os.Remove(filepath.Join(s.dir, e.Name()))
		}
	}
}

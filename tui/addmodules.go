package tui

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"fanal/modules"
	"fanal/modules/pack"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// addModules lists the packed modules on the sticks that are plugged in and in the folder the program was started in, and
// installs the one that is chosen. Who made each is said in words before anything is installed.
type addModules struct {
	app    *app
	found  []offered
	sticks int
	free   int64
	ready  bool
	list   list
	work   *work            // an installation under way, or nil
	older  *pack.OlderError // what is to be installed is older than what is there: which it shall be
	doubt  list             // the two answers to that
	naming *textinput.Model // the name of a signer who is to be trusted, while it is typed
	whom   pack.Key
}

// An offered pack is one that was found. Offer is nil, and err says why, for one that cannot be read.
type offered struct {
	path  string
	offer *pack.Offer
	title string
	err   error
}

// work is an installation under way: how far it is, for the screen to read while another goroutine does it.
type work struct {
	pack  offered
	total int64
	done  atomic.Int64
	stop  context.CancelFunc
}

type (
	foundMsg struct {
		of     *addModules
		found  []offered
		sticks int
		free   int64
	}
	installedMsg struct {
		of   *addModules
		what *pack.Installed
		err  error
	}
	workTick struct{ of *addModules }
)

// workEvery is how often the screen says how far the work is: a number that changes, nothing that moves.
const workEvery = 500 * time.Millisecond

func newAddModules(a *app) *addModules { return &addModules{app: a} }

// Init looks at the sticks and the current folder.
func (s *addModules) Init() tea.Cmd {
	shelf, lang, data := s.app.Shelf, s.app.words.Lang, s.app.Data
	return func() tea.Msg {
		places := []string{"."}
		sticks := pack.Sticks()
		for _, st := range sticks {
			places = append(places, st.Path)
		}
		msg := foundMsg{of: s, sticks: len(sticks)}
		for _, place := range places {
			packs, lists, err := pack.Find(place)
			if err != nil {
				continue // a stick that was pulled meanwhile
			}
			for _, l := range lists {
				if list, err := pack.ReadList(l); err == nil {
					_ = shelf.Keys.Take(list) // what a stranger says of keys is no matter
				}
			}
			for _, p := range packs {
				msg.found = append(msg.found, look(shelf, p, lang))
			}
		}
		msg.free, _ = pack.Free(data)
		return msg
	}
}

func look(shelf *pack.Shelf, path, lang string) offered {
	o := offered{path: path, title: filepath.Base(path)}
	if o.offer, o.err = shelf.Look(path); o.err != nil {
		return o
	}
	if t, err := modules.Open(o.offer.Pack, modules.Origin{}).Title(lang); err == nil && t != "" {
		o.title = t
	}
	return o
}

func (s *addModules) fill() {
	w := s.app.words
	var rows []row
	for _, o := range s.found {
		if o.err != nil {
			rows = append(rows, row{left: inline(o.title), right: w.T("add-refused"), do: func() (move, tea.Cmd) {
				return move{push: newNotice(s.app, w.Error(o.err))}, nil
			}}, row{})
			continue
		}
		right := w.Bytes(o.offer.Pack.Size)
		if o.offer.Have == o.offer.Manifest.Version {
			right = w.T("add-have")
		}
		rows = append(rows,
			row{left: inline(o.title) + " " + o.offer.Manifest.Version, right: right, do: func() (move, tea.Cmd) { return move{}, s.install(o, false) }},
			row{left: "    " + w.Message(o.offer.Trust.Message())}, row{})
	}
	s.list.set(rows)
}

// install installs a pack in the background.
func (s *addModules) install(o offered, older bool) tea.Cmd {
	ctx, stop := context.WithCancel(context.Background())
	s.work = &work{pack: o, total: max(o.offer.Work(), 1), stop: stop}
	shelf, wk := s.app.Shelf, s.work
	return tea.Batch(func() tea.Msg {
		done, err := shelf.Install(ctx, o.path, older, func(n int64) { wk.done.Add(n) })
		return installedMsg{s, done, err}
	}, s.app.later(workEvery, workTick{s}))
}

// installed takes what came of an installation: the module is in the library at once.
func (s *addModules) installed(msg installedMsg) (move, tea.Cmd) {
	w := s.app.words
	s.work.stop()
	tried := s.work.pack
	s.work = nil
	if errors.As(msg.err, &s.older) {
		s.ask(tried)
		return move{}, nil
	}
	if errors.Is(msg.err, context.Canceled) {
		return move{}, nil
	}
	if msg.err != nil {
		return move{push: newNotice(s.app, w.Error(msg.err))}, nil
	}
	id := msg.what.Manifest.ID
	s.app.Library.Put(modules.Open(s.app.Shelf.Module(id), modules.Origin{
		Kind: modules.Pack, Path: filepath.ToSlash(s.app.Shelf.Path(id)),
	}))
	text := w.T("add-installed", "Title", id, "Version", msg.what.Manifest.Version) + "\n" + w.Message(msg.what.Trust.Message())
	return move{push: newNotice(s.app, text)}, s.Init()
}

// ask has the older version of a pack chosen, or the one that is there.
func (s *addModules) ask(o offered) {
	w, older := s.app.words, s.older
	s.doubt = list{}
	s.doubt.set([]row{
		{left: w.T("add-older-keep", "Version", older.Have), do: func() (move, tea.Cmd) {
			s.older = nil
			return move{}, nil
		}},
		{left: w.T("add-older-take", "Version", older.Got), do: func() (move, tea.Cmd) {
			s.older = nil
			return move{}, s.install(o, true)
		}},
	})
}

func (s *addModules) Title() (string, string) {
	right := ""
	if s.free > 0 {
		right = s.app.words.T("add-free", "Size", s.app.words.Bytes(s.free))
	}
	return s.app.words.T("home-add"), right
}

func (s *addModules) Typing() bool { return s.naming != nil }

func (s *addModules) Keys() []key.Binding {
	w := s.app.words
	switch {
	case s.work != nil:
		return []key.Binding{escTo(s.app, "key-stop")}
	case s.naming != nil:
		return confirmKeys(s.app)
	case s.older != nil:
		return append(s.doubt.keys(s.app, "key-open"), escTo(s.app, "key-back"))
	}
	keys := s.list.keys(s.app, "key-install")
	if _, ok := s.stranger(); ok {
		keys = append(keys, bind("t", w.T("key-trust"), "t"))
	}
	return append(keys, bind("r", w.T("key-look-again"), "r"), escTo(s.app, "key-back"))
}

// stranger returns the key of the chosen pack when this computer does not know it.
func (s *addModules) stranger() (pack.Key, bool) {
	if i := s.list.cursor / 3; i < len(s.found) && s.found[i].offer != nil && s.found[i].offer.Trust.Standing == pack.Unknown {
		return s.found[i].offer.Trust.Key, true
	}
	return "", false
}

func (s *addModules) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case foundMsg:
		if msg.of == s {
			s.found, s.sticks, s.free, s.ready = msg.found, msg.sticks, msg.free, true
			s.fill()
		}
	case installedMsg:
		if msg.of == s {
			return s.installed(msg)
		}
	case workTick:
		if msg.of == s && s.work != nil {
			return move{}, s.app.later(workEvery, workTick{s})
		}
	case spokeMsg:
		return move{}, s.Init()
	case tea.PasteMsg:
		if s.naming != nil {
			*s.naming, _ = s.naming.Update(msg)
		}
	case tea.KeyPressMsg:
		return s.key(msg)
	}
	return move{}, nil
}

func (s *addModules) key(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case s.work != nil:
		if is(msg, "esc") {
			s.work.stop()
		}
		return move{}, nil
	case s.naming != nil:
		return move{}, s.name(msg)
	case s.older != nil:
		if is(msg, "esc", "left", "backspace") {
			s.older = nil
			return move{}, nil
		}
		m, cmd, _ := s.doubt.key(msg)
		return m, cmd
	case is(msg, "esc", "left", "backspace"):
		return move{pop: true}, nil
	case is(msg, "r"):
		return move{}, s.Init()
	case is(msg, "t"):
		if k, ok := s.stranger(); ok {
			f := newField("")
			s.naming, s.whom = &f, k
		}
		return move{}, nil
	}
	m, cmd, _ := s.list.key(msg)
	return m, cmd
}

// name takes a key while the name of a signer is typed: trusting is a person's choice, under a name that they give.
func (s *addModules) name(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case is(msg, "esc"):
		s.naming = nil
	case is(msg, "enter"):
		name := strings.TrimSpace(s.naming.Value())
		s.naming = nil
		if name == "" {
			return nil
		}
		keys, whom, again := s.app.Shelf.Keys, s.whom, s.Init()
		return func() tea.Msg {
			if err := keys.Trust(whom, name); err != nil {
				return trouble(err)
			}
			return again()
		}
	default:
		*s.naming, _ = s.naming.Update(msg)
	}
	return nil
}

func (s *addModules) View(width, height int) string {
	w := s.app.words
	margin, text := column(width)
	say := func(lines ...string) string {
		return strings.Join(indentLines(append([]string{""}, lines...), margin), "\n")
	}
	switch {
	case s.naming != nil:
		s.naming.SetWidth(min(text-4, 40))
		lines := hanging("", w.T("add-trust", "Words", s.whom.Words()), text)
		return say(append(lines, "", "  > "+s.naming.View())...)
	case s.older != nil:
		lines := append(hanging("", w.T("add-older", "ID", s.older.ID, "Have", s.older.Have, "Got", s.older.Got), text), "")
		return say(lines...) + "\n" + s.doubt.view(s.app.theme, width, height-len(lines)-1)
	case s.work != nil:
		share := min(float64(s.work.done.Load())/float64(s.work.total), 1)
		return say(append(hanging("", w.T("add-working", "Title", inline(s.work.pack.title)), text), "",
			s.app.theme.gauge(share, min(text-8, 40))+"  "+w.Percent(share))...)
	case s.ready && len(s.found) == 0:
		return say(hanging("", w.T("add-none"), text)...)
	}
	return "\n" + s.list.view(s.app.theme, width, height-1)
}

package window

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"isitme/checks/report/store"
	"isitme/checks/words"
	"isitme/ui/window/page"
)

// picking is a folder to save to, or a report to open, that is being picked.
type picking struct {
	title string // of the button that led here, by its key
	// reports are picked, else the folder itself.
	reports bool
	folder  string
	inside  *folderList // nil until it has been read
	places  []place
	then    func(path string)
	back    func()
}

// folderList is what is in a folder, as far as it is shown.
type folderList struct {
	folders []string
	files   []fileAt
	more    bool
	err     error
}

type fileAt struct {
	name string
	at   time.Time
}

// mostListed bounds what is shown of a folder: nobody looks through more, and each row is drawn.
const mostListed = 200

// chooseFolder lets the visitor pick a folder to write to; back shows the page before.
func (u *ui) chooseFolder(then func(folder string), back func()) {
	u.pick(&picking{title: "button.save_as", folder: u.doors.pictures(), then: then, back: back})
}

// chooseFile lets the visitor pick a saved report. Most are where the system puts downloads.
func (u *ui) chooseFile() {
	p := &picking{title: "button.open_report", reports: true, then: u.openFile, back: u.showHistory}
	for _, at := range u.doors.places() {
		p.folder = at.path
		if at.name == "downloads" {
			break
		}
	}
	u.pick(p)
}

// pick shows the page on which p is picked.
func (u *ui) pick(p *picking) {
	p.places = u.doors.places()
	u.show(func() page.View { return u.buildChoose(p) })
	u.enter(p, p.folder)
}

// enter shows another folder; the empty one holds the drives of the computer.
func (u *ui) enter(p *picking, folder string) {
	p.folder, p.inside = folder, nil
	u.picking = p
	u.background(func() {
		inside := readFolder(folder, p.reports)
		u.post(func() {
			if u.picking != p || p.folder != folder {
				return // the visitor is somewhere else by now
			}
			p.inside = &inside
			u.shell.show(u.buildChoose(p))
		})
	})
}

func (u *ui) buildChoose(p *picking) page.View {
	c := u.words
	v := page.Choose{
		Words: c, Nav: u.nav(), Title: strings.TrimRight(c.T(p.title), "…."), Path: p.folder, Reading: p.inside == nil, OnCancel: p.back,
	}
	for _, at := range p.places {
		v.Places = append(v.Places, page.Spot{Name: c.T("place." + at.name), Do: func() { u.enter(p, at.path) }})
	}
	if up, ok := above(p.folder); ok {
		v.Up = func() { u.enter(p, up) }
	}
	if p.folder == "" {
		v.Path = c.T("place.computer")
	} else if !p.reports {
		v.OnHere = func() { p.then(p.folder) }
	}
	if p.inside == nil {
		return v.Build()
	}
	v.More = p.inside.more
	if err := p.inside.err; err != nil {
		v.Trouble = c.T("choose.not_read", words.A{"Reason": c.T("store.reason." + string(store.Reason(err)))})
	}
	for _, f := range p.inside.files {
		v.Files = append(v.Files, page.Spot{
			Name: f.name, When: c.Ago(f.at, u.deps.Now()), Do: func() { p.then(filepath.Join(p.folder, f.name)) },
		})
	}
	for _, name := range p.inside.folders {
		v.Folders = append(v.Folders, page.Spot{Name: name, Do: func() { u.enter(p, filepath.Join(p.folder, name)) }})
	}
	switch {
	case p.reports && len(v.Files) == 0:
		v.Empty = c.T("choose.no_reports")
	case !p.reports && len(v.Folders) == 0:
		v.Empty = c.T("choose.no_folders")
	}
	return v.Build()
}

// above is the folder that folder is in; the drives of a computer that has them are in the empty one.
func above(folder string) (string, bool) {
	up := filepath.Dir(folder)
	if folder == "" || up == folder {
		return "", folder != "" && len(drives()) > 0
	}
	return up, true
}

// readFolder lists the folders inside a folder by name and, where they are wanted, the reports, newest first. What the
// system hides stays hidden.
func readFolder(folder string, reports bool) (list folderList) {
	if folder == "" {
		list.folders = drives()
		return list
	}
	entries, err := os.ReadDir(folder) // what was read before an error is there as well
	list.err = err
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(folder, e.Name())) // where a link leads
		if err != nil || strings.HasPrefix(e.Name(), ".") || isHidden(info) {
			continue
		}
		switch {
		case info.IsDir():
			list.folders = append(list.folders, e.Name())
		case reports && strings.EqualFold(filepath.Ext(e.Name()), ".json"):
			list.files = append(list.files, fileAt{e.Name(), info.ModTime()})
		}
	}
	slices.SortFunc(list.files, func(a, b fileAt) int { return b.at.Compare(a.at) })
	slices.SortFunc(list.folders, func(a, b string) int { return cmp.Compare(strings.ToLower(a), strings.ToLower(b)) })
	list.more = len(list.files) > mostListed || len(list.folders) > mostListed
	list.files = list.files[:min(len(list.files), mostListed)]
	list.folders = list.folders[:min(len(list.folders), mostListed)]
	return list
}

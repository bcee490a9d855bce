package window

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/report/store"
	"isitme/checks/words"
	"isitme/ui/window/page"
)

// savePicture draws the report picture and puts it where the visitor keeps pictures: one press, no question.
func (u *ui) savePicture(a *answered) { u.save(a, "png", u.doors.pictures()) }

// save writes the report in one format into a folder, under a name that is not taken yet, and says where it is.
func (u *ui) save(a *answered, format, folder string) {
	a.page.SetBusy(true)
	u.render(a, format, func(data []byte, err error) {
		u.background(func() {
			var path string
			if err == nil {
				path, err = writeNew(folder, fileName(a.full), format, data)
			}
			u.post(func() {
				if u.answer != a {
					return
				}
				a.page.SetBusy(false)
				u.tellSaved(path, format, err)
			})
		})
	})
}

func (u *ui) tellSaved(path, format string, err error) {
	c := u.words
	if err != nil {
		logError("save the report", err) // what is said of it leaves the particulars out
		a := u.answer
		u.tellProblem(c.T("saved.could_not", words.A{"Reason": c.T("store.reason." + string(store.Reason(err)))}),
			page.Command{Label: c.T("button.save_as"), Do: func() { u.showSaveAs(a) }})
		return
	}
	key := "saved.file"
	if format == "png" {
		key = "saved.picture"
	}
	folder := (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(path))})
	u.tell(c.T(key, words.A{"File": path}), page.Command{Label: c.T("button.show_it"), Icon: "open", Do: func() {
		u.background(func() {
			if err := u.doors.open(folder); err != nil {
				u.post(func() { u.tellProblem(c.T("store.could_not_open", words.A{"Reason": err.Error()}), page.Command{}) })
			}
		})
	}})
}

// render makes the bytes of the report in one format, away from the screen, and hands them to then on the screen's
// goroutine.
func (u *ui) render(a *answered, format string, then func([]byte, error)) {
	r, c := u.shown(a), u.reportWords()
	u.background(func() {
		var data []byte
		var err error
		if format == "png" {
			data, err = u.doors.picture(u.ctx, r, c)
		} else {
			var b bytes.Buffer
			err = render.Formats()["."+format](&b, r, c)
			data = b.Bytes()
		}
		u.post(func() { then(data, err) })
	})
}

// copyText puts the report as text into the clipboard.
func (u *ui) copyText(a *answered) {
	u.render(a, "txt", func(data []byte, err error) {
		if err != nil {
			u.tellProblem(err.Error(), page.Command{})
			return
		}
		u.app.Clipboard().SetContent(string(data))
		u.tell(u.words.T("saved.copied"), page.Command{})
	})
}

// fileName names a report's file without its ending: what it is, about which site, and when.
func fileName(r report.Report) string {
	host := strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-' {
			return c
		}
		return '-'
	}, r.Evidence.Target.Host)
	if len(host) > 80 { // file systems allow 255 bytes for a whole name
		host = host[:80]
	}
	return fmt.Sprintf("is-it-me %s %s", host, r.Started.Format("2006-01-02 15.04.05"))
}

// maxNames bounds the search for a name that is not taken.
const maxNames = 1000

// writeNew writes data to a new file in folder, never over an old one, and returns its path.
func writeNew(folder, name, ending string, data []byte) (string, error) {
	for i := range maxNames {
		path := filepath.Join(folder, name+"."+ending)
		if i > 0 {
			path = filepath.Join(folder, fmt.Sprintf("%s (%d).%s", name, i+1, ending))
		}
		file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = file.Write(data)
		if err := errors.Join(err, file.Close()); err != nil {
			return "", errors.Join(err, os.Remove(path))
		}
		return path, nil
	}
	return "", fs.ErrExist
}

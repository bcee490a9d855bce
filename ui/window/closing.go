package window

import (
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"isitme/checks/checklist"
	"isitme/checks/words"
	"isitme/ui/look"
)

// onMac decides the names of keys.
const onMac = runtime.GOOS == "darwin"

// close is the visitor's wish to close the window. A run is stopped and its report kept; a watch is asked about first.
func (u *ui) close() {
	if u.watch != nil {
		c := u.words
		u.shell.ask("", c.T("watch.close_question", words.A{"Host": u.watch.target.DisplayHost}),
			answer{c.T("button.close"), look.Normal, u.leave},
			answer{c.T("button.keep_open"), look.Main, nil})
		return
	}
	u.leave()
}

// lastWords is how long a stopped run may take to write its report: Stop is promised within 200 ms.
const lastWords = time.Second

// leave ends what goes on and then the program.
func (u *ui) leave() {
	if u.closing {
		return
	}
	u.closing = true
	u.stopWatching()
	if u.run == nil {
		u.quit()
		return
	}
	run := u.run
	run.Stop()
	go func() {
		select {
		case <-run.Ended():
		case <-time.After(lastWords):
		}
		u.post(u.quit)
	}()
}

func (u *ui) quit() {
	u.cancel()
	u.shell.window.Close()
	u.app.Quit()
}

// repeat checks the page of the answer that is shown once more.
func (u *ui) repeat() {
	if u.answer != nil {
		u.checkAgain(u.answer, checklist.Options{})
	}
}

// shortcuts are the keys that work on every page. Letters are those of the English words; F5 and Ctrl+V need no word.
func (u *ui) shortcuts() {
	canvas := u.shell.window.Canvas()
	add := func(key fyne.KeyName, modifier fyne.KeyModifier, do func()) {
		canvas.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: modifier}, func(fyne.Shortcut) {
			if u.shell.question == nil {
				do()
			}
		})
	}
	rest := func(do func()) func() { // during a run there is nothing in the header either
		return func() {
			if u.run == nil {
				do()
			}
		}
	}
	add(fyne.KeyN, fyne.KeyModifierAlt, u.showStart)
	add(fyne.KeyH, fyne.KeyModifierAlt, rest(u.showHistory))
	add(fyne.KeyS, fyne.KeyModifierAlt, rest(u.showSettings))
	add(fyne.KeyR, fyne.KeyModifierAlt, u.repeat)
	add(fyne.KeyN, fyne.KeyModifierShortcutDefault, u.showStart)
	add(fyne.KeyR, fyne.KeyModifierShortcutDefault, u.repeat)
	add(fyne.KeyP, fyne.KeyModifierAlt, func() {
		if u.answer != nil {
			u.savePicture(u.answer)
		}
	})
	add(fyne.KeyC, fyne.KeyModifierAlt, func() {
		if u.answer != nil {
			u.copyText(u.answer)
		}
	})
	canvas.AddShortcut(&fyne.ShortcutPaste{}, func(fyne.Shortcut) {
		if u.shell.question == nil {
			u.paste()
		}
	})
}

// dropped checks an address, or opens a report, that was dropped on the window.
func (u *ui) dropped(uris []fyne.URI) {
	u.background(func() {
		d := readDrop(uris)
		u.post(func() {
			switch {
			case d.report != "":
				u.abandon()
				u.openFile(d.report)
			case d.text != "":
				u.check(d.text)
			default:
				u.noAddress("", u.words.T("target.clipboard_no_address"), "")
			}
		})
	})
}

package window

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// The toolkit's own choosers are the one place where its stock dialogs are used: a list of files is no small widget.

// chooserSize is what a chooser needs to show a few files; a smaller window gets one that fits.
var chooserSize = fyne.NewSize(720, 560)

// chooseFolder lets the visitor pick a folder to write to.
func (u *ui) chooseFolder(then func(folder string)) {
	d := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err != nil {
			u.sayNotOpened(err)
			return
		}
		if folder != nil {
			then(folder.Path())
		}
	}, u.shell.window)
	if at, err := storage.ListerForURI(storage.NewFileURI(u.doors.pictures())); err == nil {
		d.SetLocation(at)
	}
	u.showChooser(d, u.words.T("button.save_as"), u.words.T("button.ok"))
}

// chooseFile lets the visitor pick a saved report.
func (u *ui) chooseFile() {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil {
			u.sayNotOpened(err)
			return
		}
		if file == nil {
			return
		}
		path := file.URI().Path()
		if err := file.Close(); err != nil {
			u.sayNotOpened(err)
			return
		}
		u.openFile(path)
	}, u.shell.window)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".json"}))
	u.showChooser(d, u.words.T("button.open_report"), u.words.T("button.ok"))
}

// showChooser shows a chooser as the questions are shown: in the window's language, over a darkened page.
func (u *ui) showChooser(d *dialog.FileDialog, title, confirm string) {
	d.SetTitleText(strings.TrimRight(title, "…."))
	d.SetConfirmText(confirm)
	d.SetDismissText(u.words.T("button.cancel"))
	window := u.shell.window.Canvas()
	dark := canvas.NewRectangle(scrim)
	window.Overlays().Add(dark)
	dark.Resize(window.Size())
	d.SetOnClosed(func() { window.Overlays().Remove(dark) })
	d.Resize(chooserSize.Min(window.Size()))
	d.Show()
}

package window

import (
	"fyne.io/fyne/v2"
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
	d.Resize(chooserSize)
	d.Show()
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
	d.Resize(chooserSize)
	d.Show()
}

package window

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"isitme/checks/report/render"
	"isitme/checks/report/reporttest"
	"isitme/checks/words"
	"isitme/ui/look"
	"isitme/ui/window/settings"
)

// TestSavingIntoAnotherFolder goes into a folder by keyboard and saves there.
func TestSavingIntoAnotherFolder(t *testing.T) {
	r := newRig(t)
	r.folders("Bills")
	r.shows(reporttest.Site())
	r.ui.showSaveAs(r.ui.answer)
	r.press("Save as…")
	r.untilText("Bills")
	r.focus("Bills")
	r.key(fyne.KeyReturn)
	r.untilText(filepath.Join(r.pictures, "Bills"))
	r.untilText("There are no folders in here.")
	r.key(fyne.KeyReturn) // the keyboard waits on Save here
	r.untilText("Picture saved:")
	if saved, err := filepath.Glob(filepath.Join(r.pictures, "Bills", "is-it-me *.png")); err != nil || len(saved) != 1 {
		t.Errorf("saved %v, %v", saved, err)
	}
}

// TestOpeningAReportFromAFolder picks the newest report, where the keyboard starts.
func TestOpeningAReportFromAFolder(t *testing.T) {
	r := newRig(t)
	path := filepath.Join(r.pictures, "from-a-visitor.json")
	if err := render.Save(path, reporttest.Refused().Redact(false), words.For("en"), render.Formats()); err != nil {
		t.Fatal(err)
	}
	r.file("older.json", 0)
	r.ui.showHistory()
	r.press("Open a report…")
	r.untilText("from-a-visitor.json")
	r.key(fyne.KeyReturn)
	r.untilText("This is a saved report")
}

func TestChoosingCanBeGivenUp(t *testing.T) {
	r := newRig(t)
	r.shows(reporttest.Site())
	r.ui.showSaveAs(r.ui.answer)
	r.press("Save as…")
	r.untilText("Save here")
	r.key(fyne.KeyEscape)
	if r.ui.answer == nil {
		t.Errorf("Esc does not lead back to the answer:\n%s", r.text())
	}
	r.ui.chooseFile()
	r.untilText("There are no reports in here.")
	r.press("Cancel")
	r.untilText("History")
}

// TestAFolderThatCannotBeRead leaves a way out, and nothing is saved into it.
func TestAFolderThatCannotBeRead(t *testing.T) {
	r := newRig(t)
	r.ui.chooseFolder(func(string) { t.Error("it was picked") }, r.ui.showStart)
	r.drain()
	r.ui.enter(r.ui.picking, filepath.Join(r.pictures, "gone"))
	r.untilText("This folder could not be read: the folder does not exist.")
	if !r.button("Save here").Disabled() {
		t.Error("it can be saved there")
	}
	r.focus("One folder up")
	r.key(fyne.KeyReturn)
	r.until("the folder above", func() bool { return !r.button("Save here").Disabled() })
}

// focus gives the keyboard to the row with a title.
func (r *rig) focus(title string) {
	r.t.Helper()
	for _, row := range all[*look.ListRow](r) {
		if row.Entry().Title == title {
			r.win.Canvas().Focus(row)
			return
		}
	}
	r.t.Fatalf("no row %q; the page says:\n%s", title, r.text())
}

func TestReadFolder(t *testing.T) {
	dir := t.TempDir()
	for i := range mostListed + 5 {
		if err := os.Mkdir(filepath.Join(dir, fmt.Sprintf("folder%04d", i)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{".hidden", "Zebra", "apple"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	list := readFolder(dir, false)
	if len(list.folders) != mostListed || !list.more || list.folders[0] != "apple" || slices.Contains(list.folders, ".hidden") {
		t.Errorf("%d folders from %s, more: %v", len(list.folders), list.folders[0], list.more)
	}
}

func TestAbove(t *testing.T) {
	top := string(filepath.Separator)
	tests := map[string]string{filepath.Join(top, "home", "anna"): filepath.Join(top, "home"), filepath.Join(top, "home"): top}
	for of, want := range tests {
		if got, ok := above(of); got != want || !ok {
			t.Errorf("above %s is %s, %v", of, got, ok)
		}
	}
	if _, ok := above(""); ok {
		t.Error("there is something above the drives")
	}
	if got, ok := above(filepath.VolumeName(os.TempDir()) + top); got != "" || ok != (runtime.GOOS == "windows") {
		t.Errorf("above the top is %q, %v", got, ok)
	}
}

// TestTheToolkitSpeaksTheWindowsLanguage looks at the menu that the toolkit shows over a field.
func TestTheToolkitSpeaksTheWindowsLanguage(t *testing.T) {
	r := newRig(t)
	for code, want := range map[string]string{"de": "Ausschneiden", "pl": "Wytnij", "en": "Cut"} {
		r.ui.change(func(s *settings.Settings) { s.Language = code })
		if got := lang.L("Cut"); got != want {
			t.Errorf("in %s the menu says %q, want %q", code, got, want)
		}
	}
}

package winetest

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// userKeys are where programs leave their traces for one user.
var userKeys = []string{`HKCU\Software`, `HKLM\Software\Microsoft\Windows\CurrentVersion`}

// TestInstaller: it installs without a question, what it installs works, and uninstalling leaves nothing behind, neither
// files nor registry entries, not even what the program stored in between.
func TestInstaller(t *testing.T) {
	b := newBench(t)
	user := b.userFolder(t)
	s := newScreen(t)
	// Earlier tests may have left reports; a clean user is what the installer is compared with.
	for _, dir := range []string{"AppData/Local/IsItMe", "AppData/Roaming/fyne"} {
		if err := os.RemoveAll(filepath.Join(user, dir)); err != nil {
			t.Fatal(err)
		}
	}
	files, registry := b.tree(t), b.entries(t)

	if out, status := b.run(t, b.setup, "/S"); status != 0 {
		t.Fatalf("status %d: %s", status, out)
	}
	home := filepath.Join(user, "AppData/Local/Programs/IsItMe")
	menu := filepath.Join(user, "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Is It Me.lnk")
	for _, file := range []string{home + "/IsItMe.exe", home + "/isitme-cli.exe", home + "/LICENSE", menu} {
		if _, err := os.Stat(file); err != nil {
			t.Error(err)
		}
	}
	const uninstallKey = `HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\IsItMe`
	if entry := strings.Join(b.registry(t, uninstallKey), "\n"); !strings.Contains(entry, "Is It Me?") || !strings.Contains(entry, "uninstall.exe") {
		t.Errorf("what Windows shows among its programs: %s", entry)
	}
	if _, status := b.run(t, home+"/isitme-cli.exe", "version"); status != 0 {
		t.Errorf("the installed program: status %d", status)
	}
	before := b.files(t, ".json")
	stop := s.start(t, b, home+"/IsItMe.exe", serve(t, status(404)))
	eventually(t, "the window", func() bool { return s.hasWindow(title) })
	b.newFile(t, ".json", before)
	stop()

	// The uninstaller goes on in a copy of itself.
	if out, status := b.run(t, home+"/uninstall.exe", "/S"); status != 0 {
		t.Fatalf("status %d: %s", status, out)
	}
	eventually(t, "the program's folder is gone", func() bool {
		_, err := os.Stat(home)
		return os.IsNotExist(err)
	})
	eventually(t, "its data is gone", func() bool {
		_, err := os.Stat(filepath.Join(user, "AppData/Local/IsItMe"))
		return os.IsNotExist(err)
	})
	differ(t, "file", files, b.tree(t))
	differ(t, "registry entry", registry, b.entries(t))
}

// tree lists all files and folders of the prefix. The folder for temporary files is left out: there the uninstaller's
// copy stays until Windows starts anew, as it is told to delete it then.
func (b bench) tree(t *testing.T) []string {
	t.Helper()
	var list []string
	root := filepath.Join(b.prefix, "drive_c")
	temporary := filepath.Join(b.userFolder(t), "Temp")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path == temporary || path == filepath.Join(b.userFolder(t), "AppData/Local/Temp") {
			return fs.SkipDir
		}
		list = append(list, path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// entries lists the registry's values below userKeys, each with its key, but Wine's own, which come and go by themselves.
func (b bench) entries(t *testing.T) []string {
	t.Helper()
	var list []string
	for _, root := range userKeys {
		key := ""
		for _, line := range b.registry(t, root) {
			if strings.HasPrefix(line, "HKEY_") {
				key = line
			}
			if line != "" && !strings.HasPrefix(key, `HKEY_CURRENT_USER\Software\Wine\`) {
				list = append(list, key+" "+strings.TrimSpace(line))
			}
		}
	}
	slices.Sort(list)
	return list
}

// differ reports what is in only one of two lists.
func differ(t *testing.T, what string, before, after []string) {
	t.Helper()
	if len(before) == 0 {
		t.Fatalf("no %s at all", what)
	}
	old, now := map[string]bool{}, map[string]bool{}
	for _, s := range before {
		old[s] = true
	}
	for _, s := range after {
		now[s] = true
		if !old[s] {
			t.Errorf("%s left behind: %s", what, s)
		}
	}
	for s := range old {
		if !now[s] {
			t.Errorf("%s lost: %s", what, s)
		}
	}
}

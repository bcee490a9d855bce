package window

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
)

func TestReadDrop(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	windowsLink := write("a.url", "[InternetShortcut]\r\nURL=https://www.example.com/a?b=c\r\nIconIndex=0\r\n")
	macLink := write("a.webloc", "<?xml?><plist><string>http://www.example.com/mac</string></plist>")
	note := write("note.txt", "It says 502 at\nhttp://shop.example/cart and https://other.example\n")
	picture := write("a.png", "\x89PNG\x00https://www.example.com/")
	report := write("report.JSON", "{}")
	tests := []struct {
		name string
		drop []string
		want drop
	}{
		{"nothing", nil, drop{}},
		{"a link from a browser", []string{"https://www.example.com/a/b?c=d"}, drop{text: "https://www.example.com/a/b?c=d"}},
		{"a link without its percent signs", []string{"http://www.exämple.com/a list/ü?c=100%&d=%2F"}, drop{text: "http://www.exämple.com/a%20list/%C3%BC?c=100%25&d=%2F"}},
		{"a link of Windows", []string{windowsLink}, drop{text: "https://www.example.com/a?b=c"}},
		{"a link of a Mac", []string{macLink}, drop{text: "http://www.example.com/mac"}},
		{"a note", []string{note}, drop{text: "http://shop.example/cart and https://other.example"}},
		{"a report", []string{report}, drop{report: report}},
		{"of no use, then a link", []string{picture, filepath.Join(dir, "gone.txt"), windowsLink}, drop{text: "https://www.example.com/a?b=c"}},
		{"of no use", []string{picture, dir}, drop{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var uris []fyne.URI
			for _, d := range tt.drop {
				uris = append(uris, storage.NewFileURI(d)) // as the toolkit does with whatever was dropped
			}
			if got := readDrop(uris); got.text != tt.want.text || filepath.ToSlash(got.report) != filepath.ToSlash(tt.want.report) {
				t.Errorf("read %+v, want %+v", got, tt.want)
			}
		})
	}
}

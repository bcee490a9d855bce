package window

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
)

// maxDropped caps how much of a dropped file is read: a link file or a note holds its address near the start.
const maxDropped = 16 << 10

// drop is what the visitor dropped on the window: text that may hold an address, or the path of a report.
type drop struct{ text, report string }

// readDrop finds the address or the report in dropped things. It reads files, so it does not belong on the screen's
// goroutine. A browser's link arrives as a URI or inside a link file (.url, .webloc, .desktop); of several things the
// first that is of use counts.
func readDrop(dropped []fyne.URI) drop {
	for _, uri := range dropped {
		path := uri.Path()
		if link := linkIn(path); link != "" {
			return drop{text: link}
		}
		if strings.EqualFold(filepath.Ext(path), ".json") {
			return drop{report: path}
		}
		if text := addressInFile(path); text != "" {
			return drop{text: text}
		}
	}
	return drop{}
}

// linkIn undoes what happens to a dropped link on its way: the toolkit takes every dropped URI for a file name and
// joins it to the working folder, which also folds its double slash.
func linkIn(path string) string {
	for _, scheme := range []string{"https", "http"} {
		if _, rest, found := strings.Cut("/"+filepath.ToSlash(path), "/"+scheme+":/"); found {
			return scheme + "://" + strings.TrimLeft(rest, "/")
		}
	}
	return ""
}

// addressInFile is the text from the first web address of a small text file on, up to the end of its line.
func addressInFile(path string) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxDropped))
	if err != nil || strings.ContainsRune(string(data), 0) {
		return ""
	}
	text := string(data)
	start := strings.Index(text, "http://")
	if s := strings.Index(text, "https://"); s >= 0 && (start < 0 || s < start) {
		start = s
	}
	if start < 0 {
		return ""
	}
	text, _, _ = strings.Cut(text[start:], "\n")
	text, _, _ = strings.Cut(text, "<") // the end of an element in a .webloc
	return strings.TrimSpace(text)
}

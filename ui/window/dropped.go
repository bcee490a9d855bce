package window

import (
	"encoding/hex"
	"fmt"
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

// linkIn undoes what happens to a dropped link on its way: the toolkit takes every dropped URI for a file name, so it undoes
// the percent signs and joins it to the working folder, which also folds its double slash.
func linkIn(path string) string {
	for _, scheme := range []string{"https", "http"} {
		if _, rest, found := strings.Cut("/"+filepath.ToSlash(path), "/"+scheme+":/"); found {
			host, rest, slash := strings.Cut(strings.TrimLeft(rest, "/"), "/")
			if slash {
				rest = "/" + escape(rest)
			}
			return scheme + "://" + host + rest
		}
	}
	return ""
}

// escape writes what cannot stand in an address behind its host with percent signs again (RFC 3986, 2.1). What could stand
// there in both ways is left as it is: nobody knows which it was.
func escape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		_, err := hex.DecodeString(s[min(i+1, len(s)):min(i+3, len(s))])
		lone := c == '%' && (err != nil || i+2 >= len(s))
		if c <= ' ' || c >= 0x7F || lone || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
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

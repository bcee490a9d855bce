package probe

import (
	"bytes"
	"html"
)

// titleOf is the text of the first <title> of an HTML page, cleaned and cut; empty without one.
func titleOf(body []byte) string {
	if len(body) > titleWindow {
		body = body[:titleWindow]
	}
	lower := lowerASCII(body)
	start := bytes.Index(lower, []byte("<title"))
	if start < 0 {
		return ""
	}
	open := bytes.IndexByte(lower[start:], '>')
	if open < 0 {
		return ""
	}
	from := start + open + 1
	end := bytes.Index(lower[from:], []byte("</title"))
	if end < 0 {
		return ""
	}
	return clean(html.UnescapeString(string(body[from:from+end])), maxTitle)
}

// lowerASCII is b with A to Z made small and everything else, also what is no UTF-8, in its place.
func lowerASCII(b []byte) []byte {
	out := bytes.Clone(b)
	for i, c := range out {
		if 'A' <= c && c <= 'Z' {
			out[i] = c + 'a' - 'A'
		}
	}
	return out
}

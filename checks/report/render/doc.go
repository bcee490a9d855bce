// Package render writes a report for people: as plain text for a chat, Markdown for an issue tracker, one HTML file, PDF,
// and as JSON for programs. Every rendering is made from the redacted report and refuses a private one, and all of them
// say the same: they are written from one page (page.go), which holds the report in words. The picture is drawn
// elsewhere, by ui/picture.
package render

import (
	"errors"
	"io"

	"isitme/checks/report"
	"isitme/checks/words"
)

// ErrPrivate is the error of every rendering for a report that was not redacted.
var ErrPrivate = errors.New("report is not redacted")

// Renderer writes a redacted report in the language of a word list.
type Renderer func(w io.Writer, r report.Report, c *words.Catalog) error

// JSON writes the report itself, isitme.report/1. It is the same in every language.
func JSON(w io.Writer, r report.Report, _ *words.Catalog) error {
	if !r.Redacted {
		return ErrPrivate
	}
	return report.Write(w, r)
}

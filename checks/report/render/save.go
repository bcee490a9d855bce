package render

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"isitme/checks/report"
	"isitme/checks/words"
)

// ErrFormat is the error of Save for a file name whose ending names no format.
var ErrFormat = errors.New("unknown format of report")

// Formats are the renderings of this package by the ending of the file they go to.
func Formats() map[string]Renderer {
	return map[string]Renderer{".txt": Text, ".md": Markdown, ".html": HTML, ".pdf": PDF, ".json": JSON}
}

// Save writes a redacted report to the file path, in the format its ending names: one of formats, which are Formats and
// whatever the caller can draw besides. A file that is there is replaced once the new one is complete, so that one that
// cannot be written leaves the old one as it was.
func Save(path string, r report.Report, c *words.Catalog, formats map[string]Renderer) (err error) {
	ending := strings.ToLower(filepath.Ext(path))
	set, ok := formats[ending]
	if !ok {
		return fmt.Errorf("%w: %q", ErrFormat, ending)
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".isitme-*"+ending)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	out := bufio.NewWriter(file)
	err = errors.Join(set(out, r, c), out.Flush(), file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"isitme/checks/verdict"
)

// maxFile caps a report file in bytes: the largest that a run can make stays well below.
const maxFile = 8 << 20

// ReadCode says why a file cannot be opened. Text hangs on it in the word list under "store.<code>".
type ReadCode string

// The codes.
const (
	NotOurs ReadCode = "not_ours"
	Newer   ReadCode = "newer"
)

// ReadError is the error of Read. Two of them are the same for errors.Is when their codes are.
type ReadError struct {
	Code ReadCode
	Err  error
}

// The errors to compare with.
var (
	ErrNotReport = &ReadError{Code: NotOurs}
	ErrNewer     = &ReadError{Code: Newer}
)

func (e *ReadError) Error() string {
	text := "not a report"
	if e.Code == Newer {
		text = "report of a newer version"
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns what lies under the error, nil if nothing does.
func (e *ReadError) Unwrap() error { return e.Err }

// Is compares by code.
func (e *ReadError) Is(target error) bool {
	var other *ReadError
	return errors.As(target, &other) && other.Code == e.Code
}

// Read reads an isitme.report/1 file. Unknown fields are tolerated; a newer major version is ErrNewer, anything else
// that is no report, or larger than 8 MiB, ErrNotReport. All texts are cleaned: a file may come from anybody.
func Read(r io.Reader) (Report, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return Report{}, err
	}
	if len(data) > maxFile {
		return Report{}, &ReadError{NotOurs, errors.New("larger than 8 MiB")}
	}
	var head struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return Report{}, &ReadError{NotOurs, err}
	}
	if err := checkSchema(head.Schema); err != nil {
		return Report{}, err
	}
	var rep Report
	if err := json.Unmarshal(data, &rep); err != nil {
		return Report{}, &ReadError{NotOurs, err}
	}
	switch {
	case rep.ID == "" || strings.ContainsFunc(rep.ID, func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') }):
		return Report{}, &ReadError{NotOurs, errors.New("no usable id")}
	case rep.URL == "" || rep.Verdict.Who == "" || rep.Verdict.Cause == "":
		return Report{}, &ReadError{NotOurs, errors.New("no url or no verdict")}
	case rep.Evidence.Target.Host == "":
		return Report{}, &ReadError{NotOurs, errors.New("no host")}
	}
	rep.Schema = Schema
	if p := rep.Previous; p != nil && (p.Verdict.Who == "" || p.Verdict.Cause == "" || p.Evidence.Target.Host == "") {
		rep.Previous = nil // nothing that could be shown
	}
	rep = clone(rep)
	eachArgs(&rep)
	odd := ""
	eachString(reflect.ValueOf(&rep).Elem(), "", func(field, s string) string {
		if field == codeField && !code.MatchString(s) {
			odd = s
		}
		return Clean(s, maxRaw)
	})
	if odd != "" {
		return Report{}, &ReadError{NotOurs, fmt.Errorf("unreadable code %q", Clean(odd, 40))}
	}
	return rep, nil
}

// ReadFile reads the report in a file, as Read does. A file that cannot be opened gives the system's error.
func ReadFile(path string) (Report, error) {
	file, err := os.Open(path)
	if err != nil {
		return Report{}, err
	}
	defer file.Close()
	return Read(file)
}

// code matches the words of a closed vocabulary, those of a later minor version included.
var code = regexp.MustCompile(`^[A-Za-z0-9_.+-]{0,64}$`)

// checkSchema accepts this major version and tells a newer one from everything else.
func checkSchema(schema string) error {
	name, major, ok := strings.Cut(schema, "/")
	_, ours, _ := strings.Cut(Schema, "/")
	n, err := strconv.Atoi(major)
	own, _ := strconv.Atoi(ours)
	switch {
	case !ok || name != strings.TrimSuffix(Schema, "/"+ours) || err != nil || n < 1:
		return &ReadError{NotOurs, fmt.Errorf("schema %q", Clean(schema, 40))}
	case n > own:
		return &ReadError{Newer, fmt.Errorf("schema %q, this program reads %s", Clean(schema, 40), Schema)}
	}
	return nil
}

// eachArgs gives the particulars of findings the types they had when they were written: JSON knows no integers. Counts
// are int, only Seconds are fractions.
func eachArgs(r *Report) {
	each(r, func(f *verdict.Finding) {
		for k, v := range f.Args {
			if n, ok := v.(float64); ok && k != "Seconds" && n == math.Trunc(n) && math.Abs(n) < 1<<52 {
				f.Args[k] = int(n)
			}
		}
	})
}

// Write writes a report as JSON, indented, with a last line end. Times keep their zone.
func Write(w io.Writer, r Report) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(clone(r))
}

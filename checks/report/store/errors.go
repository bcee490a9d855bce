package store

import (
	"errors"
	"io/fs"
)

// Code says why a report could not be kept. Text hangs on it in the word list under "store.<code>".
type Code string

// The codes.
const (
	DiskFull Code = "disk_full"
	ReadOnly Code = "read_only"
	NoFolder Code = "no_folder"
	Other    Code = "other"
	// NotAllowed is only a Reason: where reports cannot be kept for want of a permission, the folder is ReadOnly.
	NotAllowed Code = "not_allowed"
)

// Error is the error of every operation that writes. Two of them are the same for errors.Is when their codes are.
type Error struct {
	Code Code
	Err  error
}

// The errors to compare with.
var (
	ErrFull     = &Error{Code: DiskFull}
	ErrReadOnly = &Error{Code: ReadOnly}
	ErrNoFolder = &Error{Code: NoFolder}
)

func (e *Error) Error() string {
	text := "report not kept (" + string(e.Code) + ")"
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the system's error.
func (e *Error) Unwrap() error { return e.Err }

// Is compares by code.
func (e *Error) Is(target error) bool {
	var other *Error
	return errors.As(target, &other) && other.Code == e.Code
}

// classify names a system error; what is neither a full nor a write-protected disk is otherwise.
func classify(err error, otherwise Code) *Error {
	code := otherwise
	switch {
	case isAny(err, full):
		code = DiskFull
	case isAny(err, readOnly) || errors.Is(err, fs.ErrPermission):
		code = ReadOnly
	}
	return &Error{Code: code, Err: err}
}

// CodeOf is the code of an error of this package, Other for any other.
func CodeOf(err error) Code {
	var known *Error
	if errors.As(err, &known) {
		return known.Code
	}
	return Other
}

// Reason is why a file could not be read or written, be it a report of the store or any other file: the system's common
// answers by their code, Other for all else. Text hangs on it in the word list under "store.reason.<code>".
func Reason(err error) Code {
	switch {
	case isAny(err, full):
		return DiskFull
	case isAny(err, readOnly):
		return ReadOnly
	case errors.Is(err, fs.ErrNotExist):
		return NoFolder
	case errors.Is(err, fs.ErrPermission):
		return NotAllowed
	default:
		return CodeOf(err)
	}
}

func isAny(err error, list []error) bool {
	for _, e := range list {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

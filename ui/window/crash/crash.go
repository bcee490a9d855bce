// Package crash keeps what the Go runtime says when the program dies, so that the next start can offer it: a window
// without a console would lose it.
package crash

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
)

// current receives the report of a crash of this run; earlier is what an earlier run left.
const (
	current = "crash.txt"
	earlier = "crash-earlier.txt"
)

// maxShown caps what is offered to be copied: the first goroutine, which is the one that failed, comes first.
const maxShown = 64 << 10

// File is the crash file of one data folder.
type File struct{ dir string }

// Arm directs the runtime's crash report of this process into dir, and keeps the one of an earlier run for Earlier.
// Only one process of a folder may do so: the single instance.
func Arm(dir string) (*File, error) {
	f := &File{dir: dir}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("crash file: %w", err)
	}
	if info, err := os.Stat(f.path(current)); err == nil && info.Size() > 0 {
		if err := os.Rename(f.path(current), f.path(earlier)); err != nil {
			return nil, fmt.Errorf("crash file: %w", err)
		}
	}
	out, err := os.OpenFile(f.path(current), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("crash file: %w", err)
	}
	// The runtime keeps a duplicate of the descriptor, so ours can be closed.
	if err := errors.Join(debug.SetCrashOutput(out, debug.CrashOptions{}), out.Close()); err != nil {
		return nil, fmt.Errorf("crash file: %w", err)
	}
	return f, nil
}

// Earlier is the report of an earlier run's crash, empty when there was none or it was dismissed.
func (f *File) Earlier() string {
	file, err := os.Open(f.path(earlier))
	if err != nil {
		return ""
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxShown))
	if err != nil {
		return ""
	}
	return string(data)
}

// Dismiss forgets the earlier crash.
func (f *File) Dismiss() error {
	if err := os.Remove(f.path(earlier)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("crash file: %w", err)
	}
	return nil
}

// Disarm is called on a clean end: nothing is left behind. It must not run while the program panics.
func (f *File) Disarm() error {
	if err := debug.SetCrashOutput(nil, debug.CrashOptions{}); err != nil {
		return fmt.Errorf("crash file: %w", err)
	}
	if err := os.Remove(f.path(current)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("crash file: %w", err)
	}
	return nil
}

func (f *File) path(name string) string { return filepath.Join(f.dir, name) }

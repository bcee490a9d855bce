//go:build !cgo

package desktop

import (
	"context"
	"errors"

	"isitme/checks/environment"
)

// Available reports whether this build has a window: without a C compiler it has none.
func Available() bool { return false }

// Run says that there is no window.
func Run(context.Context, environment.Environment, string) error {
	return errors.New("this build has no window")
}

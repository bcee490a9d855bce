//go:build !cgo && darwin

package terminal

import "isitme/checks/report/render"

// addPicture adds nothing: this build cannot draw.
func addPicture(map[string]render.Renderer) {}

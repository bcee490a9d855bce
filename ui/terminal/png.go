//go:build cgo || !darwin

package terminal

import (
	"isitme/checks/report/render"
	"isitme/ui/picture"
)

// addPicture adds the picture to the formats that --save knows. Without a C compiler the toolkit that draws it does not
// compile on macOS.
func addPicture(formats map[string]render.Renderer) { formats[".png"] = picture.Write }

package window

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/words"
)

// drawApart draws the picture of a redacted report and returns it as PNG. It does so in a second process of this same
// program, which opens the report and saves it as a picture: the toolkit draws on the screen's goroutine alone, where it
// would hold the window up for a fifth of a second and leave 12 MB of parsed fonts behind.
func drawApart(ctx context.Context, r report.Report, c *words.Catalog) ([]byte, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("draw the picture: %w", err)
	}
	dir, err := os.MkdirTemp("", "isitme-") // created with mode 0700
	if err != nil {
		return nil, fmt.Errorf("draw the picture: %w", err)
	}
	defer func() {
		if err := os.RemoveAll(dir); err != nil {
			logError("remove what the picture was drawn in", err) // the picture is there all the same
		}
	}()
	from, to := filepath.Join(dir, "report.json"), filepath.Join(dir, "picture.png")
	if err := render.Save(from, r, c, render.Formats()); err != nil {
		return nil, fmt.Errorf("draw the picture: %w", err)
	}
	arguments := []string{"open", from, "--save", to, "--lang", c.Lang()}
	if r.NetworkDetails {
		arguments = append(arguments, "--network-details")
	}
	if said, err := exec.CommandContext(ctx, program, arguments...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("draw the picture: %w: %.500s", err, said)
	}
	png, err := os.ReadFile(to)
	if err != nil {
		return nil, fmt.Errorf("draw the picture: %w", err)
	}
	return png, nil
}

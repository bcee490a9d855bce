package words

import (
	"context"
	"os"
	"os/exec"
	"time"
)

// preferred asks the terminal's variables first and, where there are none as in a double-clicked app, the system's
// list of languages.
func preferred() []string {
	if all := fromEnvironment(os.Getenv); len(all) > 0 {
		return all
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second) // it answers within milliseconds or hangs
	defer cancel()
	out, err := exec.CommandContext(ctx, "/usr/bin/defaults", "read", "-g", "AppleLanguages").Output()
	if err != nil {
		return nil
	}
	return fromPropertyList(string(out))
}

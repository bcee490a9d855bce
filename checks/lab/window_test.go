//go:build linux

package lab

import (
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"isitme/checks/report"
)

// TestWindow drives the window in three broken worlds as a visitor does: type the address, press Return, read the
// answer. With -artifacts the pictures of the answers are kept.
func TestWindow(t *testing.T) {
	needWindow(t)
	var all []trial
	for _, key := range []string{"nginx-nothing-behind-it", "the-resolver-at-home-is-silent", "a-hotel-wants-the-room-number"} {
		all = append(all, trial{key, false, func(t *testing.T) error { return playWindow(t, key) }})
	}
	try(t, all)
}

// playWindow plays the scenario of a key in the window.
func playWindow(t *testing.T, key string) error {
	s, err := Find(key)
	if err != nil {
		return err
	}
	r, err := s.build()
	if r != nil {
		defer r.close()
	}
	if err == nil {
		err = s.prove(r)
	}
	if err != nil {
		return err
	}
	d, err := openDesk(r)
	if err != nil {
		return err
	}
	if err := d.ask(s.Address); err != nil {
		return err
	}
	answer, err := d.answer(func(report.Report) bool { return true })
	if err != nil {
		return err
	}
	if v := answer.Verdict; !s.Want.allows(v) {
		return fmt.Errorf("the window says %s/%s/%s, want %s", v.Who, v.Cause, v.Certainty, s.Want)
	}
	// The page turns soon after the report is on the disk.
	const enough = 20
	colours := 0
	for deadline := time.Now().Add(deskPatience); colours < enough && time.Now().Before(deadline); {
		if colours, err = d.picture(filepath.Join(t.ArtifactDir(), key+".png")); err != nil {
			return err
		}
	}
	if colours < enough {
		return fmt.Errorf("the window shows only %d colours", colours)
	}
	return nil
}

// needWindow skips the test where the lab or the window cannot be had; in CI that is a failure.
func needWindow(t *testing.T) {
	t.Helper()
	needLab(t)
	if here.NoWindow == "" {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal(here.NoWindow)
	}
	t.Skip(here.NoWindow)
}

// desk is the visitor's screen with the program's window on it.
type desk struct {
	r      *running
	x, app *daemon
	env    []string
	window string
}

// deskPatience is how long a busy computer may take for one thing at the desk.
const deskPatience = 2 * time.Minute

// openDesk starts an X server in memory and the program on it, and waits for its window.
func openDesk(r *running) (*desk, error) {
	d := &desk{r: r}
	if err := r.furnish(); err != nil {
		return nil, err
	}
	var err error
	d.x, err = r.spawn(r.visitor, "xvfb", r.environ(),
		"Xvfb", "-displayfd", "1", "-screen", "0", "1000x900x24", "-nolisten", "tcp", "-noreset")
	if err != nil {
		return nil, err
	}
	number := regexp.MustCompile(`(?m)^\d+$`)
	if err := r.await(d.x, func() error {
		text, err := os.ReadFile(d.x.log)
		if display := number.Find(text); display != nil {
			d.env = append(r.environ(), "DISPLAY=:"+string(display), "LC_ALL=en_US.UTF-8")
			return nil
		}
		return errors.Join(errors.New("no display yet"), err)
	}); err != nil {
		return nil, err
	}
	d.app, err = r.spawn(r.visitor, "window", d.env, append(slices.Clone(asPerson), here.Window)...)
	if err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(deskPatience); time.Now().Before(deadline) && d.app.running(); {
		out, err := d.tool("xdotool", "search", "--onlyvisible", "--name", "Is It Me")
		if d.window, _, _ = strings.Cut(out, "\n"); err == nil && d.window != "" {
			// There is no window manager, so nobody else gives the window the keyboard.
			_, err = d.tool("xdotool", "windowfocus", "--sync", d.window)
			time.Sleep(time.Second) // the first frames
			return d, err
		}
		time.Sleep(100 * time.Millisecond)
	}
	log, err := os.ReadFile(d.app.log)
	return nil, errors.Join(fmt.Errorf("no window appeared\n%s", log), err)
}

// tool runs an X tool at the desk.
func (d *desk) tool(argv ...string) (string, error) {
	args := append([]string{"env"}, d.env...)
	out, err := d.r.run(d.r.visitor, deskPatience, 0, append(args, argv...)...)
	if err == nil && out.status != 0 {
		err = fmt.Errorf("%s: exit status %d: %s", argv[0], out.status, out.stderr)
	}
	return strings.TrimSpace(out.stdout), err
}

// ask types an address and presses Return.
func (d *desk) ask(address string) error {
	if _, err := d.tool("xdotool", "type", "--delay", "25", address); err != nil {
		return err
	}
	time.Sleep(200 * time.Millisecond)
	_, err := d.tool("xdotool", "key", "Return")
	return err
}

// answer waits for the report that the program keeps of a run, the one that is wanted.
func (d *desk) answer(wanted func(report.Report) bool) (report.Report, error) {
	for deadline := time.Now().Add(deskPatience); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		files, err := filepath.Glob(d.r.path("home/.local/share/isitme/reports/*.json"))
		if err != nil {
			return report.Report{}, err
		}
		for _, file := range files {
			var answer report.Report
			text, err := os.ReadFile(file)
			if err == nil && json.Unmarshal(text, &answer) == nil && answer.Verdict.Who != "" && wanted(answer) {
				time.Sleep(time.Second) // until the page has been turned
				return answer, nil
			}
		}
	}
	log, err := os.ReadFile(d.app.log)
	return report.Report{}, errors.Join(fmt.Errorf("no such report was kept\n%s", log), err)
}

// picture saves what the window shows and counts its colours.
func (d *desk) picture(path string) (int, error) {
	if _, err := d.tool("import", "-window", d.window, path); err != nil {
		return 0, err
	}
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	picture, err := png.Decode(file)
	if err != nil {
		return 0, err
	}
	colours := map[[3]uint32]bool{}
	b := picture.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			red, green, blue, _ := picture.At(x, y).RGBA()
			colours[[3]uint32{red, green, blue}] = true
		}
	}
	return len(colours), nil
}
